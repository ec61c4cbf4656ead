/** The cloud alone, over positions that a seed fixes: what pictures of it are compared by. Tests call `showCloud` in the page. */
import { createRandom } from '../../bench/random.js';
import { Cloud } from '../../src/scene/cloud';
import type { GuideChoice } from '../../src/scene/guides';
import { colourGroups } from '../../src/scene/palette';
import { absentColour, colourValues, continuousRamp, extentOf } from '../../src/scene/ramps';
import { createTheme } from '../../src/scene/theme';
import type { Positions } from '../../src/types';

export interface CloudTask {
  readonly rows: number;
  readonly theme: 'dark' | 'light';
  readonly dims?: 2 | 3;
  readonly colour?: 'group' | 'number';
  readonly guides?: Partial<GuideChoice>;
  /** A text is selected and joined to some others of its cluster. */
  readonly selects?: boolean;
  /** A filter leaves all texts out. */
  readonly filtered?: boolean;
  /** Radians from the first angle. */
  readonly turned?: number;
}

declare global {
  interface Window {
    showCloud(task: CloudTask): Promise<void>;
    /** The cloud that is shown. */
    cloud: Cloud | undefined;
  }
}

const clusters = 9;
/** A text of a wide cluster. */
const chosen = 6;
const light = { '--background': '#f7f8fb', '--text': '#151a26', '--muted': '#5b6476', '--accent': '#0b63c4' };

window.showCloud = async ({
  rows,
  theme: name,
  dims = 3,
  colour = 'group',
  guides = {},
  selects,
  filtered,
  turned = 0,
}) => {
  const host = document.getElementById('host');
  if (!host) throw new Error('the page has no host');
  window.cloud?.dispose();
  const theme = createTheme(name === 'dark' ? {} : light);
  const cloud = (window.cloud = new Cloud(host, { theme, reducedMotion: true }));
  cloud.setLabels(false);
  cloud.setDims(dims);
  const ids = Array.from({ length: rows }, (_, i) => `id-${i}`);
  cloud.setMap(ids, ids, makePositions(rows), { animate: false });
  cloud.setStyle({
    ...(colour === 'group'
      ? {
          colours: colourGroups(
            ids.map((_, i) => `cluster ${i % clusters}`),
            theme,
          ).colours,
        }
      : { colours: numberColours(rows, theme) }),
    sizes: Float32Array.from(ids, (_, i) => (colour === 'number' ? 0.7 + (1.3 * ((i * 7) % rows)) / rows : 1)),
    faint: new Uint8Array(rows).fill(filtered ? 1 : 0),
    tells: false,
  });
  cloud.reading.guides = { ground: false, axes: false, trails: false, contours: false, ...guides };
  if (selects) {
    const near = Array.from({ length: 6 }, (_, i) => chosen + (i + 1) * clusters);
    cloud.setSelection([`id-${chosen}`]);
    cloud.setNeighbours(near.map((row, i) => ({ from: `id-${chosen}`, to: `id-${row}`, strength: 1 - i / 8 })));
  }
  cloud.orbit(turned, 0);
  while (!cloud.isAtRest) await new Promise(requestAnimationFrame);
  // What was drawn last is seen with the frame after it.
  await new Promise(requestAnimationFrame);
};

/** From low to high along the rows; one in eleven has no number. */
function numberColours(rows: number, theme: ReturnType<typeof createTheme>): Uint8Array {
  const values = Float64Array.from({ length: rows }, (_, i) => (i % 11 === 10 ? Number.NaN : i));
  return colourValues(values, extentOf(values), continuousRamp(theme), absentColour(theme));
}

/** Normal clusters, some dense and some wide, in layout units. */
function makePositions(rows: number): Positions {
  const random = createRandom();
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const centres = Float32Array.from({ length: clusters * 3 }, () => 5 * normal());
  const data = Float32Array.from({ length: rows * 3 }, (_, i) => {
    const cluster = Math.floor(i / 3) % clusters;
    return centres[cluster * 3 + (i % 3)]! + (0.5 + 0.25 * cluster) * normal();
  });
  return { data, rows, dim: 3 };
}
