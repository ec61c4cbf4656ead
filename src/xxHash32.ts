/**
 * xxHash32 (Collet 2012, https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md) of whole numbers of 32 bits, each as its four bytes,
 * the least first; seed 0. It tells numbers from others, and hides nothing.
 */
const prime1 = 0x9e3779b1 | 0;
const prime2 = 0x85ebca77 | 0;
const prime3 = 0xc2b2ae3d | 0;
const prime4 = 0x27d4eb2f;

/** A whole number from 0 to 2^32 - 1. */
export function xxHash32(words: Int32Array): number {
  const { length } = words;
  let p = 0;
  let hash = 0x165667b1;
  if (length >= 4) {
    let a = (prime1 + prime2) | 0;
    let b = prime2;
    let c = 0;
    let d = -prime1 | 0;
    for (const stop = length - 3; p < stop; p += 4) {
      a = Math.imul(rotate(a + Math.imul(words[p]!, prime2), 13), prime1);
      b = Math.imul(rotate(b + Math.imul(words[p + 1]!, prime2), 13), prime1);
      c = Math.imul(rotate(c + Math.imul(words[p + 2]!, prime2), 13), prime1);
      d = Math.imul(rotate(d + Math.imul(words[p + 3]!, prime2), 13), prime1);
    }
    hash = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
  }
  hash = (hash + length * 4) | 0;
  for (; p < length; p++) hash = Math.imul(rotate(hash + Math.imul(words[p]!, prime3), 17), prime4);
  hash = Math.imul(hash ^ (hash >>> 15), prime2);
  hash = Math.imul(hash ^ (hash >>> 13), prime3);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
