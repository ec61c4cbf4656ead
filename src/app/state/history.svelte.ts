/** Undo and redo: commands with inverses. */

export interface Command {
  readonly undo: () => void | Promise<void>;
  readonly redo: () => void | Promise<void>;
  /** Called once the command can neither be undone nor redone any more. */
  readonly expire?: () => void;
}

/** Steps that are kept: each holds two lists of references, so a hundred of them are small. */
const limit = 100;

export class History {
  #done = $state.raw<readonly Command[]>([]);
  #undone = $state.raw<readonly Command[]>([]);
  /** For a notice of what has just been done. */
  readonly offer = { key: 'undo', run: () => void this.undo() } as const;

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  /** What undo would undo. */
  get latest(): Command | undefined {
    return this.#done.at(-1);
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Notes a command that was carried out. What had been undone before it can no longer be redone. */
  push(command: Command): void {
    for (const { expire } of this.#undone) expire?.();
    this.#undone = [];
    const done = [...this.#done, command];
    for (const { expire } of done.slice(0, -limit)) expire?.();
    this.#done = done.slice(-limit);
  }

  async undo(): Promise<void> {
    const command = this.#done.at(-1);
    if (!command) return;
    this.#done = this.#done.slice(0, -1);
    this.#undone = [...this.#undone, command];
    await command.undo();
  }

  async redo(): Promise<void> {
    const command = this.#undone.at(-1);
    if (!command) return;
    this.#undone = this.#undone.slice(0, -1);
    this.#done = [...this.#done, command];
    await command.redo();
  }

  clear(): void {
    for (const { expire } of [...this.#done, ...this.#undone]) expire?.();
    this.#done = [];
    this.#undone = [];
  }
}
