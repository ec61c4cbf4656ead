/** Archives of 64-bit form, as writers make them of what is larger than 4 GB, or of more than 65,535 files. */
import { joined } from './broken/broken';

export interface Entry64 {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly checksum: number;
  /** What the directory says of its size, where that is not so. */
  readonly size?: number;
}

/** An archive whose numbers all stand in 64-bit fields. `count`: what its end says of how many files there are. */
export function zip64(entries: readonly Entry64[], count = entries.length): Uint8Array {
  let offset = 0;
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  for (const { name, bytes, checksum, size = bytes.length } of entries) {
    const local = joined(
      fields([4, 0x04034b50], [2, 45], [2, 0], [2, 0], [4, 0], [4, checksum], [4, 0xffffffff], [4, 0xffffffff]),
      fields([2, name.length], [2, 20]),
      name,
      fields([2, 1], [2, 16], [8, bytes.length], [8, bytes.length]),
      bytes,
    );
    directory.push(
      joined(
        fields([4, 0x02014b50], [2, 45], [2, 45], [2, 0], [2, 0], [4, 0], [4, checksum]),
        fields([4, 0xffffffff], [4, 0xffffffff], [2, name.length], [2, 32], [2, 0], [2, 0], [2, 0], [4, 0]),
        fields([4, 0xffffffff]),
        name,
        // Another field may come before it.
        fields([2, 0x5455], [2, 0], [2, 1], [2, 24], [8, size], [8, bytes.length], [8, offset]),
      ),
    );
    files.push(local);
    offset += local.length;
  }
  const listed = joined(...directory);
  return joined(
    ...files,
    listed,
    fields([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, count], [8, count]),
    fields([8, listed.length], [8, offset]),
    fields([4, 0x07064b50], [4, 0], [8, offset + listed.length], [4, 1]),
    fields([4, 0x06054b50], [2, 0], [2, 0], [2, 0xffff], [2, 0xffff], [4, 0xffffffff], [4, 0xffffffff], [2, 0]),
  );
}

/** Little-endian numbers, each with how many bytes it has. */
function fields(...numbers: readonly (readonly [width: 2 | 4 | 8, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(numbers.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of numbers) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return bytes;
}
