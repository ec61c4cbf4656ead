// @ts-check
/** Chance that a seed fixes, for the data of the benchmarks. */

const seed = 42;
const modulus = 2 ** 31 - 1;

/**
 * Whole numbers from 1 to 2^31 - 2: the generator of Park & Miller 1988 (Communications of the ACM 31).
 *
 * @returns {() => number}
 */
function createIntegers() {
  let state = seed;
  return () => (state = (state * 48271) % modulus);
}

/**
 * Numbers above 0 and below 1, always the same ones.
 *
 * @returns {() => number}
 */
export function createRandom() {
  const next = createIntegers();
  return () => next() / modulus;
}

/**
 * The same values in an order that a seed fixes (Fisher & Yates).
 *
 * @param {Iterable<string>} values
 * @returns {string[]}
 */
export function shuffle(values) {
  const all = [...values];
  const next = createIntegers();
  for (let i = all.length - 1; i > 0; i--) {
    const other = next() % (i + 1);
    [all[i], all[other]] = [all[other] ?? '', all[i] ?? ''];
  }
  return all;
}
