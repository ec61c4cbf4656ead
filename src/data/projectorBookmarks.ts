/** Bookmarks for TensorFlow's Embedding Projector: its own saved states, of which one shows our map. */
import type { Positions } from '../types';
import { rowOf } from '../vectors';
import { encodeLines } from './encodeLines';
import { formatFloat32 } from './float32';
import { isObject, type JsonObject } from './jsonEntries';
import type { Pieces } from './pieces';

/** What the Projector reads of a state whichever projection it shows: all of it must be there. */
const unused = {
  isSelected: false,
  tSNEIteration: 0,
  tSNEPerplexity: 0,
  tSNELearningRate: 0,
  tSNEis3d: true,
  pcaComponentDimensions: [0, 1, 2],
  ...Object.fromEntries(
    ['XLeft', 'XRight', 'YUp', 'YDown'].flatMap((side) => [
      [`custom${side}Text`, ''],
      [`custom${side}Regex`, false],
    ]),
  ),
  filteredPoints: null,
  selectedPoints: [],
  cameraDef: null,
  selectedColorOptionName: 'No color map',
  forceCategoricalColoring: false,
};

/**
 * A JSON list of one state: the positions, row by row, where the Projector keeps those of its own UMAP, so that it shows our map and
 * runs nothing. The file is refused by a Projector whose data are not `rows` x `dim`.
 * @param shape rows and dimensions of the vectors
 * @param label the column of the metadata that names the points
 */
export function writeBookmarks(positions: Positions, shape: readonly [number, number], label: string): Pieces {
  const { rows, dim } = positions;
  const state = {
    label: 'Constela',
    selectedProjection: 'umap',
    dataSetDimensions: shape,
    umapIs3d: dim === 3,
    umapNeighbors: 15,
    umapMinDist: 0.1,
    ...unused,
    customSelectedSearchByMetadataOption: label,
    selectedLabelOption: label,
  };
  function* lines(): Generator<string> {
    yield `[${JSON.stringify(state).slice(0, -1)},"projections":[`;
    for (let row = 0; row < rows; row++) {
      const places = Array.from(rowOf(positions, row), (place, axis) => `"umap-${axis}":${formatFloat32(place)}`);
      yield `{${places.join(',')}}${row + 1 < rows ? ',' : ''}`;
    }
    yield ']}]';
  }
  return encodeLines(lines());
}

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
