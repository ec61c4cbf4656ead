// @ts-check
/** `node scripts/bench-labels.js [points]`: what labels cost at every frame, at 100,000 points or as many as are given. */
import { buildForNode } from '../bench/build.js';
import { fail, run } from './run.js';

try {
  process.exitCode = await run(process.execPath, [await buildForNode('labels'), ...process.argv.slice(2)]);
} catch (error) {
  fail(error);
}
