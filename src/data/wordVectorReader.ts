/** Reading word vectors as text, as word2vec, fastText and GloVe write them, and telling them from plain text. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import { Lines } from './lines';
import { BeginningReader } from './beginningReader';
import type { TextReader } from './reader';
import { NamedVectors } from './namedVectors';
import { cellNumber } from './table';
import { TxtReader } from './txt';
import { wordVectorsHead } from './wordVectors';

/** Lines that are looked at to tell word vectors from plain text, and how many dimensions they have. */
const looked = 20;
const lookedCharacters = 1 << 16;
/** Fewer numbers at the end of each line may well belong to a text. */
const fewestDimensions = 10;

/** A file of texts, or word vectors: GloVe's files end so too. Its beginning tells. */
export function readerOfTexts(file: string, options: ReadingOptions): TextReader {
  return new BeginningReader(lookedCharacters, (beginning, isWhole) =>
    isWordVectors(beginning, isWhole) ? new WordVectorReader(file, options) : new TxtReader(file, options),
  );
}

/** Whether a text holds word vectors: each of its first lines is a word and as many numbers as in the others. */
export function isWordVectors(text: string, isWhole: boolean): boolean {
  const lines = text.slice(0, lookedCharacters).split('\n');
  const isCut = !isWhole || text.length > lookedCharacters;
  // The last line may be cut.
  if (lines.length <= looked && (isCut || lines.at(-1) === '')) lines.pop();
  const first = lines.slice(0, looked);
  const rest = wordVectorsHead.test(first[0]?.trimEnd() ?? '') ? first.slice(1) : first;
  const counts = rest.map((line) => line.trimEnd().split(' ').length - 1);
  const dim = Math.min(...counts);
  return (
    dim >= fewestDimensions &&
    Number.isFinite(dim) &&
    rest.every((line) =>
      fieldsOf(line)
        .slice(-dim)
        .every((field) => field !== '' && Number.isFinite(Number(field))),
    )
  );
}

/**
 * Reads `word v1 ... vD`, one a line, with word2vec's first line `count D` or without it (GloVe). The last D fields are the numbers:
 * words may contain blanks. Of equal words the first wins, as in word2vec's own readers. Lines of another length, and with a number that
 * is not finite, are left out. Throws at the first of them where they are half of all or more, and where the first line counts other
 * lines than there are.
 */
export class WordVectorReader implements TextReader {
  readonly #lines: Lines;
  readonly #vectors: NamedVectors;
  /** Lines that tell the number of dimensions, where no first line does. */
  #first: { readonly line: string; readonly number: number }[] | undefined = [];
  #dim = 0;
  /** What the first line says of the others, how many there were, and whether all were read. */
  #counted: number | undefined;
  #found = 0;
  #isWhole = true;

  constructor(
    private readonly file: string,
    options: ReadingOptions,
  ) {
    this.#vectors = new NamedVectors(file, options, cellNumber);
    this.#lines = new Lines(file, (line, number) => this.#take(line, number), 'LF');
  }

  push(text: string): boolean {
    return this.#lines.push(text);
  }

  end(): Dataset {
    this.#lines.end();
    if (this.#first) this.#begin(this.#first);
    if (this.#isWhole && this.#counted !== undefined && this.#counted !== this.#found)
      throw new InputError('wordVectorsCount', { file: this.file, expected: this.#counted, found: this.#found });
    return this.#vectors.end();
  }

  #take(line: string, number: number): boolean {
    if (line.trim() === '') return true;
    if (!this.#first) return this.#read(line, number);
    const head = this.#first.length === 0 ? wordVectorsHead.exec(line.trimEnd()) : null;
    if (head && this.#counted === undefined) {
      [this.#counted, this.#dim] = [Number(head[1]), Number(head[2])];
      return true;
    }
    this.#first.push({ line, number });
    return this.#first.length < looked || this.#begin(this.#first);
  }

  #begin(first: readonly { readonly line: string; readonly number: number }[]): boolean {
    this.#first = undefined;
    if (this.#counted === undefined) this.#dim = Math.min(...first.map(({ line }) => fieldsOf(line).length - 1));
    if (first.length === 0 || !(this.#dim > 0)) return false;
    this.#vectors.expect(this.#dim);
    return first.every(({ line, number }) => this.#read(line, number));
  }

  #read(line: string, number: number): boolean {
    const fields = fieldsOf(line);
    const from = Math.max(1, fields.length - this.#dim);
    const row = { row: number, word: fields.slice(0, from).join(' '), values: fields.slice(from), written: () => line };
    this.#isWhole = this.#vectors.add(row);
    if (this.#isWhole) this.#found++;
    return this.#isWhole;
  }
}

function fieldsOf(line: string): string[] {
  return line.trimEnd().split(' ');
}
