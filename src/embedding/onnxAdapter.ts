/**
 * A model's ONNX file with pooling and an adapter appended, so that one file gives the adapter's vectors. A protobuf message that is
 * followed by another of its kind is merged with it, repeated fields one behind another (protobuf.dev, Encoding, 'Last One Wins'): so the
 * nodes are written behind the file as it is, and not a byte of it is read or moved.
 */
import type { Adapter } from '../adapters';
import { littleEndian } from './adapter';
import type { ModelEntry } from './registry';

/** The output that is added, as sentence-transformers calls it: batch x dim, of unit length. */
export const sentenceEmbedding = 'sentence_embedding';

const prefix = 'constela_adapter';
/** `TensorProto.DataType`. */
const float32 = 1;
const int64 = 7;
/** `AttributeProto.AttributeType.INT`. */
const integer = 2;

/**
 * `model` (an ONNX file of `entry`) with an output `sentence_embedding`: the last hidden state pooled as the entry says, brought to unit
 * length, multiplied by the adapter's matrix and brought to unit length again. Its operators are those of opset 7 and later.
 */
export function appendAdapter(
  model: Uint8Array<ArrayBuffer>,
  { pooling = 'mean' }: ModelEntry,
  { dim, weights }: Adapter,
): Uint8Array<ArrayBuffer> {
  const transposed = new Float32Array(dim * dim);
  for (let row = 0; row < dim; row++)
    for (let column = 0; column < dim; column++) transposed[column * dim + row] = weights[row * dim + column]!;
  const pool = pooling === 'cls' ? poolFirst() : poolAll(dim);
  const tensors = [
    tensor('weights', float32, [dim, dim], littleEndian(transposed)),
    // A product with ones sums squares in every opset; ReduceSum took its axes elsewhere in each.
    tensor('ones', float32, [dim, 1], littleEndian(new Float32Array(dim).fill(1))),
    ...pool.tensors,
  ];
  const nodes = [
    ...pool.nodes,
    ...unit('pooled', 'vector'),
    node('MatMul', [own('vector'), own('weights')], [own('mapped')]),
    ...unit('mapped', sentenceEmbedding),
  ];
  const shape = message([1, message([2, text('batch_size')])], [1, message([1, dim])]);
  const output = message([1, text(sentenceEmbedding)], [2, message([1, message([1, float32], [2, shape])])]);
  const graph = message(...nodes.map((bytes): Field => [1, bytes]), ...tensors.map((bytes): Field => [5, bytes]), [
    12,
    output,
  ]);
  const added = message([7, graph]);
  const whole = new Uint8Array(model.length + added.length);
  whole.set(model);
  whole.set(added, model.length);
  return whole;
}

/** What is added to the graph for `pooled`, batch x dim. */
interface Pool {
  readonly nodes: readonly Uint8Array[];
  readonly tensors: readonly Uint8Array[];
}

/** The sum over the attention mask: brought to unit length, it is the mean. */
function poolAll(dim: number): Pool {
  return {
    tensors: [tensor('flat', int64, [2], integers([-1, dim])), tensor('rows', int64, [3], integers([0, 1, -1]))],
    nodes: [
      node('Cast', ['attention_mask'], [own('mask')], ['to', float32]),
      node('Reshape', [own('mask'), own('rows')], [own('mask_rows')]),
      node('MatMul', [own('mask_rows'), 'last_hidden_state'], [own('sum')]),
      node('Reshape', [own('sum'), own('flat')], [own('pooled')]),
    ],
  };
}

function poolFirst(): Pool {
  return {
    tensors: [tensor('first', int64, [], integers([0]))],
    nodes: [node('Gather', ['last_hidden_state', own('first')], [own('pooled')], ['axis', 1])],
  };
}

/** `from`, batch x dim, each row divided by its length. */
function unit(from: string, to: string): Uint8Array[] {
  return [
    node('Mul', [own(from), own(from)], [own(`${from}_squares`)]),
    node('MatMul', [own(`${from}_squares`), own('ones')], [own(`${from}_sum`)]),
    node('Sqrt', [own(`${from}_sum`)], [own(`${from}_length`)]),
    node('Div', [own(from), own(`${from}_length`)], [to === sentenceEmbedding ? to : own(to)]),
  ];
}

/** A name that no node of the model has. */
function own(name: string): string {
  return `${prefix}/${name}`;
}

type Field = readonly [field: number, value: number | Uint8Array];

function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attribute?: readonly [name: string, value: number],
): Uint8Array {
  return message(
    ...inputs.map((name): Field => [1, text(name)]),
    ...outputs.map((name): Field => [2, text(name)]),
    [3, text(own(`${operator}_${outputs.join()}`))],
    [4, text(operator)],
    ...(attribute ? [[5, message([1, text(attribute[0])], [3, attribute[1]], [20, integer])] satisfies Field] : []),
  );
}

function tensor(name: string, type: number, dims: readonly number[], raw: Uint8Array): Uint8Array {
  return message(...dims.map((size): Field => [1, size]), [2, type], [8, text(own(name))], [9, raw]);
}

function integers(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setBigInt64(8 * i, BigInt(value), true));
  return bytes;
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

/** A protobuf message: numbers as varints, bytes with their length. */
function message(...fields: readonly Field[]): Uint8Array {
  const parts = fields.flatMap(([field, value]) =>
    typeof value === 'number'
      ? [varint(field << 3), varint(value)]
      : [varint((field << 3) | 2), varint(value.length), value],
  );
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Uint8Array.from([...bytes, rest]);
}
