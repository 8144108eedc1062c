/**
 * Cross-correlation of f32 planes, as TypeScript that AssemblyScript compiles.
 *
 * One row routine serves the dense kernel and both passes of the separable one: a tap is a weight and the byte offset
 * of its pixel, and a row of output is the sum over a list of taps. Eight accumulators of four pixels hide the latency
 * of the additions, and one load of a weight serves 32 pixels.
 */

// @ts-ignore: decorator
@inline
function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Sums `taps` taps for the pixels [from, to) of one row; to - from is a multiple of 4. */
function sumTaps(src: usize, offsets: usize, weights: usize, taps: i32, out: usize, from: i32, to: i32): void {
  let x = from;
  for (; x + 32 <= to; x += 32) {
    const base = src + (<usize>x << 2);
    let s0 = f32x4.splat(0);
    let s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
    const end = offsets + (<usize>taps << 2);
    let w = weights;
    for (let t = offsets; t < end; t += 4) {
      const p = base + load<usize>(t);
      const weight = v128.load_splat<f32>(w);
      w += 4;
      s0 = madd(v128.load(p), weight, s0);
      s1 = madd(v128.load(p, 16), weight, s1);
      s2 = madd(v128.load(p, 32), weight, s2);
      s3 = madd(v128.load(p, 48), weight, s3);
      s4 = madd(v128.load(p, 64), weight, s4);
      s5 = madd(v128.load(p, 80), weight, s5);
      s6 = madd(v128.load(p, 96), weight, s6);
      s7 = madd(v128.load(p, 112), weight, s7);
    }
    const o = out + (<usize>x << 2);
    v128.store(o, s0);
    v128.store(o, s1, 16);
    v128.store(o, s2, 32);
    v128.store(o, s3, 48);
    v128.store(o, s4, 64);
    v128.store(o, s5, 80);
    v128.store(o, s6, 96);
    v128.store(o, s7, 112);
  }
  for (; x < to; x += 4) {
    const base = src + (<usize>x << 2);
    let s = f32x4.splat(0);
    for (let t = 0; t < taps; t++) {
      const at = <usize>t << 2;
      s = madd(v128.load(base + load<usize>(offsets + at)), v128.load_splat<f32>(weights + at), s);
    }
    v128.store(out + (<usize>x << 2), s);
  }
}

/**
 * Two rows of output at once, for the pixels [from, to): to - from is a multiple of 16. Tap t of the lower row reads
 * the pixel of tap t + kw of the upper one, so most pixels are loaded once for both.
 */
function sumTapsOfTwoRows(
  src: usize, offsets: usize, weights: usize, taps: i32, kw: i32, out: usize, rowBytes: usize, from: i32, to: i32,
): void {
  const lead = <usize>kw << 2;
  const all = <usize>taps << 2;
  for (let x = from; x < to; x += 16) {
    const base = src + (<usize>x << 2);
    let s0 = f32x4.splat(0);
    let s1 = s0, s2 = s0, s3 = s0, u0 = s0, u1 = s0, u2 = s0, u3 = s0;
    let t: usize = 0;
    for (; t < lead; t += 4) {
      const p = base + load<usize>(offsets + t);
      const w = v128.load_splat<f32>(weights + t);
      s0 = madd(v128.load(p), w, s0);
      s1 = madd(v128.load(p, 16), w, s1);
      s2 = madd(v128.load(p, 32), w, s2);
      s3 = madd(v128.load(p, 48), w, s3);
    }
    for (; t < all; t += 4) {
      const p = base + load<usize>(offsets + t);
      const w = v128.load_splat<f32>(weights + t);
      const v = v128.load_splat<f32>(weights + t - lead);
      const p0 = v128.load(p);
      const p1 = v128.load(p, 16);
      s0 = madd(p0, w, s0);
      u0 = madd(p0, v, u0);
      s1 = madd(p1, w, s1);
      u1 = madd(p1, v, u1);
      const p2 = v128.load(p, 32);
      const p3 = v128.load(p, 48);
      s2 = madd(p2, w, s2);
      u2 = madd(p2, v, u2);
      s3 = madd(p3, w, s3);
      u3 = madd(p3, v, u3);
    }
    for (; t < all + lead; t += 4) {
      const p = base + load<usize>(offsets + t);
      const v = v128.load_splat<f32>(weights + t - lead);
      u0 = madd(v128.load(p), v, u0);
      u1 = madd(v128.load(p, 16), v, u1);
      u2 = madd(v128.load(p, 32), v, u2);
      u3 = madd(v128.load(p, 48), v, u3);
    }
    const o = out + (<usize>x << 2);
    v128.store(o, s0);
    v128.store(o, s1, 16);
    v128.store(o, s2, 32);
    v128.store(o, s3, 48);
    const n = o + rowBytes;
    v128.store(n, u0);
    v128.store(n, u1, 16);
    v128.store(n, u2, 32);
    v128.store(n, u3, 48);
  }
}

