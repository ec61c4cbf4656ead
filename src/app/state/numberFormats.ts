/** Numbers as the page writes them. */

/** Counts: every digit, grouped as the language does. */
export function countFormat(language: string): Intl.NumberFormat {
  return new Intl.NumberFormat(language);
}

/** Values of a text's own, measured ones: to four digits, and years without a separator. A count would be rounded by it. */
export function valueFormat(language: string): Intl.NumberFormat {
  return new Intl.NumberFormat(language, { maximumSignificantDigits: 4, useGrouping: 'min2' });
}
