/**
 * IoU by counting: the edges of both boxes cut the plane into cells, and every cell lies wholly
 * in a box or wholly out of it.
 */
import type { Box } from '../boxes.ts';

export type IouArguments = readonly [readonly Box[], readonly Box[]];

/** One row a box of the first list, one column a box of the second. */
export function iouMatrix([first, second]: IouArguments): number[][] {
  return first.map((one) => second.map((other) => iouByCells(one, other)));
}

export function iouByCells(one: Box, other: Box): number {
  const xs = edges(one[0], one[2], other[0], other[2]);
  const ys = edges(one[1], one[3], other[1], other[3]);
  let shared = 0;
  let either = 0;
  for (const [left, right] of xs) {
    for (const [top, bottom] of ys) {
      const isInOne = contains(one, left, top);
      const isInOther = contains(other, left, top);
      const area = (right - left) * (bottom - top);
      if (isInOne && isInOther) shared += area;
      if (isInOne || isInOther) either += area;
    }
  }
  return shared === 0 ? 0 : shared / either;
}

function edges(...all: number[]): [number, number][] {
  const sorted = [...new Set(all.filter((edge) => !Number.isNaN(edge)))].sort((one, other) => one - other);
  return sorted.slice(1).map((right, index) => [sorted[index] as number, right]);
}

function contains([x1, y1, x2, y2]: Box, x: number, y: number): boolean {
  return x1 <= x && x < x2 && y1 <= y && y < y2;
}
