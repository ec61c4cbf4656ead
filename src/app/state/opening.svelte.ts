/** Opening files: what is in them becomes a new collection, and what was not used is said. */
import type { LeftOutRow, Reading, ReadingOptions } from '../../reading';
import type { Dataset, NewItem } from '../../types';
import type { WorkerEngine } from '../../workers/engine';
import { isMendable } from './choices';
import { Choosing, type Asked, type Target } from './choosing.svelte';
import type { Command, History } from './history.svelte';
import type { Interface } from './interface.svelte';
import type { Jobs } from './jobs.svelte';
import type { Library } from './library.svelte';
import type { Notices } from './notices.svelte';
import type { OwnModels } from './ownModels.svelte';

interface Parts {
  readonly engine: WorkerEngine;
  readonly history: History;
  readonly interface: Interface;
  readonly jobs: Pick<Jobs, 'run'>;
  readonly library: Library;
  readonly notices: Notices;
  readonly ownModels: OwnModels;
  readonly pasting: { add(items: readonly NewItem[]): void };
  readonly readOnly: boolean;
}

/** What is known of a file before it is read. */
interface Known {
  /** Whether it has several columns to choose from. */
  readonly columns?: boolean;
  /** What opened it before, otherwise: the new collection takes the place of that one. */
  readonly replaces?: Command | undefined;
}

export class Opening {
  readonly choosing: Choosing;
  /** The rows of a file that could not be used, for the dialog that lists them. */
  told = $state.raw<{ readonly name: string; readonly rows: readonly LeftOutRow[] } | undefined>();
  /** Notices of errors and warnings, of what was chosen or dropped last, and of what came before. */
  #said: number[] = [];
  #saidBefore: number[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: Parts) {
    this.choosing = new Choosing(parts, (...chosen) => void this.#chosen(...chosen));
  }

  /** Opens files, each as a new collection with those that belong to it; undo brings the one before back. */
  async open(files: Iterable<File>): Promise<void> {
    this.#begin();
    try {
      for (const [file, ...beside] of await this.parts.engine.groupFiles([...files])) await this.#open(file, beside);
    } catch (error) {
      // A file that is not there any more.
      this.#error(error);
    }
  }

  /** Asks how a file is to be read; one that has nothing to choose is opened. */
  async openWithChoices(file: File): Promise<void> {
    this.#begin();
    const { asks } = await this.choosing.consider(file, true);
    if (!asks) await this.#open(file, []);
  }

  /** A file that cannot be used changes nothing. */
  async #open(file: File, beside: readonly File[]): Promise<void> {
    const { engine, ownModels } = this.parts;
    if (this.parts.readOnly) return;
    if (/\.zip$/i.test(file.name) && (await engine.holdsModel(file))) return ownModels.openZip(file);
    if (beside.length > 0) return this.read(file, beside);
    const { asks, columns } = await this.choosing.consider(file);
    if (!asks) await this.read(file, [], {}, { columns });
  }

  /**
   * Reads a file, by what was chosen of it, and shows what is in it, after those that were chosen before; a Cancel changes nothing. What
   * another choice may mend is asked.
   */
  read(file: File, beside: readonly File[] = [], options: ReadingOptions = {}, known: Known = {}): Promise<void> {
    return this.#inTurn(() => this.#read(file, beside, options, known));
  }

  async #read(file: File, beside: readonly File[], options: ReadingOptions, known: Known): Promise<void> {
    const { history, library, notices } = this.parts;
    const { columns = false, replaces } = known;
    try {
      const dataset = await this.#load(file, beside, options);
      if (!dataset) return;
      const name = file.name.replace(/\.[^.]*$/, '') || file.name;
      const origin = { file: file.name, trusted: false };
      const { stored, duplicates, remarks } = await library.create(name, dataset, origin);
      if (replaces && history.latest === replaces) await history.undo();
      library.begin(stored);
      this.#forgetBefore();
      const count = stored.items.length;
      notices.say('opened', { name, count }, history.offer, ...(columns ? [this.#offer(file, options)] : []));
      if (duplicates > 0) notices.say('duplicatesLeftOut', { count: duplicates });
      for (const { key, params } of remarks) this.#warn(key, params);
      if (dataset.numbered) notices.say('rowsNumbered', { file: file.name });
      if (dataset.unused) this.#warn('filesUnused', { files: dataset.unused.join(', '), file: file.name });
      if (dataset.reading) this.#tell(name, dataset.reading);
    } catch (error) {
      if (beside.length === 0 && isMendable(error, columns)) this.choosing.ask({ file, options, error, replaces });
      else this.#error(error);
    }
  }

  /** A file that is chosen while another one is read ends that as little as a Cancel of that one ends it. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** A person opens something. */
  #begin(): void {
    this.#saidBefore = [...this.#saidBefore, ...this.#said];
    this.#said = [];
  }

  /** Another file is on the screen: what was said of those before is not about it. */
  #forgetBefore(): void {
    for (const id of this.#saidBefore) this.parts.notices.dismiss(id);
    this.#saidBefore = [];
  }

  #error(error: unknown): void {
    this.#said.push(this.parts.notices.error(error));
  }

  #warn(...warning: Parameters<Notices['warn']>): void {
    this.#said.push(this.parts.notices.warn(...warning));
  }

  /** Opening the file that has just been opened in another way. */
  #offer(file: File, options: ReadingOptions) {
    const replaces = this.parts.history.latest;
    return { key: 'chooseColumns', run: () => this.choosing.ask({ file, options, replaces }) } as const;
  }

  #chosen({ file, replaces }: Asked, options: ReadingOptions, target: Target): Promise<void> {
    this.#begin();
    if (target === 'here') return this.#inTurn(() => this.#add(file, options));
    return this.read(file, [], options, { columns: true, replaces });
  }

  /** Adds what a pasted table holds to the collection on the screen. */
  async #add(file: File, options: ReadingOptions): Promise<void> {
    try {
      const dataset = await this.#load(file, [], options);
      if (!dataset) return;
      this.parts.pasting.add(dataset.items);
      if (dataset.reading) this.#tell(file.name, dataset.reading);
    } catch (error) {
      if (isMendable(error, true)) this.choosing.ask({ file, options, error, pasted: true });
      else this.#error(error);
    }
  }

  /** What is in a file; undefined after a Cancel. */
  #load(file: File, beside: readonly File[], options: ReadingOptions): Promise<Dataset | undefined> {
    const { engine, jobs } = this.parts;
    return jobs.run('open', (signal, onProgress) => engine.openFile(file, beside, options, onProgress, signal));
  }

  /** What became of the rows that are not shown, and of columns that might have been positions. */
  #tell(name: string, { leftOut, filtered, limited, unplaced }: Reading): void {
    const { interface: ui, notices } = this.parts;
    if (filtered > 0) notices.say(limited ? 'rowsFilteredLimited' : 'rowsFiltered', { count: filtered });
    else if (limited) notices.say('rowsLimited');
    if (unplaced) this.#warn('unplaced', { columns: unplaced.columns.join(', '), row: unplaced.row });
    if (leftOut.length === 0) return;
    const run = () => {
      this.told = { name, rows: leftOut };
      ui.dialog = 'leftOut';
    };
    this.#warn('leftOut', { count: leftOut.length }, { key: 'leftOutShow', run });
  }
}
