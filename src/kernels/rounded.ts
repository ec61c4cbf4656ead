/** The kernel that rounds rows and bounds their dot products (assembly/rounded.ts), with a memory of its own, typed. */
import { startKernel, type Started } from './start';
import bytes from './assembly/rounded.ts?kernel';

/** The kernel's functions, as the file of assembly/ describes them. Addresses and sizes are in bytes. */
interface Exports {
  roundRows(floats: number, count: number, rounded: number, rowBytes: number, steps: number, losses: number): number;
  boundRows(
    rounded: number,
    rowBytes: number,
    count: number,
    query: number,
    queryStep: number,
    length: number,
    slack: number,
    steps: number,
    losses: number,
    lows: number,
    highs: number,
  ): void;
}

type Area = 'floats' | 'rounded' | 'steps' | 'losses' | 'query' | 'lows' | 'highs';

export type RoundedKernel = Started<Exports, Area>;

/** A kernel for `rows` rows of `rowBytes` numbers, `block` of which are rounded at once. Throws a RangeError where there is no such memory. */
export function createRoundedKernel(rows: number, rowBytes: number, block: number): RoundedKernel {
  return startKernel(bytes, {
    floats: block * rowBytes * 4,
    rounded: rows * rowBytes,
    steps: rows * 4,
    losses: rows * 4,
    query: rowBytes * 2,
    lows: rows * 4,
    highs: rows * 4,
  });
}
