import { describe, expect, it } from 'vitest';
import { gzipSync, crc32 as referenceCrc } from 'node:zlib';
import fc from 'fast-check';
import { crc32 } from '../../src/kernels/crc32';
import { gunzipPieces } from '../../src/data/gzip';
import { listPacked, listZip, packedFiles } from '../../src/data/unpack';
import { zip64 } from './zip64';
import { zipOf } from './zipped';

const text = (value: string) => new TextEncoder().encode(value);
const entry = (name: string, bytes: Uint8Array, effort: 0 | 6 = 6) => ({ name, bytes, effort });

/** Where the directory's entry of the only file is. */
const directoryAt = (zip: Uint8Array) => Buffer.from(zip).lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));

describe('the checksum', () => {
  it('is that of zlib, of a text in parts too', () => {
    expect(crc32(text('123456789'))).toBe(0xcbf43926);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, at) => {
        expect(crc32(bytes)).toBe(referenceCrc(bytes));
        expect(crc32(bytes.subarray(at), crc32(bytes.subarray(0, at)))).toBe(referenceCrc(bytes));
      }),
    );
  });
});

describe('gzip', () => {
  it('is checked member by member, whatever pieces it comes in', async () => {
    const parts = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(parts, fc.integer({ min: 1, max: 30 }), fc.nat(), async (parts, size, seed) => {
        const packed = new Uint8Array(Buffer.concat(parts.map((part) => gzipSync(part))));
        const unpack = async (bytes: Uint8Array) => {
          const found: Uint8Array[] = [];
          for await (const piece of gunzipPieces('a.gz', cut(bytes, size), bytes.length)) found.push(piece);
          return Buffer.concat(found);
        };
        expect(await unpack(packed)).toEqual(Buffer.concat(parts));
        const end = gzipSync(parts[0]!).length;
        packed[end - 1 - (seed % 8)]! ^= 1 << (seed % 7);
        await expect(unpack(packed)).rejects.toThrow(/its (checksum|length) is another/);
      }),
    );
  });
});

async function* cut(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('an archive, entry by entry', () => {
  it('gives back what was packed, stored or deflated, folders and empty files too', () => {
    const long = new Uint8Array(300_000).map((_, i) => (i * i) % 251);
    const zip = zipOf([
      entry('a/b.txt', text('olá')),
      entry('long', long),
      entry('stored', long, 0),
      entry('none', text('')),
      entry('folder/', text('')),
    ]);
    const files = listPacked('z.zip', zip);
    expect(files.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['a/b.txt', 4],
      ['long', 300_000],
      ['stored', 300_000],
      ['none', 0],
    ]);
    const packed = [text('olá'), long, long, text('')];
    files.forEach((file, i) => {
      expect(Buffer.compare(file.unpack(), packed[i]!)).toBe(0);
      expect(Buffer.compare(Buffer.concat([...file.pieces()]), packed[i]!)).toBe(0);
    });
    expect(listZip('z.zip', zip)).toEqual(['a/b.txt', 'long', 'stored', 'none']);
  });

  it('may be of 64-bit form', () => {
    const entries = ['a', 'bcd'].map((name) => ({ name, bytes: text(name), checksum: referenceCrc(name) }));
    const zip = zip64(entries);
    expect(listPacked('z.zip', zip).map(({ name, unpack }) => [name, unpack()])).toEqual(
      entries.map(({ name, bytes }) => [name, bytes]),
    );
  });

  it('may have a directory longer than what is read of it at a time, and a comment behind it', () => {
    const entries = Array.from({ length: 3000 }, (_, i) => {
      const name = `${'folder/'.repeat(9)}${i}`;
      return { name, bytes: text(name), checksum: referenceCrc(name) };
    });
    const zips = [zipOf(entries.map(({ name, bytes }) => entry(name, bytes, 0))), zip64(entries)];
    for (const zip of zips) {
      const commented = Buffer.concat([zip, text('a comment')]);
      commented.writeUInt16LE(9, zip.length - 2);
      const asked: number[] = [];
      const parts = {
        length: commented.length,
        subarray: (begin: number, end: number) => {
          asked.push(end - begin);
          return Uint8Array.from(commented.subarray(begin, end));
        },
      };
      const files = listPacked('z.zip', parts);
      expect(asked.length).toBeLessThan(12);
      expect(Math.max(...asked)).toBeLessThan(70_000);
      expect(files.map(({ name, unpack }) => [name, new TextDecoder().decode(unpack())])).toEqual(
        entries.map(({ name }) => [name, name]),
      );
    }
  });

  it('tells a wrong checksum, a password and a missing disk by name', () => {
    const zip = zipOf([entry('a', text('abc')), entry('b', text('abc'), 0)]);
    const bend = (at: number, value: number) => {
      const bent = zip.slice();
      new DataView(bent.buffer).setUint16(at, value, true);
      return bent;
    };
    const unpack = (bytes: Uint8Array) => listPacked('z.zip', bytes).map((file) => file.unpack());
    expect(() => unpack(bend(directoryAt(zip) + 16, 7))).toThrow('b is damaged: its checksum');
    expect(() => unpack(bend(directoryAt(zip) + 8, 1))).toThrow('b has a password');
    expect(() => unpack(bend(zip.length - 18, 1))).toThrow('z.zip is one part of several');
    // What nobody asks for may be damaged.
    const wanted = packedFiles('z.zip', bend(directoryAt(zip) + 16, 7), (name) => name === 'a');
    expect([...wanted.values()].map((file) => file.unpack())).toEqual([text('abc')]);
  });

  it('unpacks no more than an entry declares', () => {
    const zip = zipOf([entry('bomb', new Uint8Array(5_000_000))]);
    new DataView(zip.buffer).setUint32(directoryAt(zip) + 24, 1000, true);
    const [bomb] = listPacked('z.zip', zip);
    expect(bomb!.bytes).toBe(1000);
    expect(() => bomb!.unpack()).toThrow(/bomb: more than \d+ bytes instead of 1000/);
  });

  it('refuses less than an entry declares, and an archive that is cut short or none', () => {
    const zip = zipOf([entry('short', text('abc'))]);
    new DataView(zip.buffer).setUint32(directoryAt(zip) + 24, 7, true);
    expect(() => listPacked('z.zip', zip)[0]!.unpack()).toThrow('short: 3 bytes instead of 7');
    expect(() => listPacked('z.zip', zip.slice(0, -30))).toThrow('its end is missing');
    expect(() => listPacked('z.zip', text('no archive'))).toThrow('its end is missing');
  });

  it.each(['../out', 'a/../../out', '/etc/passwd', 'C:\\out', 'a\\..\\out'])('refuses the name %s', (name) => {
    const zip = zipOf([entry('fine', text('x')), entry(name, text('x'))]);
    expect(() => listPacked('z.zip', zip)).toThrow(name);
  });
});
