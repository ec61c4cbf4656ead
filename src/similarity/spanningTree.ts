/** Minimum spanning trees by mutual reachability distance: the greatest of two rows' distance and their core distances. */
import { Pace, type WorkHooks } from '../pace';
import type { KnnGraph, Positions } from '../types';
import { DisjointSets } from './disjointSets';
import { createKdTree, squaredDistance, squaredDistanceTo, type KdTree } from './kdTree';
import { MapSearch } from './mapSearch';
import { sortPlaces } from './radixSort';

/** The edges of a tree over all rows (one less than rows), the shortest first. */
export interface SpanningTree {
  readonly rows: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Infinity where nothing is known of how far apart two parts are. */
  readonly lengths: Float64Array;
}

/** Rows between two looks at the clock. */
const stride = 256;

/**
 * The tree of a map, by Euclidean distance; exact (Borůvka's algorithm over a kd-tree, after March, Ram & Gray 2010 and McInnes &
 * Healy 2017). `minSamples` as in `ClusterOptions`.
 */
export async function spanPositions(
  positions: Positions,
  minSamples: number,
  { signal }: WorkHooks = {},
): Promise<SpanningTree> {
  const pace = new Pace(signal);
  const { rows } = positions;
  const tree = createKdTree(positions);
  const core = await coreDistances(tree, Math.min(minSamples, rows) - 1, pace);
  const edges = new Edges(rows);
  const sets = new DisjointSets(rows);
  const search = new OutsideSearch(tree, core);
  while (edges.count < rows - 1) {
    search.begin(sets);
    for (let place = 0; place < rows; place++) {
      search.look(place);
      if (place % stride === 0 && pace.due) await pace.rest();
    }
    for (let set = 0; set < rows; set++) {
      const [a, b] = [search.from[set]!, search.to[set]!];
      // Where lengths are equal, two sets may have found each other by different edges: one joins them.
      if (a < 0 || sets.unite(a, b) < 0) continue;
      edges.add(tree.order[a]!, tree.order[b]!, Math.sqrt(search.nearest[set]!));
    }
  }
  return edges.sorted();
}

/**
 * The tree of a graph of nearest neighbours, by the Euclidean distance of the unit vectors. Parts that no edge of the graph joins
 * are joined at an infinite length: how far apart they are, the graph does not say. The core distance is that to the
 * neighbour `minSamples - 1`, or to the last one that the graph has.
 */
export async function spanGraph(
  { indices, distances, rows, k }: KnnGraph,
  minSamples: number,
  { signal }: WorkHooks = {},
): Promise<SpanningTree> {
  const pace = new Pace(signal);
  // |a - b|² = 2 - 2 cos for unit vectors.
  const length = (at: number) => Math.sqrt(2 * Math.max(distances[at]!, 0));
  const last = Math.min(minSamples - 1, k) - 1;
  const core = Float64Array.from({ length: rows }, (_, row) => (last < 0 ? 0 : length(row * k + last)));
  const lengths = new Float32Array(rows * k);
  for (let row = 0; row < rows; row++) {
    for (let at = row * k; at < (row + 1) * k; at++)
      lengths[at] = Math.max(length(at), core[row]!, core[indices[at]!]!);
    if (row % stride === 0 && pace.due) await pace.rest();
  }
  const edges = new Edges(rows);
  const sets = new DisjointSets(rows);
  // Kruskal's algorithm.
  const order = sortPlaces(lengths);
  for (let i = 0; i < order.length && edges.count < rows - 1; i++) {
    const at = order[i]!;
    const row = Math.floor(at / k);
    if (sets.unite(row, indices[at]!) >= 0) edges.add(row, indices[at]!, lengths[at]!);
    if (i % stride === 0 && pace.due) await pace.rest();
  }
  joinParts(edges, sets, rows);
  return edges.sorted();
}

/** The largest parts first, so that in the hierarchy the smallest leave the whole before anything else parts. */
function joinParts(edges: Edges, sets: DisjointSets, rows: number): void {
  const sizes = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const part = sets.find(row);
    sizes.set(part, (sizes.get(part) ?? 0) + 1);
  }
  const [[largest] = [0], ...others] = [...sizes].sort(([, a], [, b]) => b - a);
  for (const [part] of others) {
    sets.unite(largest, part);
    edges.add(largest, part, Infinity);
  }
}

