// @ts-check
/** How the projection's time grows with the number of texts. */

/** Smaller sizes say more of what a start costs than of growth. */
const least = 5000;
const target = 1.3;

/**
 * A sentence for each set that was measured at two sizes or more: the exponent e of time ~ rows^e between its least size from
 * 5,000 on and its largest, the logarithm of the times' ratio over that of the sizes' ratio.
 *
 * @param {readonly import('./sizes.js').Line[]} lines
 * @returns {string[]}
 */
export function describeGrowth(lines) {
  return [...new Set(lines.map(({ name }) => name))].flatMap((name) => {
    const own = lines.filter((line) => line.name === name && line.rows >= least).toSorted((a, b) => a.rows - b.rows);
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last || first.rows === last.rows) return [];
    const exponent = Math.log(last.seconds / first.seconds) / Math.log(last.rows / first.rows);
    const [from, to] = [first.rows, last.rows].map((rows) => rows.toLocaleString('en'));
    return [`${name} from ${from} to ${to}: ${exponent.toFixed(2)} (target: at most ${target})`];
  });
}
