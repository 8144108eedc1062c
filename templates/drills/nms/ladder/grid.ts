/** x1, y1, x2, y2; half-open. */
export type Box = [number, number, number, number];

/** A box over more cells than this is asked by everybody instead. */
const MAX_CELLS = 64;

/**
 * Boxes that overlap share a cell of a grid: each candidate asks the kept boxes of its cells
 * alone. Where boxes are of like size and the scene is no denser, O(n log n) for the sort.
 */
export function nms(boxes: Box[], scores: number[], threshold: number, classes?: number[]): number[] {
  const order = Array.from(boxes.keys()).sort((one, other) => compareScores(scores[one], scores[other]) || one - other);
  const side = meanSide(boxes);
  const cells = new Map<number, number[]>();
  const large: number[] = [];
  const kept: number[] = [];
  for (const candidate of order) {
    const box = boxes[candidate];
    const suppresses = (index: number): boolean =>
      (classes === undefined || classes[index] === classes[candidate]) && isAbove(boxes[index], box, threshold);
    const keys = cellsOf(box, side);
    if (large.some(suppresses)) continue;
    if (keys === undefined ? kept.some(suppresses) : keys.some((key) => cells.get(key)?.some(suppresses) === true)) continue;
    kept.push(candidate);
    if (keys === undefined) large.push(candidate);
    else for (const key of keys) {
      const cell = cells.get(key);
      if (cell === undefined) cells.set(key, [candidate]);
      else cell.push(candidate);
    }
  }
  return kept;
}

function compareScores(one: number, other: number): number {
  if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
  return one === other ? 0 : one > other ? -1 : 1;
}

function isProper([x1, y1, x2, y2]: Box): boolean {
  return x1 < x2 && y1 < y2;
}

function meanSide(boxes: Box[]): number {
  let sum = 0;
  let count = 0;
  for (const box of boxes) {
    if (!isProper(box)) continue;
    sum += Math.max(box[2] - box[0], box[3] - box[1]);
    count += 1;
  }
  return count === 0 ? 1 : sum / count;
}

/** Keys may meet by chance; the overlap is computed anyway. `undefined`: too many cells. */
function cellsOf(box: Box, side: number): number[] | undefined {
  if (!isProper(box)) return [];
  const [left, top, right, bottom] = box.map((edge) => Math.floor(edge / side));
  if (!((right - left + 1) * (bottom - top + 1) <= MAX_CELLS)) return undefined;
  const keys: number[] = [];
  for (let y = top; y <= bottom; y += 1) for (let x = left; x <= right; x += 1) keys.push(x * 1_000_003 + y);
  return keys;
}

function isAbove(one: Box, other: Box, threshold: number): boolean {
  const width = Math.min(one[2], other[2]) - Math.max(one[0], other[0]);
  const height = Math.min(one[3], other[3]) - Math.max(one[1], other[1]);
  if (!(width > 0 && height > 0)) return false;
  const shared = width * height;
  const union = (one[2] - one[0]) * (one[3] - one[1]) + (other[2] - other[0]) * (other[3] - other[1]) - shared;
  return shared / union > threshold;
}
