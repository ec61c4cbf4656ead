/** The graph of nearest neighbours as GEXF, the format of Gephi. */
import type { Dataset } from '../types';
import { encodeLines } from './encodeLines';
import { attributesOf, edgesOf, needNeighbours, xmlText } from './graph';
import type { Pieces } from './pieces';
import { toSpace } from './places';

/** How long the longest side of the map is drawn: Gephi's nodes are 10 wide, and would hide each other in layout units. */
const drawnSide = 1000;

/**
 * Writes nodes, numbered by row, labelled by the text, with what `attributesOf` gives and, where positions are known, `viz:position`,
 * scaled so that Gephi shows the map (y upwards, as here); and edges without a direction, whose `weight` is the cosine. Version 1.2,
 * which Gephi and networkx read. What XML cannot hold becomes U+FFFD. Throws without neighbours. No reader here opens it.
 */
export function writeGexf(dataset: Dataset): Pieces {
  const { items } = dataset;
  const neighbours = needNeighbours(dataset.neighbours);
  const attributes = attributesOf(dataset);
  const places = placesOf(dataset);
  function* lines(): Generator<string> {
    yield '<?xml version="1.0" encoding="UTF-8"?>';
    const spaces = 'xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz"';
    yield `<gexf ${spaces} version="1.2">`;
    yield '<meta><creator>Constela</creator></meta>';
    yield '<graph mode="static" defaultedgetype="undirected">';
    if (attributes.length > 0) {
      yield '<attributes class="node" mode="static">';
      for (const [i, { name, type }] of attributes.entries())
        yield `<attribute id="${i}" title="${xmlText(name)}" type="${type}"/>`;
      yield '</attributes>';
    }
    yield '<nodes>';
    for (let row = 0; row < items.length; row++) {
      const values = attributes.map(({ valueOf }, i) => {
        const value = valueOf(row);
        return value === undefined ? '' : `<attvalue for="${i}" value="${value}"/>`;
      });
      const held = values.join('');
      const inside = (held && `<attvalues>${held}</attvalues>`) + (places?.(row) ?? '');
      yield `<node id="${row}" label="${xmlText(items[row]!.text)}">${inside}</node>`;
    }
    yield '</nodes>';
    yield '<edges>';
    let id = 0;
    for (const { source, target, cosine } of edgesOf(neighbours))
      yield `<edge id="${id++}" source="${source}" target="${target}" weight="${cosine}"/>`;
    yield '</edges>';
    yield '</graph>';
    yield '</gexf>';
  }
  return encodeLines(lines());
}

function placesOf({ positions }: Dataset): ((row: number) => string) | undefined {
  if (!positions) return undefined;
  const places = toSpace(positions);
  const least = [Infinity, Infinity, Infinity];
  const greatest = [-Infinity, -Infinity, -Infinity];
  places.forEach((value, i) => {
    least[i % 3] = Math.min(least[i % 3]!, value);
    greatest[i % 3] = Math.max(greatest[i % 3]!, value);
  });
  const side = Math.max(...greatest.map((value, axis) => value - least[axis]!));
  const scale = side > 0 ? drawnSide / side : 1;
  const drawn = (value: number) => Number((value * scale).toFixed(3));
  return (row) => {
    const [x, y, z] = places.subarray(row * 3, row * 3 + 3);
    return `<viz:position x="${drawn(x!)}" y="${drawn(y!)}" z="${drawn(z!)}"/>`;
  };
}
