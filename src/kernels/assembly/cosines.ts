/** Dot products in float64 of four rows with all, to the bits of `dotRows` (../../vectors.ts). */

/**
 * Writes the dot products of four queries with every row, one line of `rows` for each.
 * @param vectors rows x dim of float32, `dim` a multiple of 4
 * @param queries 4 x dim of float64
 * @param cosines 4 x rows of float32
 */
export function cosinesOfRows(vectors: usize, dim: i32, rows: i32, queries: usize, cosines: usize): void {
  const line = dim << 3;
  for (let row = 0; row < rows; row++) {
    const from = vectors + <usize>(row * dim) * 4;
    let even0 = f64x2.splat(0);
    let even1 = even0;
    let even2 = even0;
    let even3 = even0;
    let odd0 = even0;
    let odd1 = even0;
    let odd2 = even0;
    let odd3 = even0;
    for (let d = 0; d < dim; d += 4) {
      const low = f64x2.promote_low_f32x4(v128.load64_zero(from + (d << 2)));
      const high = f64x2.promote_low_f32x4(v128.load64_zero(from + (d << 2), 8));
      const query = queries + (d << 3);
      even0 = f64x2.add(even0, f64x2.mul(low, v128.load(query)));
      odd0 = f64x2.add(odd0, f64x2.mul(high, v128.load(query, 16)));
      even1 = f64x2.add(even1, f64x2.mul(low, v128.load(query + line)));
      odd1 = f64x2.add(odd1, f64x2.mul(high, v128.load(query + line, 16)));
      even2 = f64x2.add(even2, f64x2.mul(low, v128.load(query + 2 * line)));
      odd2 = f64x2.add(odd2, f64x2.mul(high, v128.load(query + 2 * line, 16)));
      even3 = f64x2.add(even3, f64x2.mul(low, v128.load(query + 3 * line)));
      odd3 = f64x2.add(odd3, f64x2.mul(high, v128.load(query + 3 * line, 16)));
    }
    const at = cosines + (row << 2);
    store<f32>(at, sumOf(even0, odd0));
    store<f32>(at + (rows << 2), sumOf(even1, odd1));
    store<f32>(at + (rows << 3), sumOf(even2, odd2));
    store<f32>(at + (rows << 2) * 3, sumOf(even3, odd3));
  }
}

function sumOf(even: v128, odd: v128): f32 {
  const first = f64x2.extract_lane(even, 0) + f64x2.extract_lane(even, 1);
  return <f32>(first + (f64x2.extract_lane(odd, 0) + f64x2.extract_lane(odd, 1)));
}
