/**
 * The cloud in a room, by WebXR: about 1.5 metres wide in front of the person, in the colours and with the links of the page. Each
 * controller points, and its trigger chooses what it points at; a hand that holds the grip, or pinches and moves, moves and turns the
 * cloud, and two scale it. The page's camera and canvas are as they were afterwards.
 */
import { Group, Matrix4, PerspectiveCamera, Quaternion, Vector3, type XRTargetRaySpace } from 'three';
import type { ItemId } from '../types';
import type { Camera } from './camera';
import type { Content } from './content';
import type { Painter } from './painter';
import { Grab } from './vrGrab';
import { Ray } from './vrRay';
import { boards, Boards } from './vrLabels';
import { labelRows, measureCloud, pickByRay, spread } from './vrPicking';

/** What it asks of the cloud that it shows. */
export interface RoomHost {
  /** Brings points, colours and lines up to date without drawing them. */
  readonly settle: () => void;
  readonly hover: (id: ItemId | undefined) => void;
  /** A text was chosen, or with undefined the space between them. */
  readonly choose: (id: ItemId | undefined) => void;
}

/** Metres: the cloud as it comes, seen from a person's head. It is not lower than `least` over the floor. */
const coming = { width: 1.5, height: 1.2, ahead: 1.4, below: 0.25, least: 0.8 };
/** Metres of a usual disc's radius among 200 texts; more texts have smaller ones, as on the page. */
const discRadius = 0.009;
/** Pixels of a disc's radius in an eye. */
const discPixels = { minimum: 1.2, maximum: 90 };
/** Metres that a pinch moves before it moves the cloud: less is a choice. */
const unrest = 0.02;
/** Metres between labelled texts and from a text to its label, milliseconds between two choices of labels. */
const labels = { most: 24, apart: 0.16, every: 500, lift: 0.012 };
const up = new Vector3(0, 1, 0);

export class Room {
  readonly #group = new Group();
  readonly #grab = new Grab();
  readonly #eyes = new PerspectiveCamera(70, 1, 0.02, 50);
  readonly #names: Boards;
  readonly #panel: Boards;
  readonly #ray: Ray;
  readonly #controllers: readonly XRTargetRaySpace[];
  readonly #unlisten: (() => void)[] = [];
  /** Where each hand was as its trigger went down. */
  readonly #pressed = new Map<number, Vector3>();
  /** Metres in a world unit as the cloud came; 0 before that. */
  #scale = 0;
  /** The hand that last did something is the one that points. */
  #pointer = 0;
  #pointed = -1;
  #spread: Int32Array = new Int32Array(0);
  #labelled = -Infinity;
  #texts: readonly string[] | undefined;

  constructor(
    private readonly painter: Painter,
    private readonly camera: Camera,
    private readonly content: Content,
    private readonly host: RoomHost,
  ) {
    const { host: element, renderer } = painter.stage;
    const { theme } = content.marks;
    this.#names = new Boards(element.ownerDocument, boards.label, labels.most, theme);
    this.#panel = new Boards(element.ownerDocument, boards.panel, 1, theme);
    this.#ray = new Ray(theme);
    this.#controllers = [0, 1].map((i) => renderer.xr.getController(i));
    this.#group.matrixAutoUpdate = false;
  }

  async open(session: XRSession): Promise<void> {
    const { stage, guides, inSpace, labels: names } = this.painter;
    const { look, theme } = this.content.marks;
    stage.presenting = true;
    guides.contours.set(false, look, theme);
    // Not emptied: those that were shown stay where they were.
    names.canvas.hidden = true;
    this.#group.add(...inSpace, this.#names.group, this.#panel.group);
    stage.scene.remove(guides.contours.mesh);
    stage.scene.add(this.#group, ...this.#controllers);
    this.#controllers.forEach((controller, hand) => {
      this.#listen(controller, 'selectstart', () => this.#press(hand));
      this.#listen(controller, 'selectend', () => this.#release(hand));
      this.#listen(controller, 'squeezestart', () => this.#grab.hold(hand, controller.matrix));
      this.#listen(controller, 'squeezeend', () => this.#grab.release(hand));
      this.#listen(controller, 'disconnected', () => this.#lose(hand));
    });
    const { xr } = stage.renderer;
    xr.enabled = true;
    xr.setAnimationLoop(this.#frame);
    await xr.setSession(session);
  }

