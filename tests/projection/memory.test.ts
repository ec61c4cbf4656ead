import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { layoutGraph } from '../../src/projection/layout';
import { findNeighbours } from '../../src/projection/neighbours';
import { defaultOptions } from '../../src/projection/options';
import { startPositions } from '../../src/projection/start';
import type { Positions } from '../../src/types';
import { nextTurn } from '../../src/turn';
import { clusteredVectors } from './clusters';

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** Bytes that are held once all garbage is gone: objects, and what lies outside the heap (arrays, WebAssembly's memories). */
async function heldBytes(): Promise<number> {
  if (typeof collectGarbage !== 'function') throw new Error('this Node does not let its garbage be collected');
  // What lies outside is let go a turn after the object that held it.
  for (let i = 0; i < 4; i++) {
    collectGarbage();
    await nextTurn();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe('50 runs, each from the positions of the one before', () => {
  const rows = 2000;
  const matrix = clusteredVectors(rows, 24, 12, 0.4, 8);
  /** Few, since memory is taken by the run and not by the epoch. */
  const options = { ...defaultOptions, epochs: 20 };

  async function run(shown?: Positions): Promise<Positions> {
    const graph = await findNeighbours(matrix, options.nNeighbors - 1);
    const start = await startPositions(matrix, options.dims, options.seed);
    return layoutGraph(graph, start, { ...options, ...(shown && { start: shown }) });
  }

  it('leave as much memory as there was before', async () => {
    let shown = await run();
    // The first ones also fill what is kept for good: the compiled module and the code of the functions.
    for (let i = 0; i < 10; i++) shown = await run(shown);
    const before = await heldBytes();
    for (let i = 0; i < 50; i++) shown = await run(shown);
    const grown = (await heldBytes()) - before;
    // The smallest thing that a run makes are its positions: kept by half of the runs they would be seen.
    expect(grown).toBeLessThan(25 * shown.data.byteLength);
  });
});
