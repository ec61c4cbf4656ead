import type { Database, Kept } from './database';

export interface Settings {
  /** The collection that was open. */
  readonly lastCollection?: string;
  readonly theme: 'system' | 'light' | 'dark';
  /** Without it, the browser's. */
  readonly language?: 'en' | 'pt-BR';
  /** Of new collections; without it, the one for the language. */
  readonly modelId?: string;
  readonly labels: boolean;
  /** How many labels, as a share of the usual number. */
  readonly labelDensity: number;
  /** A grid under the cloud, with drop lines from the selected texts. */
  readonly ground: boolean;
  /** Contours of how many texts lie behind each place of the view. */
  readonly contours: boolean;
  /** Axes in a corner of a cloud in space. */
  readonly axes: boolean;
  readonly device: 'auto' | 'wasm' | 'webgpu';
  readonly guideSeen: boolean;
}

type Name = keyof Settings;
/** New values; `undefined` goes back to the default. */
export type SettingsChange = { readonly [K in Name]?: Settings[K] | undefined };

export const defaultSettings: Settings = {
  theme: 'system',
  labels: true,
  labelDensity: 1,
  ground: false,
  contours: false,
  axes: false,
  device: 'auto',
  guideSeen: false,
};

/** From few labels to many. */
export const labelDensities = { min: 0.25, max: 4 } as const;

const oneOf =
  <T extends string>(...values: T[]) =>
  (value: unknown): value is T =>
    values.some((known) => known === value);
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';

const checks: { readonly [K in Name]-?: (value: unknown) => value is Settings[K] } = {
  lastCollection: isName,
  theme: oneOf('system', 'light', 'dark'),
  language: oneOf('en', 'pt-BR'),
  modelId: isName,
  labels: isBoolean,
  labelDensity: (value): value is number =>
    typeof value === 'number' && value >= labelDensities.min && value <= labelDensities.max,
  ground: isBoolean,
  contours: isBoolean,
  axes: isBoolean,
  device: oneOf('auto', 'wasm', 'webgpu'),
  guideSeen: isBoolean,
};
const isKnown = (name: string): name is Name => Object.hasOwn(checks, name);

/** The settings of this machine, each under its own name, so that two tabs that set different ones do not meet. */
export class SettingsStore {
  readonly #database: Database;
  readonly #unsaved = new Map<string, unknown>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Stored settings over the defaults. What is unknown or has another shape is dropped. */
  async load(): Promise<Settings> {
    const stored = await this.#database.read(['settings'], async (tx) => {
      const store = tx.objectStore('settings');
      const [names, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
      return names.map((name, i): [string, unknown] => [name, values[i]]);
    });
    const whole = [...(stored ?? []), ...this.#unsaved].filter(([name, value]) => isKnown(name) && checks[name](value));
    // Each value has passed the check of its name.
    return { ...defaultSettings, ...(Object.fromEntries(whole) as Partial<Settings>) };
  }

  /** Writes the given settings and leaves the others. What could not be written holds until the page closes. */
  async save(change: SettingsChange): Promise<Kept> {
    const entries: [string, unknown][] = Object.entries(change).filter(([name]) => isKnown(name));
    const kept = await this.#database.write(['settings'], async (tx) => {
      const store = tx.objectStore('settings');
      const done = Promise.all(
        entries.map(([name, value]) => (value === undefined ? store.delete(name) : store.put(value, name))),
      );
      // As in `CollectionStore.save`: the page may be closing.
      tx.commit();
      await done;
    });
    for (const [name, value] of entries) {
      if (kept === 'kept') this.#unsaved.delete(name);
      else this.#unsaved.set(name, value);
    }
    return kept;
  }
}
