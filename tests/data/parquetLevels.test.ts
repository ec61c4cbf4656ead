import fc from 'fast-check';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { describe, expect, it } from 'vitest';
import { readLevels } from '../../src/data/parquetLevels';

/** A run as the format has it, and the levels that it stands for. */
interface Run {
  readonly bytes: readonly number[];
  readonly levels: readonly number[];
}

const varint = (value: number): number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(Math.floor(value / 0x80))];

const equalRun = (level: number, times: number): Run => ({
  bytes: [...varint(times * 2), level],
  levels: Array.from({ length: times }, () => level),
});

/** Levels of `width` bits, the least significant bit first: written as one number here, group by group. */
function packedRun(groups: readonly (readonly number[])[], width: number): Run {
  const bytes = groups.flatMap((group) => {
    const bits = group.reduce((sum, level, i) => sum | (BigInt(level) << BigInt(i * width)), 0n);
    return Array.from({ length: width }, (_, i) => Number((bits >> BigInt(i * 8)) & 0xffn));
  });
  return { bytes: [...varint(groups.length * 2 + 1), ...bytes], levels: groups.flat() };
}

const pages = fc.integer({ min: 1, max: 7 }).chain((most) => {
  const width = 32 - Math.clz32(most);
  const level = fc.nat(most);
  const equal = fc.tuple(level, fc.integer({ min: 1, max: 400 })).map((run) => equalRun(...run));
  const group = fc.array(level, { minLength: 8, maxLength: 8 });
  const packed = fc.array(group, { minLength: 1, maxLength: 4 }).map((groups) => packedRun(groups, width));
  return fc.record({
    most: fc.constant(most),
    width: fc.constant(width),
    usual: level,
    runs: fc.array(fc.oneof(equal, packed), { minLength: 1, maxLength: 6 }),
    cut: fc.nat(7),
    before: fc.nat(3),
  });
});

describe('levels of a page', () => {
  it('are those of their runs, and those that hyparquet reads', () => {
    fc.assert(
      fc.property(pages, fc.boolean(), ({ most, width, usual, runs, cut, before }, isTold) => {
        const body = runs.flatMap(({ bytes }) => bytes);
        const all = runs.flatMap(({ levels }) => levels);
        // The last run may hold more than there are.
        const count = Math.max(1, all.length - cut);
        const length = isTold ? body.length : undefined;
        const told = isTold ? [] : [body.length, 0, 0, 0];
        const bytes = Uint8Array.from([...Array<number>(before).fill(255), ...told, ...body, 1, 2, 3]);
        const view = new DataView(bytes.buffer);
        const reader = { view, offset: before };
        const found = readLevels(reader, most, usual, count, length);
        const levels = all.slice(0, count);
        expect(found && [...found]).toEqual(
          levels.every((level) => level === usual) ? undefined : levels.map((level) => level ^ usual),
        );
        expect(reader.offset).toBe(bytes.length - 3);
        const theirs = new Uint8Array(count);
        readRleBitPackedHybrid({ view, offset: before }, width, theirs, length);
        expect([...theirs]).toEqual(levels);
      }),
    );
  });

  it('are none where there is one level alone', () => {
    const reader = { view: new DataView(new ArrayBuffer(0)), offset: 0 };
    expect(readLevels(reader, 0, 0, 5, undefined)).toBeUndefined();
    expect(reader.offset).toBe(0);
  });

  it('that end too early, or never begin, are refused', () => {
    const read = (...bytes: number[]) =>
      readLevels({ view: new DataView(Uint8Array.from(bytes).buffer), offset: 0 }, 1, 0, 9, undefined);
    expect([...read(4, 0, 0, 0, 0x10, 1, 0x02, 0)!]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0]);
    for (const bytes of [
      [2, 0, 0, 0, 0x10, 1],
      [99, 0, 0, 0, 0x10, 1],
      [2, 0, 0, 0, 0x05, 255],
      [9, 0, 0, 0, 0, 1, 0, 1],
      [1, 0, 0, 0, 0x80],
    ])
      expect(() => read(...bytes)).toThrow('levels end too early');
  });
});
