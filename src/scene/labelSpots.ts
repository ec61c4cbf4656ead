/** Where a label may stand to its disc: beside it, or, for a wanted text, displaced and joined to it by a leader line. */
import type { Screen } from './screen';

/** CSS pixels. Handed on as it is: fractions as arguments are allocated, some tens of kilobytes a frame. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Pixels from the disc's edge to a displaced label, and which way, in the order in which they are tried. */
const rings = [26, 52];
const diagonal = Math.SQRT1_2;
const ways = [
  [1, 0],
  [-1, 0],
  [diagonal, -diagonal],
  [-diagonal, -diagonal],
  [diagonal, diagonal],
  [-diagonal, diagonal],
  [0, -1],
  [0, 1],
] as const;

/** Spots beside the disc, numbered from 1 in the order in which they are tried: right, left, above, below. */
const beside = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
] as const;

/** Spots 1 to `lastBeside` touch the disc, those up to `lastSpot` are displaced; 0 is none. */
export const lastBeside = beside.length;
export const lastSpot = lastBeside + rings.length * ways.length;

const spots = [
  ...beside.map(([right, down]) => ({ right, down, further: 0 })),
  ...rings.flatMap((further) => ways.map(([right, down]) => ({ right, down, further }))),
];

/** Whether a spot has the label's middle over the disc's, so that it may be pushed sideways and still be beside it. */
export function isCentred(spot: number): boolean {
  return spots[spot - 1]!.right === 0;
}

/**
 * Moves a label's box to a spot of a row's disc.
 * @param beside CSS pixels from the disc's edge to a label beside it
 */
export function placeAt(spot: number, { x, y, radius }: Screen, row: number, beside: number, box: Box): void {
  const { right, down, further } = spots[spot - 1]!;
  const { width, height } = box;
  const reach = radius[row]! + beside + further;
  box.left = x[row]! + right * reach - (right > 0 ? 0 : right < 0 ? width : width / 2);
  box.top = y[row]! + down * reach - (right !== 0 || down === 0 ? height / 2 : down > 0 ? 0 : height);
}
