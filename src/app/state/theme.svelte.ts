/** Dark or light, by the setting or the system's wish, for the page and for the scene. */
import { createTheme, themeProperties, type SceneTheme } from '../../scene/theme';
import type { Preferences } from './preferences.svelte';

export class Theme {
  #systemLight = $state(matchMedia('(prefers-color-scheme: light)').matches);
  reducedMotion = $state(matchMedia('(prefers-reduced-motion: reduce)').matches);
  readonly name: 'dark' | 'light' = $derived.by(() => {
    const { theme } = this.preferences;
    return theme === 'system' ? (this.#systemLight ? 'light' : 'dark') : theme;
  });
  /** Read back from the custom properties, so that their values stand in one file. */
  readonly scene: SceneTheme = $derived(readTheme(this.name));

  constructor(private readonly preferences: Pick<Preferences, 'theme'>) {
    matchMedia('(prefers-color-scheme: light)').addEventListener('change', ({ matches }) => {
      this.#systemLight = matches;
    });
    matchMedia('(prefers-reduced-motion: reduce)').addEventListener('change', ({ matches }) => {
      this.reducedMotion = matches;
    });
  }
}

function readTheme(name: 'dark' | 'light'): SceneTheme {
  document.documentElement.dataset.theme = name;
  const style = getComputedStyle(document.documentElement);
  return createTheme(
    Object.fromEntries(themeProperties.map((property) => [property, style.getPropertyValue(property)])),
  );
}
