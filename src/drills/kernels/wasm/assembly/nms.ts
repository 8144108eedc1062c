/**
 * Greedy NMS over a hashed grid of what the kept boxes suppress: nms/grid.ts in TypeScript that AssemblyScript compiles.
 * The reasons are told there; IoU is f64 from f32 coordinates, and the kept indices are the same. Vectors hold both ends
 * of a box, or its width and height.
 */

const SAFETY: f64 = 1e-6;
const MAX_REACH: f64 = 1e200;
const CELL_SIZE: f64 = 2;
const MIN_CELL: f64 = 0.1;
const MAX_CELLS: f64 = 256;
const PLACES_PER_BOX: i32 = 4;
const ENTRIES_PER_BOX: i32 = 16;
const ROW_HASH: i32 = <i32>0x9e3779b1;
const LEVEL_HASH: i32 = <i32>0x85ebca6b;
/** Of the f64 that is 1 / side of the smallest boxes of level 0, times √2. */
const FIRST_EXPONENT: u64 = 1023 + 512;
const DIGITS: i32 = 2048;

function placesFor(n: i32): i32 {
  let size = 1;
  while (size < PLACES_PER_BOX * n + 1) size <<= 1;
  return size;
}

/** keys | order | other order | histograms | places | everywhere | entries */
export function nmsScratchBytes(n: i32): usize {
  return (<usize>n * 3 + 3 * DIGITS + placesFor(n) + n + 2 * (ENTRIES_PER_BOX * n + 2)) * 4;
}

/** Stable radix sort of the indices by descending score; returns where the order lies. */
function orderByScore(scores: usize, n: i32, keys: usize): usize {
  let order = keys + (<usize>n << 2);
  let other = order + (<usize>n << 2);
  const counts = other + (<usize>n << 2);
  memory.fill(counts, 0, 3 * DIGITS * 4);
  for (let i = 0; i < n; i++) {
    const score = load<f32>(scores + (<usize>i << 2)) + 0; // −0 + 0 is 0
    const bits = reinterpret<u32>(score);
    let key = bits >> 31 ? bits : ~bits & 0x7fffffff;
    if (score != score) key = 0xffffffff;
    store<u32>(keys + (<usize>i << 2), key);
    store<i32>(order + (<usize>i << 2), i);
    for (let digit: u32 = 0; digit < 3; digit++) {
      const at = counts + ((<usize>(digit * DIGITS + ((key >> (digit * 11)) & 2047))) << 2);
      store<i32>(at, load<i32>(at) + 1);
    }
  }
  for (let digit: u32 = 0; digit < 3; digit++) {
    const base = counts + (<usize>(digit * DIGITS) << 2);
    const shift = digit * 11;
    let sum = 0;
    for (let at = base; at < base + (DIGITS << 2); at += 4) {
      const count = load<i32>(at);
      store<i32>(at, sum);
      sum += count;
    }
    for (let i = 0; i < n; i++) {
      const index = load<i32>(order + (<usize>i << 2));
      const at = base + (<usize>((load<u32>(keys + (<usize>index << 2)) >> shift) & 2047) << 2);
      const place = load<i32>(at);
      store<i32>(at, place + 1);
      store<i32>(other + (<usize>place << 2), index);
    }
    const swap = order;
    order = other;
    other = swap;
  }
  return order;
}

// @ts-ignore: decorator
@inline
function levelOf(pixels: f64): i32 {
  return <i32>(reinterpret<u64>(pixels) >> 53);
}

/** 1 / side of the smallest boxes of the level. */
// @ts-ignore: decorator
@inline
function perSide(level: i32): f64 {
  return Math.SQRT1_2 * reinterpret<f64>((FIRST_EXPONENT - <u64>level) << 52);
}

// @ts-ignore: decorator
@inline
function hashOf(level: i32, row: i32): i32 {
  return row * ROW_HASH + level * LEVEL_HASH;
}

/** The whole number below, modulo 2^32. */
// @ts-ignore: decorator
@inline
function wrap(cell: f64): i32 {
  return <i32><i64>cell;
}

// @ts-ignore: decorator
@inline
function upper(box: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i32>(box, box, 2, 3, 2, 3));
}

// @ts-ignore: decorator
@inline
function product(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) * f64x2.extract_lane(pair, 1);
}

// @ts-ignore: decorator
@inline
function areaOf(box: v128): f64 {
  return product(f64x2.sub(upper(box), f64x2.promote_low_f32x4(box)));
}

