import { InputError } from '../errors';

const place = '{text}';

/** What stands before and after the text. Throws an InputError where the template has no `{text}`. */
export function splitPrompt(template: string): { readonly before: string; readonly after: string } {
  const at = template.indexOf(place);
  if (at < 0) throw new InputError('promptWithoutText', { prompt: template });
  return { before: template.slice(0, at), after: template.slice(at + place.length) };
}

/** The text as the model reads it: `{text}` in the template is replaced, once. Throws an InputError without `{text}`. */
export function applyPrompt(template: string, text: string): string {
  const { before, after } = splitPrompt(template);
  return before + text + after;
}
