// BullMQ: jobs added a thousand at once, many worked on at once, removed when done.
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { chunks, counter, serve } from './orders.mjs';

const connection = new Redis(Number(process.env.REDIS_PORT), '127.0.0.1', { maxRetriesPerRequest: null });
const queue = new Queue('nothing', { connection });
let running = counter(0);
const worker = new Worker('nothing', async () => {}, {
  connection,
  concurrency: 200,
  removeOnComplete: { count: 0 },
});
worker.on('completed', () => running.count());
await worker.waitUntilReady();

serve(async (jobs) => {
  running = counter(jobs);
  const all = Array.from({ length: jobs }, () => ({ name: 'nothing', data: {} }));
  for (const chunk of chunks(all, 1000)) await queue.addBulk(chunk);
  await running.all;
}, async () => {
  await worker.close();
  await queue.close();
  connection.disconnect();
});
