/** Sorting many numbers without comparing them. */

const digitBits = 16;

/**
 * Places of the values, which are none below 0 and not NaN, the least value first, equal ones by place. By digits, the last one
 * first (Knuth, The Art of Computer Programming 3, 5.2.5): of floats that are not negative, the bits are in the order of the values.
 */
export function sortPlaces(values: Float32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  // A zero may have a sign; as a sum with 0 it has none.
  const bits = new Uint32Array(values.map((value) => value + 0).buffer);
  const byLow = sortByDigit(
    bits,
    Uint32Array.from(bits, (_, place) => place),
    0,
  );
  return sortByDigit(bits, byLow, digitBits);
}

/** The places by one digit of their bits; where that is equal, they keep their order. */
function sortByDigit(bits: Uint32Array, places: Uint32Array<ArrayBuffer>, shift: number): Uint32Array<ArrayBuffer> {
  const mask = 2 ** digitBits - 1;
  /** By digit, where the next place that has it goes. */
  const next = new Uint32Array(2 ** digitBits + 1);
  for (const value of bits) next[((value >>> shift) & mask) + 1]!++;
  for (let digit = 1; digit < next.length; digit++) next[digit]! += next[digit - 1]!;
  const sorted = new Uint32Array(places.length);
  for (const place of places) sorted[next[(bits[place]! >>> shift) & mask]!++] = place;
  return sorted;
}
