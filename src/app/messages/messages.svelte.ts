/** The words of the page in the language that was chosen. */
import type { ProjectionEngine } from '../../types';
import { fillTemplate, InputError, type ErrorParams } from '../../errors';
import { pageMessage, type Catalogue, type MessageKey } from './catalogue';
import { en } from './en';
import { countFormat, valueFormat } from '../state/numberFormats';
import { ptBR } from './ptBR';

export type MessageParams = ErrorParams;
export type Language = 'en' | 'pt-BR';

const catalogues: Readonly<Record<Language, Catalogue>> = { en, 'pt-BR': ptBR };

/** The language of a tag such as `pt-PT` or `en-GB`: English where there is no catalogue. */
export function languageOf(tag: string): Language {
  return /^pt\b/i.test(tag) ? 'pt-BR' : 'en';
}

export class Messages {
  language = $state<Language>('en');
  readonly #catalogue = $derived(catalogues[this.language]);
  readonly #counts = $derived(countFormat(this.language));
  readonly #values = $derived(valueFormat(this.language));

  /** The message called `key`, `{name}` filled from `params`; numbers are grouped as the language does. */
  readonly t = (key: MessageKey, params: MessageParams = {}): string => {
    const shown = Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'number' ? this.count(value) : value,
    ]);
    return fillTemplate(pageMessage(this.#catalogue.page, key, params.count), Object.fromEntries(shown));
  };

  /** The name of a model, translated where the catalogue has it. */
  readonly modelName = ({ id, name }: { readonly id: string; readonly name: string }): string =>
    this.#catalogue.models[id] ?? name;

  readonly engineName = (engine: ProjectionEngine): string =>
    ({ umap: 'UMAP', 'umap-js': this.t('engineReference'), pca: 'PCA', random: this.t('engineRandom') })[engine];

  /** What an error says, translated where it is one of ours. */
  readonly explain = (error: unknown): string => {
    if (error instanceof InputError) return fillTemplate(this.#catalogue.errors[error.code], error.params);
    return error instanceof Error ? error.message : String(error);
  };

  /** A cosine, to three decimals: the same digits in every language, as in the files. */
  readonly cosine = (value: number): string => value.toFixed(3);

  /** How many there are of something: every digit. */
  readonly count = (count: number): string => this.#counts.format(count);

  /** A value of a text's own: to four digits, and years without a separator. */
  readonly number = (value: number): string => this.#values.format(value);

  /** What writes the measured values of a column, with as many decimals each. */
  readonly fixed = (decimals: number): ((value: number) => string) => {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    return new Intl.NumberFormat(this.language, digits).format;
  };

  /** The size of a file, to three digits. */
  readonly bytes = (size: number): string => {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
    const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, size)) / 3));
    // The short form of bytes has no plural.
    const unitDisplay = power === 0 ? 'long' : 'short';
    const format = { style: 'unit', unit: units[power]!, unitDisplay, maximumSignificantDigits: 3 } as const;
    return new Intl.NumberFormat(this.language, format).format(size / 1000 ** power);
  };

  /** A multiple, to two digits. */
  readonly times = (value: number): string =>
    `${new Intl.NumberFormat(this.language, { maximumSignificantDigits: 2 }).format(value)}×`;

  readonly percent = (share: number): string => {
    return new Intl.NumberFormat(this.language, { style: 'percent' }).format(Math.floor(share * 100) / 100);
  };
}
