/** Brings what is to be shown into the cloud: as a frame, as other rows, or as another view altogether. */
import { untrack } from 'svelte';
import type { Cloud } from '../../scene/cloud';
import type { CameraPose, ItemId, MapView } from '../../types';

export class MapDrawer {
  #ids: readonly ItemId[] | undefined;
  #run = 0;
  /** Of the map, while something else is shown; undefined where nobody had moved the camera. */
  #pose: CameraPose | undefined;

  constructor(private readonly textOf: (id: ItemId) => string) {}

  /**
   * Same rows: a frame. Other rows: a map. Another run: a new fit.
   * @param run of a map at least 0; below that it is another arrangement of the same texts, which has a camera of its own
   */
  draw(target: Cloud, view: Pick<MapView, 'ids' | 'positions'> | undefined, run: number): void {
    const ids = view?.ids ?? [];
    if (view && this.#ids === ids && this.#run === run) {
      target.setFrame(view.positions);
      return;
    }
    const positions = view?.positions ?? { data: new Float32Array(0), rows: 0, dim: 3 };
    const refit = this.#ids === undefined || this.#run !== run;
    const [wasMap, isMap] = [this.#run >= 0, run >= 0];
    if (wasMap && !isMap) this.#pose = target.cameraMoved ? target.pose : undefined;
    // An edited text leaves its row and lands in another: the collection alone changes nothing here.
    const texts = untrack(() => ids.map((id) => this.textOf(id)));
    target.setDims(positions.dim);
    target.setMap(ids, texts, positions, { refit });
    if (!wasMap && isMap && this.#pose?.dims === positions.dim) target.setPose(this.#pose, true);
    else if (wasMap !== isMap) target.reset();
    this.#ids = ids;
    this.#run = run;
  }
}
