/** Pictures of what is seen: PNG of any size that the machine can hold, SVG, and a video of one turn. */
import { Matrix4, type PerspectiveCamera } from 'three';
import { InputError } from '../errors';
import type { ItemId } from '../types';
import type { Camera } from './camera';
import { cssColour } from './colour';
import type { Content } from './content';
import { labelFont } from './labelPen';
import type { Painter, Seen } from './painter';
import { greyColour } from './palette';
import type { LegendLine, PlacedLine } from './pictureLegend';
import { placeLegend } from './pictureLegend';
import { drawShapes } from './shapes';
import { svgBytes, writeSvg } from './svg';
import type { Tile } from './tiles';
import { straighten, tilesOf } from './tiles';
import type { Turntable } from './turntable';
import { recordTurntable } from './turntable';

export interface PictureOptions {
  readonly labels: boolean;
  /** Without it the picture is transparent where nothing is drawn. */
  readonly background: boolean;
  /** Empty for none. */
  readonly legend: readonly LegendLine[];
}

/** Pixels on a side that every browser of today has a 2D canvas for: Firefox takes no more. */
const largestCanvas = 32_767;
/** A ring reaches this far beyond its disc, in CSS pixels: as in the point shader. */
const ringReach = 6;

export class Pictures {
  /** @param settle brings the frame up to date, so that what is drawn is what is seen */
  constructor(
    private readonly painter: Painter,
    private readonly camera: Camera,
    private readonly content: Content,
    private readonly settle: () => void,
  ) {}

  /** Pixels of a picture with `scale` pixels to a CSS pixel. */
  size(scale: number): { width: number; height: number } {
    const { width, height } = this.painter.stage;
    return { width: Math.floor(width * scale), height: Math.floor(height * scale) };
  }

  /** Own colours of these texts, rows x 3 bytes of sRGB; grey for those that are not shown. */
  coloursOf(ids: readonly ItemId[]): Uint8Array<ArrayBuffer> {
    const { rows, style, theme } = this.content.marks;
    const grey = greyColour(theme);
    const out = new Uint8Array(ids.length * 3);
    ids.forEach((id, i) => {
      const row = rows.of(id);
      out.set(row < 0 ? grey : style.colours.subarray(row * 3, row * 3 + 3), i * 3);
    });
    return out;
  }

  /** About how many bytes an SVG file of the view has; it has them for what is in sight alone. */
  get svgBytes(): number {
    const { stage, guides } = this.painter;
    const lines = guides.seen(this.#matrix(), stage.width, stage.height);
    const guiding = lines.reduce((sum, { screen }) => sum + screen.count / 2, 0);
    return svgBytes.rest + svgBytes.point * this.painter.seen(this.camera).screen.count + svgBytes.line * guiding;
  }

  /**
   * The view as a PNG with `scale` (1 to 8) pixels to a CSS pixel. Where that is more than the graphics card draws at once, it
   * draws it piece by piece. Throws `pictureTooLarge` and `pictureFailed`.
   */
  async png(scale: number, options: PictureOptions): Promise<Blob> {
    const canvas = this.#draw(scale, options);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new InputError('pictureFailed', { width: canvas.width, height: canvas.height });
    return blob;
  }

  /** The view as an SVG file at its size in CSS pixels. Throws `pictureFailed` while the cloud is not shown. */
  svg({ labels: wanted, background, legend }: PictureOptions): Blob {
    const { stage, labels, links, guides } = this.painter;
    const { width, height } = stage;
    const context = stage.host.ownerDocument.createElement('canvas').getContext('2d');
    if (width === 0 || height === 0 || !context) throw new InputError('pictureFailed', { width, height });
    this.settle();
    const seen = this.painter.seen(this.camera);
    const { screen, look, theme, view } = seen;
    const shown = wanted
      ? this.#withLabels(seen, () => ({ labels: labels.list(screen, look, view), leaders: labels.leaders(screen) }))
      : { labels: [], leaders: [] };
    const matrix = this.#matrix();
    const text = writeSvg({
      width,
      height,
      theme,
      background,
      screen,
      look,
      fog: view.fog,
      fogStrength: view.fogStrength,
      lines: links.lines,
      ...shown,
      torn: guides.torn.lines,
      under: guides.meaning.lineShapes,
      over: guides.shapes(wanted, context),
      ground: guides.seen(matrix, width, height),
      path: guides.path.seen(matrix, width, height),
      legend: placedLegend(context, seen, legend),
    });
    return new Blob([text], { type: 'image/svg+xml' });
  }

  /** Pixels of a video: those of the screen. */
  get videoSize(): { width: number; height: number } {
    return this.size(this.painter.stage.density);
  }

  /** One turn around the cloud as a WebM video, with its background. The view is as it was afterwards. Throws as `recordTurntable`. */
  async video(
    options: Omit<PictureOptions, 'background'>,
    turn: Pick<Turntable, 'seconds' | 'onProgress' | 'signal'>,
  ): Promise<Blob> {
    const { painter, camera } = this;
    const { stage, labels } = painter;
    const { width, height } = this.videoSize;
    if (stage.lost || width === 0 || height === 0) throw new InputError('pictureFailed', { width, height });
    this.settle();
    const from = camera.azimuth;
    // On the page they would stay where they are while the points turn.
    labels.clear();
    const draw = (context: CanvasRenderingContext2D, share: number): void => {
      if (stage.lost) throw new InputError('pictureFailed', { width, height });
      camera.lookFrom(from + share * 2 * Math.PI);
      painter.draw(camera, true);
      const seen = painter.seen(camera);
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.drawImage(stage.canvas, 0, 0, width, height);
      if (options.labels) {
        labels.choose(seen.screen, seen.look, seen.view);
        labels.drawOn(context, stage.density, seen.screen, seen.look, seen.view);
      }
      context.setTransform(stage.density, 0, 0, stage.density, 0, 0);
      drawShapes(context, painter.guides.shapes(options.labels, context), seen.theme.font);
      drawLegend(context, seen, options.legend);
    };
    try {
      return await recordTurntable(stage.host.ownerDocument, { ...turn, width, height, draw });
    } finally {
      camera.lookFrom(from);
      painter.draw(camera, true);
      painter.drawLabels(camera, performance.now(), false, false);
    }
  }

  #draw(scale: number, options: PictureOptions): HTMLCanvasElement {
    const { width, height } = this.size(scale);
    const { stage, labels } = this.painter;
    if (stage.lost || width === 0 || height === 0) throw new InputError('pictureFailed', { width, height });
    if (Math.max(width, height) > largestCanvas)
      throw new InputError('pictureTooLarge', { width, height, limit: largestCanvas, scale });
    this.settle();
    const seen = this.painter.seen(this.camera);
    const canvas = stage.host.ownerDocument.createElement('canvas');
    const context = sized(canvas, width, height);
    if (options.background) {
      context.fillStyle = cssColour(seen.theme.background);
      context.fillRect(0, 0, width, height);
    }
    this.#drawPoints(context, scale);
    if (options.labels) this.#withLabels(seen, () => labels.drawOn(context, scale, seen.screen, seen.look, seen.view));
    context.setTransform(scale, 0, 0, scale, 0, 0);
    drawShapes(context, this.painter.guides.shapes(options.labels, context), seen.theme.font);
    drawLegend(context, seen, options.legend);
    return canvas;
  }

