/** NumPy arrays in memory. */
import { measureNpyTexts, writeNpyNumbers, writeNpyTexts } from '../../src/data/npyWrite';
import { joinPieces, type Bytes } from '../../src/data/pieces';

export function npyOfNumbers(data: Float32Array<ArrayBuffer>, shape: readonly number[]): Bytes {
  return joinPieces(writeNpyNumbers(data, shape));
}

export function npyOfTexts(texts: readonly string[], shape: readonly number[]): Bytes {
  return joinPieces(writeNpyTexts(measureNpyTexts(texts), shape));
}
