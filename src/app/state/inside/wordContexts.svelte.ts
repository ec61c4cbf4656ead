/** A word in several texts: its own vectors, and those of the texts, after any layer. */
import { isAbort } from '../../../errors';
import type { Occurrences } from '../../../inspections';
import { projectPca } from '../../../projection/pca';
import { isSameSpace } from '../../../spaceKey';
import type { Matrix, Positions, SpaceSpec } from '../../../types';
import { createMatrix } from '../../../vectors';
import type { InsideParts } from './parts';

/** Texts that are read: more have no room beside each other. */
export const mostTexts = 24;
/** The projection's own start; any would do. */
const seed = 42;

/** Vectors of one kind after one layer. */
export interface Placed {
  /** What each row is called: the number of its text, from 1, with a letter where the word stands there more than once. */
  readonly names: readonly string[];
  /** The text of each row. */
  readonly texts: readonly number[];
  readonly vectors: Matrix;
  /** On the first two principal components of the rows. */
  readonly positions: Positions;
}

/** The word in its texts, and those texts as a whole. */
export interface ContextsAtLayer {
  readonly layer: number;
  readonly ofWord: Placed;
  readonly ofTexts: Placed;
}

interface Read {
  readonly spec: SpaceSpec;
  readonly word: string;
  readonly occurrences: Occurrences;
}

export class WordContexts {
  word = $state('');
  /** One text a line. */
  lines = $state('');
  /** Undefined until something was read. */
  found = $state.raw<Read | undefined>();
  placed = $state.raw<ContextsAtLayer | undefined>();
  failure = $state.raw<unknown>();

  constructor(private readonly parts: InsideParts) {}

  /** The texts of the lines that have one. */
  readonly texts: readonly string[] = $derived.by(() =>
    this.lines
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );

  /** Indices of the texts in which the word does not stand. */
  readonly without: readonly number[] = $derived.by(() => {
    const { occurrences, texts } = this.found?.occurrences ?? { occurrences: [], texts: [] };
    const having = new Set(occurrences.map(({ text }) => text));
    return texts.flatMap((_, text) => (having.has(text) ? [] : [text]));
  });

  /** Reads the texts by the model of the map, and shows its last layer. */
  async ask(): Promise<void> {
    const { engine, jobs, maps } = this.parts;
    const { spec } = maps;
    const word = this.word.trim();
    const texts = this.texts.slice(0, mostTexts);
    this.failure = undefined;
    if (word === '' || texts.length === 0) return;
    try {
      const occurrences = await jobs.run('inside', (signal, onProgress) =>
        engine.inspect(spec, { kind: 'occurrences', word, texts }, onProgress, signal),
      );
      if (!occurrences) return;
      this.found = { spec, word, occurrences };
      await this.show(occurrences.layers - 1);
    } catch (error) {
      if (!isAbort(error)) this.failure = error;
    }
  }

  /** Reads again what was read by another model. */
  async follow(): Promise<void> {
    if (this.found && !isSameSpace(this.found.spec, this.parts.maps.spec)) await this.ask();
  }

  /** Places the vectors after `layer`, 0 being the embedding layer. */
  async show(layer: number): Promise<void> {
    const { found } = this;
    if (!found) return;
    const { dim, occurrences, ofTexts, ofWord, texts } = found.occurrences;
    const rowsOf = (vectors: Float32Array<ArrayBuffer>, rows: readonly number[], all: number) => {
      const data = new Float32Array(rows.length * dim);
      rows.forEach((row, i) => {
        const at = (layer * all + row) * dim;
        data.set(vectors.subarray(at, at + dim), i * dim);
      });
      return createMatrix(data, dim);
    };
    const having = [...new Set(occurrences.map(({ text }) => text))];
    const place = async (names: readonly string[], ofRows: readonly number[], vectors: Matrix): Promise<Placed> => ({
      names,
      texts: ofRows,
      vectors,
      positions: await projectPca(vectors, 2, seed),
    });
    const [word, whole] = await Promise.all([
      place(
        occurrences.map(({ text }, i) => nameOf(occurrences, text, i)),
        occurrences.map(({ text }) => text),
        rowsOf(ofWord, [...occurrences.keys()], occurrences.length),
      ),
      place(
        having.map((text) => String(text + 1)),
        having,
        rowsOf(ofTexts, having, texts.length),
      ),
    ]);
    if (this.found === found) this.placed = { layer, ofWord: word, ofTexts: whole };
  }
}

function nameOf(occurrences: Occurrences['occurrences'], text: number, at: number): string {
  const here = [...occurrences.keys()].filter((i) => occurrences[i]!.text === text);
  return `${text + 1}${here.length > 1 ? String.fromCharCode('a'.charCodeAt(0) + here.indexOf(at)) : ''}`;
}
