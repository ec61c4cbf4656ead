/**
 * The shortest decimals of float32, as text: compiled by scripts/vite/kernels.ts, typed by ../decimals.ts. By Schubfach (Raffaello
 * Giulietti, The Schubfach way to render doubles, 2020), for float32 with powers of ten of 64 bits.
 *
 * A number is c 2^q with a whole c. The decimals between the midpoints to its neighbours read back as it. Let 10^k be the largest power of
 * ten that is no wider than that interval: of its multiples at least one lies in it, and of those of 10^(k+1) at most one. If one of
 * the latter does, it is the shortest, and else the nearest of the former is. What is compared is counted in quarters of 10^k and
 * rounded to odd: what is not whole becomes the odd number beside it, which compares with even ones as the exact number does.
 */

const fractionBits = 23;
const hidden: u32 = 1 << fractionBits;
const infinity: u32 = 0xff << fractionBits;
/** The bits of the first number that is not below 1e-6, and of 1. */
const smallest: u32 = 0x3586_37bd;
const one: u32 = 0x3f80_0000;
/** The exponent q of the smallest numbers. */
const leastExponent = -149;
/** The first power of ten of the table. */
const leastPower = -31;

const minus = 0x2d;
const plus = 0x2b;
const point = 0x2e;
const zero = 0x30;
const letterE = 0x65;
/** Eight times the digit. */
const zeros: u64 = ((<u64>0x3030_3030) << 32) | 0x3030_3030;

/**
 * Writes numbers as JavaScript writes the shortest decimals that float32 reads back to the bit, of these the nearest, and of two as near
 * the even one: -0 as -0.0, what is not finite as NaN, Infinity and -Infinity. The separator stands after each number.
 * @param numbers count of float32
 * @param separator one byte
 * @param powers of ten from 10^`leastPower` to 10^45, as uint64: 10^e, times a power of two so that the highest bit is set, rounded
 * down, plus 1
 * @param pairs the digits from 00 to 99
 * @param to room for 24 bytes a number
 * @returns the address behind what was written
 */
export function writeDecimals(
  numbers: usize,
  count: i32,
  separator: i32,
  powers: usize,
  pairs: usize,
  to: usize,
): usize {
  for (let i = 0; i < count; i++) {
    to = writeDecimal(load<u32>(numbers + ((<usize>i) << 2)), powers, pairs, to);
    store<u8>(to++, <u8>separator);
  }
  return to;
}

function writeDecimal(bits: u32, powers: usize, pairs: usize, to: usize): usize {
  const size = bits & 0x7fff_ffff;
  if (size > infinity) {
    // NaN, little-endian.
    store<u32>(to, 0x4e_61_4e);
    return to + 3;
  }
  // Written whichever it is: of signs, half would be guessed wrongly.
  store<u8>(to, minus);
  to += bits >> 31;
  if (size === infinity) {
    // Infinity, little-endian, in two halves.
    store<u32>(to, 0x69_66_6e_49);
    store<u32>(to + 4, 0x79_74_69_6e);
    return to + 8;
  }
  if (size === 0) {
    if (bits === 0) return writeZeros(to, 1);
    store<u32>(to, 0x30_2e_30);
    return to + 3;
  }
  const decimal = shortest(size, powers);
  const digits = <u32>decimal;
  const power = <i32>(decimal >> 32);
  // From 1e-6 to 1, as nearly all coordinates of unit vectors are, and as few others.
  if (size >= smallest && size < one) return writeFraction(digits, power, to);
  return writeNotation(digits, power, pairs, to);
}

/** A number from 1e-6 to 1, without a loop: how many digits there are, and how many zeros at their end, cannot be guessed. */
function writeFraction(digits: u32, power: i32, to: usize): usize {
  /** Places behind the point, once there are nine digits. */
  let places = -power;
  while (digits < 100_000) {
    digits *= 10_000;
    places += 4;
  }
  const isSeven = digits < 10_000_000;
  digits = select<u32>(digits * 100, digits, isSeven);
  places += select<i32>(2, 0, isSeven);
  const isEight = digits < 100_000_000;
  digits = select<u32>(digits * 10, digits, isEight);
  places += select<i32>(1, 0, isEight);
  const first = digits / 100_000_000;
  const eight = eightDigits(digits - first * 100_000_000);
  // 0.000000, of which digits take the end.
  store<u64>(to, (zeros & ~0xff00) | (point << 8));
  to += 2 + places - 9;
  store<u8>(to, <u8>(zero + first));
  store<u64>(to, eight | zeros, 1);
  return to + 9 - ((<usize>clz<u64>(eight)) >> 3);
}

/** The digits of a number below 10^8, the first in the lowest byte. Halves are taken apart side by side (quotients by products, exact here). */
function eightDigits(value: u32): u64 {
  const thousands = value / 10_000;
  const fours = (<u64>thousands) | ((<u64>(value - thousands * 10_000)) << 32);
  const hundreds = ((fours * 10_486) >> 20) & 0x0000_007f_0000_007f;
  const twos = hundreds | ((fours - hundreds * 100) << 16);
  const tens = ((twos * 103) >> 10) & 0x000f_000f_000f_000f;
  return tens | ((twos - tens * 10) << 8);
}

