/** Datasets with fewer columns. */
import type { ColumnChoice, Dataset } from '../types';

/** The dataset with those columns alone that `choice` names, in their order; texts, vectors and neighbours stay. */
export function pickColumns(dataset: Dataset, choice: ColumnChoice): Dataset {
  const own = new Set(choice.own);
  const { positions, ...rest } = dataset;
  const items = dataset.items.map(({ group, columns = {}, ...item }) => {
    const cells = Object.entries(columns).filter(([name]) => own.has(name));
    return {
      ...item,
      ...(choice.group && group !== undefined && { group }),
      ...(cells.length > 0 && { columns: Object.fromEntries(cells) }),
    };
  });
  return { ...rest, items, ...(choice.positions && positions && { positions }) };
}
