/** A grid under the cloud, and a line from each selected text down to it: where in the depth that text stands. */
import type { SceneTheme } from './theme';
import { Lines } from './lines';

/** Cells of the grid along each side: an even number, so that a line runs through the middle. */
const cells = 8;
const gridLines = 2 * (cells + 1);
/** World units between the lowest text and the grid. */
const clearance = 0.12;
/** Half the length of the cross at the foot of each line, in world units. */
const foot = 0.05;
/** Opacities of 255. */
const opacity = { grid: 60, drop: 210 };
/** More lines than this are no help. */
const mostDrops = 64;

export class Ground extends Lines {
  #rows: Int32Array = new Int32Array(0);
  #sizes: Float32Array = new Float32Array(0);
  #shown = false;

  constructor() {
    super([1, 1]);
  }

  /**
   * Shows the grid and these rows' lines, at most 64 of them; nothing where \`shown\` is false.
   * @param sizes of all points: hidden ones, of size 0, have no part in it
   */
  set(shown: boolean, rows: Iterable<number>, sizes: Float32Array, { muted, accent }: SceneTheme): void {
    this.#shown = shown;
    this.#sizes = sizes;
    this.#rows = Int32Array.from(rows)
      .filter((row) => sizes[row] !== 0)
      .subarray(0, mostDrops);
    const lines = shown ? gridLines + this.#rows.length * 3 : 0;
    const colours = new Uint8Array(lines * 4);
    for (let i = 0; i < lines; i++)
      colours.set(i < gridLines ? [...muted, opacity.grid] : [...accent, opacity.drop], i * 4);
    this.allocate(colours);
  }

  /** Follows the points, whose positions are rows x 3. */
  follow(positions: Float32Array): void {
    if (!this.#shown) return;
    const { level, half } = measureGround(positions, this.#sizes);
    for (let i = 0; i <= cells; i++) {
      const at = half * ((2 * i) / cells - 1);
      this.#line(2 * i, at, level, -half, at, level, half);
      this.#line(2 * i + 1, -half, level, at, half, level, at);
    }
    this.#rows.forEach((row, i) => {
      const [x, y, z] = [positions[row * 3]!, positions[row * 3 + 1]!, positions[row * 3 + 2]!];
      const first = gridLines + i * 3;
      this.#line(first, x, y, z, x, level, z);
      this.#line(first + 1, x - foot, level, z, x + foot, level, z);
      this.#line(first + 2, x, level, z - foot, x, level, z + foot);
    });
    this.moved();
  }

  #line(line: number, x: number, y: number, z: number, toX: number, toY: number, toZ: number): void {
    this.starts.set([x, y, z], line * 3);
    this.ends.set([toX, toY, toZ], line * 3);
  }
}

/**
 * The height of a ground just under all points, and half the side of a square around the vertical axis that holds them.
 * @param positions rows x 3, in world units
 * @param sizes by row; points of size 0 are left out
 */
export function measureGround(positions: Float32Array, sizes: Float32Array): { level: number; half: number } {
  let [lowest, widest] = [Infinity, 0];
  for (let row = 0; row < sizes.length; row++) {
    if (sizes[row] === 0) continue;
    lowest = Math.min(lowest, positions[row * 3 + 1]!);
    widest = Math.max(widest, Math.abs(positions[row * 3]!), Math.abs(positions[row * 3 + 2]!));
  }
  return { level: (lowest === Infinity ? 0 : lowest) - clearance, half: Math.max(widest, clearance) };
}
