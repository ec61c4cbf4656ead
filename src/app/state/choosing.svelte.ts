/** What a person chooses of how files are read, one file after another, in the dialog `reading`. */
import type { Preview, ReadingOptions } from '../../reading';
import type { WorkerEngine } from '../../workers/engine';
import { asksFirst, isMendable, mend, toReadingOptions, withoutColumns } from './choices';
import type { Command } from './history.svelte';
import type { Interface } from './interface.svelte';

export interface Asked {
  readonly file: File;
  /** What is chosen at first. */
  readonly options: ReadingOptions;
  /** Why reading it so failed. */
  readonly error?: unknown;
  /** Cells of a spreadsheet, which may also be added to what is on the screen. */
  readonly pasted?: boolean;
  /** What opened the same file before. */
  readonly replaces?: Command | undefined;
}

export type Target = 'new' | 'here';

interface Parts {
  readonly engine: Pick<WorkerEngine, 'previewFile'>;
  readonly interface: Pick<Interface, 'dialog'>;
}

export class Choosing {
  asked = $state.raw<Asked | undefined>();
  options = $state.raw<ReadingOptions>({});
  /** Undefined while the file is being looked at, and where nothing can be made of it. */
  preview = $state.raw<Preview | undefined>();
  /** Of a workbook, where there are several: they stay when nothing can be read in one. */
  sheets = $state.raw<readonly string[]>([]);
  /** What went wrong in reading the file, or in looking at it. */
  failure = $state.raw<unknown>();
  looking = $state(false);
  /** Own columns that are not kept, by name. */
  dropped = $state.raw<ReadonlySet<string>>(new Set());
  readonly #waiting: Asked[] = [];

  constructor(
    private readonly parts: Parts,
    private readonly onChosen: (asked: Asked, options: ReadingOptions, target: Target) => void,
  ) {}

  /** Looks at a file that is to be opened, and asks first where there is something to choose, or `always`. */
  async consider(file: File, always = false): Promise<{ readonly asks: boolean; readonly columns: boolean }> {
    try {
      const preview = await this.parts.engine.previewFile(file, {});
      const asks = preview !== undefined && (always || asksFirst(preview, file.size));
      if (asks) this.ask({ file, options: {} });
      return { asks, columns: preview !== undefined && (preview.names.length > 1 || preview.sheets.length > 1) };
    } catch (error) {
      const asks = isMendable(error, false);
      if (asks) this.ask({ file, options: {}, error });
      return { asks, columns: false };
    }
  }

  /** Shows the dialog, after those that were asked for before. */
  ask(asked: Asked): void {
    if (this.asked && this.parts.interface.dialog === 'reading') this.#waiting.push(asked);
    else this.#show(asked);
  }

  /** Another text or group, by column. */
  chooseColumns(columns: Pick<ReadingOptions, 'textColumn' | 'groupColumn'>): void {
    this.#change({ ...this.options, ...columns });
  }

  /** Another form of the file, and with it other columns. */
  chooseForm(form: Pick<ReadingOptions, 'encoding' | 'delimiter' | 'header' | 'sheet'>): void {
    this.dropped = new Set();
    this.#change({ ...withoutColumns(this.options), ...form });
  }

  keep(column: string, isKept: boolean): void {
    const dropped = new Set(this.dropped);
    if (isKept) dropped.delete(column);
    else dropped.add(column);
    this.dropped = dropped;
  }

  /** Ends the dialog and has the file read. */
  open(rows: Pick<ReadingOptions, 'filter' | 'limit'>, target: Target = 'new'): void {
    const { asked, preview } = this;
    if (!asked || !preview) return;
    const options = toReadingOptions(preview, rows, this.dropped);
    this.cancel();
    this.onChosen(asked, options, target);
  }

  cancel(): void {
    this.asked = undefined;
    this.parts.interface.dialog = undefined;
    const next = this.#waiting.shift();
    if (next) this.#show(next);
  }

  #show(asked: Asked): void {
    this.asked = asked;
    this.preview = undefined;
    this.sheets = [];
    this.failure = asked.error;
    this.dropped = new Set();
    this.options = mend(asked.options, asked.error) ?? asked.options;
    this.parts.interface.dialog = 'reading';
    void this.#look();
  }

  #change(options: ReadingOptions): void {
    this.failure = undefined;
    this.options = options;
    void this.#look();
  }

  async #look(): Promise<void> {
    const { asked, options } = this;
    if (!asked) return;
    const isLatest = () => this.asked === asked && this.options === options;
    this.looking = true;
    try {
      const preview = await this.parts.engine.previewFile(asked.file, options);
      if (!isLatest()) return;
      const { keep } = options;
      if (keep && preview) {
        // Those of an earlier choice of the same columns.
        const own = preview.own.map((column) => preview.names[column]!);
        this.dropped = new Set(own.filter((name) => !keep.includes(name)));
        const { keep: _, ...rest } = options;
        this.options = rest;
      }
      this.preview = preview;
      this.sheets = preview?.sheets ?? this.sheets;
    } catch (error) {
      if (!isLatest()) return;
      this.failure = error;
      const other = mend(options, error);
      if (other) {
        this.options = other;
        return this.#look();
      }
      this.preview = undefined;
    }
    this.looking = false;
  }
}
