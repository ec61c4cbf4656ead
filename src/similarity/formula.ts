/**
 * Sums of texts, and axes between them, as they are typed. Plain code without libraries: the page reads while one types.
 *
 *   input    = axis | formula
 *   axis     = formula ("->" | "→") formula           from one end to the other
 *   formula  = [sign] part { sign part }              sign: + - −
 *   part     = [weight] (text | group | "(" formula ")")
 *   weight   = decimal number, followed by "*", a blank or a bracket: `2 * king`, `0.5 king`, `2{a, b}`
 *   group    = "{" text { "," text } "}"              the mean of its texts' vectors
 *   text     = quoted | words
 *   quoted   = "..." with "" for a quote within, or “...”
 *   words    = anything else, blanks within included
 *
 * A sign counts where a blank, a quote or a bracket stands before it, and at the beginning: `pre-training - C++` is two texts.
 * Words end at brackets, quotes, arrows and signs that count, and in groups at commas; `42` alone is a text, `42 cats` is 42
 * times `cats`. What is meant otherwise stands in quotes.
 */
import { InputError, type ErrorCode, type ErrorParams } from '../errors';
import type { Subject, Term } from '../questions';
import type { ItemId } from '../types';

export type Part =
  { readonly text: string } | { readonly group: readonly string[] } | { readonly sum: readonly Summand[] };

export interface Summand {
  /** Its size is within `weightRange`. */
  readonly weight: number;
  readonly of: Part;
}

/** At least one summand. */
export type Formula = readonly Summand[];

export interface Axis {
  readonly from: Formula;
  readonly to: Formula;
}

export type FormulaOrAxis =
  { readonly kind: 'formula'; readonly formula: Formula } | { readonly kind: 'axis'; readonly axis: Axis };

/** Weights multiply through brackets: with these bounds they stay far within a float32. */
const weightRange = { min: 0.001, max: 1000 };
const deepest = 8;
/** Weights of one text that add up to less, as a share of their sizes, have cancelled out: what is left is rounding. */
const cancelled = 1e-9;

/** What was typed, whichever it is. Throws an InputError whose `at` is the place of the first wrong character, from 1. */
export function parseFormulaOrAxis(input: string): FormulaOrAxis {
  const parser = new Parser(input);
  const from = parser.formula(0);
  if (!parser.takeArrow()) {
    parser.end();
    return { kind: 'formula', formula: from };
  }
  const to = parser.formula(0);
  parser.end();
  return { kind: 'axis', axis: { from, to } };
}

/** Throws as `parseFormulaOrAxis` does, and for an axis. */
export function parseFormula(input: string): Formula {
  const parser = new Parser(input);
  const formula = parser.formula(0);
  parser.end();
  return formula;
}

/** Throws as `parseFormulaOrAxis` does, and for a formula without an arrow. */
export function parseAxis(input: string): Axis {
  const parser = new Parser(input);
  const from = parser.formula(0);
  if (!parser.takeArrow()) {
    parser.end();
    throw parser.error('axisArrow');
  }
  const to = parser.formula(0);
  parser.end();
  return { from, to };
}

/** A formula as it can be parsed again, with quotes where they are needed. */
export function printFormula(formula: Formula): string {
  return formula
    .map(({ weight, of }, i) => {
      const sign = weight < 0 ? '- ' : i === 0 ? '' : '+ ';
      const size = Math.abs(weight);
      return `${sign}${size === 1 ? '' : `${size} * `}${printPart(of)}`;
    })
    .join(' ');
}

export function printAxis({ from, to }: Axis): string {
  return `${printFormula(from)} -> ${printFormula(to)}`;
}

/** The texts of a formula, in order. */
export function textsIn(formula: Formula): string[] {
  return formula.flatMap(({ of }) => ('text' in of ? [of.text] : 'group' in of ? of.group : textsIn(of.sum)));
}

/**
 * What a formula asks about. `itemOf` finds the item of a text in the collection; of the others the texts themselves are embedded.
 * Terms of one text are one term. Throws `formulaCancels` where nothing is left of them.
 */
export function subjectOf(formula: Formula, itemOf: (text: string) => ItemId | undefined): Subject {
  const terms = new Map<string, { term: Term; size: number }>();
  const add = (weight: number, text: string) => {
    const id = itemOf(text);
    const key = id === undefined ? `text ${text}` : `id ${id}`;
    const known = terms.get(key) ?? { term: id === undefined ? { weight: 0, text } : { weight: 0, id }, size: 0 };
    const term = { ...known.term, weight: known.term.weight + weight };
    terms.set(key, { term, size: known.size + Math.abs(weight) });
  };
  const walk = (sum: Formula, factor: number): void => {
    for (const { weight, of } of sum) {
      const scaled = factor * weight;
      if ('text' in of) add(scaled, of.text);
      else if ('group' in of) for (const text of of.group) add(scaled / of.group.length, text);
      else walk(of.sum, scaled);
    }
  };
  walk(formula, 1);
  const left = [...terms.values()].filter(({ term, size }) => Math.abs(term.weight) > cancelled * size);
  if (left.length === 0) throw new InputError('formulaCancels');
  return { terms: left.map(({ term }) => term) };
}

