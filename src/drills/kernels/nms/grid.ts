/**
 * Rung 3: a grid of what the kept boxes suppress. For IoU > t the centre of the other box lies within w · (1 − t) / 2t of
 * a box's own along x, and likewise along y. (Along x, IoU ≤ o / (w + v − o) for overlap o of widths w and v, so
 * v < w / t, and the centres are farthest apart when v covers w from edge to edge.) So a kept box is entered into the few
 * cells within its reach, and a candidate looks into the one cell of its own centre: n boxes cost about n looks.
 *
 * IoU is at most the ratio of the areas. So sizes do not mix: there is a grid a level of area, each level four times the
 * last, with cells of the size of its boxes, and a candidate looks into the levels between t and 1 / t of its own area.
 * Giants do not take part in the search among dwarfs.
 *
 * The cells of all levels are hashed into one table, so that boxes a million apart cost no memory: two cells that share
 * a place cost a look, never a wrong answer. A box that reaches over too many cells (a hair of a box) is compared with
 * every candidate.
 */
import { BOX_LENGTH } from '../iou/boxes.ts';
import { checkDetections } from './detections.ts';
import { orderByScore } from './score-order.ts';

/** Of a reach and an area: centres, products and quotients are rounded by far less. */
const SAFETY = 1e-6;
/** Stands for Infinity at a threshold of 0, and stays finite when multiplied by a width. */
const MAX_REACH = 1e200;
/** Side of a cell by what the smallest square of its level reaches over. Measured: larger ones hold more in vain. */
const CELL_SIZE = 2;
/** In sides: near a threshold of 1, smaller cells would gain nothing. */
const MIN_CELL = 0.1;
const MAX_CELLS = 256;
const PLACES_PER_BOX = 4;
const ENTRIES_PER_BOX = 16;
const ROW_HASH = 0x9e_37_79_b1;
const LEVEL_HASH = 0x85_eb_ca_6b;

/** A level is the exponent of the area without its last bit. */
const LEVELS = 1024;
const SIGN_AND_EXPONENT_BITS = 12;
const area = new Float64Array(1);
const areaWords = new Int32Array(area.buffer);
const HIGH_WORD = new Uint8Array(Uint16Array.of(1).buffer)[0]!;
/** 1 / side of the smallest boxes of each level. */
const perSide = Float64Array.from({ length: LEVELS }, (_, level) => 2 ** (LEVELS / 2 - 0.5 - level));

interface Grid {
  /** Last entry of each place of the hash table, from 1 on; 0 ends a list. */
  readonly places: Int32Array;
  readonly mask: number;
  /** Pairs: the entry before it at its place, the box. */
  readonly entries: Int32Array;
  entryCount: number;
  /** Boxes that are compared with every candidate. */
  readonly everywhere: Int32Array;
  everywhereCount: number;
  firstLevel: number;
  lastLevel: number;
  /** How far a box reaches, in widths and heights. */
  readonly reach: number;
  /** Cells a pixel, where the smallest boxes have a side of 1. */
  readonly cellsPerSide: number;
  readonly threshold: number;
  /** See `isSuppressed`. */
  readonly least: number;
}

interface Room {
  readonly capacity: number;
  readonly places: Int32Array;
  readonly entries: Int32Array;
  readonly everywhere: Int32Array;
  readonly kept: Int32Array;
}

/** Kept between calls: fresh memory costs more than the work in it. */
let room = makeRoom(0);

function makeRoom(capacity: number): Room {
  return {
    capacity,
    places: new Int32Array(placesFor(capacity)),
    entries: new Int32Array(2 * ENTRIES_PER_BOX * capacity + 2),
    everywhere: new Int32Array(capacity),
    kept: new Int32Array(capacity),
  };
}

function placesFor(n: number): number {
  return 2 ** Math.ceil(Math.log2(PLACES_PER_BOX * n + 1));
}

function makeGrid({ places, entries, everywhere }: Room, n: number, threshold: number): Grid {
  const size = placesFor(n);
  places.fill(0, 0, size);
  const reach = Math.min((1 - threshold) / (2 * threshold), MAX_REACH) + SAFETY;
  const cell = Math.max(MIN_CELL, CELL_SIZE * 2 * reach);
  const least = ((16 * threshold) / (1 + threshold)) * (1 - SAFETY);
  const counts = { entryCount: 0, everywhereCount: 0, firstLevel: LEVELS, lastLevel: -1 };
  return { places, mask: size - 1, entries, everywhere, reach, cellsPerSide: 1 / cell, threshold, least, ...counts };
}

function levelOf(pixels: number): number {
  area[0] = pixels;
  return areaWords[HIGH_WORD]! >>> (32 - SIGN_AND_EXPONENT_BITS + 1);
}

function hashOf(level: number, row: number): number {
  return Math.imul(row, ROW_HASH) + Math.imul(level, LEVEL_HASH);
}

function iouOf(boxes: Float32Array, i: number, k: number): number {
  const p = i * BOX_LENGTH;
  const q = k * BOX_LENGTH;
  const width = Math.min(boxes[p + 2]!, boxes[q + 2]!) - Math.max(boxes[p]!, boxes[q]!);
  const height = Math.min(boxes[p + 3]!, boxes[q + 3]!) - Math.max(boxes[p + 1]!, boxes[q + 1]!);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (areaOf(boxes, p) + areaOf(boxes, q) - shared);
}

