/** Where one looks from: orbit, pan and zoom by hand (camera-controls), flights, the whole cloud in view, and poses. */
import CameraControls from 'camera-controls';
import {
  Box3,
  Matrix4,
  PerspectiveCamera,
  Quaternion,
  Raycaster,
  Sphere,
  Spherical,
  Vector2,
  Vector3,
  Vector4,
} from 'three';
import type { CameraPose } from '../types';
import type { Fit } from './fit';
import { fitCamera } from './fit';
import type { DiscSize, Rect } from './screen';
import { nearPlane } from './screen';
import type { Transform } from './transform';
import { toLayout, toWorld } from './transform';

CameraControls.install({
  THREE: { Vector2, Vector3, Vector4, Quaternion, Matrix4, Spherical, Box3, Sphere, Raycaster },
});

/** Degrees from the lower to the upper edge: long enough a lens that near points do not bulge. */
const fieldOfView = 40;
/** The first view: three quarters, from a little above. */
const home = { azimuth: 0.6, polar: 1.22 };
const front = { azimuth: 0, polar: Math.PI / 2 };
/** Seconds of smoothing: a flight has done 99 % of its way after 3.3 times as long. */
const smoothing = { flight: 0.12, hand: 0.05 };
/** Pixels kept free between the outermost points and the edges, for their discs and labels. */
const margin = { x: 44, y: 30 };
/** Square pixels of a cloud on a laptop: smaller views have smaller discs. */
const usualArea = 700_000;
const nearest = 0.08;
const farthest = 60;
/** A cloud of one point is seen from here. */
const fitMinimum = 2.6;

export class Camera {
  readonly perspective = new PerspectiveCamera(fieldOfView, 1, nearPlane, 400);
  /** Whether a person, or a pose, has moved the camera since the cloud was last fitted. */
  moved = false;
  dims: 2 | 3 = 3;
  readonly #controls: CameraControls;
  #reducedMotion = false;
  #gliding = false;
  #reference = fitMinimum;
  #free: Rect = { left: 0, top: 0, right: 1, bottom: 1 };
  #width = 1;
  #height = 1;

