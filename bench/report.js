// @ts-check
/** Where results are kept, and what they were measured on. */
import { execFileSync } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/run.js';

export const results = join(root, 'bench/RESULTS.md');

/** Date, commit and machine; the load is that before anything was measured. */
export function describeRun() {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  const [load = 0] = loadavg();
  const busy = load < 1 ? '' : ` The machine was busy with other work (load ${load.toFixed(1)}).`;
  const date = new Date().toISOString().slice(0, 10);
  return `## ${date}, commit ${commit}\n\n${availableParallelism()} cores, ${process.platform} ${process.arch}, Node ${process.versions.node}.${busy}\n`;
}
