/** Bytes in parts. */

/** Bytes of which those are read that are asked for: of a file on the disk, or, as a `Uint8Array` is one of these, of one in memory. */
export interface RangedBytes {
  readonly length: number;
  /** From `begin` to `end`, or to where the bytes end; nobody changes them. */
  subarray(begin: number, end: number): Uint8Array;
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
