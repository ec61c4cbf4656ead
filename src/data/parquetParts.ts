/** A Parquet file in memory as parts, of which large ones are not copied. */
import { ByteWriter } from 'hyparquet-writer';
import type { Bytes } from './pieces';

/** hyparquet's writer into memory, which holds what it is given in one buffer, but for what comes as a part. */
export class PartWriter extends ByteWriter {
  /** All that was written, once it is finished. */
  readonly parts: Bytes[] = [];

  /** Writes bytes that nobody changes later: a view of them is kept. */
  appendPart(bytes: Bytes): void {
    this.#cut();
    this.parts.push(bytes);
    this.offset += bytes.length;
  }

  override finish(): void {
    this.#cut();
  }

  #cut(): void {
    if (this.index > 0) this.parts.push(new Uint8Array(this.getBuffer()));
    this.index = 0;
  }
}
