/** Both themes, and how far apart colours are for readers with normal sight and without. */
import { linearLight } from '../../src/linearLight';
import type { Rgb } from '../../src/scene/colour';
import { createTheme } from '../../src/scene/theme';

export const themes = {
  dark: createTheme({}),
  light: createTheme({ '--background': '#f7f8fb', '--text': '#151a26', '--muted': '#5b6476', '--accent': '#0b63c4' }),
};

/**
 * What colour-blind readers see, in linear RGB. Machado, Oliveira and Fernandes: A Physiologically-based Model for
 * Simulation of Color Vision Deficiency, IEEE TVCG 15(6), 2009; the matrices of severity 1.0.
 */
export const visions: Record<string, readonly number[]> = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

/** OKLab (Ottosson, 2020) of a colour as a vision sees it. */
export function seen(rgb: Rgb, matrix: readonly number[]): [number, number, number] {
  const light = rgb.map(linearLight);
  const [r, g, b] = [0, 3, 6].map((row) => {
    const value = matrix[row]! * light[0]! + matrix[row + 1]! * light[1]! + matrix[row + 2]! * light[2]!;
    return Math.min(Math.max(value, 0), 1);
  }) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

export function leastDistance(colours: readonly Rgb[], matrix: readonly number[]): number {
  const points = colours.map((colour) => seen(colour, matrix));
  return Math.min(
    ...points.flatMap((a, i) => points.slice(0, i).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]))),
  );
}
