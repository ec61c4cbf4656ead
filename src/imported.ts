/** Vectors that a file brought and no model here made: the name of their space, and what it tells. */
import { sha256 } from './sha256';
import type { Matrix, SpaceSpec } from './types';
import { xxHash32 } from './xxHash32';

/** The prompt of such spaces: there is nothing around a text that was never given to a model here. */
export const importedPrompt = '{text}';

/** Numbers of which one hash is made. */
const blockWords = 1 << 14;

const named = /^imported\/(\d+)\/([0-9a-f]{64})\/(.+)$/s;

export interface Imported {
  readonly dim: number;
  /** Of texts and their vectors, in lower-case hexadecimal: under it, in place of a model's, each text's vector is remembered. */
  readonly sha256: string;
  /** The file that brought them, as messages name it. */
  readonly file: string;
}

/** What the id of a space's model tells of imported vectors; undefined where it is that of a model. */
export function readImported(modelId: string): Imported | undefined {
  const [, dim, hash, file] = named.exec(modelId) ?? [];
  return hash !== undefined && file !== undefined ? { dim: Number(dim), sha256: hash, file } : undefined;
}

/**
 * The space of `vectors` (texts x dim, row-major), the same for the same texts and vectors of a file of this name. The texts count: the
 * same rows for the same words in another order are other vectors of each word. Throws `hashingUnavailable`.
 */
export async function importedSpace(file: string, texts: readonly string[], { data, dim }: Matrix): Promise<SpaceSpec> {
  const lengths = new Uint32Array(texts.map(({ length }) => length));
  const hashes = await Promise.all([
    sha256(new TextEncoder().encode(texts.join(''))),
    sha256(bytesOf(lengths)),
    sha256(bytesOf(hashesOf(data))),
  ]);
  const hash = await sha256(new TextEncoder().encode(hashes.join()));
  return { modelId: `imported/${dim}/${hash}/${file}`, prompt: importedPrompt };
}

/** A hash of 32 bits tells a block from another but once in four billion times, and takes a tenth of the time of one that nobody can forge. */
function hashesOf(data: Float32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const words = new Int32Array(data.buffer, data.byteOffset, data.length);
  const hashes = new Uint32Array(Math.ceil(words.length / blockWords));
  hashes.forEach((_, i) => (hashes[i] = xxHash32(words.subarray(i * blockWords, (i + 1) * blockWords))));
  return hashes;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>) {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
