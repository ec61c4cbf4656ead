/** Axes of meaning, where points stand by their values on them: a line each, and the names of its ends. */
import type { PerspectiveCamera } from 'three';
import { Vector3 } from 'three';
import { cssColour } from './colour';
import { Lines } from './lines';
import type { Rect } from './screen';
import type { SceneTheme } from './theme';
import type { Transform } from './transform';

type Place = readonly [number, number, number];

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

export class MeaningAxes extends Lines {
  /** Holds the names over the cloud. The panel that asked for the axes has them for those who cannot see it. */
  readonly root: HTMLElement;
  axes: readonly MeaningAxis[] = [];
  #names: HTMLElement[] = [];
  readonly #place = new Vector3();

  constructor(document: Document) {
    super([1, 1]);
    this.root = document.createElement('div');
    this.root.setAttribute('aria-hidden', 'true');
    Object.assign(this.root.style, { position: 'absolute', inset: '0', overflow: 'hidden', pointerEvents: 'none' });
  }

  /** The axes, the colours, or what layout units are in the world have changed. */
  restyle({ centre, scale }: Transform, { accent, background, font, text }: SceneTheme): void {
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
          maxWidth: '220px',
          padding: '1px 6px',
          overflow: 'hidden',
          border: `1px solid ${cssColour(accent)}`,
          borderRadius: '4px',
          background: cssColour(background),
          color: cssColour(text),
          font: `600 12px ${font}`,
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
        });
        return label;
      });
    this.root.replaceChildren(...this.#names);
  }

  /** Puts the names beside their ends, within the part of the view (in CSS pixels) that no panel covers. */
  draw(camera: PerspectiveCamera, width: number, height: number, free: Rect): void {
    this.#names.forEach((name, i) => {
      const places = i % 2 === 0 ? this.starts : this.ends;
      const { x, y, z } = this.#place.fromArray(places, (i >> 1) * 3).project(camera);
      name.hidden = z > 1;
      const [wide, high] = [name.offsetWidth, name.offsetHeight];
      const left = ((x + 1) / 2) * width - wide / 2;
      // Above or below the line, on the side that the middle of the view is not on.
      const top = ((1 - y) / 2) * height + (y < 0 ? gap : -gap - high);
      const within = (value: number, low: number, most: number) => Math.max(Math.min(value, most), low);
      const at = [
        within(left, free.left + gap, free.right - wide - gap),
        within(top, free.top + gap, free.bottom - high - gap),
      ];
      name.style.transform = `translate(${Math.round(at[0]!)}px, ${Math.round(at[1]!)}px)`;
    });
  }
}
