import { InputError } from '../errors';

/**
 * The name under which the vector of a text is cached: the sha256, in hex, of the JSON array `[modelSha256, prompt, text]`
 * in UTF-8. JSON keeps the three apart whatever is in them, and escapes lone surrogates, which UTF-8 would make alike.
 * The cache holds no text: a vector is found only by who has the text already.
 *
 * `modelSha256` is the hex sha256 of the model's weights; `prompt` is the template, with `{text}` in it.
 * Throws `hashingUnavailable` off HTTPS and localhost, where browsers have no `crypto.subtle`.
 */
export async function vectorKey(modelSha256: string, prompt: string, text: string): Promise<string> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto.subtle;
  if (!subtle) throw new InputError('hashingUnavailable');
  const bytes = new TextEncoder().encode(JSON.stringify([modelSha256, prompt, text]));
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  let hex = '';
  for (const byte of digest) hex += byte.toString(16).padStart(2, '0');
  return hex;
}
