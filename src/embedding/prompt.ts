import { InputError } from '../errors';

/** The text as the model reads it: `{text}` in the template is replaced, once. Throws an InputError without `{text}`. */
export function applyPrompt(template: string, text: string): string {
  const at = template.indexOf('{text}');
  if (at < 0) throw new InputError('promptWithoutText', { prompt: template });
  return template.slice(0, at) + text + template.slice(at + '{text}'.length);
}
