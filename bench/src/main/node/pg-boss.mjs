// pg-boss: jobs inserted, fetched and completed in batches, by loops that do not wait for a poll.
import PgBoss from 'pg-boss';
import { chunks, counter, serve } from './orders.mjs';

const LOOPS = 4;
const BATCH = 250;
const { PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD } = process.env;
const boss = new PgBoss({
  host: PGHOST,
  port: Number(PGPORT),
  database: PGDATABASE,
  user: PGUSER,
  password: PGPASSWORD,
  max: 12,
});
boss.on('error', (error) => console.error(error));
await boss.start();
await boss.createQueue('nothing');

serve(async (jobs) => {
  const done = counter(jobs);
  let open = true;
  done.all.then(() => (open = false));
  const loop = async () => {
    while (open) {
      const batch = await boss.fetch('nothing', { batchSize: BATCH });
      if (batch?.length) {
        await boss.complete('nothing', batch.map((job) => job.id));
        done.count(batch.length);
      }
    }
  };
  const loops = Array.from({ length: LOOPS }, loop);
  const rows = Array.from({ length: jobs }, () => ({ name: 'nothing', data: {} }));
  for (const chunk of chunks(rows, 1000)) await boss.insert(chunk);
  await done.all;
  await Promise.all(loops);
}, () => boss.stop({ graceful: false }));
