/**
 * Pairwise IoU, four pairs an instruction, as TypeScript that AssemblyScript compiles.
 *
 * A set of n boxes is five planes of f32 one after the other, x1 | y1 | x2 | y2 | area, each `stride` long. `packBoxes`
 * makes them from [x1, y1, x2, y2] quadruples; a box without a positive finite area becomes a point of infinite area,
 * whose IoU with anything is 0 / Infinity = 0, so that the inner loop needs no test for it.
 */

// @ts-ignore: decorator
@inline
function positive(v: f32): f32 {
  return v > 0 ? v : 0;
}

export function packBoxes(quads: usize, n: i32, planes: usize, stride: i32): void {
  const plane = <usize>stride << 2;
  for (let i = 0; i < n; i++) {
    const from = quads + (<usize>i << 4);
    const to = planes + (<usize>i << 2);
    const x1 = load<f32>(from);
    const y1 = load<f32>(from, 4);
    const x2 = load<f32>(from, 8);
    const y2 = load<f32>(from, 12);
    const area = positive(x2 - x1) * positive(y2 - y1);
    const sound = area > 0 && area < Infinity;
    store<f32>(to, sound ? x1 : 0);
    store<f32>(to + plane, sound ? y1 : 0);
    store<f32>(to + plane * 2, sound ? x2 : 0);
    store<f32>(to + plane * 3, sound ? y2 : 0);
    store<f32>(to + plane * 4, sound ? area : Infinity);
  }
}

// @ts-ignore: decorator
@inline
function quotient(w: v128, h: v128, areas: v128): v128 {
  const zero = f32x4.splat(0);
  const overlap = f32x4.mul(f32x4.pmax(zero, w), f32x4.pmax(zero, h));
  return f32x4.div(overlap, f32x4.sub(areas, overlap));
}

/**
 * Rows [from, to) of the n × m matrix at `out`, two at a time: each load of b serves both, and two streams of stores
 * fill memory faster than one. An odd last row is computed twice, and so are columns before the last m % 4. Rows narrower
 * than four run over into the next ones, which come later: leave 16 bytes behind the matrix.
 */
export function iouRows(
  a: usize, strideA: i32, b: usize, strideB: i32, m: i32, out: usize, from: i32, to: i32,
): void {
  const planeA = <usize>strideA << 2;
  const planeB = <usize>strideB << 2;
  const row = <usize>m << 2;
  const rest = m & 3;
  for (let i = from; i < to; i += 2) {
    const second: usize = i + 1 < to ? 1 : 0;
    const p = a + (<usize>i << 2);
    const p1 = p + (second << 2);
    const ax1 = v128.load_splat<f32>(p);
    const ay1 = v128.load_splat<f32>(p + planeA);
    const ax2 = v128.load_splat<f32>(p + planeA * 2);
    const ay2 = v128.load_splat<f32>(p + planeA * 3);
    const areaA = v128.load_splat<f32>(p + planeA * 4);
    const cx1 = v128.load_splat<f32>(p1);
    const cy1 = v128.load_splat<f32>(p1 + planeA);
    const cx2 = v128.load_splat<f32>(p1 + planeA * 2);
    const cy2 = v128.load_splat<f32>(p1 + planeA * 3);
    const areaC = v128.load_splat<f32>(p1 + planeA * 4);
    const next = second * row;
    const start = out + <usize>i * row;
    let q = b;
    let o = start;
    let end = start + (<usize>(m - rest) << 2);
    let again = rest != 0;
    while (true) {
      while (o < end) {
        // pmin and pmax are one instruction each; min and max carry NaN rules that packBoxes has made needless.
        const bx1 = v128.load(q);
        const bx2 = v128.load(q + planeB * 2);
        const w0 = f32x4.sub(f32x4.pmin(ax2, bx2), f32x4.pmax(ax1, bx1));
        const w1 = f32x4.sub(f32x4.pmin(cx2, bx2), f32x4.pmax(cx1, bx1));
        const by1 = v128.load(q + planeB);
        const by2 = v128.load(q + planeB * 3);
        const h0 = f32x4.sub(f32x4.pmin(ay2, by2), f32x4.pmax(ay1, by1));
        const h1 = f32x4.sub(f32x4.pmin(cy2, by2), f32x4.pmax(cy1, by1));
        const areaB = v128.load(q + planeB * 4);
        const upper = quotient(w0, h0, f32x4.add(areaA, areaB));
        const lower = quotient(w1, h1, f32x4.add(areaC, areaB));
        v128.store(o, upper);
        v128.store(o + next, lower);
        o += 16;
        q += 16;
      }
      if (!again) break;
      again = false;
      const last = <usize>max(0, m - 4) << 2;
      q = b + last;
      o = start + last;
      end = o + 16;
    }
  }
}
