// graphile-worker: jobs added a thousand at once, fetched in batches by a local queue, completed in batches.
import { makeWorkerUtils, run } from 'graphile-worker';
import pg from 'pg';
import { chunks, counter, pause, serve } from './orders.mjs';

const pool = new pg.Pool({ max: 12 });
pool.on('error', (error) => console.error(error));
pool.on('connect', (client) => client.on('error', (error) => console.error(error)));
const utils = await makeWorkerUtils({ pgPool: pool });
await utils.migrate();
let running = counter(0);
const runner = await run({
  pgPool: pool,
  taskList: { nothing: () => void running.count() },
  preset: {
    worker: {
      concurrentJobs: 64,
      localQueue: { size: 500 },
      completeJobBatchDelay: 0,
      pollInterval: 100,
    },
  },
});

serve(async (jobs) => {
  running = counter(jobs);
  const specs = Array.from({ length: jobs }, () => ({ identifier: 'nothing', payload: {} }));
  for (const chunk of chunks(specs, 1000)) await utils.addJobs(chunk);
  await running.all;
  const left = 'select count(*)::int as n from graphile_worker._private_jobs';
  while ((await pool.query(left)).rows[0].n > 0) await pause(20);
}, async () => {
  await runner.stop();
  await utils.release();
  await pool.end();
});
