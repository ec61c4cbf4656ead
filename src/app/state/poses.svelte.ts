/** Views that were given names, kept with the collection. Each change can be undone. */
import type { CameraPose, NamedPose } from '../../types';
import { newId } from './collection.svelte';
import type { History } from './history.svelte';

export class Poses {
  /** In the order in which they were kept. */
  list = $state.raw<readonly NamedPose[]>([]);

  constructor(
    private readonly history: Pick<History, 'push'>,
    private readonly save: () => void,
  ) {}

  keep(name: string, pose: CameraPose): void {
    this.#change([...this.list, { id: newId(), name, pose }]);
  }

  rename(id: string, name: string): void {
    this.#change(this.list.map((kept) => (kept.id === id ? { ...kept, name } : kept)));
  }

  remove(id: string): void {
    this.#change(this.list.filter((kept) => kept.id !== id));
  }

  #change(after: readonly NamedPose[]): void {
    const before = this.list;
    const apply = (list: readonly NamedPose[]) => {
      this.list = list;
      this.save();
    };
    apply(after);
    this.history.push({ undo: () => apply(before), redo: () => apply(after) });
  }
}
