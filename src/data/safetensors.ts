/**
 * Safetensors (github.com/huggingface/safetensors, 'Format'): 8 bytes that say how long the header is (unsigned, little-endian), the
 * header in JSON, and the tensors' bytes, one after another without a gap.
 */
import { InputError } from '../errors';
import { viewOf } from './bytes';
import { float16 } from './float16';

/** As in the reference implementation. */
const mostHeaderBytes = 100_000_000;

export interface Tensor {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Float32Array<ArrayBuffer>;
}

export interface Safetensors {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

type Fields = Readonly<Record<string, unknown>>;

interface Described {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** Bytes of a number, and how it is read. */
const types: Readonly<
  Record<string, { readonly size: number; readonly read: (view: DataView, at: number) => number }>
> = {
  F32: { size: 4, read: (view, at) => view.getFloat32(at, true) },
  F16: { size: 2, read: (view, at) => float16(view.getUint16(at, true)) },
};

/**
 * Reads tensors of F32 and F16 numbers. Throws `safetensorsHeader`, `safetensorsType`, `safetensorsTensor` (a shape that does not fit its
 * bytes, a gap or an overlap) or `safetensorsBytes` (cut short, or longer than the header says), each with the file.
 */
export function parseSafetensors(file: string, bytes: Uint8Array): Safetensors {
  const damaged = () => new InputError('safetensorsHeader', { file });
  if (bytes.length < 8) throw damaged();
  const view = viewOf(bytes);
  const length = Number(view.getBigUint64(0, true));
  if (length < 2 || length > mostHeaderBytes || 8 + length > bytes.length) throw damaged();
  const header = parseHeader(bytes.subarray(8, 8 + length));
  if (!header) throw damaged();
  const { __metadata__: metadata = {}, ...rest } = header;
  if (!isTexts(metadata)) throw damaged();
  const described = Object.entries(rest).map(([name, value]) => {
    const one = describeTensor(name, value);
    if (!one) throw damaged();
    return one;
  });
  described.sort((a, b) => a.from - b.from);
  const tensors = new Map<string, Tensor>();
  let at = 0;
  for (const { name, dtype, shape, from, to } of described) {
    const type = Object.hasOwn(types, dtype) ? types[dtype] : undefined;
    if (!type)
      throw new InputError('safetensorsType', {
        file,
        tensor: name,
        type: dtype,
        known: Object.keys(types).join(', '),
      });
    const count = shape.reduce((product, size) => product * size, 1);
    if (from !== at || to - from !== count * type.size)
      throw new InputError('safetensorsTensor', {
        file,
        tensor: name,
        type: dtype,
        shape: shape.join(' x '),
        from,
        to,
      });
    at = to;
    if (8 + length + to > bytes.length) break;
    const data = new Float32Array(count);
    for (let i = 0; i < count; i++) data[i] = type.read(view, 8 + length + from + i * type.size);
    tensors.set(name, { shape, data });
  }
  if (8 + length + at !== bytes.length)
    throw new InputError('safetensorsBytes', { file, found: bytes.length, expected: 8 + length + at });
  return { metadata, tensors };
}

/** Writes tensors as F32, their bytes from a multiple of 8 on. */
export function writeSafetensors({ metadata, tensors }: Safetensors): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let at = 0;
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [at, at + 4 * data.length] };
    at += 4 * data.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + at);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(length), true);
  bytes.fill(0x20, 8, 8 + length);
  bytes.set(text, 8);
  let to = 8 + length;
  for (const { data } of tensors.values()) {
    for (const value of data) {
      view.setFloat32(to, value, true);
      to += 4;
    }
  }
  return bytes;
}

function parseHeader(bytes: Uint8Array): Fields | undefined {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isFields(header) ? header : undefined;
  } catch {
    return undefined;
  }
}

function describeTensor(name: string, value: unknown): Described | undefined {
  if (!isFields(value) || typeof value.dtype !== 'string') return undefined;
  const { dtype, shape, data_offsets: offsets } = value;
  if (!isCounts(shape) || !isCounts(offsets)) return undefined;
  const [from, to] = offsets;
  if (offsets.length !== 2 || from === undefined || to === undefined || from > to) return undefined;
  return { name, dtype, shape, from, to };
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is Record<string, string> =>
  isFields(value) && Object.values(value).every((text) => typeof text === 'string');
const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
