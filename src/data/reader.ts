/** Reading texts from bytes, whole or as they come: one path, whose memory is that of the rows that are kept. */
import { InputError } from '../errors';
import type { Encoding } from '../reading';
import type { Dataset, OnProgress } from '../types';
import { Decoding } from './decoding';

/** Takes the text of a file piece by piece. */
export interface TextReader {
  /** Whether more is wanted. */
  push(text: string): boolean;
  /** What was in the file. */
  end(): Dataset;
  /** What reads the file from its beginning in another way, where `error` is only that of the first way. */
  again?(error: InputError): TextReader | undefined;
}

/** What a reading tells, and what ends it. */
export interface ReadingHooks {
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

/** The first bytes, which tell the format and the encoding, come in one piece. */
const headBytes = 1 << 16;
/** A file that is in memory is taken in pieces too: one string of all of it would be held as long as any text of it. */
const pieceBytes = 1 << 20;

/** Reads a file that is in memory. */
export function readWhole(file: string, bytes: Uint8Array, reader: TextReader, encoding?: Encoding): Dataset {
  for (let way = reader; ;) {
    const feed = new Feed(file, way, encoding);
    try {
      for (let at = 0; at < bytes.length; at += pieceBytes) if (!feed.push(bytes.subarray(at, at + pieceBytes))) break;
      return feed.end();
    } catch (error) {
      way = otherWay(way, error);
    }
  }
}

/** Reads a file that comes in pieces; `open` begins it anew. */
export async function readPieces(
  file: string,
  open: () => AsyncIterable<Uint8Array>,
  reader: TextReader,
  encoding?: Encoding,
): Promise<Dataset> {
  for (let way = reader; ;) {
    const feed = new Feed(file, way, encoding);
    try {
      for await (const bytes of open()) if (!feed.push(bytes)) break;
      return feed.end();
    } catch (error) {
      way = otherWay(way, error);
    }
  }
}

function otherWay(reader: TextReader, error: unknown): TextReader {
  const other = error instanceof InputError ? reader.again?.(error) : undefined;
  if (!other) throw error;
  return other;
}

class Feed {
  #decoding: Decoding | undefined;
  #head: Uint8Array = new Uint8Array(0);
  #more = true;

  constructor(
    private readonly file: string,
    private readonly reader: TextReader,
    private readonly encoding: Encoding | undefined,
  ) {}

  push(bytes: Uint8Array): boolean {
    if (this.#decoding) return this.#take(this.#decoding, bytes);
    this.#head = this.#head.length === 0 ? bytes : joined(this.#head, bytes);
    return this.#head.length < headBytes || this.#begin();
  }

  end(): Dataset {
    if (!this.#decoding) {
      if (this.#head.length === 0) throw new InputError('fileEmpty', { file: this.file });
      this.#begin();
    }
    if (this.#more) this.#decoding?.end();
    return this.reader.end();
  }

  #begin(): boolean {
    this.#decoding = new Decoding(this.file, this.#head, this.encoding);
    const head = this.#head;
    this.#head = new Uint8Array(0);
    return this.#take(this.#decoding, head);
  }

  #take(decoding: Decoding, bytes: Uint8Array): boolean {
    this.#more = this.reader.push(decoding.next(bytes));
    return this.#more;
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}
