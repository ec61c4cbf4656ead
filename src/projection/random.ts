/** A random number in [0, 1). */
export type Random = () => number;

/**
 * A generator that gives the same numbers for the same seed everywhere: sfc32, "small fast counting", by Chris
 * Doty-Humphrey, from PractRand (pracrand.sourceforge.net), seeded with one 32-bit word and stirred 12 times as there.
 * Its mean period is 2^127: a map of 50,000 texts draws more numbers than a 32-bit generator has.
 */
export function createRandom(seed: number): Random {
  let a = 0;
  let b = 0;
  let c = seed | 0;
  let counter = 1;
  const next = (): number => {
    const out = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + out) | 0;
    return (out >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}
