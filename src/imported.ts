/** Vectors that a file brought and no model here made: the name of their space, and what it tells. */
import { crc32 } from './kernels/crc32';
import { sha256 } from './sha256';
import type { Matrix, SpaceSpec } from './types';

/** The prompt of such spaces: there is nothing around a text that was never given to a model here. */
export const importedPrompt = '{text}';

/** Of which one checksum is made. */
const blockBytes = 1 << 16;

const named = /^imported\/(\d+)\/([0-9a-f]{64})\/(.+)$/s;

export interface Imported {
  readonly dim: number;
  /** Of texts and the checksums of their vectors, in lower-case hexadecimal: under it, in place of a model's, each text's vector is remembered. */
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
  const lengths = Uint32Array.from(texts, ({ length }) => length);
  const hashes = await Promise.all([
    sha256(new TextEncoder().encode(texts.join(''))),
    sha256(bytesOf(lengths)),
    sha256(bytesOf(checksumsOf(bytesOf(data)))),
  ]);
  const hash = await sha256(new TextEncoder().encode(hashes.join()));
  return { modelId: `imported/${dim}/${hash}/${file}`, prompt: importedPrompt };
}

/** A checksum tells a block from another but once in four billion times, and takes a tenth of the time of a hash. */
function checksumsOf(bytes: Uint8Array): Uint32Array<ArrayBuffer> {
  const blocks = Math.ceil(bytes.length / blockBytes);
  return Uint32Array.from({ length: blocks }, (_, i) => crc32(bytes.subarray(i * blockBytes, (i + 1) * blockBytes)));
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>) {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
