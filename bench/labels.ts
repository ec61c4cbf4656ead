/**
 * Time of projecting points and choosing labels, frame by frame, while the camera turns: what labels cost the page's thread
 * beside drawing them. `node scripts/bench-labels.js` prints it. Measuring texts is left out: that is done once a text.
 */
import { Matrix4, PerspectiveCamera } from 'three';
import { wish } from '../src/scene/emphasis';
import { LabelChooser, mostLabels } from '../src/scene/labels';
import { createScreen, projectPoints } from '../src/scene/screen';
import { createRandom } from './random.js';

const rows = Number(process.argv[2] ?? 100_000);
const view = { width: 1280, height: 800 };
/** What the panels leave of it. */
const free = { left: 310, top: 66, right: 930, bottom: 750 };
const frames = { warm: 60, measured: 300 };
const distance = 3.2;
const disc = { perspective: 6, minimum: 0.9, maximum: 44 };

const random = createRandom();
const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
const centres = Array.from({ length: 60 }, () => [normal() * 0.55, normal() * 0.55, normal() * 0.55] as const);
const positions = new Float32Array(rows * 3);
for (let row = 0; row < rows; row++)
  for (let d = 0; d < 3; d++) positions[row * 3 + d] = centres[row % centres.length]![d]! + normal() * 0.12;
const sizes = new Float32Array(rows).fill(1);
const widths = Float32Array.from({ length: rows }, () => 24 + 120 * random());

const wants: Readonly<Record<string, (row: number) => number>> = {
  'nothing selected': () => wish.ordinary,
  'one selected, 12 neighbours': (row) => (row === 7 ? wish.selected : row < 20 ? wish.neighbour : wish.ordinary),
  'a fifth found by a search': (row) => (row % 5 === 0 ? wish.found : wish.ordinary),
  'all selected': () => wish.selected,
};

const camera = new PerspectiveCamera(40, view.width / view.height, 0.02, 400);
const matrix = new Matrix4();

for (const [name, want] of Object.entries(wants)) {
  const wishes = Uint8Array.from({ length: rows }, (_, row) => want(row));
  const measure = (row: number) => widths[row]!;
  const chooser = new LabelChooser();
  const screen = createScreen(rows);
  const projecting: number[] = [];
  const choosing: number[] = [];
  let shown = 0;
  for (let frame = 0; frame < frames.warm + frames.measured; frame++) {
    const angle = frame * 0.01;
    camera.position.set(distance * Math.sin(angle), 0.8, distance * Math.cos(angle));
    camera.lookAt(0, 0, 0);
    camera.updateMatrixWorld();
    const { elements } = matrix.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
    const start = performance.now();
    projectPoints(positions, rows, elements, view.width, view.height, sizes, disc, screen);
    const projected = performance.now();
    chooser.choose(screen, wishes, measure, free, mostLabels(free, 1));
    const chosen = performance.now();
    if (frame < frames.warm) continue;
    projecting.push(projected - start);
    choosing.push(chosen - projected);
    shown += chooser.count;
  }
  const labels = Math.round(shown / frames.measured);
  process.stdout.write(
    `${rows} points, ${name}: projecting ${describe(projecting)}, choosing ${describe(choosing)}, ${labels} labels\n`,
  );
}

/** Median and 95th percentile. */
function describe(times: number[]): string {
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)]!.toFixed(2);
  return `${at(0.5)} ms (95 %: ${at(0.95)})`;
}
