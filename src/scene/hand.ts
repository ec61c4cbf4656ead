/** What a person's hand does with the texts of the cloud: it hovers and chooses them, and moves those that may be moved. */
import type { ItemId } from '../types';
import type { Camera } from './camera';
import type { Content } from './content';
import type { Painter } from './painter';
import { watchPointer } from './pointer';
import { toLayout } from './transform';

/** What the hand asks of the cloud that it works on. */
export interface HandHost {
  /** Shows this text as hovered. */
  readonly hover: (id: ItemId | undefined) => void;
  /** A frame is due, in which `look` is called. */
  readonly wake: () => void;
  /** Points have moved. */
  readonly moved: () => void;
  /** Moved points glide back to where the map has them. */
  readonly settle: () => void;
}

type Place = readonly [number, number, number];

interface Held {
  readonly id: ItemId;
  readonly place: Place;
}

export class Hand {
  /** The text under the pointer has changed; its point is at (`x`, `y`) in CSS pixels of the host. */
  onHover: ((id: ItemId | undefined, x: number, y: number) => void) | undefined;
  /** A text was clicked, or with undefined the space between them. Additive: with Ctrl, Shift or Meta, or a long press. */
  onSelect: ((id: ItemId | undefined, how: { readonly additive: boolean }) => void) | undefined;
  /** A text is being moved, and is at this place now, in layout units. */
  onDrag: ((id: ItemId, place: Place) => void) | undefined;
  /** The text that was being moved is not: it was put back, or is gone. */
  onPutBack: (() => void) | undefined;
  /** A text was moved and let go at this place, in layout units; 0 for what a 2D map lacks. */
  onMove: ((id: ItemId, place: Place) => void) | undefined;

  readonly #unwatch: () => void;
  #movable: readonly ItemId[] = [];
  /** What is being moved, and where it is, in world units. */
  #held: Held | undefined;
  /** What the pointer went down on. */
  #grabbed: ItemId | undefined;
  #pointer: { x: number; y: number } | undefined;
  #pointed = false;
  /** What was found last, and whether that was before the camera had come to rest. */
  #found: ItemId | undefined;
  #looksAgain = false;

  constructor(
    private readonly painter: Painter,
    private readonly camera: Camera,
    private readonly content: Content,
    private readonly host: HandHost,
  ) {
    this.#cursor = 'grab';
    this.#unwatch = watchPointer(painter.stage.canvas, {
      hover: (place) => this.#point(place),
      press: (x, y, { additive, touch }) => this.onSelect?.(this.#textAt(x, y, touch), { additive }),
      grab: (x, y, touch) => {
        const id = this.#textAt(x, y, touch);
        this.#grabbed = id !== undefined && this.#movable.includes(id) ? id : undefined;
        return this.#grabbed !== undefined;
      },
      drag: (right, down) => this.#shift(this.#grabbed, right, down),
      release: (kept) => void (kept ? this.drop() : this.cancel()),
    });
  }

  /** Texts that a drag which begins on them moves, in the plane of the screen; a drag elsewhere turns the view. */
  set movable(ids: readonly ItemId[]) {
    this.#movable = ids;
    this.#point(this.#pointer);
  }

  /** Moves the first movable text by CSS pixels, for keys, until `drop` or `cancel`. */
  nudge(right: number, down: number): void {
    this.#shift(this.#movable[0], right, down);
  }

  /** Lets go of what is being moved, where it is. */
  drop(): void {
    const held = this.#letGo();
    if (held) this.onMove?.(held.id, toLayout(held.place, this.content.transform));
  }

  /** Puts what is being moved back; says whether there was something. */
  cancel(): boolean {
    if (!this.#letGo()) return false;
    this.host.settle();
    this.onPutBack?.();
    return true;
  }

  /** The pointer does something else: nothing is under it. */
  leave(): void {
    this.#point(undefined);
  }

  /** The map has changed under the hand: what it holds stays in it. */
  keep(): void {
    const held = this.#held;
    if (!held) return;
    const row = this.content.marks.rows.of(held.id);
    if (row < 0) {
      this.#letGo();
      this.onPutBack?.();
    } else this.content.motion.put(row, held.place);
  }

  /** Finds what is under the pointer, where that may have changed: in the frame that was last drawn, and so again until the camera `rests`. */
  look(rests: boolean): void {
    const { marks } = this.content;
    // What was shown since by a key stays until the pointer moves.
    this.#looksAgain &&= marks.hovered === this.#found;
    if (!this.#pointed && !this.#looksAgain) return;
    this.#pointed = false;
    this.#looksAgain = !rests;
    const row = this.#pointer ? this.painter.pick(this.#pointer.x, this.#pointer.y, false) : -1;
    const id = marks.rows.ids[row];
    this.#found = id;
    if (!this.#held) this.#cursor = id === undefined ? 'grab' : this.#movable.includes(id) ? 'move' : 'pointer';
    if (id === marks.hovered) return;
    this.host.hover(id);
    const at = this.painter.placeOf(row);
    this.onHover?.(id, at?.x ?? 0, at?.y ?? 0);
  }

  dispose(): void {
    this.#unwatch();
  }

  set #cursor(name: string) {
    this.painter.stage.canvas.style.cursor = name;
  }

  #point(place: { x: number; y: number } | undefined): void {
    this.#pointer = place;
    this.#pointed = true;
    this.host.wake();
  }

  #textAt(x: number, y: number, touch: boolean): ItemId | undefined {
    return this.content.marks.rows.ids[this.painter.pick(x, y, touch)];
  }

  #shift(id: ItemId | undefined, right: number, down: number): void {
    const { marks, motion } = this.content;
    const row = marks.rows.of(id);
    if (id === undefined || row < 0) return;
    const [x = 0, y = 0, z = 0] = motion.current.subarray(row * 3, row * 3 + 3);
    this.#held = { id, place: this.camera.slide([x, y, z], right, down) };
    this.#cursor = 'grabbing';
    this.keep();
    this.host.moved();
    this.onDrag?.(id, toLayout(this.#held.place, this.content.transform));
  }

  #letGo(): Held | undefined {
    const held = this.#held;
    this.#held = this.#grabbed = undefined;
    this.#point(this.#pointer);
    return held;
  }
}