/** The digits of the shortest decimal in the lower 32 bits, zeros at their end among them, and the power of ten that they count. */
function shortest(size: u32, powers: usize): u64 {
  const field = <i32>(size >> fractionBits);
  const fraction = size & (hidden - 1);
  const c = field > 0 ? hidden | fraction : fraction;
  const q = leastExponent + max(field - 1, 0);
  // Below a power of two numbers stand twice as close.
  const isClose = fraction === 0 && field > 1;
  const k = isClose ? log10OfThreeQuarters(q) : log10OfPower(q);
  const g = load<u64>(powers + ((<usize>(-k - leastPower)) << 3));
  const shift = q + log2OfPowerOfTen(-k) + 1;
  const middle = product(g, (c << 2) << shift);
  // An odd c is read from its midpoints as its even neighbours.
  const odd = c & 1;
  const low = product(g, ((c << 2) - (isClose ? 1 : 2)) << shift) + odd;
  const high = product(g, ((c << 2) + 2) << shift) - odd;
  const down = middle >> 2;
  const tens = down / 10;
  // No branches: which of them it is cannot be guessed.
  const isTensIn = u32(low <= tens * 40);
  const isNextTensIn = u32(tens * 40 + 40 <= high);
  const isDownIn = u32(low <= down << 2);
  const isUpIn = u32((down << 2) + 4 <= high);
  const half = (down << 2) + 2;
  const isUpNearer = u32(middle > half) | (u32(middle === half) & down & 1);
  const up = select<u32>(isUpIn, isUpNearer, isDownIn ^ isUpIn);
  // Of fewer than 10 there is no shorter one.
  const isShort = (isTensIn | isNextTensIn) & u32(down >= 10);
  return pack(select<u32>(tens + (isNextTensIn & ~isTensIn), down + up, isShort), k + isShort);
}

function pack(digits: u32, power: i32): u64 {
  return ((<u64>(<u32>power)) << 32) | digits;
}

/** The highest 32 bits of the 96 of a product, rounded to odd. g is up to one too large: that is not yet a difference. */
function product(g: u64, factor: u32): u32 {
  const low = (g & 0xffff_ffff) * factor;
  const high = (g >> 32) * factor + (low >> 32);
  return (<u32>(high >> 32)) | u32(<u32>high > 1);
}

/** The floors of log10(2^q), of log10(3/4 2^q) and of log2(10^e), exact for all exponents of float32. */
function log10OfPower(q: i32): i32 {
  return (q * 315653) >> 20;
}

function log10OfThreeQuarters(q: i32): i32 {
  return (q * 315653 - 131008) >> 20;
}

function log2OfPowerOfTen(e: i32): i32 {
  return (e * 217706) >> 16;
}

/** A number that is no such fraction, as ECMAScript's Number::toString has it. */
function writeNotation(digits: u32, power: i32, pairs: usize, to: usize): usize {
  while (digits % 10 === 0) {
    digits /= 10;
    power++;
  }
  const count = countDigits(digits);
  /** How many of the digits, or of zeros, stand before the point. */
  const whole = count + power;
  if (power >= 0 && whole <= 21) return writeZeros(writeDigits(digits, count, pairs, to), power);
  if (whole > 0 && whole <= 21) return writeSplit(digits, count, whole, pairs, to);
  to = count > 1 ? writeSplit(digits, count, 1, pairs, to) : writeDigits(digits, 1, pairs, to);
  const written = whole - 1;
  store<u16>(to, letterE | ((written < 0 ? minus : plus) << 8));
  const places = <u32>abs(written);
  return writeDigits(places, countDigits(places), pairs, to + 2);
}

/** With a point after the first `whole` digits. */
function writeSplit(digits: u32, count: i32, whole: i32, pairs: usize, to: usize): usize {
  const end = writeDigits(digits, count, pairs, to + 1);
  for (let i = 0; i < whole; i++) store<u8>(to + i, load<u8>(to + i + 1));
  store<u8>(to + whole, point);
  return end;
}

function writeDigits(digits: u32, count: i32, pairs: usize, to: usize): usize {
  let at = to + count;
  while (digits >= 100) {
    const rest = digits / 100;
    store<u16>((at -= 2), load<u16>(pairs + ((digits - rest * 100) << 1)));
    digits = rest;
  }
  if (digits >= 10) store<u16>(at - 2, load<u16>(pairs + (digits << 1)));
  else store<u8>(at - 1, <u8>(zero + digits));
  return to + count;
}

function writeZeros(to: usize, count: i32): usize {
  for (let i = 0; i < count; i++) store<u8>(to + i, zero);
  return to + count;
}

/** At most 9, and of 0 one. */
function countDigits(digits: u32): i32 {
  if (digits >= 10_000_000) return digits >= 100_000_000 ? 9 : 8;
  if (digits >= 1_000_000) return 7;
  let count = 1;
  for (; digits >= 10; digits /= 10) count++;
  return count;
}
