/** The curve 1 / (1 + a·d^2b) that turns a distance on the map into how strongly two points belong together. */
export interface Curve {
  readonly a: number;
  readonly b: number;
}

/** As many samples as umap-learn takes, from 0 to three times the spread. */
const samples = 300;
/** Smaller steps than this, relative to the parameters, change nothing. */
const enough = 1e-10;

/**
 * The curve nearest, in least squares, to 1 up to the minimum distance and exp(-(d - minDist) / spread) beyond it
 * (`find_ab_params` of umap-learn; McInnes, Healy & Melville 2018, section 3.2), by the method of Levenberg (1944) and
 * Marquardt (1963).
 */
export function fitCurve(minDist: number, spread: number): Curve {
  let [a, b] = [1, 1];
  let error = errorOf(a, b, minDist, spread);
  let damping = 1e-3;
  for (let i = 0; i < 500 && damping < 1e12; i++) {
    const [stepA, stepB] = stepFrom(a, b, minDist, spread, damping);
    const next = errorOf(a + stepA, b + stepB, minDist, spread);
    if (next < error) {
      [a, b, error] = [a + stepA, b + stepB, next];
      damping /= 10;
      if (Math.abs(stepA) < enough * a && Math.abs(stepB) < enough * b) break;
    } else damping *= 10;
  }
  return { a, b };
}

/** The distance of sample `i`, and the value that the curve should have there. */
function sampleAt(i: number, minDist: number, spread: number): [number, number] {
  const distance = (3 * spread * i) / (samples - 1);
  return [distance, distance < minDist ? 1 : Math.exp(-(distance - minDist) / spread)];
}

function errorOf(a: number, b: number, minDist: number, spread: number): number {
  if (a <= 0 || b <= 0) return Infinity;
  let sum = 0;
  for (let i = 0; i < samples; i++) {
    const [distance, wanted] = sampleAt(i, minDist, spread);
    sum += (wanted - 1 / (1 + a * distance ** (2 * b))) ** 2;
  }
  return sum;
}

/** The damped step of Gauss and Newton. The sample at distance 0 is 1 for any curve. */
function stepFrom(a: number, b: number, minDist: number, spread: number, damping: number): [number, number] {
  let [aa, ab, bb, toA, toB] = [0, 0, 0, 0, 0];
  for (let i = 1; i < samples; i++) {
    const [distance, wanted] = sampleAt(i, minDist, spread);
    const power = distance ** (2 * b);
    const value = 1 / (1 + a * power);
    const slopeA = -power * value * value;
    const slopeB = -2 * a * power * Math.log(distance) * value * value;
    const rest = wanted - value;
    aa += slopeA * slopeA;
    ab += slopeA * slopeB;
    bb += slopeB * slopeB;
    toA += slopeA * rest;
    toB += slopeB * rest;
  }
  aa *= 1 + damping;
  bb *= 1 + damping;
  const determinant = aa * bb - ab * ab;
  return [(bb * toA - ab * toB) / determinant, (aa * toB - ab * toA) / determinant];
}
