/** A text whose beginning tells which reader is for it. */
import type { Dataset } from '../types';
import type { PieceReader, TextReader } from './reader';

export class BeginningReader implements TextReader {
  #beginning = '';
  #reader: TextReader | undefined;

  /**
   * @param needed characters that tell
   * @param choose the reader, by at least so many, or by all there are
   */
  constructor(
    private readonly needed: number,
    private readonly choose: (beginning: string, isWhole: boolean) => TextReader,
  ) {}

  push(text: string): boolean {
    if (this.#reader) return this.#reader.push(text);
    this.#beginning += text;
    return this.#beginning.length < this.needed || this.#begin(false);
  }

  end(): Dataset {
    if (!this.#reader) this.#begin(true);
    return this.#reader!.end();
  }

  again(error: unknown): PieceReader | undefined {
    return this.#reader?.again?.(error);
  }

  #begin(isWhole: boolean): boolean {
    const beginning = this.#beginning;
    this.#beginning = '';
    const reader = (this.#reader = this.choose(beginning, isWhole));
    return reader.push(beginning);
  }
}
