/** Reading bookmarks of TensorFlow's Embedding Projector: its own saved states, which have places on a map. */
import type { Positions } from '../types';
import { isObject, type JsonObject } from './jsonEntries';

/**
 * The places of the points in the first state of a Projector's bookmarks, on the map that it shows: t-SNE, UMAP, or the components of PCA
 * that were chosen. Undefined where they are no bookmarks, or a point of `rows` has none.
 */
export function readBookmarks(bytes: Uint8Array, rows: number): Positions | undefined {
  const [state] = parseStates(bytes);
  if (!isObject(state) || !Array.isArray(state['projections']) || state['projections'].length !== rows)
    return undefined;
  const points: readonly unknown[] = state['projections'];
  const keys = keysOf(state);
  const dim = keys.length === 3 ? 3 : 2;
  if (keys.length !== dim) return undefined;
  const data = Float32Array.from(points.flatMap((point) => keys.map((key) => placeOf(point, key))));
  return data.every(Number.isFinite) ? { data, rows, dim } : undefined;
}

function parseStates(bytes: Uint8Array): readonly unknown[] {
  try {
    const states: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return Array.isArray(states) ? states : [];
  } catch {
    return [];
  }
}

/** Under which a state keeps the coordinates of the map that it shows. */
function keysOf(state: JsonObject): readonly string[] {
  const { selectedProjection, tSNEis3d, umapIs3d, pcaComponentDimensions } = state;
  const axes = (is3d: unknown) => (is3d === true ? [0, 1, 2] : [0, 1]);
  if (selectedProjection === 'tsne') return axes(tSNEis3d).map((axis) => `tsne-${axis}`);
  if (selectedProjection === 'umap') return axes(umapIs3d).map((axis) => `umap-${axis}`);
  if (selectedProjection !== 'pca' || !Array.isArray(pcaComponentDimensions)) return [];
  return pcaComponentDimensions.map((component: unknown) => `pca-${String(component)}`);
}

function placeOf(point: unknown, key: string): number {
  const place = isObject(point) && Object.hasOwn(point, key) ? point[key] : undefined;
  return typeof place === 'number' ? place : NaN;
}
