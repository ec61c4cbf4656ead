/** The vectors of the spaces in use, and everything that is computed from them. */
import { InputError } from '../errors';
import { alone, type Crew } from '../kernels/crew';
import { findNeighbours } from '../projection/neighbours';
import { placeRows } from '../projection/place';
import { startPositions } from '../projection/start';
import type { Answer, QuestionKind, QuestionOf } from '../questions';
import { sortedPairCosines } from '../similarity/percentile';
import { RoundedRows } from '../similarity/rounded';
import type { ItemId, KnnGraph, Matrix, OnProgress, Positions, ProjectionOptions, SpaceId } from '../types';
import { takeRows } from '../vectors';
import { answer } from './answers';
import type { SpaceHost } from './hosts';
import type { SpaceRows } from './snapshot';

interface Space {
  ids: ItemId[];
  rowOf: Map<ItemId, number>;
  /** Grows by doubling, so that appending one word does not copy all. */
  data: Float32Array<ArrayBuffer>;
  dim: number;
  /** Made when first asked for, dropped when the rows change. */
  pairCosines?: Float32Array | undefined;
  /** Likewise; of the graphs that were asked for the one with the most columns. */
  graph?: KnnGraph | undefined;
  /** Counts the changes of the rows. */
  revision: number;
  /** Follows rows that are appended; others once rows are dropped. */
  rounded: RoundedRows;
}

export class Spaces implements SpaceHost {
  private readonly spaces = new Map<SpaceId, Space>();

  /** `crewFor` gives the threads for a search among so many rows. */
  constructor(private readonly crewFor: (rows: number) => Promise<Crew> = () => Promise.resolve(alone)) {}

  async update(id: SpaceId, removed: readonly ItemId[], added: readonly ItemId[], vectors: Matrix): Promise<Matrix> {
    const space: Space = this.spaces.get(id) ?? {
      ids: [],
      rowOf: new Map(),
      data: new Float32Array(0),
      dim: vectors.dim,
      revision: 0,
      rounded: new RoundedRows(vectors.dim),
    };
    this.spaces.set(id, space);
    if (removed.length > 0) drop(space, removed);
    if (added.length > 0) append(space, added, vectors);
    space.pairCosines = undefined;
    space.graph = undefined;
    space.revision++;
    return vectors;
  }

  async vectors(id: SpaceId, ids: readonly ItemId[]): Promise<Matrix> {
    const space = this.get(id);
    return takeRows(matrixOf(space), rowsOf(space, ids));
  }

  async neighbours(
    id: SpaceId,
    k: number,
    onProgress?: OnProgress,
    signal?: AbortSignal,
    ids?: readonly ItemId[],
  ): Promise<KnnGraph> {
    const vectors = this.matrixOf(id, ids);
    // Rows may be added while this runs; a snapshot keeps the graph of one moment.
    const snapshot = ids ? vectors : { ...vectors, data: vectors.data.slice() };
    const space = this.get(id);
    const { revision } = space;
    const graph = await findNeighbours(snapshot, k, { onProgress, signal, crew: await this.crewFor(snapshot.rows) });
    if (!ids) keep(space, revision, graph);
    return graph;
  }

  async start(id: SpaceId, { dims, seed, engine }: ProjectionOptions, ids?: readonly ItemId[]): Promise<Positions> {
    // As a start the components of a sample do; as a map they are what was asked for.
    const hooks = engine === 'pca' ? { mostRows: Infinity } : {};
    const projection = engine === 'random' ? 'random' : 'pca';
    return startPositions(this.matrixOf(id, ids), dims, seed, { ...hooks, projection });
  }

  async place(
    id: SpaceId,
    ids: readonly ItemId[],
    placed: readonly ItemId[],
    positions: Positions,
    options: ProjectionOptions,
  ): Promise<Positions> {
    const space = this.get(id);
    return placeRows(matrixOf(space), rowsOf(space, ids), rowsOf(space, placed), positions, { options });
  }

  async ask<K extends QuestionKind>(
    id: SpaceId,
    question: QuestionOf<K>,
    texts: Matrix,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Answer<K>> {
    return answer(this.snapshot(id), question, texts, { onProgress, signal });
  }

  /** Rows that are added lie behind its end, and where rows are dropped the others are copied. */
  private snapshot(id: SpaceId): SpaceRows {
    const space = this.get(id);
    const ids = space.ids.slice();
    const vectors = matrixOf(space);
    const { rowOf, revision, rounded } = space;
    return {
      ids,
      vectors,
      rounded,
      rowOf: (item) => rowIn(rowOf, item),
      sortedCosines: () => (space.pairCosines ??= sortedPairCosines(matrixOf(space))),
      other: (other) => this.snapshot(other),
      graph: async (k, hooks) => {
        const known = space.revision === revision ? space.graph : undefined;
        if (known && known.k >= Math.min(k, vectors.rows - 1)) return known;
        const graph = await findNeighbours(vectors, k, { ...hooks, crew: await this.crewFor(vectors.rows) });
        keep(space, revision, graph);
        return graph;
      },
    };
  }

  /** The vectors of the space, or a copy of those of `ids`. */
  private matrixOf(id: SpaceId, ids?: readonly ItemId[]): Matrix {
    const space = this.get(id);
    return ids ? takeRows(matrixOf(space), rowsOf(space, ids)) : matrixOf(space);
  }

  private get(id: SpaceId): Space {
    const space = this.spaces.get(id);
    if (!space) throw new InputError('spaceUnknown', { space: id });
    return space;
  }
}

/** Keeps the graph of all rows as they were at `revision`, if they still are and none with more columns is known. */
function keep(space: Space, revision: number, graph: KnnGraph): void {
  if (space.revision === revision && graph.k > (space.graph?.k ?? 0)) space.graph = graph;
}

function matrixOf(space: Space): Matrix {
  const { dim, ids } = space;
  return { data: space.data.subarray(0, ids.length * dim), rows: ids.length, dim };
}

function rowsOf(space: Space, ids: readonly ItemId[]): number[] {
  return ids.map((id) => rowIn(space.rowOf, id));
}

function rowIn(rowOf: ReadonlyMap<ItemId, number>, id: ItemId): number {
  const row = rowOf.get(id);
  if (row === undefined) throw new InputError('itemUnknown', { item: id });
  return row;
}

function drop(space: Space, removed: readonly ItemId[]): void {
  const gone = new Set(removed);
  const kept: number[] = [];
  space.ids.forEach((id, row) => {
    if (!gone.has(id)) kept.push(row);
  });
  space.data = takeRows(matrixOf(space), kept).data;
  space.rounded = new RoundedRows(space.dim);
  space.ids = kept.map((row) => space.ids[row]!);
  space.rowOf = new Map(space.ids.map((id, row) => [id, row]));
}

function append(space: Space, added: readonly ItemId[], vectors: Matrix): void {
  const { dim } = space;
  if (vectors.dim !== dim) throw new InputError('dimensionMismatch', { got: vectors.dim, expected: dim });
  const first = space.ids.length;
  const needed = (first + added.length) * dim;
  if (needed > space.data.length) {
    const grown = new Float32Array(Math.max(needed, space.data.length * 2));
    grown.set(space.data.subarray(0, first * dim));
    space.data = grown;
  }
  space.data.set(vectors.data, first * dim);
  added.forEach((id, i) => {
    space.ids.push(id);
    space.rowOf.set(id, first + i);
  });
}
