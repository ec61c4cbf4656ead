/** The cloud as binary glTF 2.0 (Khronos Group, 2021; ISO/IEC 12113): one file of points that 3D programs open. */
import { InputError } from '../errors';
import { linearLight } from '../linearLight';
import type { Dataset } from '../types';
import type { Bytes, Pieces } from './pieces';
import { toSpace } from './places';

const componentType = { uint16: 5123, float32: 5126 };
/** Target of a buffer view that holds vertices. */
const ARRAY_BUFFER = 34962;
const POINTS = 0;
const MAGIC = 0x46546c67;
const VERSION = 2;
const CHUNK = { json: 0x4e4f534a, binary: 0x004e4942 };
const SPACE = 0x20;

/**
 * Writes one mesh of points. `POSITION`: float32, layout units, a flat map at z = 0. `COLOR_0`, where colours are known: linear
 * light, as glTF has it, in 16 bits, because 8 would leave 183 of the 256 tones. The mesh's `extras` hold,
 * row by row: `texts`, and where there are any `ids`, `groups` (null without one) and `columns`; then `model` and `prompt`. Points are
 * not lit. Throws without positions. Nothing reads it back here: JSON and NumPy files are for that.
 */
export function writeGlb(dataset: Dataset): Pieces {
  const { positions, colours } = dataset;
  if (!positions) throw new InputError('cloudNeedsPositions');
  const places = toSpace(positions);
  const parts = [new Uint8Array(places.buffer), ...(colours ? [new Uint8Array(toLinear(colours).buffer)] : [])];
  const binaryBytes = parts.reduce((sum, { length }) => sum + length, 0);
  const json = pad(new TextEncoder().encode(JSON.stringify(describe(dataset, places, parts))), SPACE);
  return [
    words(MAGIC, VERSION, 12 + 8 + json.length + 8 + binaryBytes),
    words(json.length, CHUNK.json),
    json,
    words(binaryBytes, CHUNK.binary),
    ...parts,
  ];
}

/** 32 bits each, little-endian. */
function words(...values: readonly number[]): Bytes {
  const out = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, i) => out.setUint32(i * 4, value, true));
  return new Uint8Array(out.buffer);
}

/** Rows x 4 (opaque) of linear light, 0 to 65,535: as wide as the format wants rows aligned. */
function toLinear(colours: Uint8Array): Uint16Array<ArrayBuffer> {
  const linear = Uint16Array.from({ length: 256 }, (_, byte) => Math.round(linearLight(byte) * 65_535));
  const out = new Uint16Array((colours.length / 3) * 4).fill(65_535);
  for (let from = 0, to = 0; from < colours.length; from += 3, to += 4)
    for (let channel = 0; channel < 3; channel++) out[to + channel] = linear[colours[from + channel]!]!;
  return out;
}

function describe(dataset: Dataset, places: Float32Array, parts: readonly Uint8Array[]) {
  const { items, colours, space } = dataset;
  const count = items.length;
  const ids = items.flatMap((item) => ('id' in item && typeof item.id === 'string' ? [item.id] : []));
  const extras = {
    texts: items.map(({ text }) => text),
    ...(ids.length === count && { ids }),
    ...(items.some(({ group }) => group !== undefined) && { groups: items.map(({ group = null }) => group) }),
    ...(items.some(({ columns }) => columns) && { columns: items.map(({ columns = {} }) => columns) }),
    ...(space && { model: space.modelId, prompt: space.prompt }),
  };
  const position = { bufferView: 0, componentType: componentType.float32, count, type: 'VEC3', ...bounds(places) };
  const colour = { bufferView: 1, componentType: componentType.uint16, normalized: true, count, type: 'VEC4' };
  const attributes = { POSITION: 0, ...(colours && { COLOR_0: 1 }) };
  let byteOffset = 0;
  const bufferViews = parts.map(({ length: byteLength }) => {
    const view = { buffer: 0, byteOffset, byteLength, target: ARRAY_BUFFER };
    byteOffset += byteLength;
    return view;
  });
  return {
    asset: { version: '2.0', generator: 'Constela' },
    extensionsUsed: ['KHR_materials_unlit'],
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0, name: 'cloud' }],
    meshes: [{ primitives: [{ attributes, mode: POINTS, material: 0 }], extras }],
    materials: [{ extensions: { KHR_materials_unlit: {} } }],
    accessors: [position, ...(colours ? [colour] : [])],
    bufferViews,
    buffers: [{ byteLength: byteOffset }],
  };
}

/** The least and greatest of each coordinate, which the format demands of positions. */
function bounds(places: Float32Array): { min: number[]; max: number[] } {
  const [min, max] = [places.slice(0, 3), places.slice(0, 3)];
  places.forEach((value, i) => {
    const axis = i % 3;
    if (value < min[axis]!) min[axis] = value;
    if (value > max[axis]!) max[axis] = value;
  });
  return { min: [...min], max: [...max] };
}

/** Chunks are as long as a multiple of 4. */
function pad(bytes: Uint8Array, filler: number): Bytes {
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4).fill(filler);
  padded.set(bytes);
  return padded;
}
