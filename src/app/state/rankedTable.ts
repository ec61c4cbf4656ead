/** A list of neighbours as it is taken away: copied, or as a file. */
import type { Neighbour } from '../../answers';
import type { Cell, Item, ItemId } from '../../types';
import type { MapRank } from './mapRanks';

/** A row of the table. Cosines and distances are unrounded. */
export interface RankedLine {
  readonly rank: number;
  readonly text: string;
  readonly cosine: number;
  /** As seen from the mean of the space, where that was asked for. */
  readonly cosine_centred?: number;
  /** Where the text is on the map, as all that are listed. */
  readonly map_rank?: number;
  readonly map_distance?: number;
}

export function rankedLines(
  list: readonly Neighbour[],
  byId: ReadonlyMap<ItemId, Item>,
  ranks: ReadonlyMap<ItemId, MapRank>,
): RankedLine[] {
  return list.map(({ id, cosine, centred }, i) => {
    const place = ranks.get(id);
    return {
      rank: i + 1,
      text: byId.get(id)?.text ?? '',
      cosine,
      ...(centred !== undefined && { cosine_centred: centred }),
      ...(place && { map_rank: place.rank, map_distance: place.distance }),
    };
  });
}

/** Lines of cells between tabs, with a head, for a spreadsheet's clipboard; what would break a line becomes a blank. */
export function toTabs(lines: readonly RankedLine[]): string {
  const names = columnsOf(lines);
  const rows = lines.map((line) => names.map((name) => String(line[name] ?? '').replace(/[\t\r\n]+/g, ' ')));
  return [names, ...rows].map((cells) => cells.join('\t')).join('\n');
}

/** As items, for a file: the text, and the rest as its columns. */
export function toItems(lines: readonly RankedLine[]): { text: string; columns: Record<string, Cell> }[] {
  const names = columnsOf(lines).filter((name) => name !== 'text');
  return lines.map((line) => ({
    text: line.text,
    columns: Object.fromEntries(names.map((name) => [name, line[name] ?? null])),
  }));
}

function columnsOf(lines: readonly RankedLine[]): (keyof RankedLine)[] {
  const all = ['rank', 'text', 'cosine', 'cosine_centred', 'map_rank', 'map_distance'] as const;
  return all.filter((name) => lines.some((line) => line[name] !== undefined));
}
