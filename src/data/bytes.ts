/** Bytes in parts. */

/** Bytes of which those are read that are asked for: of a file on the disk, or, as a `Uint8Array` is one of these, of one in memory. */
export interface RangedBytes {
  readonly length: number;
  /** From `begin` to `end`, or to where the bytes end; nobody changes them. */
  subarray(begin: number, end: number): Uint8Array;
}

/** What stands in these bytes, to be read as numbers. */
export function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length);
}

/** The bytes themselves where nothing else is in their memory, or else a copy. */
export function ownMemory(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, length } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === length ? new Uint8Array(buffer) : new Uint8Array(bytes);
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