  /** Points and links, each piece with so much around it that discs whose middle is in another piece are whole. */
  #drawPoints(context: CanvasRenderingContext2D, scale: number): void {
    const { width, height } = context.canvas;
    const around = Math.ceil((this.camera.disc(1).maximum + ringReach) * scale);
    const piece = context.canvas.ownerDocument.createElement('canvas');
    for (const tile of tilesOf(width, height, around, this.painter.stage.largest)) {
      const pixels = new Uint8Array(tile.width * tile.height * 4);
      this.painter.read(this.camera, this.#perspective(tile, scale), tile.width, tile.height, 1 / scale, pixels);
      const image = new ImageData(straighten(pixels, tile.width), tile.width, tile.height);
      sized(piece, tile.width, tile.height).putImageData(image, 0, 0);
      const { x, y, inner } = tile;
      context.drawImage(
        piece,
        inner.x - x,
        inner.y - y,
        inner.width,
        inner.height,
        inner.x,
        inner.y,
        inner.width,
        inner.height,
      );
    }
  }

  /** Projection x view, as `projectPoints` takes it. */
  #matrix(): ArrayLike<number> {
    const { projectionMatrix, matrixWorldInverse } = this.camera.perspective;
    return new Matrix4().multiplyMatrices(projectionMatrix, matrixWorldInverse).elements;
  }

  /** The camera, seeing only this part of the picture. */
  #perspective(tile: Tile, scale: number): PerspectiveCamera {
    const perspective = this.camera.perspective.clone();
    const { width, height } = this.painter.stage;
    const { offsetX = 0, offsetY = 0 } = perspective.view ?? {};
    const [x, y] = [offsetX + tile.x / scale, offsetY + tile.y / scale];
    perspective.setViewOffset(width, height, x, y, tile.width / scale, tile.height / scale);
    return perspective;
  }

  /** Does `act` with the labels that are shown, or, where the page shows none, with those that it would. */
  #withLabels<T>({ screen, look, view }: Seen, act: () => T): T {
    const { labels, labelsVisible } = this.painter;
    if (!labelsVisible) labels.choose(screen, look, view);
    try {
      return act();
    } finally {
      if (!labelsVisible) labels.clear();
    }
  }
}

/** Gives a canvas a size, and its context. Throws `pictureFailed` where the browser has no room for so many pixels. */
function sized(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  // A canvas that is too large says nothing: what is drawn on it is not there.
  context?.fillRect(width - 1, height - 1, 1, 1);
  const alpha = context?.getImageData(width - 1, height - 1, 1, 1).data[3];
  if (!context || alpha !== 255) throw new InputError('pictureFailed', { width, height });
  context.clearRect(0, 0, width, height);
  return context;
}

/** The lines of a legend in their places, measured with the labels' font. */
function placedLegend(
  context: CanvasRenderingContext2D,
  seen: Seen,
  lines: readonly LegendLine[],
): readonly PlacedLine[] {
  context.font = labelFont(seen.theme, false);
  return placeLegend(lines, seen.view, (name) => context.measureText(name).width);
}

/** Names are outlined by the background, as labels are. */
function drawLegend(context: CanvasRenderingContext2D, seen: Seen, lines: readonly LegendLine[]): void {
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.direction = 'ltr';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = cssColour(seen.theme.background);
  for (const { name, colour, dot, radius, left, middle } of placedLegend(context, seen, lines)) {
    context.beginPath();
    context.arc(dot, middle, radius, 0, 2 * Math.PI);
    context.stroke();
    context.fillStyle = cssColour(colour);
    context.fill();
    context.strokeText(name, left, middle);
    context.fillStyle = cssColour(seen.theme.text);
    context.fillText(name, left, middle);
  }
}
