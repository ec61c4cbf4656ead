/** Random numbers, sums and powers in the four lanes of a vector register. */

/** Added to a small number, 1.5 x 2^23 leaves its integer in the lowest bits, two's complement: a conversion is slower. */
const toInteger: f32 = 12582912;
/** The same for numbers from 0 to 2^23 - 1: 2^23. */
const toIndex: f32 = 8388608;

/** Four different generators for a seed: the finaliser of MurmurHash3 (Appleby), never zero. */
export function seedLanes(seed: i32): v128 {
  let mixed = i32x4.add(i32x4.splat(seed), i32x4(0x3c6ef372, 0x1e3779b9, 0x5851f42d, 0x14057b7e));
  mixed = i32x4.mul(v128.xor(mixed, i32x4.shr_u(mixed, 16)), i32x4.splat(<i32>0x85ebca6b));
  mixed = i32x4.mul(v128.xor(mixed, i32x4.shr_u(mixed, 13)), i32x4.splat(<i32>0xc2b2ae35));
  mixed = v128.xor(mixed, i32x4.shr_u(mixed, 16));
  return v128.or(mixed, i32x4.splat(1));
}

/** xorshift32 (Marsaglia 2003, Journal of Statistical Software 8) in each lane. */
export function nextLanes(state: v128): v128 {
  let next = v128.xor(state, i32x4.shl(state, 13));
  next = v128.xor(next, i32x4.shr_u(next, 17));
  return v128.xor(next, i32x4.shl(next, 5));
}

/** Row numbers below `range` (less than 2^23), from the upper 23 bits. */
export function rowsOf(random: v128, range: v128): v128 {
  const unit = f32x4.splat(1);
  const share = f32x4.sub(v128.or(i32x4.shr_u(random, 9), unit), unit);
  const floor = f32x4.floor(f32x4.mul(share, range));
  return v128.and(f32x4.add(floor, f32x4.splat(toIndex)), i32x4.splat(0x7fffff));
}

/** The sums of the lanes of four vectors, one a lane. */
export function sumLanes(w: v128, x: v128, y: v128, z: v128): v128 {
  const wx = f32x4.add(
    i8x16.shuffle(w, x, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23),
    i8x16.shuffle(w, x, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31),
  );
  const yz = f32x4.add(
    i8x16.shuffle(y, z, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23),
    i8x16.shuffle(y, z, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31),
  );
  return f32x4.add(
    i8x16.shuffle(wx, yz, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
    i8x16.shuffle(wx, yz, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31),
  );
}

/** Lane `lane` in all four. */
export function spread(lanes: v128, lane: i32): v128 {
  return f32x4.splat(
    lane === 0
      ? f32x4.extract_lane(lanes, 0)
      : lane === 1
        ? f32x4.extract_lane(lanes, 1)
        : lane === 2
          ? f32x4.extract_lane(lanes, 2)
          : f32x4.extract_lane(lanes, 3),
  );
}

/**
 * Base-2 logarithm of normal positive numbers, to 1.1e-4: the exponent, and a polynomial for log2(m) / (m - 1) of the mantissa,
 * whose largest error was minimised numerically, as that of `exp2`. A force is off by 2e-4 of itself at most.
 */
export function log2(x: v128): v128 {
  const one = f32x4.splat(1);
  const whole = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(127)));
  const mantissa = v128.or(v128.and(x, i32x4.splat(0x7fffff)), one);
  let sum = f32x4.splat(-0.08476864);
  sum = f32x4.add(f32x4.mul(sum, mantissa), f32x4.splat(0.57990158));
  sum = f32x4.add(f32x4.mul(sum, mantissa), f32x4.splat(-1.58544129));
  sum = f32x4.add(f32x4.mul(sum, mantissa), f32x4.splat(2.52932303));
  return f32x4.add(whole, f32x4.mul(sum, f32x4.sub(mantissa, one)));
}

/** 2 to the power of x, cut to -126..126, to 8e-5 of itself: a polynomial of the fraction, and the whole part as exponent. */
export function exp2(x: v128): v128 {
  const cut = f32x4.pmax(f32x4.pmin(x, f32x4.splat(126)), f32x4.splat(-126));
  const shifted = f32x4.add(cut, f32x4.splat(toInteger));
  const part = f32x4.sub(cut, f32x4.sub(shifted, f32x4.splat(toInteger)));
  let sum = f32x4.splat(0.05517166);
  sum = f32x4.add(f32x4.mul(sum, part), f32x4.splat(0.24261112));
  sum = f32x4.add(f32x4.mul(sum, part), f32x4.splat(0.69326099));
  sum = f32x4.add(f32x4.mul(sum, part), f32x4.splat(0.99992807));
  return i32x4.add(sum, i32x4.shl(shifted, 23));
}