/** No branch but on the verdict. */
// @ts-ignore: decorator
@inline
function overlaps(box: v128, pixels: f64, other: v128, threshold: f64): bool {
  const from = f64x2.promote_low_f32x4(f32x4.pmax(box, other));
  const sides = f64x2.pmax(f64x2.splat(0), f64x2.sub(upper(f32x4.pmin(box, other)), from));
  const shared = product(sides);
  return shared / (pixels + areaOf(other) - shared) > threshold;
}

/** Writes the kept indices to `kept`, best score first, and returns how many there are. */
export function nms(boxes: usize, scores: usize, n: i32, threshold: f64, scratch: usize, kept: usize): i32 {
  const reach = min((1 - threshold) / (2 * threshold), MAX_REACH) + SAFETY;
  const cellsPerSide = 1 / max(MIN_CELL, CELL_SIZE * 2 * reach);
  const order = orderByScore(scores, n, scratch);
  const places = scratch + (<usize>(3 * n + 3 * DIGITS) << 2);
  const size = placesFor(n);
  const mask = size - 1;
  const everywhere = places + (<usize>size << 2);
  const entries = everywhere + (<usize>n << 2);
  const room = <f64>(ENTRIES_PER_BOX * n);
  memory.fill(places, 0, <usize>size << 2);
  let everywhereCount = 0;
  let entryCount = 0;
  let firstLevel: i32 = 1024;
  let lastLevel: i32 = -1;
  let count = 0;
  for (let rank = 0; rank < n; rank++) {
    const i = load<i32>(order + (<usize>rank << 2));
    const box = v128.load(boxes + (<usize>i << 4));
    const sides = f64x2.sub(upper(box), f64x2.promote_low_f32x4(box));
    const width = f64x2.extract_lane(sides, 0);
    const height = f64x2.extract_lane(sides, 1);
    const pixels = width * height;
    if (width > 0 && height > 0 && pixels < Infinity) {
      const middle = f64x2.mul(f64x2.add(upper(box), f64x2.promote_low_f32x4(box)), f64x2.splat(0.5));
      const most = min(lastLevel, levelOf((pixels / threshold) * (1 + SAFETY)));
      let found = false;
      for (let level = max(firstLevel, levelOf(pixels * threshold * (1 - SAFETY))); level <= most && !found; level++) {
        const cell = f64x2.floor(f64x2.mul(middle, f64x2.splat(cellsPerSide * perSide(level))));
        const place = hashOf(level, wrap(f64x2.extract_lane(cell, 1))) + wrap(f64x2.extract_lane(cell, 0));
        let entry = load<i32>(places + (<usize>(place & mask) << 2));
        while (entry > 0) {
          const at = entries + (<usize>entry << 3);
          const other = v128.load(boxes + (<usize>load<i32>(at, 4) << 4));
          if (overlaps(box, pixels, other, threshold)) {
            found = true;
            break;
          }
          entry = load<i32>(at);
        }
      }
      for (let e = 0; e < everywhereCount && !found; e++) {
        const other = v128.load(boxes + (<usize>load<i32>(everywhere + (<usize>e << 2)) << 4));
        found = overlaps(box, pixels, other, threshold);
      }
      if (found) continue;

      const level = levelOf(pixels);
      firstLevel = min(firstLevel, level);
      lastLevel = max(lastLevel, level);
      const reaches = f64x2.mul(sides, f64x2.splat(reach));
      const perPixel = f64x2.splat(cellsPerSide * perSide(level));
      const from = f64x2.floor(f64x2.mul(f64x2.sub(middle, reaches), perPixel));
      const to = f64x2.floor(f64x2.mul(f64x2.add(middle, reaches), perPixel));
      const cells = f64x2.add(f64x2.sub(to, from), f64x2.splat(1));
      if (product(cells) <= min(room - <f64>entryCount, MAX_CELLS)) {
        const columns = <i32>f64x2.extract_lane(cells, 0);
        const rows = <i32>f64x2.extract_lane(cells, 1);
        const left = wrap(f64x2.extract_lane(from, 0));
        const top = wrap(f64x2.extract_lane(from, 1));
        for (let row = 0; row < rows; row++) {
          const first = hashOf(level, top + row) + left;
          for (let column = 0; column < columns; column++) {
            const place = places + (<usize>((first + column) & mask) << 2);
            entryCount++;
            const at = entries + (<usize>entryCount << 3);
            store<i32>(at, load<i32>(place));
            store<i32>(at, i, 4);
            store<i32>(place, entryCount);
          }
        }
      } else {
        store<i32>(everywhere + (<usize>everywhereCount << 2), i);
        everywhereCount++;
      }
    }
    store<i32>(kept + (<usize>count << 2), i);
    count++;
  }
  return count;
}
