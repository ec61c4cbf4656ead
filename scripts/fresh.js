// @ts-check
/** Whether something built is still newer than all that it was built from. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether `built` exists and is no older than any of `sources`: files, or folders with all that is in them. A folder's
 * own time counts, so that a file that was taken away is noticed; a source that does not exist counts for nothing.
 *
 * @param {string} built
 * @param {readonly string[]} sources
 */
export function isFresh(built, sources) {
  return existsSync(built) && Math.max(...sources.map(newest)) <= statSync(built).mtimeMs;
}

/**
 * @param {string} path
 * @returns {number} milliseconds since 1970 of the last change at or below `path`
 */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
