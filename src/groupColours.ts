/** Which group has which colour, on the page and in the files that the command line writes. */

/**
 * Twelve colours for each background, in the order in which they are given out. Found by simulated annealing over hue,
 * chroma and lightness in OKLab, for the greatest least distance between any two as seen with normal sight and with
 * protanopia, deuteranopia and tritanopia (Machado, Oliveira and Fernandes, 2009, severity 1): 0.088 on dark, 0.073 on
 * light, and above 0.1 among the first six. The eight colours of Okabe and Ito come to 0.076 by the same measure.
 */
export const groupPalettes = {
  dark: [
    ...['#687fff', '#db415a', '#ffa7ac', '#ffe300', '#e68024', '#96cdfe'],
    ...['#a65cc1', '#b792be', '#48ffff', '#1daefc', '#b9c947', '#ccf3b5'],
  ],
  light: [
    ...['#4a5ae6', '#fa5172', '#7c194d', '#878001', '#82543f', '#0695e9'],
    ...['#6d08a2', '#b93e9f', '#146974', '#2c4773', '#4c4b04', '#319763'],
  ],
} as const;

/** Slots of rows that have no colour of their own: their group is beyond the palette, or they have none. */
export const greySlots = { rest: groupPalettes.dark.length, none: groupPalettes.dark.length + 1 } as const;

/** What those rows have in files: the page's grey in its light theme. */
const greyOfFiles = '#828997';

export interface GroupSlots {
  /** Of each row: which colour of the palette it has, or one of `greySlots`. */
  readonly slots: Uint8Array<ArrayBuffer>;
  /** The groups and how many rows they have, in the order of their colours. */
  readonly sizes: readonly (readonly [group: string, count: number])[];
}

/**
 * While the palette has enough colours, groups take them in the order in which they first appear, so that a new one changes no
 * other; beyond that, the largest have colours and the rest none.
 */
export function slotsOfGroups(groups: readonly (string | undefined)[]): GroupSlots {
  const counts = new Map<string, number>();
  for (const group of groups) if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1);
  const sizes = [...counts];
  if (sizes.length > greySlots.rest) sizes.sort(([, a], [, b]) => b - a);
  const slotOf = new Map(sizes.map(([name], i) => [name, Math.min(i, greySlots.rest)]));
  const slots = new Uint8Array(groups.length).fill(greySlots.none);
  groups.forEach((group, row) => {
    if (group !== undefined) slots[row] = slotOf.get(group)!;
  });
  return { slots, sizes };
}

/** Colours for the points of a file, rows x 3 bytes of sRGB, as the page has them in its light theme; none where no row has a group. */
export function coloursOfGroups(groups: readonly (string | undefined)[]): Uint8Array<ArrayBuffer> | undefined {
  const { slots, sizes } = slotsOfGroups(groups);
  if (sizes.length === 0) return undefined;
  const colours = new Uint8Array(groups.length * 3);
  slots.forEach((slot, row) => {
    const hex = groupPalettes.light[slot] ?? greyOfFiles;
    for (let channel = 0; channel < 3; channel++)
      colours[row * 3 + channel] = parseInt(hex.slice(1 + 2 * channel, 3 + 2 * channel), 16);
  });
  return colours;
}
