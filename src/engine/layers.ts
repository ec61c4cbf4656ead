/** The spaces after all layers of a model, filled in one pass over the texts. */
import type { LayersEmbedding } from '../embedding/embedder';
import type { Item, ItemId, Matrix, SpaceSpec } from '../types';
import { takeRows } from '../vectors';

/** The share of a space in a pass: its items, and those of them for which there are new vectors. */
export interface LayerShare {
  readonly spec: SpaceSpec;
  readonly fresh: readonly Item[];
  /** Row by row for `fresh`. */
  readonly vectors: Matrix;
  readonly truncated: ReadonlySet<ItemId>;
}

/**
 * Embeds the texts that any of `specs` lacks, and deals out the vectors: a space that has a text already keeps what it has, so that
 * the model's own, and the graph that is kept with it, stay as they are.
 */
export async function embedLacking(
  items: readonly Item[],
  specs: readonly SpaceSpec[],
  lacks: (spec: SpaceSpec, item: Item) => boolean,
  embed: (texts: readonly string[]) => Promise<LayersEmbedding>,
): Promise<LayerShare[]> {
  const lacking = specs.map((spec) => new Set(items.filter((item) => lacks(spec, item))));
  const wanted = items.filter((item) => lacking.some((set) => set.has(item)));
  const { matrices, truncated } = await embed(wanted.map(({ text }) => text));
  const cut = new Set(truncated.map((i) => wanted[i]!.id));
  return specs.map((spec, layer) => {
    const rows = wanted.flatMap((item, row) => (lacking[layer]!.has(item) ? [row] : []));
    const all = matrices[layer]!;
    const vectors = rows.length === wanted.length ? all : takeRows(all, rows);
    return { spec, fresh: rows.map((row) => wanted[row]!), vectors, truncated: cut };
  });
}
