/**
 * Greedy NMS over a hashed grid of kept boxes: nms/grid.ts in TypeScript that AssemblyScript compiles. The reasons are
 * told there; the arithmetic is the same, f64 from f32 coordinates, and so are the kept indices.
 */

const SAFETY: f64 = 1e-6;
const MIN_REACH: f64 = 0.05;
const MAX_REACH: f64 = 1e200;
const MAX_CELL: f64 = 1073741824;
const ROW_HASH: i32 = <i32>0x9e3779b1;
const DIGITS: i32 = 2048;

/** Bytes of a kept box: x1, y1, x2, y2 and the area as f64. */
const KEPT_BYTES: usize = 24;

function places(n: i32): i32 {
  let size = 2;
  while (size < 2 * n) size <<= 1;
  return size;
}

/** keys | order | other order | histograms | places | links | kept boxes */
export function nmsScratchBytes(n: i32): usize {
  return (<usize>n * 3 + 3 * DIGITS + places(n) + n + 2) * 4 + <usize>(n + 1) * KEPT_BYTES;
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
function cellOf(position: f64, cellsPerPixel: f64): i32 {
  return <i32>max(-MAX_CELL, min(MAX_CELL, floor(position * cellsPerPixel)));
}

// @ts-ignore: decorator
@inline
function isSound(width: f64, height: f64): bool {
  return width > 0 && height > 0 && width * height < Infinity;
}

// @ts-ignore: decorator
@inline
function overlaps(kept: usize, x1: f64, y1: f64, x2: f64, y2: f64, area: f64, threshold: f64): bool {
  const width = min(x2, <f64>load<f32>(kept, 8)) - max(x1, <f64>load<f32>(kept));
  if (width <= 0) return false;
  const height = min(y2, <f64>load<f32>(kept, 12)) - max(y1, <f64>load<f32>(kept, 4));
  if (height <= 0) return false;
  const overlap = width * height;
  return overlap / (area + load<f64>(kept, 16) - overlap) > threshold;
}

/** Writes the kept indices to `kept`, best score first, and returns how many there are. */
export function nms(boxes: usize, scores: usize, n: i32, threshold: f64, scratch: usize, kept: usize): i32 {
  const reach = min((1 - threshold) / (2 * threshold), MAX_REACH) + SAFETY;
  let widths: f64 = 0;
  let heights: f64 = 0;
  let sound: f64 = 0;
  for (let at = boxes; at < boxes + (<usize>n << 4); at += 16) {
    const width = <f64>load<f32>(at, 8) - <f64>load<f32>(at);
    const height = <f64>load<f32>(at, 12) - <f64>load<f32>(at, 4);
    if (!isSound(width, height)) continue;
    widths += width;
    heights += height;
    sound += 1;
  }
  const perSize = sound / (1.3 * max(reach, MIN_REACH));
  const perX = sound > 0 ? perSize / widths : 0;
  const perY = sound > 0 ? perSize / heights : 0;

  const order = orderByScore(scores, n, scratch);
  const last = scratch + (<usize>(3 * n + 3 * DIGITS) << 2);
  const mask = places(n) - 1;
  const previous = last + (<usize>(mask + 1) << 2);
  const list = (previous + (<usize>(n + 1) << 2) + 7) & ~7;
  memory.fill(last, 0, <usize>(mask + 1) << 2);
  let suppressors = 0;
  let count = 0;
  for (let rank = 0; rank < n; rank++) {
    const i = load<i32>(order + (<usize>rank << 2));
    const box = boxes + (<usize>i << 4);
    const x1 = <f64>load<f32>(box);
    const y1 = <f64>load<f32>(box, 4);
    const x2 = <f64>load<f32>(box, 8);
    const y2 = <f64>load<f32>(box, 12);
    if (isSound(x2 - x1, y2 - y1)) {
      const area = (x2 - x1) * (y2 - y1);
      const x = (x1 + x2) / 2;
      const y = (y1 + y2) / 2;
      const reachX = reach * (x2 - x1);
      const reachY = reach * (y2 - y1);
      const firstColumn = cellOf(x - reachX, perX);
      const lastColumn = cellOf(x + reachX, perX);
      const firstRow = cellOf(y - reachY, perY);
      const lastRow = cellOf(y + reachY, perY);
      let found = false;
      if (<f64>(lastColumn - firstColumn + 1) * <f64>(lastRow - firstRow + 1) <= <f64>(suppressors + 4)) {
        for (let row = firstRow; row <= lastRow && !found; row++) {
          for (let column = firstColumn; column <= lastColumn && !found; column++) {
            let index = load<i32>(last + (<usize>((column + row * ROW_HASH) & mask) << 2));
            while (index > 0) {
              if (overlaps(list + <usize>index * KEPT_BYTES, x1, y1, x2, y2, area, threshold)) {
                found = true;
                break;
              }
              index = load<i32>(previous + (<usize>index << 2));
            }
          }
        }
      } else {
        for (let index = suppressors; index > 0 && !found; index--) {
          found = overlaps(list + <usize>index * KEPT_BYTES, x1, y1, x2, y2, area, threshold);
        }
      }
      if (found) continue;
      suppressors++;
      const to = list + <usize>suppressors * KEPT_BYTES;
      store<f32>(to, <f32>x1);
      store<f32>(to, <f32>y1, 4);
      store<f32>(to, <f32>x2, 8);
      store<f32>(to, <f32>y2, 12);
      store<f64>(to, area, 16);
      const place = last + (<usize>((cellOf(x, perX) + cellOf(y, perY) * ROW_HASH) & mask) << 2);
      store<i32>(previous + (<usize>suppressors << 2), load<i32>(place));
      store<i32>(place, suppressors);
    }
    store<i32>(kept + (<usize>count << 2), i);
    count++;
  }
  return count;
}
