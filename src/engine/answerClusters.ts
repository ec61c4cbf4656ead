/** Clusters of a space's texts, found and named. */
import type { FoundClusters } from '../answers';
import type { QuestionOf } from '../questions';
import { nameClusters } from '../similarity/clusterNames';
import { clusterGraph, clusterPositions } from '../similarity/hdbscan';
import { takeRows } from '../vectors';
import type { WorkHooks } from '../pace';
import { graphOf } from './graphs';
import type { SpaceRows } from './snapshot';

/** Up to so many texts their graph has all pairs, and the clusters are exact. */
const mostCompleteRows = 500;
/**
 * Neighbours of each text beyond. Of 1,500 words and glosses of two models, under 12 settings, the clusters with 15 were those of all
 * pairs (adjusted Rand index 1.000); with 5, and 4 samples, two of the three sets had others.
 */
const graphNeighbours = 15;

export async function answerClusters(
  space: SpaceRows,
  { ids, texts, positions, ...options }: QuestionOf<'clusters'>,
  hooks: WorkHooks,
): Promise<FoundClusters> {
  const vectors = takeRows(space.vectors, ids.map(space.rowOf));
  const rows = ids.length;
  const k = rows <= mostCompleteRows ? rows - 1 : Math.max(graphNeighbours, 3 * options.minSamples);
  const { labels, probabilities, count } = positions
    ? await clusterPositions(positions, options, hooks)
    : await clusterGraph(await graphOf(space, ids, k, hooks), options, hooks);
  return { labels, probabilities, names: await nameClusters(texts, labels, count, vectors, hooks) };
}
