/** The sides that answer in a worker. */
import { expose } from 'comlink';
import type { Matrix } from '../../src/types';
import { Sides, type Side } from './sides';

let sides: Sides | undefined;

const work = {
  load: (vectors: Matrix) => {
    sides = new Sides(vectors);
    return sides.load();
  },
  ask: (side: Side, row: number, k: number) => {
    if (!sides) throw new Error('there are no vectors yet');
    return sides.ask(side, row, k);
  },
};

export type SidesWork = typeof work;

expose(work);
