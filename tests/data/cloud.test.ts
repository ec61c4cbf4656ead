/** The cloud's files against their specifications, and as three.js' own loaders read them. */
import fc from 'fast-check';
import { Color, Points } from 'three';
import { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js';
import { PLYLoader } from 'three/examples/jsm/loaders/PLYLoader.js';
import { describe, expect, it } from 'vitest';
import type { Dataset, Item } from '../../src/types';
import { codeOf } from './codeOf';
import { writePlainWhole } from './whole';

const plain = { vectors: false, spreadsheetSafe: false };
const items: readonly Item[] = [
  { id: 'a', text: 'zebra', group: 'animals', columns: { size: 2 } },
  { id: 'b', text: 'olá </script> \0 \uD800 日本 🎉' },
  { id: 'c', text: 'x'.repeat(10_000), group: '' },
];
const cloud: Dataset = {
  items,
  positions: { data: Float32Array.of(1, 2, 3, -4, 5, -6, 7.1, 0, 0), rows: 3, dim: 3 },
  colours: Uint8Array.of(255, 0, 188, 13, 14, 15, 1, 2, 3),
  space: { modelId: 'm', prompt: '{text}' },
};

interface Accessor {
  readonly bufferView: number;
  readonly componentType: number;
  readonly normalized?: boolean;
  readonly count: number;
  readonly type: string;
  readonly min?: number[];
  readonly max?: number[];
}

/** What the tests look at of a glTF file's JSON. */
interface Gltf {
  readonly asset: { version: string };
  readonly meshes: {
    primitives: { attributes: Record<string, number>; mode: number }[];
    extras: Record<string, unknown>;
  }[];
  readonly accessors: Accessor[];
  readonly bufferViews: { buffer: number; byteOffset: number; byteLength: number }[];
  readonly buffers: { byteLength: number; uri?: string }[];
}

/** Reads a GLB as section 4.4 of the glTF 2.0 specification lays it out, and checks what that demands. */
function readGlb(bytes: Uint8Array): { json: Gltf; binary: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number) => view.getUint32(at, true);
  expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe('glTF');
  expect([word(4), word(8)]).toEqual([2, bytes.length]);
  const jsonLength = word(12);
  expect(new TextDecoder().decode(bytes.subarray(16, 20))).toBe('JSON');
  const binaryLength = word(20 + jsonLength);
  expect(word(24 + jsonLength)).toBe(0x004e4942);
  expect([jsonLength % 4, binaryLength % 4]).toEqual([0, 0]);
  expect(28 + jsonLength + binaryLength).toBe(bytes.length);
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(20, 20 + jsonLength));
  // The tests' own reading of a file that they have just written.
  const json = JSON.parse(text) as Gltf;
  expect(json.asset.version).toBe('2.0');
  expect(json.buffers).toEqual([{ byteLength: binaryLength }]);
  const widths: Readonly<Record<string, number>> = { '5126 VEC3': 12, '5123 VEC4': 8 };
  for (const { bufferView, componentType, type, count } of json.accessors) {
    const { byteOffset, byteLength } = json.bufferViews[bufferView]!;
    expect(byteOffset % 4).toBe(0);
    expect(byteOffset + byteLength).toBeLessThanOrEqual(binaryLength);
    expect(count * widths[`${componentType} ${type}`]!).toBe(byteLength);
  }
  return { json, binary: bytes.slice(28 + jsonLength) };
}

