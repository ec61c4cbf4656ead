/**
 * Levels of a Parquet page: which values begin a row, and which are missing, in runs of equal ones and runs of packed bits
 * (https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE). hyparquet writes them one by one: of 100,000 lists of 384, 77 million.
 */

export interface LevelReader {
  readonly view: DataView;
  /** Where the levels begin; behind them once they are read. */
  offset: number;
}

/**
 * Reads `count` levels of 0 to `most`, each as its bitwise difference from `usual`; undefined where all are `usual`.
 *
 * @param length bytes that they take; where it is undefined, it stands before them
 * @throws where they end too early
 */
export function readLevels(
  reader: LevelReader,
  most: number,
  usual: number,
  count: number,
  length: number | undefined,
): Uint8Array | undefined {
  const width = 32 - Math.clz32(most);
  if (width === 0) return undefined;
  if (width > 8) throw new Error(`levels of ${most} are not known`);
  const start = reader.offset + (length === undefined ? 4 : 0);
  const end = start + (length ?? reader.view.getUint32(reader.offset, true));
  reader.offset = end;
  return new Levels(reader.view, start, Math.min(end, reader.view.byteLength), width, usual, count).read();
}

class Levels {
  /** There once one is not the usual. */
  #levels: Uint8Array | undefined;
  #seen = 0;

  constructor(
    private readonly view: DataView,
    private at: number,
    private readonly end: number,
    private readonly width: number,
    private readonly usual: number,
    private readonly count: number,
  ) {}

  read(): Uint8Array | undefined {
    while (this.#seen < this.count) {
      const header = this.#varint();
      if (header & 1) this.#packed(header >>> 1);
      else this.#fill(this.#byte(), header >>> 1);
    }
    return this.#levels;
  }

  #fill(level: number, times: number): void {
    const from = this.#seen;
    this.#seen = Math.min(this.count, from + times);
    if (level !== this.usual) this.#made().fill(level ^ this.usual, from, this.#seen);
  }

  /** Groups of eight, of which each takes as many bytes as a level has bits; the last may hold more levels than there are. */
  #packed(groups: number): void {
    const { width, usual, count } = this;
    const mask = (1 << width) - 1;
    for (let group = 0; group < groups && this.#seen < count; group++) {
      let bits = 0;
      let held = 0;
      for (let i = 0; i < 8 && this.#seen < count; i++, this.#seen++, bits >>>= width, held -= width) {
        for (; held < width; held += 8) bits |= this.#byte() << held;
        const level = bits & mask;
        if (level !== usual) this.#made()[this.#seen] = level ^ usual;
      }
    }
  }

  #made(): Uint8Array {
    return (this.#levels ??= new Uint8Array(this.count));
  }

  #byte(): number {
    if (this.at >= this.end) throw new Error('levels end too early');
    return this.view.getUint8(this.at++);
  }

  #varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }
}