function printPart(part: Part): string {
  if ('text' in part) return printText(part.text);
  if ('group' in part) return `{${part.group.map(printText).join(', ')}}`;
  return `(${printFormula(part.sum)})`;
}

/** Words of letters and digits, joined by single blanks or hyphens, stand as they are. */
function printText(text: string): string {
  const plain = /^\p{L}[\p{L}\p{M}\p{N}'’]*(?:[ -][\p{L}\p{M}\p{N}'’]+)*$/u.test(text);
  return plain ? text : `"${text.replaceAll('"', '""')}"`;
}

const blank = /\s/;
const number = /(?:\d+(?:\.\d+)?|\.\d+)(?:\s*\*\s*|\s*(?=[{("“])|\s+(?![-+−→*)},]|$))/y;
const isSign = (char: string | undefined) => char === '+' || char === '-' || char === '−';

class Parser {
  #at = 0;

  constructor(private readonly input: string) {}

  /** `depth` is the number of brackets around it. */
  formula(depth: number): Formula {
    const summands: Summand[] = [];
    this.#skip();
    let sign = this.#takeSign() ?? 1;
    for (;;) {
      this.#skip();
      const weight = sign * this.#weight();
      summands.push({ weight, of: this.#part(depth) });
      this.#skip();
      const next = this.#takeSign();
      if (next === undefined) return summands;
      sign = next;
    }
  }

  takeArrow(): boolean {
    const length = this.#arrow();
    this.#at += length;
    return length > 0;
  }

  /** Throws unless all is read. */
  end(): void {
    this.#skip();
    if (this.#at < this.input.length) throw this.error(this.#arrow() > 0 ? 'formulaArrow' : 'formulaOperator');
  }

  /** `at` counts characters, not code units. */
  error(code: ErrorCode, params: ErrorParams = {}, at = this.#at): InputError {
    return new InputError(code, { formula: this.input, at: this.#place(at), ...params });
  }

  #place(at: number): number {
    return [...this.input.slice(0, at)].length + 1;
  }

  #skip(): void {
    while (blank.test(this.input[this.#at] ?? '')) this.#at++;
  }

  /** The length of an arrow that stands here, or 0. */
  #arrow(): number {
    if (this.input[this.#at] === '→') return 1;
    return this.input.startsWith('->', this.#at) ? 2 : 0;
  }

  #takeSign(): 1 | -1 | undefined {
    const char = this.input[this.#at];
    if (!isSign(char) || this.#arrow() > 0) return undefined;
    this.#at++;
    return char === '+' ? 1 : -1;
  }

  #weight(): number {
    number.lastIndex = this.#at;
    const match = number.exec(this.input);
    if (!match) return 1;
    const weight = Number.parseFloat(match[0]);
    const { min, max } = weightRange;
    if (weight < min || weight > max) throw this.error('formulaWeight', { min, max });
    this.#at = number.lastIndex;
    return weight;
  }

  #part(depth: number): Part {
    const opened = this.#at;
    const char = this.input[opened];
    if (char === '{') {
      this.#at++;
      const group = [this.#text(true)];
      while (this.#take(',')) group.push(this.#text(true));
      if (!this.#take('}')) throw this.error('formulaGroupEnd', { opened: this.#place(opened) });
      return { group };
    }
    if (char === '(') {
      if (depth === deepest) throw this.error('formulaDeep', { max: deepest });
      this.#at++;
      const sum = this.formula(depth + 1);
      if (!this.#take(')')) throw this.error('formulaBracketEnd', { opened: this.#place(opened) });
      return { sum };
    }
    return { text: this.#text(false) };
  }

  #take(char: string): boolean {
    this.#skip();
    if (this.input[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #text(inGroup: boolean): string {
    this.#skip();
    const char = this.input[this.#at];
    const text = char === '"' || char === '“' ? this.#quoted(char) : this.#words(inGroup);
    return text.normalize('NFC').trim();
  }

  #quoted(open: '"' | '“'): string {
    const start = this.#at;
    const pattern = open === '"' ? /"([^"]*(?:""[^"]*)*)"/y : /“([^”]*)”/y;
    pattern.lastIndex = start;
    const match = pattern.exec(this.input);
    if (!match) throw this.error('formulaQuoteEnd');
    const text = open === '"' ? match[1]!.replaceAll('""', '"') : match[1]!;
    if (text.trim() === '') throw this.error('formulaText', {}, start + 1);
    this.#at = pattern.lastIndex;
    return text;
  }

  #words(inGroup: boolean): string {
    const { input } = this;
    const start = this.#at;
    const ends = (char: string, before: string | undefined) =>
      '{}()"“”→'.includes(char) ||
      (inGroup && char === ',') ||
      this.#arrow() > 0 ||
      ((isSign(char) || char === '*') && (before === undefined || blank.test(before)));
    while (this.#at < input.length && !ends(input[this.#at]!, this.#at === start ? undefined : input[this.#at - 1]))
      this.#at++;
    if (this.#at === start) throw this.error('formulaText');
    return input.slice(start, this.#at);
  }
}
