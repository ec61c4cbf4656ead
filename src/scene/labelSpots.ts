/** Where a label may stand to its disc: beside it, or, for a wanted text, displaced and joined to it by a leader line. */

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
 * Writes the left and top edges of a label at a spot into `out`, in CSS pixels.
 * @param away from the disc's middle to a label beside it
 */
export function placeAt(
  spot: number,
  x: number,
  y: number,
  away: number,
  width: number,
  height: number,
  out: Float64Array,
): void {
  const { right, down, further } = spots[spot - 1]!;
  const reach = away + further;
  out[0] = x + right * reach - (right > 0 ? 0 : right < 0 ? width : width / 2);
  out[1] = y + down * reach - (right !== 0 || down === 0 ? height / 2 : down > 0 ? 0 : height);
}
