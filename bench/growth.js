// @ts-check
/** How the projection's time grows with the number of texts. */

/** @typedef {import('./sizes.js').Line} Line */

/** Smaller sizes say more of what a start costs than of growth. */
const least = 5000;
const target = 1.3;

/**
 * A sentence for each set that was measured at two sizes or more: the exponent e of time ~ rows^e between its least size from
 * 5,000 on and its largest. More than 10,000 rows get fewer epochs, which lowers it; so the last step follows where there are more.
 *
 * @param {readonly Line[]} lines
 * @returns {string[]}
 */
export function describeGrowth(lines) {
  return [...new Set(lines.map(({ name }) => name))].flatMap((name) => {
    const own = lines.filter((line) => line.name === name && line.rows >= least).toSorted((a, b) => a.rows - b.rows);
    const [first, last, before] = [own[0], own.at(-1), own.at(-2)];
    if (!first || !last || !before || first.rows === last.rows) return [];
    const step = before === first ? '' : `; of that ${exponent(before, last)}`;
    return [`${name} ${exponent(first, last)} (target: at most ${target})${step}`];
  });
}

/**
 * The logarithm of the times' ratio over that of the sizes' ratio.
 *
 * @param {Line} from
 * @param {Line} to
 */
function exponent(from, to) {
  const value = Math.log(to.seconds / from.seconds) / Math.log(to.rows / from.rows);
  return `from ${from.rows.toLocaleString('en')} to ${to.rows.toLocaleString('en')}: ${value.toFixed(2)}`;
}