/** Squared, by place of the tree's order. */
async function coreDistances(tree: KdTree, k: number, pace: Pace): Promise<Float64Array> {
  const core = new Float64Array(tree.rows);
  const search = new MapSearch(tree);
  for (let place = 0; place < tree.rows; place++) {
    core[place] = search.squaredReach(place, k);
    if (place % stride === 0 && pace.due) await pace.rest();
  }
  return core;
}

/** For each of the sets of a round, the shortest edge that leaves it. */
class OutsideSearch {
  /** By the number that stands for a set: places at the ends of the edge, -1 where there is none, and its squared length. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly nearest: Float64Array;
  readonly #set: Int32Array;
  /** The set to which all of a node's rows belong, or -1. */
  readonly #nodeSet: Int32Array;
  #place = 0;

  constructor(
    private readonly tree: KdTree,
    private readonly core: Float64Array,
  ) {
    this.from = new Int32Array(tree.rows);
    this.to = new Int32Array(tree.rows);
    this.nearest = new Float64Array(tree.rows);
    this.#set = new Int32Array(tree.rows);
    this.#nodeSet = new Int32Array(tree.nodes);
  }

  begin(sets: DisjointSets): void {
    const { nodes, first, last, firstLeaf } = this.tree;
    const [set, nodeSet] = [this.#set, this.#nodeSet];
    for (let place = 0; place < set.length; place++) set[place] = sets.find(place);
    for (let node = nodes - 1; node >= 0; node--) {
      if (node < firstLeaf) {
        const left = nodeSet[2 * node + 1]!;
        nodeSet[node] = left === nodeSet[2 * node + 2] ? left : -1;
        continue;
      }
      let one = set[first[node]!]!;
      for (let place = first[node]! + 1; place < last[node]!; place++) if (set[place] !== one) one = -1;
      nodeSet[node] = one;
    }
    this.from.fill(-1);
    this.nearest.fill(Infinity);
  }

  /** Looks for an edge from the row at `place` that is shorter than what its set has. */
  look(place: number): void {
    if (this.core[place]! >= this.nearest[this.#set[place]!]!) return;
    this.#place = place;
    this.#visit(0, 0);
  }

  #visit(node: number, away: number): void {
    const { tree, core } = this;
    const place = this.#place;
    const set = this.#set[place]!;
    if (away >= this.nearest[set]! || this.#nodeSet[node] === set) return;
    if (node < tree.firstLeaf) {
      const [left, right] = [2 * node + 1, 2 * node + 2];
      const toLeft = squaredDistanceTo(tree, place, left);
      const toRight = squaredDistanceTo(tree, place, right);
      if (toLeft <= toRight) {
        this.#visit(left, toLeft);
        this.#visit(right, toRight);
      } else {
        this.#visit(right, toRight);
        this.#visit(left, toLeft);
      }
      return;
    }
    const own = core[place]!;
    for (let other = tree.first[node]!; other < tree.last[node]!; other++) {
      if (this.#set[other] === set || core[other]! >= this.nearest[set]!) continue;
      const distance = Math.max(squaredDistance(tree, place, other), own, core[other]!);
      if (distance >= this.nearest[set]!) continue;
      this.nearest[set] = distance;
      this.from[set] = place;
      this.to[set] = other;
      // No edge of this row can be shorter than its core distance.
      if (distance === own) return;
    }
  }
}

class Edges {
  count = 0;
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #lengths: Float64Array;

  constructor(private readonly rows: number) {
    const most = Math.max(rows - 1, 0);
    this.#from = new Int32Array(most);
    this.#to = new Int32Array(most);
    this.#lengths = new Float64Array(most);
  }

  add(from: number, to: number, length: number): void {
    this.#from[this.count] = from;
    this.#to[this.count] = to;
    this.#lengths[this.count++] = length;
  }

  sorted(): SpanningTree {
    const lengths = this.#lengths;
    // A difference of infinities is no number.
    const compare = (a: number, b: number) => (lengths[a] === lengths[b] ? a - b : lengths[a]! - lengths[b]!);
    const order = Uint32Array.from({ length: this.count }, (_, i) => i).sort(compare);
    const gather = (values: Int32Array) => Int32Array.from(order, (i) => values[i]!);
    return {
      rows: this.rows,
      from: gather(this.#from),
      to: gather(this.#to),
      lengths: Float64Array.from(order, (i) => lengths[i]!),
    };
  }
}
