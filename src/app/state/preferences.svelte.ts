/** Settings of this machine, saved as they change; `?lang=` in the address wins over what was saved. */
import { defaultSettings, type Settings, type SettingsChange, type SettingsStore } from '../../storage/settings';
import { languageOf, type Language } from '../messages/messages.svelte';

export class Preferences {
  #settings = $state.raw<Settings>(defaultSettings);
  #store: SettingsStore | undefined;
  readonly #asked = new URLSearchParams(location.search).get('lang');

  get language(): Language {
    return languageOf(this.#asked ?? this.#settings.language ?? navigator.language);
  }

  get theme(): Settings['theme'] {
    return this.#settings.theme;
  }

  get labels(): boolean {
    return this.#settings.labels;
  }

  get labelDensity(): number {
    return this.#settings.labelDensity;
  }

  get ground(): boolean {
    return this.#settings.ground;
  }

  get contours(): boolean {
    return this.#settings.contours;
  }

  get axes(): boolean {
    return this.#settings.axes;
  }

  get device(): Settings['device'] {
    return this.#settings.device;
  }

  get modelId(): string | undefined {
    return this.#settings.modelId;
  }

  get guideSeen(): boolean {
    return this.#settings.guideSeen;
  }

  get lastCollection(): string | undefined {
    return this.#settings.lastCollection;
  }

  async open(store: SettingsStore): Promise<void> {
    this.#store = store;
    this.#settings = await store.load();
  }

  set(change: SettingsChange): void {
    this.#settings = Object.assign({}, this.#settings, change);
    void this.#store?.save(change);
  }
}
