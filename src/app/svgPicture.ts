/** A drawing of the page as a picture that stands on its own. */
import { InputError } from '../errors';

/** What the page's style sheets give to shapes and texts, and a file has to say itself. */
const inherited = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'image-rendering',
] as const;
/** Pixels to a CSS pixel. */
const scale = 2;
/** CSS pixels of the page's background around the drawing. */
const margin = 12;

/** `drawing` as it looks now, as an SVG file, on the page's background. */
export function svgOf(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) throw new TypeError('a copy of an SVG is an SVG');
  const copies = [copy, ...copy.querySelectorAll('*')];
  [drawing, ...drawing.querySelectorAll('*')].forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of inherited) copies[i]!.setAttribute(name, style.getPropertyValue(name));
    for (const name of ['class', 'style', 'tabindex']) copies[i]!.removeAttribute(name);
  });
  const { width, height } = sizeOf(drawing);
  const own = drawing.getBoundingClientRect();
  const given = copy.getAttribute('viewBox') ?? `0 0 ${own.width} ${own.height}`;
  const [x = 0, y = 0, across = own.width, down = own.height] = given.split(/[\s,]+/).map(Number);
  // The drawing's own units may be others than CSS pixels.
  const around = (margin * across) / own.width;
  const area = { x: x - around, y: y - around, width: across + 2 * around, height: down + 2 * around };
  const ground = document.createElementNS(copy.namespaceURI ?? '', 'rect');
  const colour = getComputedStyle(document.documentElement).getPropertyValue('--surface');
  for (const [name, value] of Object.entries({ ...area, fill: colour })) ground.setAttribute(name, String(value));
  const viewBox = Object.values(area).join(' ');
  copy.prepend(ground);
  for (const [name, value] of Object.entries({ width, height, viewBox })) copy.setAttribute(name, String(value));
  return `${new XMLSerializer().serializeToString(copy)}\n`;
}

/** The same as a PNG. Throws `pictureFailed` where the browser cannot draw it. */
export async function pngOf(drawing: SVGSVGElement): Promise<Blob> {
  const { width, height } = sizeOf(drawing);
  const url = URL.createObjectURL(new Blob([svgOf(drawing)], { type: 'image/svg+xml' }));
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const failed = () => new InputError('pictureFailed', { width: canvas.width, height: canvas.height });
  try {
    const image = new Image();
    image.src = url;
    await image.decode().catch(() => {
      throw failed();
    });
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw failed();
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Of the picture, in CSS pixels. */
function sizeOf(drawing: SVGSVGElement): { readonly width: number; readonly height: number } {
  const { width, height } = drawing.getBoundingClientRect();
  return { width: width + 2 * margin, height: height + 2 * margin };
}
