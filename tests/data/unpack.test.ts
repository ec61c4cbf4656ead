import { describe, expect, it } from 'vitest';
import { listPacked } from '../../src/data/unpack';
import { zipOf } from './zipped';

const text = (value: string) => new TextEncoder().encode(value);
const entry = (name: string, bytes: Uint8Array, effort: 0 | 6 = 6) => ({ name, bytes, effort });

/** Where the directory's entry of the only file is. */
const directoryAt = (zip: Uint8Array) => Buffer.from(zip).lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));

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
    files.forEach((file, i) => expect(Buffer.compare(file.unpack(), packed[i]!)).toBe(0));
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
