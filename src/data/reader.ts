/** Reading texts from bytes, whole or as they come: one path, whose memory is that of the rows that are kept. */
import { InputError } from '../errors';
import type { Encoding } from '../reading';
import type { Dataset, OnProgress } from '../types';
import { joinBytes } from './bytes';
import { Decoding } from './decoding';
import { detectEncoding } from './text';

/** Takes the text of a file piece by piece. */
export interface TextReader<Result = Dataset> {
  /** Whether more is wanted. */
  push(text: string): boolean;
  /** What was in the file. */
  end(): Result;
  /** What reads the file from its beginning in another way, where `error` is only that of the first way. */
  again?(error: unknown): PieceReader<Result> | undefined;
}

/** Takes a text as its bytes in UTF-8, piece by piece, and says itself where they are invalid. */
export interface ByteReader<Result = Dataset> {
  /** Whether more is wanted. */
  pushBytes(bytes: Uint8Array): boolean;
  end(): Result;
  again?(error: unknown): PieceReader<Result> | undefined;
}

export type PieceReader<Result = Dataset> = TextReader<Result> | ByteReader<Result>;

/** What a reading tells, and what ends it. */
export interface ReadingHooks {
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

const encoder = new TextEncoder();
/** The first bytes, which tell the format and the encoding, come in one piece. */
const headBytes = 1 << 16;
/** A file that is in memory is taken in pieces too: one string of all of it would be held as long as any text of it. */
const pieceBytes = 1 << 20;

/** Reads a file that is in memory. */
export function readWhole<Result>(
  file: string,
  bytes: Uint8Array,
  reader: PieceReader<Result>,
  encoding?: Encoding,
): Result {
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
export async function readPieces<Result>(
  file: string,
  open: () => AsyncIterable<Uint8Array>,
  reader: PieceReader<Result>,
  encoding?: Encoding,
): Promise<Result> {
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

function otherWay<Result>(reader: PieceReader<Result>, error: unknown): PieceReader<Result> {
  const other = reader.again?.(error);
  if (!other) throw error;
  return other;
}

class Feed<Result> {
  #decoding: Decoding | undefined;
  /** Whether the reader takes the bytes as they are. */
  #isBytes = false;
  #head: Uint8Array = new Uint8Array(0);
  #more = true;

  constructor(
    private readonly file: string,
    private readonly reader: PieceReader<Result>,
    private readonly encoding: Encoding | undefined,
  ) {}

  push(bytes: Uint8Array): boolean {
    if (this.#decoding) return this.#take(this.#decoding, bytes);
    this.#head = this.#head.length === 0 ? bytes : joinBytes([this.#head, bytes]);
    return this.#head.length < headBytes || this.#begin();
  }

  end(): Result {
    if (!this.#decoding) {
      if (this.#head.length === 0) throw new InputError('fileEmpty', { file: this.file });
      this.#begin();
    }
    if (this.#more && !this.#isBytes) this.#decoding?.end();
    return this.reader.end();
  }

  #begin(): boolean {
    const head = this.#head;
    const encoding = this.encoding ?? detectEncoding(head);
    this.#decoding = new Decoding(this.file, head, encoding);
    this.#isBytes = encoding === 'utf-8' && 'pushBytes' in this.reader;
    this.#head = new Uint8Array(0);
    return this.#take(this.#decoding, head);
  }

  #take(decoding: Decoding, bytes: Uint8Array): boolean {
    const { reader } = this;
    if ('push' in reader) this.#more = reader.push(decoding.next(bytes));
    else this.#more = reader.pushBytes(this.#isBytes ? bytes : encoder.encode(decoding.next(bytes)));
    return this.#more;
  }
}
