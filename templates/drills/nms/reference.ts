/** x1, y1, x2, y2; half-open. */
export type Box = [number, number, number, number];

/** Kept indices, highest score first. O(n · kept) after the sort. */
export function nms(boxes: Box[], scores: number[], threshold: number, classes?: number[]): number[] {
  const order = boxes
    .map((_, index) => index)
    .sort((one, other) => compareScores(scores[one], scores[other]) || one - other);
  const kept: number[] = [];
  for (const candidate of order) {
    const isSuppressed = kept.some(
      (keptIndex) =>
        (classes === undefined || classes[keptIndex] === classes[candidate]) &&
        overlap(boxes[keptIndex], boxes[candidate]) > threshold,
    );
    if (!isSuppressed) kept.push(candidate);
  }
  return kept;
}

/** Highest first, NaN last; === takes -0 for 0. */
function compareScores(one: number, other: number): number {
  if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
  if (one === other) return 0;
  return one > other ? -1 : 1;
}

function overlap(one: Box, other: Box): number {
  const width = Math.min(one[2], other[2]) - Math.max(one[0], other[0]);
  const height = Math.min(one[3], other[3]) - Math.max(one[1], other[1]);
  // Asked so that NaN fails, too.
  if (!(width > 0 && height > 0)) return 0;
  const shared = width * height;
  return shared / (areaOf(one) + areaOf(other) - shared);
}

function areaOf([x1, y1, x2, y2]: Box): number {
  return (x2 - x1) * (y2 - y1);
}
