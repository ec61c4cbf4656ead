/** The kernel of training (assembly/training.ts), typed: products of matrices, and Adam's arithmetic. */
import { startKernel, type Started } from './start';
import bytes from './assembly/training.ts?kernel';

/** The kernel's functions, as the file of assembly/ describes them. Addresses and steps from number to number are in bytes. */
interface Exports {
  multiply(
    a: number,
    aRow: number,
    aNext: number,
    rows: number,
    b: number,
    inner: number,
    columns: number,
    out: number,
    panel: number,
  ): void;
  stepAdam(
    size: number,
    values: number,
    slopes: number,
    means: number,
    squares: number,
    homes: number,
    rate: number,
    correction: number,
    decay: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void;
}

export type TrainingKernel<Area extends string> = Started<Exports, Area>;

/** A kernel whose memory has room for `areas` (bytes by name), zeroed. Throws a RangeError where there is no such memory. */
export function createTrainingKernel<Area extends string>(areas: Readonly<Record<Area, number>>): TrainingKernel<Area> {
  return startKernel(bytes, areas);
}
