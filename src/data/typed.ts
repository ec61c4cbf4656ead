/** What is typed in the add box -> new items, and how duplicates are told. */
import type { NewItem } from '../types';

export interface TypedOptions {
  /** Keeps everything as one text, line ends and commas included (Shift+Enter). */
  readonly whole?: boolean;
}

/** A piece of a line: a text, and whether quotes kept it whole. */
interface Piece {
  readonly text: string;
  readonly quoted: boolean;
}

/** A line's pieces, and where it ends in the input. */
interface Line {
  readonly pieces: readonly Piece[];
  readonly end: number;
}

const MAX_WORDS = 3;
const groupPrefix = /([^:,;"“”\n]+):[^\S\n]+(?=\S)/y;

/** Whether a text has code units that a normal form may change: NFC leaves all below U+0300 as they are (UAX #15). */
const mayChange = /[\u0300-\uffff]/;

/** What two texts have in common when they are the same text: Unicode NFC, no blanks at the ends. */
export function textKey(text: string): string {
  return (mayChange.test(text) ? text.normalize('NFC') : text).trim();
}

/**
 * Items of what was typed, in order, trimmed and in Unicode NFC; blank ones are skipped.
 *
 * - Lines always split.
 * - Commas and semicolons split a line only if every part has at most three words, so that sentences stay whole.
 * - A piece in double quotes ("..." or “...”) is one text, line ends included, whatever its length; the quotes go.
 *   Quotes inside a piece stay, and nothing splits between them.
 * - `animals: cat, dog` gives the parts a group. What stands before the first colon is a group only if it has one to three
 *   words and no comma, semicolon or quote, the colon is followed by a blank, and every part of the rest is quoted or has at
 *   most three words. So `http://x`, `10:30` and `Remember this: the sky is blue` stay texts; `Remember: buy milk` does not,
 *   and is written in quotes where it is meant as a text.
 */
export function parseTyped(input: string, { whole = false }: TypedOptions = {}): NewItem[] {
  const text = input.replace(/\r\n?/g, '\n');
  if (whole) return itemsOf([{ text, quoted: true }]);
  const items: NewItem[] = [];
  for (let start = 0; start <= text.length;) {
    const { found, end } = parseLine(text, start);
    items.push(...found);
    start = end + 1;
  }
  return items;
}

/** Parts items from those whose text is in `existing` (keys by `textKey`) or came earlier in `items`. */
export function splitDuplicates(
  items: readonly NewItem[],
  existing: ReadonlySet<string>,
): { fresh: NewItem[]; duplicates: string[] } {
  const seen = new Set<string>();
  const fresh: NewItem[] = [];
  const duplicates: string[] = [];
  for (const item of items) {
    const key = textKey(item.text);
    if (existing.has(key) || seen.has(key)) {
      duplicates.push(item.text);
    } else {
      seen.add(key);
      fresh.push(item);
    }
  }
  return { fresh, duplicates };
}

function parseLine(input: string, start: number): { found: NewItem[]; end: number } {
  groupPrefix.lastIndex = start;
  const prefix = groupPrefix.exec(input);
  if (prefix && wordCount(prefix[1]!) >= 1 && wordCount(prefix[1]!) <= MAX_WORDS) {
    const { pieces, end } = splitLine(input, start + prefix[0].length);
    if (pieces.every(isShort)) return { found: itemsOf(pieces, textKey(prefix[1]!)), end };
  }
  const { pieces, end } = splitLine(input, start);
  const whole = [{ text: input.slice(start, end), quoted: false }];
  return { found: itemsOf(pieces.every(isShort) ? pieces : whole), end };
}

function itemsOf(pieces: readonly Piece[], group?: string): NewItem[] {
  const texts = pieces.map((piece) => textKey(piece.text)).filter((text) => text !== '');
  return texts.map((text) => (group === undefined ? { text } : { text, group }));
}

function isShort({ text, quoted }: Piece): boolean {
  return quoted || wordCount(text) <= MAX_WORDS;
}

function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

/** Cuts at commas and semicolons outside quotes, from `start` to the first line end outside quotes. */
function splitLine(input: string, start: number): Line {
  const pieces: Piece[] = [];
  let pieceStart = start;
  let at = start;
  const endPiece = () => {
    pieces.push({ text: input.slice(pieceStart, at), quoted: false });
    pieceStart = at + 1;
  };
  while (at < input.length && input[at] !== '\n') {
    const char = input[at]!;
    if (char === '"' || char === '“') {
      const atStart = input.slice(pieceStart, at).trim() === '';
      const quoted = atStart ? quotedPiece(input, at) : undefined;
      if (quoted) {
        pieces.push({ text: quoted.text, quoted: true });
        at = quoted.end;
        pieceStart = at + 1;
        if (at >= input.length || input[at] === '\n') return { pieces, end: at };
      } else {
        at = endOfInnerQuote(input, at) ?? at;
      }
    } else if (char === ',' || char === ';') {
      endPiece();
    }
    at++;
  }
  endPiece();
  return { pieces, end: at };
}

/**
 * The text between the quote at `open` and the next one of its kind, if nothing but blanks follows up to a separator; `end`
 * is that separator's place. A doubled straight quote inside stands for one, as in a cell copied from a spreadsheet.
 */
function quotedPiece(input: string, open: number): { text: string; end: number } | undefined {
  const straight = input[open] === '"';
  const pattern = straight ? /"([^"]*(?:""[^"]*)*)"[^\S\n]*(?=[,;\n]|$)/y : /“([^”]*)”[^\S\n]*(?=[,;\n]|$)/y;
  pattern.lastIndex = open;
  const match = pattern.exec(input);
  return match ? { text: straight ? match[1]!.replaceAll('""', '"') : match[1]!, end: pattern.lastIndex } : undefined;
}

/** Where a quote inside a piece closes on its line. A straight quote after a letter or digit, as in 5", opens nothing. */
function endOfInnerQuote(input: string, open: number): number | undefined {
  if (input[open] === '"' && open > 0 && /[\p{L}\p{N}]/u.test(input[open - 1]!)) return undefined;
  const close = input.indexOf(input[open] === '"' ? '"' : '”', open + 1);
  return close < 0 || input.slice(open, close).includes('\n') ? undefined : close;
}
