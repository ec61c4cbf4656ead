/** Whether a text is outside a model's languages, where its letters can tell. */

/** Letters that Portuguese writes and English words, loan words such as "café" or "façade" included, hardly do. */
const portugueseLetters = /[ãõâêôáíóúà]/iu;
/** Short words that are frequent in Portuguese and are no English words. Two of them make a Portuguese sentence. */
const portugueseWords =
  /(?<![\p{L}\p{M}])(?:não|uma|você|que|para|com|isso|essa|esse|está|são|muito|mais|pelo|pela|seu|sua|meu|minha|eu|ele|ela|os|das|dos|quero|porque)(?![\p{L}\p{M}])/giu;
/** A letter of another script than Latin. Both bundled models were trained, or their vocabulary cut down, to Latin ones. */
const otherScript = /(?!\p{Script=Latin})\p{L}/u;

/**
 * Whether `text` is, by its letters, in none of `languages` (ISO 639-1 codes): it holds letters of another script, or
 * Portuguese ones where Portuguese is not among them. A Portuguese word without accents cannot be told from an English one.
 */
export function outsideLanguages(text: string, languages: readonly string[]): boolean {
  const composed = text.normalize('NFC');
  if (otherScript.test(composed)) return true;
  if (languages.includes('pt')) return false;
  return portugueseLetters.test(composed) || (composed.match(portugueseWords)?.length ?? 0) >= 2;
}