/** Four pixels at `x` where taps may lie left or right of the image: those read as 0. */
function sumTapsAtEdge(
  src: usize, offsets: usize, weights: usize, taps: i32, kw: i32, out: usize, x: i32, left: i32, width: i32,
): void {
  const base = src + (<usize>x << 2);
  const lanes = i32x4(0, 1, 2, 3);
  const limit = i32x4.splat(width);
  let s = f32x4.splat(0);
  let kx = 0;
  for (let t = 0; t < taps; t++) {
    const at = <usize>t << 2;
    const column = i32x4.add(i32x4.splat(x + kx - left), lanes);
    const pixels = v128.and(v128.load(base + load<usize>(offsets + at)), i32x4.lt_u(column, limit));
    s = madd(pixels, v128.load_splat<f32>(weights + at), s);
    kx = kx + 1 == kw ? 0 : kx + 1;
  }
  v128.store(out + (<usize>x << 2), s);
}

/**
 * One row of output, `outWidth` ≥ 4 wide. `src` is the place of the pixel under the first tap for x = 0, `left` the
 * number of columns by which that lies left of the image. The pixels from the left edge to `done` are there already.
 */
function convolveRow(
  src: usize, offsets: usize, weights: usize, taps: i32, kw: i32, out: usize, outWidth: i32, left: i32, width: i32,
  done: i32,
): void {
  const inner = min((left + 3) & ~3, outWidth);
  let x = 0;
  for (; x < inner && x + 4 <= outWidth; x += 4) {
    sumTapsAtEdge(src, offsets, weights, taps, kw, out, x, left, width);
  }
  if (x == inner) {
    x = done + (max(0, width - kw + left + 1 - done) & ~3);
    sumTaps(src, offsets, weights, taps, out, done, x);
  }
  for (; x + 4 <= outWidth; x += 4) sumTapsAtEdge(src, offsets, weights, taps, kw, out, x, left, width);
  if (x < outWidth) sumTapsAtEdge(src, offsets, weights, taps, kw, out, outWidth - 4, left, width);
}

/** Rows [from, to) of the output of a dense kernel of kh × kw taps; `offsets` reaches one kernel row further. */
export function convRows(
  image: usize, height: i32, width: i32, offsets: usize, weights: usize, kh: i32, kw: i32, top: i32, left: i32,
  out: usize, outWidth: i32, from: i32, to: i32,
): void {
  const inner = min((left + 3) & ~3, outWidth);
  const paired = inner + (max(0, width - kw + left + 1 - inner) & ~15);
  const rowBytes = <usize>outWidth << 2;
  for (let y = from; y < to; y++) {
    const first = max(0, top - y);
    const last = min(kh, height + top - y);
    const skipped = <usize>(first * kw) << 2;
    const src = image + ((<usize>((y - top) * width - left)) << 2);
    const taps = max(0, last - first) * kw;
    const row = out + <usize>y * rowBytes;
    if (first == 0 && last == kh && y + 1 < to && y + 1 + kh - top <= height && paired > inner) {
      sumTapsOfTwoRows(src, offsets, weights, taps, kw, row, rowBytes, inner, paired);
      convolveRow(src, offsets, weights, taps, kw, row, outWidth, left, width, paired);
      y++;
      convolveRow(src + (<usize>width << 2), offsets, weights, taps, kw, row + rowBytes, outWidth, left, width, paired);
    } else {
      convolveRow(src, offsets + skipped, weights + skipped, taps, kw, row, outWidth, left, width, inner);
    }
  }
}

/**
 * Rows [from, to) of the output of a column of kh times a row of kw taps. `ring` holds kh filtered rows of
 * `outWidth` floats; `ringOffsets` are 2 kh long, so that a window that starts at any row of the ring is a list.
 */
export function convSeparableRows(
  image: usize, height: i32, width: i32, rowOffsets: usize, rowWeights: usize, ringOffsets: usize,
  columnWeights: usize, kh: i32, kw: i32, top: i32, left: i32, ring: usize, out: usize, outWidth: i32,
  from: i32, to: i32,
): void {
  const inner = min((left + 3) & ~3, outWidth);
  let filtered = max(0, from - top);
  for (let y = from; y < to; y++) {
    const firstRow = max(0, y - top);
    const endRow = min(height, y - top + kh);
    for (; filtered < endRow; filtered++) {
      const src = image + (<usize>(filtered * width - left) << 2);
      const slot = ring + (<usize>((filtered % kh) * outWidth) << 2);
      convolveRow(src, rowOffsets, rowWeights, kw, kw, slot, outWidth, left, width, inner);
    }
    const skipped = <usize>(firstRow - (y - top)) << 2;
    const start = ringOffsets + (<usize>(firstRow % kh) << 2);
    const taps = max(0, endRow - firstRow);
    convolveRow(ring, start, columnWeights + skipped, taps, 1, out + (<usize>(y * outWidth) << 2), outWidth, 0, outWidth, 0);
  }
}
