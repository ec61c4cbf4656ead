/** Measures the cloud and, where it was built in, regl-scatterplot on the same points: scripts call `measureScene` in the page. */
import { Cloud } from '../../src/scene/cloud';
import { createTheme } from '../../src/scene/theme';
import type { Positions } from '../../src/types';
import { createRandom } from '../random.js';
import { countDrawCalls } from './drawCalls';
import { nextFrame, timeFrames, watchFrames, type FrameTimes } from './frames';
import { timePicks } from './picking';

export interface SceneTask {
  readonly rows: number;
  /** How many labels, 1 for the usual number. */
  readonly labelDensity: number;
  readonly frames: number;
  /** Whether regl-scatterplot draws the points too. */
  readonly beside: boolean;
}

export interface SceneSide {
  /** Milliseconds from handing over the points to the frame that shows them. */
  readonly first: number;
  readonly orbit: FrameTimes;
}

export interface SceneResult {
  readonly ours: SceneSide & {
    /** Frames that the page draws itself, as with a graphics card. */
    readonly asOnCard: FrameTimes;
    /** Milliseconds to take in new positions of all rows. */
    readonly upload: number;
    /** Bytes that the heap of JavaScript has grown by over the frames, after collecting garbage; then over empty frames. */
    readonly growth: number;
    readonly emptyGrowth: number;
    /** Calls that draw, in a frame. */
    readonly drawCalls: number;
    /** Milliseconds to find the point under the pointer. */
    readonly picking: { readonly median: number; readonly p95: number };
    /** Bytes of the page, typed arrays included. */
    readonly memory: number;
  };
  readonly scatterplot?: SceneSide;
}

const clusters = 40;
/** Frames before those that count, at most half as many as those. */
const warmUp = 120;
const uploads = 20;
/** Radians that the view turns in a frame. */
const turn = 0.01;

const rest = () => undefined;

watchFrames();
window.measureScene = async (task) => {
  const positions = makePositions(task.rows);
  const ours = await measureCloud(task, positions);
  return { ours, ...(task.beside && { scatterplot: await measureScatterplot(task, positions) }) };
};

/** Gaussian clusters in layout units. */
function makePositions(rows: number): Positions {
  const random = createRandom();
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const centres = Float32Array.from({ length: clusters * 3 }, () => 6 * normal());
  const data = Float32Array.from({ length: rows * 3 }, (_, i) => {
    const cluster = Math.floor(i / 3) % clusters;
    return centres[cluster * 3 + (i % 3)]! + 0.6 * normal();
  });
  return { data, rows, dim: 3 };
}

async function measureCloud(task: SceneTask, positions: Positions) {
  const { frames } = task;
  const { cloud, first } = await showCloud(task, positions);
  const orbit = await warmedOrbit(cloud, frames);
  const before = heapSize();
  const times = await timeFrames(frames, orbit);
  const after = heapSize();
  await timeFrames(frames, rest);
  const emptyGrowth = heapSize() - after;
  const drawCalls = await countDrawCalls(async () => {
    orbit();
    await nextFrame();
  });
  const start = performance.now();
  for (let i = 0; i < uploads; i++) cloud.setFrame({ ...positions, data: positions.data.slice() });
  const upload = (performance.now() - start) / uploads;
  const memory = (await performance.measureUserAgentSpecificMemory?.())?.bytes ?? Number.NaN;
  cloud.dispose();
  const picking = timePicks(positions);
  const card = await hideSoftware(() => showCloud(task, positions));
  const asOnCard = await timeFrames(frames, await warmedOrbit(card.cloud, frames));
  card.cloud.dispose();
  return { first, asOnCard, orbit: times, upload, growth: after - before, emptyGrowth, drawCalls, picking, memory };
}

/** A cloud that has drawn its first frame, and the milliseconds that it took. */
async function showCloud({ rows, labelDensity }: SceneTask, positions: Positions) {
  const ids = Array.from({ length: rows }, (_, i) => `id-${i}`);
  const texts = ids.map((_, i) => `a text ${i}`);
  const cloud = new Cloud(emptyHost(), { theme: createTheme({}), reducedMotion: true });
  cloud.reading.labelDensity = labelDensity;
  const began = performance.now();
  cloud.setMap(ids, texts, positions, { animate: false });
  const drawn = cloud.framesDrawn;
  while (cloud.framesDrawn === drawn) await nextFrame();
  return { cloud, first: performance.now() - began };
}

/** What turns the view for the next frame, after frames that do not count. */
async function warmedOrbit(cloud: Cloud, frames: number): Promise<() => void> {
  const orbit = () => cloud.orbit(turn, 0);
  await timeFrames(Math.min(warmUp, frames / 2), orbit);
  return orbit;
}

/** What `work` opens takes the software that draws for a graphics card. */
async function hideSoftware<T>(work: () => Promise<T>): Promise<T> {
  const { prototype } = WebGL2RenderingContext;
  const original = prototype.getExtension;
  Object.assign(prototype, {
    getExtension(this: WebGL2RenderingContext, name: string): unknown {
      return name === 'WEBGL_debug_renderer_info' ? null : Reflect.apply(original, this, [name]);
    },
  });
  try {
    return await work();
  } finally {
    prototype.getExtension = original;
  }
}

/** Bytes in use by JavaScript once garbage is collected. */
function heapSize(): number {
  window.gc?.();
  return performance.memory?.usedJSHeapSize ?? Number.NaN;
}

/** In the plane of the first two dimensions, which it wants within -1 to 1; its view is moved as ours is turned. */
async function measureScatterplot({ rows, frames }: SceneTask, { data }: Positions): Promise<SceneSide> {
  const { default: createScatterplot } = await import('regl-scatterplot');
  const canvas = document.createElement('canvas');
  emptyHost().append(canvas);
  const farthest = data.reduce((far, value) => Math.max(far, Math.abs(value)), 0);
  const points = {
    x: Float32Array.from({ length: rows }, (_, i) => data[i * 3]! / farthest),
    y: Float32Array.from({ length: rows }, (_, i) => data[i * 3 + 1]! / farthest),
  };
  const scatterplot = createScatterplot({ canvas, width: 1280, height: 800, pointSize: 5 });
  const began = performance.now();
  await scatterplot.draw(points);
  await nextFrame();
  const first = performance.now() - began;
  let shift = 0;
  const move = () => {
    shift += turn / 10;
    void scatterplot.view(Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, shift, 0, 0, 1));
  };
  await timeFrames(Math.min(warmUp, frames / 2), move);
  const orbit = await timeFrames(frames, move);
  scatterplot.destroy();
  return { first, orbit };
}

function emptyHost(): HTMLElement {
  const host = document.getElementById('host');
  if (!host) throw new Error('the page has no host');
  host.replaceChildren();
  return host;
}
