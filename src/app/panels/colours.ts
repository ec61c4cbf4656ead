/** The colours of groups, as lists and the legend show them: the cloud's own. */
import { cssColour } from '../../scene/colour';
import { colourGroups, greyColour } from '../../scene/palette';
import type { SceneTheme } from '../../scene/theme';
import type { Item } from '../../types';

/** CSS colours by group name; texts without a group are under undefined. */
export function groupColours(items: readonly Item[], theme: SceneTheme): ReadonlyMap<string | undefined, string> {
  const { legend } = colourGroups(
    items.map(({ group }) => group),
    theme,
  );
  const colours = new Map<string | undefined, string>(legend.map(({ group, colour }) => [group, cssColour(colour)]));
  return colours.set(undefined, cssColour(greyColour(theme)));
}
