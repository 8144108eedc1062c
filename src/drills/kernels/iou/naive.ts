/** Rung 1: what one writes first. An object a box, an array a row, every value on the heap. */

export interface Box {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

function area(box: Box): number {
  return Math.max(0, box.x2 - box.x1) * Math.max(0, box.y2 - box.y1);
}

/** In [0, 1]; 0 where the union is empty or a coordinate is NaN or infinite. */
export function iouOfBoxes(a: Box, b: Box): number {
  const width = Math.max(0, Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1));
  const height = Math.max(0, Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1));
  const overlap = width * height;
  const iou = overlap / (area(a) + area(b) - overlap);
  return iou > 0 ? iou : 0;
}

/** [n][m]: box a[i] against box b[j]. */
export function iouNaive(a: readonly Box[], b: readonly Box[]): number[][] {
  return a.map((first) => b.map((second) => iouOfBoxes(first, second)));
}
