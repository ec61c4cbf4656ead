/** Time of finding the point under the pointer among projected points, as the cloud does for each place of the pointer. */
import { Matrix4, PerspectiveCamera } from 'three';
import { pickPoint } from '../../src/scene/picking';
import { createScreen, nearPlane, projectPoints } from '../../src/scene/screen';
import type { Positions } from '../../src/types';
import { createRandom } from '../random.js';
import { quantile } from './frames';

const view = { width: 1280, height: 800 };
const disc = { perspective: 2, minimum: 0.9, maximum: 44 };
/** As the cloud's for a mouse. */
const slop = 5;
const places = { warm: 50, measured: 300 };

/** Milliseconds for a place, median and what 19 of 20 stay below: on a disc, and then, where there is none, near one. */
export function timePicks({ data, rows }: Positions): { readonly median: number; readonly p95: number } {
  const camera = new PerspectiveCamera(40, view.width / view.height, nearPlane, 400);
  camera.position.z = 40;
  camera.updateMatrixWorld();
  const { elements } = new Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
  const screen = createScreen(rows);
  projectPoints(data, rows, elements, view.width, view.height, new Float32Array(rows).fill(1), disc, screen);
  const random = createRandom();
  const times: number[] = [];
  let found = 0;
  for (let i = 0; i < places.warm + places.measured; i++) {
    const [x, y] = [random() * view.width, random() * view.height];
    const began = performance.now();
    if (pickPoint(screen, x, y, 0) >= 0 || pickPoint(screen, x, y, slop) >= 0) found++;
    if (i >= places.warm) times.push(performance.now() - began);
  }
  if (found === 0) throw new Error('no place had a point under it');
  return { median: quantile(times, 0.5), p95: quantile(times, 0.95) };
}
