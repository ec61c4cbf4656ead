/** Prompts that are there to be tried, by model and language. They are read by models, so they are in the models' languages. */
import type { ModelEntry } from '../../../embedding/registry';

/** By language (ISO 639-1): words around a text that say what it is. */
const frames: Readonly<Record<string, readonly string[]>> = {
  en: ['a kind of {text}', 'the meaning of {text}', 'This is about {text}.'],
  pt: ['um tipo de {text}', 'o significado de {text}', 'Isto é sobre {text}.'],
};

/**
 * The prompts of the model first, then frames of the languages that it serves, that of the page first; a model that was trained with a
 * prefix gets it before each. A prompt without anything else is among them too.
 */
export function suggestedPrompts(model: ModelEntry, language: string): readonly string[] {
  const { prompt, prompts = [prompt], languages } = model;
  const page = language.slice(0, 2);
  const ordered = [...languages].sort((a, b) => Number(b === page) - Number(a === page));
  // By a function: `$` means something in a replacement.
  const framed = ordered.flatMap((code) => frames[code] ?? []).map((frame) => prompt.replace('{text}', () => frame));
  return [...new Set([...prompts, ...framed.slice(0, 1), '{text}', ...framed.slice(1)])];
}

/** The prompts with which a comparison begins: the three that are suggested first, and the one in use where that is another. */
export function firstPrompts(model: ModelEntry, language: string, inUse: string): readonly string[] {
  return [...new Set([...suggestedPrompts(model, language).slice(0, 3), inUse])];
}
