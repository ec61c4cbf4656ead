/** The graph of nearest neighbours as GraphML (Brandes et al. 2002), for networkx, igraph, Cytoscape, yEd and Gephi. */
import type { Dataset } from '../types';
import { encodeLines } from './encodeLines';
import { attributesOf, edgesOf, needNeighbours, xmlText } from './graph';
import type { Pieces } from './pieces';

/**
 * Writes nodes, numbered by row, with `label` (the text) and what `attributesOf` gives, and edges without a direction, whose `weight`
 * is the cosine. What XML cannot hold becomes U+FFFD. Throws without neighbours. No reader here opens it.
 */
export function writeGraphml(dataset: Dataset): Pieces {
  const { items } = dataset;
  const neighbours = needNeighbours(dataset.neighbours);
  const attributes = attributesOf(dataset);
  const key = (id: string, of: 'node' | 'edge', name: string, type: string) =>
    `<key id="${id}" for="${of}" attr.name="${xmlText(name)}" attr.type="${type}"/>`;
  function* lines(): Generator<string> {
    yield '<?xml version="1.0" encoding="UTF-8"?>';
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">';
    yield key('label', 'node', 'label', 'string');
    for (const [i, { name, type }] of attributes.entries()) yield key(`a${i}`, 'node', name, type);
    yield key('weight', 'edge', 'weight', 'double');
    yield '<graph edgedefault="undirected">';
    for (let row = 0; row < items.length; row++) {
      const data = attributes.map(({ valueOf }, i) => {
        const value = valueOf(row);
        return value === undefined ? '' : `<data key="a${i}">${value}</data>`;
      });
      yield `<node id="${row}"><data key="label">${xmlText(items[row]!.text)}</data>${data.join('')}</node>`;
    }
    for (const { source, target, cosine } of edgesOf(neighbours))
      yield `<edge source="${source}" target="${target}"><data key="weight">${cosine}</data></edge>`;
    yield '</graph>';
    yield '</graphml>';
  }
  return encodeLines(lines());
}
