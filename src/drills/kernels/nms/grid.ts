/**
 * Rung 3: a grid of the kept boxes. A box can only be suppressed by one whose centre is near: for IoU > t the centre of
 * the other lies within w · (1 − t) / 2t of its own along x, and likewise along y. (Along x, IoU ≤ o / (w + v − o) for
 * overlap o of widths w and v, so v < w / t, and the centres are farthest apart when v covers w from edge to edge.)
 * So a box looks into the few cells within its reach, not at every kept box, and n boxes cost about n looks.
 *
 * The cells are hashed into a table, so that boxes a million apart cost no memory: two cells that share a place in the
 * table cost a look, never a wrong answer. What reaches over more cells than there are kept boxes (a threshold near 0,
 * a giant among dwarfs) is compared with all of these.
 */
import { BOX_LENGTH } from '../iou/boxes.ts';
import { checkDetections } from './detections.ts';
import { orderByScore } from './score-order.ts';

/** x1, y1, x2, y2, area. */
const FIELDS = 5;
/** In widths: centres and reaches are rounded by far less. */
const SAFETY = 1e-6;
/** Below this, cells would hold less than one box each. */
const MIN_REACH = 0.05;
/** Stands for Infinity at a threshold of 0, and stays finite when multiplied by a width. */
const MAX_REACH = 1e200;
/** Measured: larger cells hold more boxes in vain, smaller ones are more to look into. */
const REACHES_PER_CELL = 1.3;
const MAX_CELL = 2 ** 30;
const ROW_HASH = 0x9e_37_79_b1;

/** The kept boxes that can suppress, from 1 on, so that 0 ends a list. */
interface Grid {
  /** Last kept box of each place in the hash table; `previous` leads on from there. */
  readonly last: Int32Array;
  readonly previous: Int32Array;
  readonly kept: Float64Array;
  readonly cellsPerX: number;
  readonly cellsPerY: number;
  /** How far a box reaches, in widths and heights. */
  readonly reach: number;
  readonly threshold: number;
  count: number;
}

function cellOf(position: number, cellsPerPixel: number): number {
  const cell = Math.floor(position * cellsPerPixel);
  if (cell > MAX_CELL) return MAX_CELL;
  return cell < -MAX_CELL ? -MAX_CELL : cell | 0;
}

/** Boxes that overlap nothing, NaN among them, are kept and suppress nothing. */
function isSound(width: number, height: number): boolean {
  return width > 0 && height > 0 && width * height < Infinity;
}

/** Cells suit a box of mean size. */
function makeGrid(boxes: Float32Array, n: number, threshold: number): Grid {
  const reach = Math.min((1 - threshold) / (2 * threshold), MAX_REACH) + SAFETY;
  let widths = 0;
  let heights = 0;
  let sound = 0;
  for (let i = 0; i < boxes.length; i += BOX_LENGTH) {
    const width = boxes[i + 2]! - boxes[i]!;
    const height = boxes[i + 3]! - boxes[i + 1]!;
    if (!isSound(width, height)) continue;
    widths += width;
    heights += height;
    sound += 1;
  }
  const cellsPerWidth = sound > 0 ? sound / (REACHES_PER_CELL * Math.max(reach, MIN_REACH)) : 0;
  return {
    last: new Int32Array(2 ** Math.ceil(Math.log2(2 * n + 1))),
    previous: new Int32Array(n + 1),
    kept: new Float64Array((n + 1) * FIELDS),
    cellsPerX: sound > 0 ? cellsPerWidth / widths : 0,
    cellsPerY: sound > 0 ? cellsPerWidth / heights : 0,
    reach,
    threshold,
    count: 0,
  };
}

/** `area` is that of x1 … y2; `index` that of a kept box. */
function overlaps(grid: Grid, index: number, x1: number, y1: number, x2: number, y2: number, area: number): boolean {
  const { kept } = grid;
  const at = index * FIELDS;
  const width = Math.min(x2, kept[at + 2]!) - Math.max(x1, kept[at]!);
  if (width <= 0) return false;
  const height = Math.min(y2, kept[at + 3]!) - Math.max(y1, kept[at + 1]!);
  if (height <= 0) return false;
  const overlap = width * height;
  return overlap / (area + kept[at + 4]! - overlap) > grid.threshold;
}

function isSuppressed(grid: Grid, x1: number, y1: number, x2: number, y2: number): boolean {
  const { last, previous, cellsPerX, cellsPerY, count } = grid;
  const area = (x2 - x1) * (y2 - y1);
  const x = (x1 + x2) / 2;
  const y = (y1 + y2) / 2;
  const reachX = grid.reach * (x2 - x1);
  const reachY = grid.reach * (y2 - y1);
  const firstColumn = cellOf(x - reachX, cellsPerX);
  const lastColumn = cellOf(x + reachX, cellsPerX);
  const firstRow = cellOf(y - reachY, cellsPerY);
  const lastRow = cellOf(y + reachY, cellsPerY);
  const cells = (lastColumn - firstColumn + 1) * (lastRow - firstRow + 1);
  if (!(cells <= count + 4)) {
    for (let index = count; index > 0; index -= 1) if (overlaps(grid, index, x1, y1, x2, y2, area)) return true;
    return false;
  }
  for (let row = firstRow; row <= lastRow; row += 1) {
    const hash = Math.imul(row, ROW_HASH);
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      for (let index = last[(column + hash) & (last.length - 1)]!; index > 0; index = previous[index]!)
        if (overlaps(grid, index, x1, y1, x2, y2, area)) return true;
    }
  }
  return false;
}

function insert(grid: Grid, x1: number, y1: number, x2: number, y2: number): void {
  const { last, previous, kept } = grid;
  grid.count += 1;
  const index = grid.count;
  const at = index * FIELDS;
  kept[at] = x1;
  kept[at + 1] = y1;
  kept[at + 2] = x2;
  kept[at + 3] = y2;
  kept[at + 4] = (x2 - x1) * (y2 - y1);
  const column = cellOf((x1 + x2) / 2, grid.cellsPerX);
  const row = cellOf((y1 + y2) / 2, grid.cellsPerY);
  const place = (column + Math.imul(row, ROW_HASH)) & (last.length - 1);
  previous[index] = last[place]!;
  last[place] = index;
}

/** Kept indices, best score first. */
export function nmsGrid(boxes: Float32Array, scores: Float32Array, threshold: number): Int32Array {
  const n = checkDetections(boxes, scores, threshold);
  const grid = makeGrid(boxes, n, threshold);
  const order = orderByScore(scores);
  const kept = new Int32Array(n);
  let count = 0;
  for (let rank = 0; rank < n; rank += 1) {
    const i = order[rank]!;
    const at = i * BOX_LENGTH;
    const x1 = boxes[at]!;
    const y1 = boxes[at + 1]!;
    const x2 = boxes[at + 2]!;
    const y2 = boxes[at + 3]!;
    if (isSound(x2 - x1, y2 - y1)) {
      if (isSuppressed(grid, x1, y1, x2, y2)) continue;
      insert(grid, x1, y1, x2, y2);
    }
    kept[count] = i;
    count += 1;
  }
  return kept.slice(0, count);
}
