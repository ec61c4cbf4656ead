/** The kernel that writes float32 as decimals (assembly/decimals.ts) with a memory of its own, typed. */
import { startKernel, type Started } from './start';
import bytes from './assembly/decimals.ts?kernel';

/** The kernel's function, as the file of assembly/ describes it. Addresses are in bytes. */
interface Exports {
  writeDecimals(numbers: number, count: number, separator: number, powers: number, pairs: number, to: number): number;
}

/** Numbers that are written at once. */
export const mostDecimals = 4096;
/** The longest is a whole number of 21 digits with its sign, and the separator. */
const decimalBytes = 24;
/** Powers of ten that the kernel multiplies with. */
const powers = { least: -31, most: 45 };

type Area = 'numbers' | 'powers' | 'pairs' | 'text';

interface Kernel extends Started<Exports, Area> {
  readonly numbers: Float32Array;
}

let kernel: Kernel | undefined;

/**
 * ASCII of the numbers, at most `mostDecimals`: each as JavaScript writes the shortest decimal that reads back to the bit of float32 (-0 as
 * -0.0), and after each the separator, a character of ASCII. The bytes are the kernel's own: they hold until the next call.
 */
export function writeDecimals(numbers: Float32Array, separator: string): Uint8Array<ArrayBuffer> {
  kernel ??= createKernel();
  if (numbers.length > mostDecimals) throw new RangeError(`${numbers.length} numbers, more than ${mostDecimals}`);
  const { run, at, buffer } = kernel;
  kernel.numbers.set(numbers);
  const code = separator.charCodeAt(0);
  const end = run.writeDecimals(at.numbers, numbers.length, code, at.powers, at.pairs, at.text);
  return new Uint8Array(buffer, at.text, end - at.text);
}

function createKernel(): Kernel {
  const tens = tableOfTens();
  const started = startKernel<Exports, Area>(bytes, {
    numbers: mostDecimals * Float32Array.BYTES_PER_ELEMENT,
    powers: tens.byteLength,
    pairs: 200,
    text: mostDecimals * decimalBytes,
  });
  const { buffer, at } = started;
  new BigUint64Array(buffer, at.powers, tens.length).set(tens);
  const pairs = Array.from({ length: 100 }, (_, pair) => String(pair).padStart(2, '0'));
  new TextEncoder().encodeInto(pairs.join(''), new Uint8Array(buffer, at.pairs, 200));
  return { ...started, numbers: new Float32Array(buffer, at.numbers, mostDecimals) };
}

/** 10^e, times a power of two so that it has 64 bits, rounded down, plus 1: for each e from the least to the most. */
function tableOfTens(): BigUint64Array {
  const tens = new BigUint64Array(powers.most - powers.least + 1);
  for (let e = powers.least; e <= powers.most; e++) {
    // With so many bits behind it that all 64 are there, of a fraction too.
    const scaled = e < 0 ? (1n << 256n) / 10n ** BigInt(-e) : (10n ** BigInt(e)) << 256n;
    const bits = scaled.toString(2).length;
    tens[e - powers.least] = (scaled >> BigInt(bits - 64)) + 1n;
  }
  return tens;
}
