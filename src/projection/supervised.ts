/** What categories do to a fuzzy simplicial set. */
import { weighAnew, type FuzzyGraph } from './fuzzy';

/** Distance of a row without a category from every other (umap-learn's `unknown_dist`). */
const unknownDistance = 1;
/** Distance of two categories at a target weight of 0; at 1 it is infinite (umap-learn). */
const leastFarDistance = 2.5;

/**
 * The graph intersected with the categories `labels` (one for each row, -1 for none), as umap-learn does it for a categorical
 * target (`discrete_metric_simplicial_set_intersection`): an edge between two categories is weakened by exp(-2.5 / (1 -
 * `targetWeight`)), one of a row without a category by exp(-1). Each row's strongest edge is then made 1 again and both
 * directions joined (`reset_local_connectivity`), so that even at a weight of 0 categories tell. At a weight of 1 no edge
 * between two categories stays. Without labels the graph is as it was.
 *
 * The graph must be symmetric, as `fuzzySimplicialSet` makes it. Throws a RangeError when the labels do not fit its rows.
 */
export function superviseBy(graph: FuzzyGraph, labels: Int32Array | undefined, targetWeight: number): FuzzyGraph {
  if (!labels) return graph;
  const { offsets, heads } = graph;
  const rows = offsets.length - 1;
  if (labels.length !== rows) throw new RangeError(`${labels.length} labels for a graph of ${rows} rows`);
  const unknown = Math.exp(-unknownDistance);
  const far = targetWeight < 1 ? Math.exp(-leastFarDistance / (1 - targetWeight)) : 0;
  const weights = new Float32Array(heads.length);
  const strongestOf = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const label = labels[row]!;
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      const other = labels[heads[at]!]!;
      const factor = label < 0 || other < 0 ? unknown : label === other ? 1 : far;
      weights[at] = graph.weights[at]! * factor;
      strongestOf[row] = Math.max(strongestOf[row]!, weights[at]!);
    }
  }
  return weighAnew(graph, (row, edge) => {
    const weight = weights[edge]!;
    if (weight === 0) return 0;
    // The edge back has this weight too, and its own row's strongest.
    const there = weight / strongestOf[row]!;
    const back = weight / strongestOf[heads[edge]!]!;
    return there + back - there * back;
  });
}