  /** After the session has ended: everything is where it was. */
  close(): void {
    const { stage, guides, inSpace, labels: names } = this.painter;
    const { xr } = stage.renderer;
    xr.setAnimationLoop(null);
    xr.enabled = false;
    for (const unlisten of this.#unlisten) unlisten();
    stage.scene.remove(this.#group, ...this.#controllers);
    stage.scene.add(guides.contours.mesh, ...inSpace);
    names.canvas.hidden = false;
    stage.presenting = false;
    this.host.hover(undefined);
    this.#names.dispose();
    this.#panel.dispose();
    this.#ray.mesh.removeFromParent();
    this.#ray.dispose();
  }

  #listen(
    controller: XRTargetRaySpace,
    name: 'selectstart' | 'selectend' | 'squeezestart' | 'squeezeend' | 'disconnected',
    act: () => void,
  ): void {
    controller.addEventListener(name, act);
    this.#unlisten.push(() => controller.removeEventListener(name, act));
  }

  #frame = (now: number): void => {
    const { stage } = this.painter;
    const eyes = stage.renderer.xr.getCamera();
    const [eye] = eyes.cameras;
    // The headset does not yet know where it is, or there is nothing to draw with any more.
    if (!eye || stage.lost) return;
    if (this.#scale === 0) this.#place(eyes.position, eyes.quaternion);
    this.#follow();
    const scale = this.#grab.room.getMaxScaleOnAxis();
    const radius = discRadius * (200 / Math.max(this.content.rows, 1)) ** 0.2 * Math.sqrt(scale / this.#scale);
    this.host.settle();
    this.#point(radius / scale);
    if (now - this.#labelled > labels.every || this.#texts !== this.content.texts) this.#label(now, eyes.position);
    this.#names.lift = radius + labels.lift;
    this.#panel.lift = 2 * radius + 5 * labels.lift;
    const [, , width, height] = eye.viewport ? eye.viewport.toArray() : [0, 0, 1, 1];
    const perspective = (radius * height * eye.projectionMatrix.elements[5]) / 2;
    this.#ray.setView(width, height, [0, 1], 0);
    this.painter.setEye(width, height, { perspective, ...discPixels });
    stage.renderer.render(stage.scene, this.#eyes);
  };

  /** In front of the person, from the side that the page showed. */
  #place(head: Vector3, turned: Quaternion): void {
    const ahead = new Vector3(0, 0, -1).applyQuaternion(turned).setY(0);
    // Someone who looks straight down is facing nowhere.
    if (ahead.length() < 1e-3) ahead.set(0, 0, -1);
    ahead.normalize();
    const heading = Math.atan2(-ahead.x, -ahead.z);
    const middle = head.clone().addScaledVector(ahead, coming.ahead);
    middle.y = Math.max(head.y - coming.below, coming.least);
    const { across, tall } = measureCloud(this.content.motion.current, this.content.marks.look.sizes);
    this.#scale = Math.min(coming.width / Math.max(across, 1e-3), coming.height / Math.max(tall, 1e-3), 1);
    const turn = new Quaternion().setFromAxisAngle(up, heading - this.camera.azimuth);
    this.#grab.place(new Matrix4().compose(middle, turn, new Vector3().setScalar(this.#scale)));
    this.#controllers[this.#pointer]?.add(this.#ray.mesh);
  }

  /** The cloud follows the hands that hold it. */
  #follow(): void {
    this.#controllers.forEach((controller, hand) => {
      const pressed = this.#pressed.get(hand);
      if (pressed && !this.#grab.holds(hand) && pressed.distanceTo(controller.position) > unrest)
        this.#grab.hold(hand, controller.matrix);
      this.#grab.move(hand, controller.matrix);
    });
    this.#grab.step();
    this.#group.matrix.copy(this.#grab.room);
    this.#group.matrixWorldNeedsUpdate = true;
  }

  #press(hand: number): void {
    const controller = this.#controllers[hand];
    if (!controller) return;
    this.#pointer = hand;
    controller.add(this.#ray.mesh);
    this.#pressed.set(hand, controller.position.clone());
  }

  /** A trigger that has moved nothing chooses. */
  #release(hand: number): void {
    const chooses = this.#pressed.delete(hand) && !this.#grab.holds(hand);
    this.#grab.release(hand);
    if (!chooses || this.#scale === 0) return;
    this.host.choose(this.content.marks.rows.ids[this.#pointed]);
    this.#labelled = -Infinity;
  }

  #lose(hand: number): void {
    this.#pressed.delete(hand);
    this.#grab.release(hand);
  }

  /** @param radius of a disc of size 1, in world units */
  #point(radius: number): void {
    const controller = this.#controllers[this.#pointer];
    if (!controller?.visible) return;
    const back = new Matrix4().copy(this.#grab.room).invert().multiply(controller.matrix);
    const from = new Vector3().setFromMatrixPosition(back);
    const along = new Vector3(0, 0, -1).transformDirection(back);
    const { motion, marks } = this.content;
    const row = pickByRay(motion.current, marks.look.sizes, from.toArray(), along.toArray(), radius);
    if (row === this.#pointed) return;
    this.#pointed = row;
    this.#labelled = -Infinity;
    this.host.hover(marks.rows.ids[row]);
  }

  #label(now: number, head: Vector3): void {
    const { motion, marks, texts } = this.content;
    const { sizes, wishes } = marks.look;
    if (this.#texts !== texts) this.#spread = spread(motion.current, sizes, labels.apart / this.#scale);
    [this.#labelled, this.#texts] = [now, texts];
    const place = head.clone().applyMatrix4(new Matrix4().copy(this.#grab.room).invert());
    const selected = marks.rows.of(marks.selection[0]);
    const rows = labelRows(this.#spread, motion.current, wishes, place.toArray(), labels.most);
    this.#names.show(
      rows.filter((row) => row !== selected),
      texts,
      motion.current,
    );
    this.#panel.show(selected < 0 || sizes[selected] === 0 ? [] : [selected], texts, motion.current);
  }
}
