/** The parts of an Excel workbook: XML in an archive, by name (ECMA-376-2, Open Packaging Conventions). */
import { InputError } from '../errors';
import type { OnProgress } from '../types';
import type { RangedBytes } from './bytes';
import { ReadingProgress } from './readingProgress';
import { listPacked, type PackedFile } from './unpack';
import { readXml } from './xml';

/** Bytes that are unpacked at most; and beyond `suspicious`, a workbook that shrank more than so many times is meant to fill the memory: sheets shrink 5 to 30 times. */
const limits = { bytes: 1_000_000_000, suspicious: 100_000_000, times: 200 };

export interface Relation {
  readonly id: string | undefined;
  /** The last part of its address: the strict form of the format has other addresses. */
  readonly type: string;
  /** A part's name. */
  readonly target: string;
}

/** The parts of a package, by name. */
export class Parts {
  readonly #files: ReadonlyMap<string, PackedFile>;
  #unpacked = 0;
  #progress: ReadingProgress | undefined;

  constructor(
    readonly file: string,
    private readonly bytes: RangedBytes,
  ) {
    this.#files = new Map(listPacked(file, bytes).map((packed) => [packed.name.toLowerCase(), packed]));
  }

  /** These parts are about to be read, one after another. */
  begin(onProgress: OnProgress | undefined, names: readonly (string | undefined)[]): void {
    const total = names.reduce((sum, name = '') => sum + (this.#files.get(name.toLowerCase())?.bytes ?? 0), 0);
    this.#progress = new ReadingProgress(onProgress, total);
  }

  has(name: string): boolean {
    return this.#files.has(name.toLowerCase());
  }

  /** Nothing where there is no such part. What is not well formed, or not as it has to be, is said with the part's name. */
  read(name: string, hooks: Parameters<typeof readXml>[1]): void {
    const packed = this.#files.get(name.toLowerCase());
    if (!packed) return;
    this.#unpacked += packed.bytes;
    const limit = Math.min(limits.bytes, Math.max(limits.suspicious, this.bytes.length * limits.times));
    if (this.#unpacked > limit) throw new InputError('zipTooLarge', { file: this.file, bytes: this.#unpacked, limit });
    try {
      readXml(packed.unpack(), { ...hooks, taken: (count) => this.#progress?.add(count) });
    } catch (error) {
      if (error instanceof InputError) throw error;
      throw this.damaged(name, error instanceof Error ? error.message : String(error));
    }
  }

  damaged(part: string, reason: string): InputError {
    return new InputError('xlsxDamaged', { file: this.file, part, reason });
  }

  /** What a part of relations names, from `folder`. */
  relations(part: string, folder = ''): Relation[] {
    const found: Relation[] = [];
    this.read(part, {
      open: (name, attribute) => {
        if (name !== 'Relationship' || attribute('TargetMode') === 'External') return;
        const type = attribute('Type') ?? '';
        const target = attribute('Target') ?? '';
        found.push({
          id: attribute('Id'),
          type: type.slice(type.lastIndexOf('/') + 1),
          target: target.startsWith('/') ? target.slice(1) : folder + target.replace(/^\.\//, ''),
        });
      },
    });
    return found;
  }
}
