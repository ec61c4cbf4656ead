/** NumPy's .npy format (NEP 1; numpy.lib.format): one array of numbers or of unicode texts. */
import { InputError } from '../errors';
import { viewOf } from './bytes';
import { float16 } from './float16';
import { NpyTexts } from './npyTexts';
import { isLittleEndian } from './pieces';

export interface NumberArray {
  readonly kind: 'numbers';
  readonly shape: readonly number[];
  /** Row-major (C order), rounded to float32. */
  readonly data: Float32Array<ArrayBuffer>;
}

export interface TextArray {
  readonly kind: 'texts';
  readonly shape: readonly number[];
  /** Row-major (C order). */
  readonly data: string[];
}

export type NpyArray = NumberArray | TextArray;

export const npyMagic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** Without so many no header is one. */
const LEAST_BYTES = 12;
/** NumPy 2 makes no array of more. */
const MAX_DIMENSIONS = 64;

/**
 * Reads an array. Versions 1 to 3, either byte order, C or Fortran order; float16, float32, float64, integers of 8 to 64 bits,
 * booleans, and unicode (`<U`). `file` names it in messages. Throws for object arrays, which are pickles and could run code when
 * loaded, for other types, for a damaged header, and when the data is shorter than the shape says.
 */
export function parseNpy(file: string, bytes: Uint8Array): NpyArray {
  const { kind, size, count, shape, fortran, little, start } = parseNpyHeader(file, bytes, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, count * size);
  // Place in the file of each element of the row-major result.
  const place = fortran && shape.length > 1 ? fortranPlaces(shape, count) : undefined;
  if (kind === 'U') {
    const texts = new NpyTexts(file, size, little);
    const data = Array.from({ length: count }, (_, i) => texts.read(view, (place?.[i] ?? i) * size));
    return { kind: 'texts', shape, data };
  }
  if (kind === 'f' && size === 4 && !place && little === isLittleEndian)
    return { kind: 'numbers', shape, data: floatsAt(bytes, start, count) };
  const read = numberReader(`${kind}${size}`);
  if (!read) throw new InputError('npyType', { file, type: `${kind}${size}` });
  const data = new Float32Array(count);
  for (let i = 0; i < count; i++) data[i] = read(view, (place ? place[i]! : i) * size, little);
  return { kind: 'numbers', shape, data };
}

/** What the header of an array says of it. */
export interface NpyHeader {
  /** As NumPy has it: U for texts. */
  readonly kind: string;
  /** Bytes of each element. */
  readonly size: number;
  readonly count: number;
  readonly shape: readonly number[];
  readonly fortran: boolean;
  readonly little: boolean;
  /** Where the elements begin. */
  readonly start: number;
}

/** How many of an array's first bytes its header takes, by those that are there; more than there are where they do not tell. */
export function npyHeaderBytes(bytes: Uint8Array): number {
  if (bytes.length < LEAST_BYTES) return LEAST_BYTES;
  const view = viewOf(bytes);
  return bytes[6] === 1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true);
}

/**
 * Reads the header at the beginning of `bytes`, of an array that takes `total` bytes with it. Throws as `parseNpy` does, but for numbers of a
 * type that is not known.
 */
export function parseNpyHeader(file: string, bytes: Uint8Array, total: number): NpyHeader {
  const damaged = () => new InputError('npyHeader', { file });
  const major = bytes[6] ?? 0;
  if (bytes.length < LEAST_BYTES || !npyMagic.every((byte, i) => bytes[i] === byte) || major < 1 || major > 3)
    throw damaged();
  const start = npyHeaderBytes(bytes);
  if (start > bytes.length) throw damaged();
  const text = bytes.subarray(major === 1 ? 10 : 12, start);
  const header = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(text);
  if (/'descr'\s*:\s*\[/.test(header)) throw new InputError('npyType', { file, type: header.trim() });
  const descr = /'descr'\s*:\s*['"]([^'"]*)['"]/.exec(header)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  const tuple = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(header)?.[1];
  if (descr === undefined || order === undefined || tuple === undefined) throw damaged();
  const shape = (tuple.match(/\d+/g) ?? []).map(Number);
  if (shape.length > MAX_DIMENSIONS) throw damaged();
  const type = /^([<>|=]?)([fiubU])([1-9]\d*)$/.exec(descr);
  if (/^\|?O/.test(descr)) throw new InputError('npyObject', { file });
  if (!type) throw new InputError('npyType', { file, type: descr });
  const [, endian, kind = '', width] = type;
  const size = kind === 'U' ? Number(width) * 4 : Number(width);
  const count = shape.reduce((product, length) => product * length, 1);
  const found = total - start;
  if (found < count * size) throw new InputError('npyTruncated', { file, found, expected: count * size });
  return { kind, size, count, shape, fortran: order === 'True', little: endian !== '>', start };
}

/** A header and what may follow an array, at most, where its file's own memory is taken for its numbers. */
const MOST_AROUND = 4096;

/** Numbers that stand in the file as they stand in memory: they are not copied where the memory holds hardly anything else. */
function floatsAt({ buffer, byteOffset }: Uint8Array, start: number, count: number): Float32Array<ArrayBuffer> {
  const at = byteOffset + start;
  if (buffer instanceof ArrayBuffer && at % 4 === 0 && buffer.byteLength - count * 4 <= MOST_AROUND)
    return new Float32Array(buffer, at, count);
  const data = new Float32Array(count);
  new Uint8Array(data.buffer).set(new Uint8Array(buffer, at, count * 4));
  return data;
}

/** For each element in row-major order, its index in column-major order. */
function fortranPlaces(shape: readonly number[], count: number): Float64Array {
  const places = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let rest = i;
    let place = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const stride = shape.slice(0, axis).reduce((product, length) => product * length, 1);
      place += (rest % shape[axis]!) * stride;
      rest = Math.floor(rest / shape[axis]!);
    }
    places[i] = place;
  }
  return places;
}

function numberReader(type: string): ((view: DataView, at: number, little: boolean) => number) | undefined {
  switch (type) {
    case 'f2':
      return (view, at, little) => float16(view.getUint16(at, little));
    case 'f4':
      return (view, at, little) => view.getFloat32(at, little);
    case 'f8':
      return (view, at, little) => view.getFloat64(at, little);
    case 'i1':
      return (view, at) => view.getInt8(at);
    case 'u1':
    case 'b1':
      return (view, at) => view.getUint8(at);
    case 'i2':
      return (view, at, little) => view.getInt16(at, little);
    case 'u2':
      return (view, at, little) => view.getUint16(at, little);
    case 'i4':
      return (view, at, little) => view.getInt32(at, little);
    case 'u4':
      return (view, at, little) => view.getUint32(at, little);
    case 'i8':
      return (view, at, little) => Number(view.getBigInt64(at, little));
    case 'u8':
      return (view, at, little) => Number(view.getBigUint64(at, little));
    default:
      return undefined;
  }
}
