/** Opening files: what is in them becomes a new collection, and what was not used is said. */
import type { LeftOutRow, Reading, ReadingOptions } from '../../reading';
import type { WorkerEngine } from '../../workers/engine';
import type { History } from './history.svelte';
import type { Interface } from './interface.svelte';
import type { Jobs } from './jobs.svelte';
import type { Library } from './library.svelte';
import type { Notices } from './notices.svelte';
import type { OwnModels } from './ownModels.svelte';
import { pairFiles } from './pairFiles';

interface Parts {
  readonly engine: WorkerEngine;
  readonly history: History;
  readonly interface: Interface;
  readonly jobs: Pick<Jobs, 'run'>;
  readonly library: Library;
  readonly notices: Notices;
  readonly ownModels: OwnModels;
  readonly readOnly: boolean;
}

export class Opening {
  /** The rows of a file that could not be used, for the dialog that lists them. */
  told = $state.raw<{ readonly name: string; readonly rows: readonly LeftOutRow[] } | undefined>();

  constructor(private readonly parts: Parts) {}

  /** Opens files, each as a new collection, a matrix with the file of its texts; undo brings the one before back. */
  async open(files: Iterable<File>): Promise<void> {
    for (const [file, labels] of pairFiles([...files])) await this.#open(file, labels);
  }

  /** A file that cannot be used changes nothing. */
  async #open(file: File, labels: File | undefined): Promise<void> {
    const { engine, ownModels } = this.parts;
    if (this.parts.readOnly) return;
    if (/\.zip$/i.test(file.name) && (await engine.holdsModel(file))) return ownModels.openZip(file);
    await this.read(file, labels);
  }

  /** Reads a file, by what was chosen of it, and shows what is in it; a Cancel changes nothing. */
  async read(file: File, labels?: File, options: ReadingOptions = {}): Promise<void> {
    const { engine, history, jobs, library, notices } = this.parts;
    try {
      const dataset = await jobs.run('open', (signal, onProgress) =>
        engine.openFile(file, labels, options, onProgress, signal),
      );
      if (!dataset) return;
      const name = file.name.replace(/\.[^.]*$/, '') || file.name;
      const origin = { file: file.name, trusted: false };
      const { stored, duplicates, remarks } = await library.create(name, dataset, origin);
      library.begin(stored);
      notices.say('opened', { name, count: stored.items.length }, history.offer);
      if (duplicates > 0) notices.say('duplicatesLeftOut', { count: duplicates });
      for (const { key, params } of remarks) notices.warn(key, params);
      if (dataset.reading) this.#tell(name, dataset.reading);
    } catch (error) {
      notices.error(error);
    }
  }

  /** What became of the rows that are not shown. */
  #tell(name: string, { leftOut, filtered, limited }: Reading): void {
    const { interface: ui, notices } = this.parts;
    if (filtered > 0) notices.say(limited ? 'rowsFilteredLimited' : 'rowsFiltered', { count: filtered });
    else if (limited) notices.say('rowsLimited');
    if (leftOut.length === 0) return;
    const run = () => {
      this.told = { name, rows: leftOut };
      ui.dialog = 'leftOut';
    };
    notices.warn('leftOut', { count: leftOut.length }, { key: 'leftOutShow', run });
  }
}