  /** @param wake called when a person moves the camera, so that frames are drawn */
  constructor(element: HTMLElement, wake: () => void) {
    this.#controls = new CameraControls(this.perspective, element);
    this.#controls.minDistance = nearest;
    this.#controls.maxDistance = farthest;
    this.#controls.dollyToCursor = true;
    this.#controls.restThreshold = 0.001;
    this.#controls.addEventListener('control', () => {
      this.moved = true;
      wake();
    });
    this.#controls.addEventListener('transitionstart', () => {
      this.#gliding = true;
      wake();
    });
    this.reducedMotion = false;
    this.#aim(home.azimuth, home.polar, false);
  }

  set reducedMotion(reduced: boolean) {
    this.#reducedMotion = reduced;
    this.#controls.smoothTime = reduced ? 0 : smoothing.flight;
    this.#controls.draggingSmoothTime = reduced ? 0 : smoothing.hand;
  }

  /** With the next `update`, puts the target in the middle of the free part of a view. Sizes are in CSS pixels. */
  resize(width: number, height: number, free: Rect): void {
    this.#free = free;
    [this.#width, this.#height] = [width, height];
  }

  /** Moves by `elapsed` milliseconds; says whether the camera has moved. Until then `perspective` stays as it is. */
  update(elapsed: number): boolean {
    this.#centre();
    const changed = this.#controls.update(elapsed / 1000);
    if (!changed) this.#gliding = false;
    this.perspective.updateMatrixWorld();
    return changed;
  }

  /** Brings all points into view, from the first angle or the angle that the camera has. `positions` are rows x 3. */
  fit(positions: Float32Array, count: number, sizes: Float32Array, from: 'home' | 'here', animate: boolean): void {
    const angle = this.dims === 2 ? front : from === 'home' ? home : this.#angle();
    const { target, distance } = this.#fitFrom(positions, count, sizes, angle);
    this.#reference = distance;
    const glide = animate && !this.#reducedMotion;
    this.#aim(angle.azimuth, angle.polar, glide);
    void this.#controls.moveTo(...target, glide);
    void this.#controls.dollyTo(distance, glide);
    this.moved = false;
  }

  /** Learns the size of the cloud, which discs are drawn by, without moving. */
  measure(positions: Float32Array, count: number, sizes: Float32Array): void {
    this.#reference = this.#fitFrom(positions, count, sizes, this.dims === 2 ? front : home).distance;
  }

  /** Flies to a world position, near enough to tell its neighbours apart. */
  flyTo(x: number, y: number, z: number): void {
    const glide = !this.#reducedMotion;
    void this.#controls.moveTo(x, y, z, glide);
    void this.#controls.dollyTo(Math.min(this.#controls.distance, this.#reference * 0.45), glide);
    this.moved = true;
  }

  /** Turns by radians; in 2D there is nothing to turn. */
  orbit(azimuth: number, polar: number): void {
    void this.#controls.rotate(azimuth, polar, !this.#reducedMotion);
    this.moved = true;
  }

  /** Turns by radians at once, unless it is gliding; says whether it may turn by itself: in 3D, without reduced motion. */
  drift(azimuth: number): boolean {
    if (this.dims === 2 || this.#reducedMotion) return false;
    if (!this.#gliding) void this.#controls.rotate(azimuth, 0, false);
    return true;
  }

  /** Radians around the vertical axis. */
  get azimuth(): number {
    return this.#controls.azimuthAngle;
  }

  /** Looks from another side at once. In 2D there is none. */
  lookFrom(azimuth: number): void {
    void this.#controls.rotateTo(azimuth, this.#controls.polarAngle, false);
    this.update(0);
  }

  /** Moves the view by shares of its height. */
  pan(right: number, down: number): void {
    const size = 2 * Math.tan((fieldOfView * Math.PI) / 360) * this.#controls.distance;
    void this.#controls.truck(right * size, down * size, !this.#reducedMotion);
    this.moved = true;
  }

  /** A world position moved by CSS pixels in the plane through it that is parallel to the screen. */
  slide([x, y, z]: readonly [number, number, number], right: number, down: number): [number, number, number] {
    const { matrixWorld, matrixWorldInverse } = this.perspective;
    const depth = Math.max(-new Vector3(x, y, z).applyMatrix4(matrixWorldInverse).z, nearPlane);
    const pixel = (2 * Math.tan((fieldOfView * Math.PI) / 360) * depth) / Math.max(this.#height, 1);
    const sideways = new Vector3().setFromMatrixColumn(matrixWorld, 0).multiplyScalar(right * pixel);
    const upwards = new Vector3().setFromMatrixColumn(matrixWorld, 1).multiplyScalar(-down * pixel);
    return [x + sideways.x + upwards.x, y + sideways.y + upwards.y, z + sideways.z + upwards.z];
  }

  /** Comes nearer (above 1) or goes back (below 1) by a factor. */
  zoom(factor: number): void {
    void this.#controls.dollyTo(this.#controls.distance / factor, !this.#reducedMotion);
    this.moved = true;
  }

  /** 2D looks straight at the map, and dragging moves it; 3D turns around it. */
  setDims(dims: 2 | 3): void {
    const { ACTION } = CameraControls;
    this.dims = dims;
    const flat = dims === 2;
    this.#controls.mouseButtons.left = flat ? ACTION.TRUCK : ACTION.ROTATE;
    this.#controls.touches.one = flat ? ACTION.TOUCH_TRUCK : ACTION.TOUCH_ROTATE;
    this.#controls.touches.two = ACTION.TOUCH_DOLLY_TRUCK;
    this.#controls.normalizeRotations();
    this.#controls.minAzimuthAngle = flat ? front.azimuth : -Infinity;
    this.#controls.maxAzimuthAngle = flat ? front.azimuth : Infinity;
    this.#controls.minPolarAngle = flat ? front.polar : 0.05;
    this.#controls.maxPolarAngle = flat ? front.polar : Math.PI - 0.05;
  }

  pose(transform: Transform): CameraPose {
    const target = this.#controls.getTarget(new Vector3(), true);
    const { theta, phi, radius } = this.#controls.getSpherical(new Spherical(), true);
    return {
      dims: this.dims,
      target: toLayout([target.x, target.y, target.z], transform),
      azimuth: theta,
      polar: phi,
      distance: radius / transform.scale,
    };
  }

  setPose(pose: CameraPose, transform: Transform, animate: boolean): void {
    const glide = animate && !this.#reducedMotion;
    const target = new Float32Array(3);
    toWorld({ data: Float32Array.from(pose.target), rows: 1, dim: 3 }, transform, false, target);
    this.setDims(pose.dims);
    this.#aim(pose.azimuth, pose.polar, glide);
    void this.#controls.moveTo(target[0]!, target[1]!, target[2]!, glide);
    void this.#controls.dollyTo(pose.distance * transform.scale, glide);
    this.moved = true;
  }

  /** How large the discs of `count` points are from here. Nearing by a factor of 4 doubles them: points come apart. */
  disc(count: number): DiscSize {
    const { left, top, right, bottom } = this.#free;
    const room = Math.sqrt(Math.min(Math.max(((right - left) * (bottom - top)) / usualArea, 0.2), 1.5));
    const base = Math.min(Math.max(6.4 * (200 / Math.max(count, 1)) ** 0.2 * room, 1.2), 9);
    return { perspective: base * Math.sqrt(this.#controls.distance * this.#reference), minimum: 0.9, maximum: 44 };
  }

  /** From the camera to what it looks at, in world units. */
  get distance(): number {
    return this.#controls.distance;
  }

  /** Depths between which the background begins to show through. */
  fog(): [number, number] {
    const distance = this.#controls.distance;
    return [Math.max(distance - 0.6, 0), distance + 2.2];
  }

  dispose(): void {
    this.#controls.dispose();
  }

  #fitFrom(
    positions: Float32Array,
    count: number,
    sizes: Float32Array,
    { azimuth, polar }: { azimuth: number; polar: number },
  ): Fit {
    const { left, top, right, bottom } = this.#free;
    const perPixel = (2 * Math.tan((fieldOfView * Math.PI) / 360)) / Math.max(this.#height, 1);
    const half = (size: number, rim: number) => Math.max(size / 2 - rim, size / 6, 1) * perPixel;
    const tangents = [half(right - left, margin.x), half(bottom - top, margin.y)] as const;
    return fitCamera(positions, count, sizes, azimuth, polar, tangents, fitMinimum);
  }

  #centre(): void {
    const { left, top, right, bottom } = this.#free;
    const x = (left + right - this.#width) / 2;
    const y = (top + bottom - this.#height) / 2;
    this.perspective.setViewOffset(this.#width, this.#height, -x, -y, this.#width, this.#height);
    this.#controls.setViewport(x, -y, this.#width, this.#height);
  }

  #angle(): { azimuth: number; polar: number } {
    const { theta, phi } = this.#controls.getSpherical(new Spherical(), true);
    return { azimuth: theta, polar: phi };
  }

  #aim(azimuth: number, polar: number, glide: boolean): void {
    this.#controls.normalizeRotations();
    // The shorter way round.
    const turns = Math.round((this.#controls.azimuthAngle - azimuth) / (2 * Math.PI));
    void this.#controls.rotateTo(azimuth + turns * 2 * Math.PI, polar, glide);
  }
}
