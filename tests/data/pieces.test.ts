/** Files in pieces: how they are gathered, as lines and as archives. */
import { unzipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/kernels/crc32';
import { encodeLines, type Line } from '../../src/data/encodeLines';
import { gatherPieces, joinPieces, pieceBytes, type Bytes } from '../../src/data/pieces';
import { listPacked } from '../../src/data/unpack';
import { writeZip, type ZipEntry } from '../../src/data/zipWrite';
import { codeOf } from './codeOf';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('pieces', () => {
  it('are gathered from parts of any size, in order, and never larger than 4 MB', () => {
    const sizes = [0, 1, pieceBytes - 1, 5, pieceBytes, 3, 9 * pieceBytes, 0, 2];
    const parts = sizes.map((size, part) => new Uint8Array(size).fill(part + 1));
    const lengths: number[] = [];
    function* told(): Generator<Bytes> {
      for (const piece of gatherPieces(parts)) {
        lengths.push(piece.length);
        yield piece;
      }
    }
    expect(Buffer.compare(joinPieces(told()), Buffer.concat(parts))).toBe(0);
    expect(lengths).toEqual([pieceBytes, 5, pieceBytes, 3, 4 * pieceBytes, 4 * pieceBytes, pieceBytes, 2]);
  });

  it('that are large are views of what was given', () => {
    const part = new Uint8Array(pieceBytes);
    const [piece] = gatherPieces([part]);
    expect(piece!.buffer).toBe(part.buffer);
  });
});

describe('lines', () => {
  const written = (lines: Iterable<Line>) => joinPieces(encodeLines(lines));

  it('are UTF-8 whatever stands at the end of a piece', () => {
    // Each of 1 to 4 bytes, so that borders of pieces fall within each kind.
    const text = 'aé€𝒜'.repeat(500_000);
    for (const before of ['', 'x', 'xx', 'xxx']) {
      expect(Buffer.compare(written([before + text]), utf8(`${before}${text}\n`))).toBe(0);
    }
  });

  it('have U+FFFD for U+0000 and for halves of surrogate pairs', () => {
    expect(written(['a\0b', ['\0', '\ud800', '|', '\udc00']])).toEqual(utf8('a\uFFFDb\n\uFFFD\uFFFD|\uFFFD\n'));
  });

  it('have numbers among texts, however many, and nothing for none', () => {
    const numbers = Float32Array.from({ length: 200_000 }, (_, i) => i / 8);
    const line = ['[', { numbers, separator: ',' }, ']', { numbers: new Float32Array(0), separator: ' ' }] as const;
    const text = `[${numbers.join(',')}]\n`;
    expect(Buffer.compare(written([line, line]), utf8(text + text))).toBe(0);
  });

  it('of two files that are written in turn stay apart', () => {
    const lines = (value: number): Line[] => {
      const numbers = new Float32Array(500_000).fill(value);
      return [[{ numbers, separator: ' ' }]];
    };
    const [a, b] = [encodeLines(lines(0.25)), encodeLines(lines(0.75))];
    const first = a.next().value;
    const copy = first!.slice();
    b.next();
    expect(Buffer.compare(first!, copy)).toBe(0);
    expect(Buffer.from(first!.subarray(0, 10)).toString()).toBe('0.25 0.25 ');
  });
});

describe('crc32', () => {
  it('is that of the standard, in one part and in several', () => {
    // The check value of CRC-32/ISO-HDLC in Greg Cook's catalogue.
    expect(crc32(utf8('123456789'))).toBe(0xcbf43926);
    const slow = (bytes: Uint8Array) => {
      let crc = ~0;
      for (const byte of bytes) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
      }
      return ~crc >>> 0;
    };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ maxLength: 100 }), (a, b) => {
        const both = Uint8Array.from([...a, ...b]);
        expect(crc32(both)).toBe(slow(both));
        expect(crc32(b, crc32(a))).toBe(crc32(both));
        expect(crc32(both.subarray(a.length))).toBe(crc32(b));
      }),
    );
  });
});

describe('an archive in pieces', () => {
  const long = new Uint8Array(3_000_000).map((_, i) => (i * i) % 251);
  const entries: ZipEntry[] = [
    { name: 'stored', pieces: () => [long.subarray(0, 1000), long.subarray(1000)], effort: 0 },
    { name: 'once', pieces: () => [long], effort: 0, once: true },
    { name: 'fast', pieces: () => [long], effort: 1 },
    { name: 'ção/well', pieces: () => [utf8('a'), utf8('b')], effort: 6 },
    { name: 'nothing', pieces: () => [], effort: 0 },
    { name: 'no lines', pieces: () => [], effort: 6 },
  ];
  const contents = {
    stored: long,
    once: long,
    fast: long,
    'ção/well': utf8('ab'),
    nothing: utf8(''),
    'no lines': utf8(''),
  };

  it('is read by its directory, here and by fflate', () => {
    const zip = joinPieces(writeZip(entries));
    const unzipped = unzipSync(zip);
    expect(Object.keys(unzipped)).toEqual(Object.keys(contents));
    const packed = new Map(listPacked('z.zip', zip).map((file) => [file.name, file.unpack()]));
    for (const [name, bytes] of Object.entries(contents)) {
      expect(Buffer.compare(unzipped[name]!, bytes)).toBe(0);
      expect(Buffer.compare(packed.get(name)!, bytes)).toBe(0);
    }
  });

  it('has length and checksum before what is stored, and behind what is made once', () => {
    const [stored, once] = ([0, 1] as const).map((i) => new DataView(joinPieces(writeZip([entries[i]!])).buffer));
    const sum = crc32(long);
    expect([stored!.getUint16(6, true), stored!.getUint32(14, true), stored!.getUint32(18, true)]).toEqual([
      0,
      sum,
      long.length,
    ]);
    expect([once!.getUint16(6, true), once!.getUint32(14, true), once!.getUint32(18, true)]).toEqual([8, 0, 0]);
    const behind = 30 + 'once'.length + long.length;
    const descriptor = [0, 4, 8, 12].map((at) => once!.getUint32(behind + at, true));
    expect(descriptor).toEqual([0x08074b50, sum, long.length, long.length]);
  });

  it('of 4 GB is refused', () => {
    const huge = { name: 'huge', pieces: () => [new Uint8Array(2 ** 32 - 1)], effort: 0 } as const;
    expect(codeOf(() => joinPieces(writeZip([huge])))).toBe('exportTooLarge');
  });
});
