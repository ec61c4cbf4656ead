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
  const { width, height } = drawing.getBoundingClientRect();
  const box = copy.getAttribute('viewBox') ?? `0 0 ${width} ${height}`;
  const [x = 0, y = 0, across = width, down = height] = box.split(/[\s,]+/).map(Number);
  const ground = document.createElementNS(copy.namespaceURI ?? '', 'rect');
  const colour = getComputedStyle(document.documentElement).getPropertyValue('--surface');
  for (const [name, value] of Object.entries({ x, y, width: across, height: down, fill: colour }))
    ground.setAttribute(name, String(value));
  copy.prepend(ground);
  for (const [name, value] of Object.entries({ width, height, viewBox: box })) copy.setAttribute(name, String(value));
  return `${new XMLSerializer().serializeToString(copy)}\n`;
}

/** The same as a PNG. Throws `pictureFailed` where the browser cannot draw it. */
export async function pngOf(drawing: SVGSVGElement): Promise<Blob> {
  const { width, height } = drawing.getBoundingClientRect();
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
