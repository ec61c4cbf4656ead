// @ts-check
/**
 * `npm run build`: the command line and the page in any case, the starters when they are stale. `node scripts/build.js
 * starters` makes only these, for `npm run dev`.
 */
import { buildCommandLine, buildPage, buildStarters } from './built.js';
import { fail } from './run.js';

try {
  if (process.argv[2] === 'starters') await buildStarters();
  else {
    await buildCommandLine({ force: true });
    await buildPage({ force: true });
  }
} catch (error) {
  fail(error);
}
