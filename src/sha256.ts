import { InputError } from './errors';

/** The sha256 of `bytes`, in lower-case hexadecimal. Throws `hashingUnavailable` where the browser has none. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Missing off HTTPS and localhost.
  const subtle: SubtleCrypto | undefined = globalThis.crypto.subtle;
  if (!subtle) throw new InputError('hashingUnavailable');
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  let hex = '';
  for (const byte of digest) hex += byte.toString(16).padStart(2, '0');
  return hex;
}
