import type { WorkerEngine } from '../../../workers/engine';
import type { CollectionState } from '../collection.svelte';
import type { Devices } from '../devices.svelte';
import type { History } from '../history.svelte';
import type { Interface } from '../interface.svelte';
import type { Jobs } from '../jobs.svelte';
import type { Maps } from '../maps.svelte';
import type { Notices } from '../notices.svelte';
import type { Selection } from '../selection.svelte';

/** What a lens needs of the explorer. */
export interface InsideParts {
  readonly engine: WorkerEngine;
  readonly collection: CollectionState;
  readonly devices: Devices;
  readonly history: History;
  readonly interface: Interface;
  readonly jobs: Jobs;
  readonly maps: Maps;
  readonly notices: Notices;
  readonly selection: Selection;
}
