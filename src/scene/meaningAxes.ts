/** Axes of meaning, where points stand by their values on them: a line each, and the names of its ends. */
import type { PerspectiveCamera } from 'three';
import { Vector3 } from 'three';
import { cssColour } from './colour';
import { fitText } from './labelText';
import { Lines, lineWidth } from './lines';
import type { Rect } from './screen';
import type { Shape } from './shapes';
import { shapeFont } from './shapes';
import type { SceneTheme } from './theme';
import type { Transform } from './transform';

type Place = readonly [number, number, number];
type Point = readonly [x: number, y: number];

export interface MeaningAxis {
  /** What its ends are called. */
  readonly from: string;
  readonly to: string;
  /** Where it begins and ends, in layout units. */
  readonly start: Place;
  readonly end: Place;
}

/** Opacity of the lines, of 255. */
const opacity = 150;
/** CSS pixels between the end of an axis and its name. */
const gap = 6;
/** CSS pixels of a name's box. */
const box = { widest: 220, padding: 6, rounding: 4, font: 12 };

export class MeaningAxes extends Lines {
  /** Holds the names over the cloud. The panel that asked for the axes has them for those who cannot see it. */
  readonly root: HTMLElement;
  axes: readonly MeaningAxis[] = [];
  #names: HTMLElement[] = [];
  #theme: SceneTheme | undefined;
  /** As they were last drawn: each axis's line, where all of it is in front of the camera, and the boxes of its names. */
  #lines: (readonly [Point, Point])[] = [];
  #boxes: { readonly name: string; readonly corner: Point; readonly width: number; readonly height: number }[] = [];
  readonly #place = new Vector3();

  constructor(document: Document) {
    super([1, 1]);
    this.root = document.createElement('div');
    this.root.setAttribute('aria-hidden', 'true');
    Object.assign(this.root.style, { position: 'absolute', inset: '0', overflow: 'hidden', pointerEvents: 'none' });
  }

  /** The axes, the colours, or what layout units are in the world have changed. */
  restyle({ centre, scale }: Transform, theme: SceneTheme): void {
    const { accent, background, font, text } = theme;
    this.#theme = theme;
    const colours = new Uint8Array(this.axes.length * 4);
    this.axes.forEach((_, i) => colours.set([...accent, opacity], i * 4));
    this.allocate(colours);
    const world = (place: Place) => place.map((value, i) => (value - centre[i]!) * scale);
    this.axes.forEach(({ start, end }, i) => {
      this.starts.set(world(start), i * 3);
      this.ends.set(world(end), i * 3);
    });
    this.moved();
    this.#names = this.axes
      .flatMap(({ from, to }) => [from, to])
      .map((name) => {
        const label = this.root.ownerDocument.createElement('span');
        label.textContent = name;
        Object.assign(label.style, {
          position: 'absolute',
          top: '0',
          left: '0',
          maxWidth: `${box.widest}px`,
          padding: `1px ${box.padding}px`,
          overflow: 'hidden',
          border: `1px solid ${cssColour(accent)}`,
          borderRadius: `${box.rounding}px`,
          background: cssColour(background),
          color: cssColour(text),
          font: shapeFont(box.font, font),
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
        });
        return label;
      });
    this.root.replaceChildren(...this.#names);
    this.#lines = this.#boxes = [];
  }

  /** Puts the names beside their ends, within the part of the view (in CSS pixels) that no panel covers. */
  draw(camera: PerspectiveCamera, width: number, height: number, free: Rect): void {
    if (this.#names.length === 0) return;
    this.#boxes = [];
    const seen = this.#names.map((name, i): Point | undefined => {
      const places = i % 2 === 0 ? this.starts : this.ends;
      const { x, y, z } = this.#place.fromArray(places, (i >> 1) * 3).project(camera);
      name.hidden = z > 1;
      const [wide, high] = [name.offsetWidth, name.offsetHeight];
      const left = ((x + 1) / 2) * width - wide / 2;
      // Above or below the line, on the side that the middle of the view is not on.
      const top = ((1 - y) / 2) * height + (y < 0 ? gap : -gap - high);
      const within = (value: number, low: number, most: number) => Math.max(Math.min(value, most), low);
      const corner = [
        Math.round(within(left, free.left + gap, free.right - wide - gap)),
        Math.round(within(top, free.top + gap, free.bottom - high - gap)),
      ] as const;
      name.style.transform = `translate(${corner[0]}px, ${corner[1]}px)`;
      if (name.hidden) return undefined;
      this.#boxes.push({ name: name.textContent, corner, width: wide, height: high });
      return [((x + 1) / 2) * width, ((1 - y) / 2) * height];
    });
    this.#lines = this.axes.flatMap((_, i) => {
      const [start, end] = [seen[2 * i], seen[2 * i + 1]];
      return start && end ? [[start, end] as const] : [];
    });
  }

  /** The lines as shapes, for a file that has no depth. */
  get lineShapes(): readonly Shape[] {
    const colour = this.#theme?.accent;
    if (!colour) return [];
    const look = { width: lineWidth, colour, opacity: opacity / 255 };
    return this.#lines.map(([from, to]): Shape => ({ kind: 'line', from, to, ...look }));
  }

  /** @param width of a text in the font of names, in CSS pixels */
  nameShapes(width: (text: string) => number): readonly Shape[] {
    const theme = this.#theme;
    if (!theme) return [];
    return this.#boxes.flatMap(({ name, corner, width: wide, height: high }): Shape[] => {
      const text = fitText(name, box.widest - 2 * box.padding - 2, width);
      const middle = [corner[0] + wide / 2, corner[1] + high / 2] as const;
      return [
        {
          kind: 'box',
          corner,
          width: wide,
          height: high,
          rounding: box.rounding,
          fill: theme.background,
          rim: theme.accent,
        },
        { kind: 'text', text, middle, size: box.font, colour: theme.text, opacity: 1 },
      ];
    });
  }

  /** The font of names, to measure them in. */
  get nameFont(): string {
    return shapeFont(box.font, this.#theme?.font ?? '');
  }
}
