// The orders a peer takes: a line "run N" lets it do N jobs, after which it says "done" and how many nanoseconds it took. It
// ends with its input.
import { createInterface } from 'node:readline';

export async function serve(run, close) {
  for await (const line of createInterface({ input: process.stdin })) {
    const begin = process.hrtime.bigint();
    await run(Number(line.slice('run '.length)));
    console.log(`done ${process.hrtime.bigint() - begin}`);
  }
  await close();
  process.exit(0);
}

// A promise that is kept when so many things have been counted.
export function counter(wanted) {
  let left = wanted;
  let reached;
  const all = new Promise((resolve) => (reached = resolve));
  return { all, count: (done = 1) => (left -= done) > 0 || reached() };
}

export function* chunks(items, size) {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size);
}

export const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
