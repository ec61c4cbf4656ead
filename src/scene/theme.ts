/** The colours and font that the scene draws with, read from the page's custom properties. */
import type { Rgb } from './colour';
import { luminance, parseColour } from './colour';

export interface SceneTheme {
  readonly background: Rgb;
  readonly text: Rgb;
  readonly muted: Rgb;
  /** Rings of selected points, and the far end of the similarity ramp. */
  readonly accent: Rgb;
  /** What a map misplaces. */
  readonly warn: Rgb;
  readonly dark: boolean;
  /** A CSS font-family list. */
  readonly font: string;
}

const defaults = {
  '--background': '#0b0e17',
  '--text': '#e8ebf2',
  '--muted': '#9aa4b8',
  '--accent': '#7cc4ff',
  '--warn': '#f3c969',
  '--font': 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
};

/** The custom properties that `createTheme` reads. */
export const themeProperties = Object.keys(defaults) as readonly (keyof typeof defaults)[];

/**
 * A theme from custom properties (`--background`, `--text`, `--muted`, `--accent`, `--warn` as colours, `--font`); one that is missing
 * or empty has the dark theme's value. Throws a RangeError when a colour cannot be read.
 */
export function createTheme(properties: Readonly<Record<string, string>>): SceneTheme {
  const value = (name: keyof typeof defaults) => properties[name]?.trim() || defaults[name];
  const background = parseColour(value('--background'));
  return {
    background,
    text: parseColour(value('--text')),
    muted: parseColour(value('--muted')),
    accent: parseColour(value('--accent')),
    warn: parseColour(value('--warn')),
    dark: luminance(background) < 0.18,
    font: value('--font'),
  };
}