function areaOf(boxes: Float32Array, at: number): number {
  return (boxes[at + 2]! - boxes[at]!) * (boxes[at + 3]! - boxes[at + 1]!);
}

function isSuppressed(grid: Grid, boxes: Float32Array, i: number): boolean {
  const { places, mask, entries, everywhere, everywhereCount, threshold, least } = grid;
  const at = i * BOX_LENGTH;
  const x1 = boxes[at]!;
  const y1 = boxes[at + 1]!;
  const x2 = boxes[at + 2]!;
  const y2 = boxes[at + 3]!;
  const pixels = (x2 - x1) * (y2 - y1);
  const lastLevel = Math.min(grid.lastLevel, levelOf((pixels / threshold) * (1 + SAFETY)));
  let level = Math.max(grid.firstLevel, levelOf(pixels * threshold * (1 - SAFETY)));
  for (; level <= lastLevel; level += 1) {
    const perPixel = grid.cellsPerSide * perSide[level]!;
    const column = Math.floor(((x1 + x2) / 2) * perPixel) | 0;
    const row = Math.floor(((y1 + y2) / 2) * perPixel) | 0;
    for (let entry = places[(hashOf(level, row) + column) & mask]!; entry > 0; entry = entries[2 * entry]!) {
      const k = entries[2 * entry + 1]!;
      const q = k * BOX_LENGTH;
      const u1 = boxes[q]!;
      const v1 = boxes[q + 1]!;
      const u2 = boxes[q + 2]!;
      const v2 = boxes[q + 3]!;
      // Twice the width and height that they share, nearly: Math.abs is one instruction, Math.min branches.
      const width = x2 + u2 - Math.abs(x2 - u2) - (x1 + u1 + Math.abs(x1 - u1));
      const height = y2 + v2 - Math.abs(y2 - v2) - (y1 + v1 + Math.abs(y1 - v1));
      const shared = (width + Math.abs(width)) * (height + Math.abs(height));
      if (shared >= least * (pixels + (u2 - u1) * (v2 - v1)) && iouOf(boxes, i, k) > threshold) return true;
    }
  }
  for (let e = 0; e < everywhereCount; e += 1) if (iouOf(boxes, i, everywhere[e]!) > threshold) return true;
  return false;
}

function enter(grid: Grid, boxes: Float32Array, i: number): void {
  const { places, mask, entries } = grid;
  const at = i * BOX_LENGTH;
  const x = (boxes[at]! + boxes[at + 2]!) / 2;
  const y = (boxes[at + 1]! + boxes[at + 3]!) / 2;
  const reachX = grid.reach * (boxes[at + 2]! - boxes[at]!);
  const reachY = grid.reach * (boxes[at + 3]! - boxes[at + 1]!);
  const level = levelOf(areaOf(boxes, at));
  grid.firstLevel = Math.min(grid.firstLevel, level);
  grid.lastLevel = Math.max(grid.lastLevel, level);
  const perPixel = grid.cellsPerSide * perSide[level]!;
  const left = Math.floor((x - reachX) * perPixel);
  const top = Math.floor((y - reachY) * perPixel);
  const columns = Math.floor((x + reachX) * perPixel) - left + 1;
  const rows = Math.floor((y + reachY) * perPixel) - top + 1;
  const entriesLeft = entries.length / 2 - 1 - grid.entryCount;
  if (!(columns * rows <= Math.min(entriesLeft, MAX_CELLS))) {
    grid.everywhere[grid.everywhereCount] = i;
    grid.everywhereCount += 1;
    return;
  }
  let entry = grid.entryCount;
  for (let row = 0; row < rows; row += 1) {
    const first = hashOf(level, (top | 0) + row) + (left | 0);
    for (let column = 0; column < columns; column += 1) {
      const place = (first + column) & mask;
      entry += 1;
      entries[2 * entry] = places[place]!;
      entries[2 * entry + 1] = i;
      places[place] = entry;
    }
  }
  grid.entryCount = entry;
}

/** Kept indices, best score first. */
export function nmsGrid(boxes: Float32Array, scores: Float32Array, threshold: number): Int32Array {
  const n = checkDetections(boxes, scores, threshold);
  if (room.capacity < n) room = makeRoom(n);
  const { kept } = room;
  const grid = makeGrid(room, n, threshold);
  const order = orderByScore(scores);
  let count = 0;
  for (let rank = 0; rank < n; rank += 1) {
    const i = order[rank]!;
    const at = i * BOX_LENGTH;
    const width = boxes[at + 2]! - boxes[at]!;
    const height = boxes[at + 3]! - boxes[at + 1]!;
    // Boxes that overlap nothing, NaN among them, are kept and suppress nothing.
    if (width > 0 && height > 0 && width * height < Infinity) {
      if (isSuppressed(grid, boxes, i)) continue;
      enter(grid, boxes, i);
    }
    kept[count] = i;
    count += 1;
  }
  return kept.slice(0, count);
}