describe('glTF', () => {
  it('holds positions with their bounds, colours, and texts, groups, ids and columns in extras', () => {
    const { json, binary } = readGlb(writePlainWhole('glb', cloud, plain));
    const [mesh] = json.meshes;
    expect(mesh!.primitives[0]).toMatchObject({ attributes: { POSITION: 0, COLOR_0: 1 }, mode: 0 });
    const [position, colour] = json.accessors;
    expect(position).toMatchObject({ min: [-4, 0, -6], max: [Math.fround(7.1), 5, 3], count: 3 });
    expect(colour).toMatchObject({ componentType: 5123, normalized: true, type: 'VEC4' });
    expect(new Float32Array(binary.buffer, 0, 9)).toEqual(cloud.positions!.data);
    expect(mesh!.extras).toEqual({
      texts: items.map(({ text }) => text),
      ids: ['a', 'b', 'c'],
      groups: ['animals', null, ''],
      columns: [{ size: 2 }, {}, {}],
      model: 'm',
      prompt: '{text}',
    });
  });

  it('has colours as linear light: back in sRGB they are the same bytes', async () => {
    const every = Uint8Array.from({ length: 256 * 3 }, (_, i) => Math.floor(i / 3));
    const many: Dataset = {
      items: Array.from({ length: 256 }, (_, i) => ({ text: `grey ${i}` })),
      positions: { data: new Float32Array(512), rows: 256, dim: 2 },
      colours: every,
    };
    const { buffer } = writePlainWhole('glb', many, plain);
    const { scene } = await new GLTFLoader().parseAsync(buffer, '');
    const [points] = scene.children;
    if (!(points instanceof Points)) throw new Error(`${points?.type} are no points`);
    const colours = points.geometry.getAttribute('color');
    const back = Array.from({ length: 256 }, (_, i) => {
      const { r, g, b } = new Color(colours.getX(i), colours.getY(i), colours.getZ(i)).convertLinearToSRGB();
      return [r, g, b].map((channel) => Math.round(channel * 255));
    });
    expect(back).toEqual(Array.from({ length: 256 }, (_, i) => [i, i, i]));
  });

  it('is read by three.js: places, texts, and a flat map at z = 0', async () => {
    const flat: Dataset = { items, positions: { data: Float32Array.of(1, 2, 3, 4, 5, 6), rows: 3, dim: 2 } };
    const { scene } = await new GLTFLoader().parseAsync(writePlainWhole('glb', flat, plain).buffer, '');
    const [points] = scene.children;
    if (!(points instanceof Points)) throw new Error(`${points?.type} are no points`);
    expect([...points.geometry.getAttribute('position').array]).toEqual([1, 2, 0, 3, 4, 0, 5, 6, 0]);
    expect(points.geometry.hasAttribute('color')).toBe(false);
    expect(points.userData.texts).toEqual(items.map(({ text }) => text));
  });

  it('keeps any texts and positions', () => {
    const row = fc.record({
      text: fc.string({ unit: 'binary' }),
      at: fc.tuple(
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        fc.float({ noNaN: true, noDefaultInfinity: true }),
      ),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const data = Float32Array.from(rows.flatMap(({ at }) => at));
        const dataset: Dataset = {
          items: rows.map(({ text }) => ({ text })),
          positions: { data, rows: rows.length, dim: 2 },
        };
        const { json, binary } = readGlb(writePlainWhole('glb', dataset, plain));
        expect(json.meshes[0]!.extras).toEqual({ texts: rows.map(({ text }) => text) });
        const places = new Float32Array(binary.buffer, 0, rows.length * 3);
        rows.forEach((_, i) => expect(places.slice(i * 3, i * 3 + 2)).toEqual(data.slice(i * 2, i * 2 + 2)));
        expect(json.accessors[0]!.min).toHaveLength(3);
      }),
    );
  });
});

describe('PLY', () => {
  it('holds places and colours, byte by byte', () => {
    const bytes = writePlainWhole('ply', cloud, plain);
    const header = `ply
format binary_little_endian 1.0
comment Constela
element vertex 3
property float x
property float y
property float z
property uchar red
property uchar green
property uchar blue
end_header
`;
    expect(new TextDecoder().decode(bytes.subarray(0, header.length))).toBe(header);
    const body = new DataView(bytes.buffer, header.length);
    expect(body.byteLength).toBe(3 * 15);
    expect([0, 4, 8].map((at) => body.getFloat32(15 + at, true))).toEqual([-4, 5, -6]);
    expect([12, 13, 14].map((at) => body.getUint8(15 + at))).toEqual([13, 14, 15]);
  });

  it('is read by three.js, with colours and without', () => {
    const coloured = new PLYLoader().parse(writePlainWhole('ply', cloud, plain).buffer);
    expect([...coloured.getAttribute('position').array]).toEqual([...cloud.positions!.data]);
    const colours = coloured.getAttribute('color');
    const {
      r: red,
      g: green,
      b: blue,
    } = new Color(colours.getX(0), colours.getY(0), colours.getZ(0)).convertLinearToSRGB();
    expect([red, green, blue].map((channel) => Math.round(channel * 255))).toEqual([255, 0, 188]);
    const { items: same, positions } = cloud;
    const plainly = new PLYLoader().parse(
      writePlainWhole('ply', { items: same, ...(positions && { positions }) }, plain).buffer,
    );
    expect(plainly.hasAttribute('color')).toBe(false);
    expect(plainly.getAttribute('position').count).toBe(3);
  });
});

describe.each(['glb', 'ply'] as const)('%s', (format) => {
  it('says that it needs positions, and refuses colours of other rows', () => {
    expect(codeOf(() => writePlainWhole(format, { items }, plain))).toBe('cloudNeedsPositions');
    expect(codeOf(() => writePlainWhole(format, { ...cloud, items: [] }, plain))).toBe('exportEmpty');
    expect(() => writePlainWhole(format, { ...cloud, colours: new Uint8Array(6) }, plain)).toThrow(RangeError);
  });
});
