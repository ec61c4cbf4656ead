/** Local radii of rows: how far their neighbours are (densMAP; Narayan, Berger & Cho 2021, Nature Biotechnology 39:765). */
import type { KnnGraph, ProjectionOptions } from '../types';
import { strongest, transpose, type FuzzyGraph } from './fuzzy';

/** Keeps a radius of zero from the logarithm, as in umap-learn. */
const epsilon = 1e-8;

/** What the kernel is told of the term that keeps densities (kernels/assembly/density.ts). */
export interface DensityTerm {
  /** The epoch from which on it acts. */
  readonly from: number;
  /** The graph whose edges say which rows are near. */
  readonly fuzzy: FuzzyGraph;
  /** The log radii that rows have among the vectors, of mean 0 and variance 1. */
  readonly wanted: Float32Array;
  /**
   * Of a pull at the strongest edge. umap-learn gives all edges the same in the long run, so that those which are pulled less
   * often pull harder.
   */
  readonly strength: number;
  /** Added to the variance of the map's log radii. */
  readonly shift: number;
}

type DensityOptions = Pick<Required<ProjectionOptions>, 'densityWeight' | 'densityFraction' | 'densityShift'>;

/** The term for a layout of the graph's first `k` columns in `epochs`; undefined where the options leave it nothing to do. */
export function densityTerm(
  graph: KnnGraph,
  k: number,
  fuzzy: FuzzyGraph,
  epochs: number,
  { densityWeight, densityFraction, densityShift: shift }: DensityOptions,
): DensityTerm | undefined {
  const from = Math.floor(epochs * (1 - densityFraction));
  const { weights } = fuzzy;
  if (densityWeight === 0 || from === epochs || weights.length === 0) return undefined;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const strength = (densityWeight * total) / (graph.rows * strongest(weights));
  return { from, fuzzy, wanted: standardise(logRadii(graph, k, fuzzy)), strength, shift };
}

/**
 * Logarithms of the local radii, row by row: of the mean of the squared distances to the row's neighbours in `fuzzy`, weighted
 * by the edges (`simplicial_set_embedding` of umap-learn). `fuzzy` must be made of the first `k` columns of `graph`, however its
 * edges have been weighed since. NaN for a row without edges.
 */
export function logRadii(graph: KnnGraph, k: number, fuzzy: FuzzyGraph): Float32Array {
  const { rows, indices, distances, k: columns } = graph;
  const { offsets, heads, weights } = fuzzy;
  const back = transpose(graph, k);
  const radii = new Float32Array(rows);
  /** Distances from the row at hand: those to its neighbours in `fuzzy` are its own, others of an earlier row. */
  const distanceTo = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let at = back.offsets[row]!; at < back.offsets[row + 1]!; at++) {
      const from = back.rows[at]!;
      distanceTo[from] = distances[from * columns + back.edges[at]! - from * k]!;
    }
    for (let j = 0; j < k; j++) distanceTo[indices[row * columns + j]!] = distances[row * columns + j]!;
    let sum = 0;
    let weight = 0;
    for (let edge = offsets[row]!; edge < offsets[row + 1]!; edge++) {
      sum += weights[edge]! * distanceTo[heads[edge]!]! ** 2;
      weight += weights[edge]!;
    }
    radii[row] = weight > 0 ? Math.log(epsilon + sum / weight) : Number.NaN;
  }
  return radii;
}

/** `values` with mean 0 and variance 1; 0 where there was no number, and everywhere when all are equal. */
export function standardise(values: Float32Array): Float32Array {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
  return values.map((value) => (deviation > 0 && !Number.isNaN(value) ? (value - mean) / deviation : 0));
}
