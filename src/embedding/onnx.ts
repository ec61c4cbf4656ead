/** What an ONNX file says of itself, read without a runtime: its inputs and outputs, and what it keeps in other files. */
import { InputError } from '../errors';

/** An input or output of the graph. */
export interface OnnxValue {
  readonly name: string;
  /** As ONNX calls it, such as `float32`; `?` where it is no tensor or of a kind without a name here. */
  readonly type: string;
}

export interface OnnxOutline {
  /** Without those that the file gives values of its own. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Tensors whose numbers lie in another file, and that file's name where it is said. */
  readonly external: { readonly tensors: number; readonly location: string };
}

/** `TensorProto.DataType` by its number. */
const types = [
  '?',
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
];

/** Messages in messages, at most: graphs lie in attributes of nodes of graphs. */
const deepest = 64;

type Kind = 'model' | 'graph' | 'training' | 'function' | 'node' | 'attribute' | 'sparse' | 'tensor';

/**
 * By kind of message, the fields that hold messages in which a tensor may lie (onnx.proto, https://onnx.ai/onnx/repo-docs/IR.html). A
 * tensor may lie in a constant's attribute and in the branch of a condition as well as among the graph's own.
 */
const inside: { readonly [K in Kind]: Readonly<Record<number, Kind>> } = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  function: { 7: 'node', 11: 'attribute' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: {},
};

/** A protobuf field: a number, or the bytes of a text, a message or packed numbers. */
interface Field {
  readonly field: number;
  readonly value: number;
  readonly bytes: Uint8Array | undefined;
}

class Damaged extends Error {}

/**
 * The outline of the ONNX file `file` of `model`. Throws an InputError that says where the file ends too early or is no protobuf,
 * or that there is no graph in it.
 */
export function readOnnx(model: string, file: string, bytes: Uint8Array): OnnxOutline {
  try {
    return outline(bytes);
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    throw new InputError('ownOnnx', { model, file, bytes: bytes.length, reason: error.message });
  }
}

function outline(bytes: Uint8Array): OnnxOutline {
  // A graph may come in several parts, which are one: `appendAdapter` writes a second one behind a file.
  const graphs = [...fieldsOf(bytes)].flatMap(({ field, bytes: part }) => (field === 7 && part ? [part] : []));
  if (graphs.length === 0) throw new Damaged('no graph in it');
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  const given = new Set<string>();
  for (const { field, bytes: part } of graphs.flatMap((graph) => [...fieldsOf(graph)])) {
    if (!part) continue;
    if (field === 5) given.add(textOf(part, 8));
    if (field === 11) inputs.push(valueOf(part));
    if (field === 12) outputs.push(valueOf(part));
  }
  const locations = findExternal(bytes, 'model', 0);
  return {
    inputs: inputs.filter(({ name }) => !given.has(name)),
    outputs,
    external: { tensors: locations.length, location: locations.find((location) => location !== '') ?? '?' },
  };
}

/** One entry a tensor that lies elsewhere: where, or an empty text. */
function findExternal(bytes: Uint8Array, kind: Kind, depth: number): string[] {
  if (depth > deepest) throw new Damaged(`more than ${deepest} parts inside each other`);
  const found: string[] = [];
  let location: string | undefined;
  for (const { field, value, bytes: part } of fieldsOf(bytes)) {
    const next = inside[kind][field];
    if (next && part) for (const place of findExternal(part, next, depth + 1)) found.push(place);
    if (kind !== 'tensor') continue;
    // `external_data`, a list of keys and values, and `data_location`, which is 1 for EXTERNAL.
    if (field === 13 && part) location = textOf(part, 1) === 'location' ? textOf(part, 2) : (location ?? '');
    if (field === 14 && value === 1) location ??= '';
  }
  if (location !== undefined) found.push(location);
  return found;
}

function valueOf(bytes: Uint8Array): OnnxValue {
  const type = find(bytes, 2)?.bytes;
  const tensor = type && find(type, 1)?.bytes;
  const number = tensor && find(tensor, 1)?.value;
  return { name: textOf(bytes, 1), type: types[number ?? 0] ?? '?' };
}

function find(bytes: Uint8Array, wanted: number): Field | undefined {
  for (const field of fieldsOf(bytes)) if (field.field === wanted) return field;
  return undefined;
}

function textOf(bytes: Uint8Array, field: number): string {
  return new TextDecoder().decode(find(bytes, field)?.bytes);
}

/** The fields of a message, in their order (https://protobuf.dev/programming-guides/encoding/). */
function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1, length = 0; length < 10; scale *= 128, length++) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Damaged('it ends inside a number');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    throw new Damaged('a number of more than 10 bytes');
  };
  while (at < bytes.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    const wire = tag % 8;
    if (field === 0) throw new Damaged('it is no protobuf');
    if (wire === 0) yield { field, value: varint(), bytes: undefined };
    else {
      const length = wire === 1 ? 8 : wire === 5 ? 4 : wire === 2 ? varint() : undefined;
      if (length === undefined) throw new Damaged('it is no protobuf');
      if (at + length > bytes.length) throw new Damaged(`a part of ${length} bytes has only ${bytes.length - at}`);
      yield { field, value: 0, bytes: bytes.subarray(at, at + length) };
      at += length;
    }
  }
}
