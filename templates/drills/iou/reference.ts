/** x1, y1, x2, y2; half-open. */
export type Box = [number, number, number, number];

/** One row a box of `a`, one column a box of `b`. O(n·m), which is the size of the answer. */
export function iou(a: Box[], b: Box[]): number[][] {
  return a.map((one) => b.map((other) => overlap(one, other)));
}

function overlap(one: Box, other: Box): number {
  const width = Math.min(one[2], other[2]) - Math.max(one[0], other[0]);
  const height = Math.min(one[3], other[3]) - Math.max(one[1], other[1]);
  // Asked so that NaN fails, too; a box without area never gets past it.
  if (!(width > 0 && height > 0)) return 0;
  const shared = width * height;
  return shared / (areaOf(one) + areaOf(other) - shared);
}

function areaOf([x1, y1, x2, y2]: Box): number {
  return (x2 - x1) * (y2 - y1);
}
