/** What a legend says in words: on the page, and in the lines of a picture's. */
import type { LegendLine } from '../../scene/pictureLegend';
import { greyColour } from '../../scene/palette';
import type { Explorer } from '../state/explorer.svelte';

/** Steps of a ramp in a picture's legend. */
const steps = 5;

/** A value of what colours the cloud, in its unit. */
export function legendValue({ colouring, messages }: Explorer, value: number): string {
  if (colouring.by === 'similarity') return messages.cosine(value);
  if (colouring.by === 'fidelity') return messages.percent(value);
  return colouring.by === 'density' ? messages.times(value) : messages.number(value);
}

/** The categories that have a colour of their own and how many share the grey, or values along the ramp, the highest first. */
export function legendLines(explorer: Explorer): readonly LegendLine[] {
  const { colouring, messages, theme } = explorer;
  const { paint } = colouring;
  if (paint.kind === 'categories') {
    const own = paint.entries.map(({ group, colour }) => ({ name: group, colour }));
    const { categories } = paint.rest;
    const name = messages.t('smallerCategories', { count: categories });
    return categories === 0 ? own : [...own, { name, colour: greyColour(theme.scene) }];
  }
  const { ramp, extent } = paint;
  if (!Number.isFinite(extent.low)) return [];
  return Array.from({ length: steps }, (_, i) => {
    const share = 1 - i / (steps - 1);
    const value = extent.low + share * (extent.high - extent.low);
    return { name: legendValue(explorer, value), colour: ramp[Math.round(share * (ramp.length - 1))]! };
  });
}
