/** The colours of groups, as lists and the legend show them: the cloud's own. */
import { cssColour } from '../../scene/colour';
import { colourGroups, greyColour } from '../../scene/palette';
import type { LegendLine } from '../../scene/pictureLegend';
import type { SceneTheme } from '../../scene/theme';
import type { Item } from '../../types';
import type { Messages } from '../messages/messages.svelte';

/** CSS colours by group name; texts without a group are under undefined. */
export function groupColours(items: readonly Item[], theme: SceneTheme): ReadonlyMap<string | undefined, string> {
  const { legend } = colourGroups(
    items.map(({ group }) => group),
    theme,
  );
  const colours = new Map<string | undefined, string>(legend.map(({ group, colour }) => [group, cssColour(colour)]));
  return colours.set(undefined, cssColour(greyColour(theme)));
}

/** The legend of a picture: the groups that have a colour of their own, and how many share the grey. */
export function legendLines(items: readonly Item[], theme: SceneTheme, t: Messages['t']): readonly LegendLine[] {
  const { legend } = colourGroups(
    items.map(({ group }) => group),
    theme,
  );
  const own = legend.filter((entry) => entry.own).map(({ group, colour }) => ({ name: group, colour }));
  const others = legend.length - own.length;
  return others === 0 ? own : [...own, { name: t('otherGroups', { count: others }), colour: greyColour(theme) }];
}
