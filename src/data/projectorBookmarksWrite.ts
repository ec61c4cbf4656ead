/** Writing bookmarks for TensorFlow's Embedding Projector: its own saved states, of which one shows our map. */
import type { Positions } from '../types';
import { rowOf } from '../vectors';
import { encodeLines } from './encodeLines';
import { formatFloat32 } from './float32';
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
