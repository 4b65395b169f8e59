// sharp: smaller, upright copies of all files of a folder, one after the other, with one thread and nothing kept, as our own
// engine makes them. The number of an order is their width. Coding is not optimised, since ours is not either; and JPEG is decoded
// at twice the wanted size at least, as libvips itself does it, where sharp by itself would be content with less.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { serve } from './orders.mjs';

const { FILES, COPIES } = process.env;
sharp.cache(false);
sharp.concurrency(1);

serve(async (width) => {
  for (const file of await readdir(FILES)) {
    await sharp(join(FILES, file), { failOn: 'error' })
      .autoOrient()
      .resize({ width, height: 4096, fit: 'inside', withoutEnlargement: true, fastShrinkOnLoad: false })
      .jpeg({ quality: 82, optimiseCoding: false })
      .toFile(join(COPIES, `${width}-${file}`));
  }
}, async () => {});
