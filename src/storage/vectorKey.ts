import { sha256 } from '../sha256';

/**
 * The name under which the vector of a text is cached: the sha256, in hex, of the JSON array `[modelSha256, prompt, text]`
 * in UTF-8. JSON keeps the three apart whatever is in them, and escapes lone surrogates, which UTF-8 would make alike.
 * The cache holds no text: a vector is found only by who has the text already.
 *
 * `modelSha256` is the hex sha256 of the model's weights; `prompt` is the template, with `{text}` in it.
 * Throws `hashingUnavailable` off HTTPS and localhost, where browsers have no `crypto.subtle`.
 */
export function vectorKey(modelSha256: string, prompt: string, text: string): Promise<string> {
  return sha256(new TextEncoder().encode(JSON.stringify([modelSha256, prompt, text])));
}

/** The name of a text among those that were deleted, whatever its vectors were made by: the sha256 of its JSON, as `vectorKey` has it. */
export function textName(text: string): Promise<string> {
  return sha256(new TextEncoder().encode(JSON.stringify([text])));
}
