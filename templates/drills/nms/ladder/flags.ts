/** x1, y1, x2, y2; half-open. */
export type Box = [number, number, number, number];

/** The version of most tutorials: every kept box crosses out all that come after it. O(n²). */
export function nms(boxes: Box[], scores: number[], threshold: number, classes?: number[]): number[] {
  const order = Array.from(boxes.keys()).sort((one, other) => compareScores(scores[one], scores[other]) || one - other);
  const isOut = new Uint8Array(boxes.length);
  const kept: number[] = [];
  for (let place = 0; place < order.length; place += 1) {
    const index = order[place];
    if (isOut[index] === 1) continue;
    kept.push(index);
    for (let later = place + 1; later < order.length; later += 1) {
      const other = order[later];
      if (classes !== undefined && classes[index] !== classes[other]) continue;
      if (overlap(boxes[index], boxes[other]) > threshold) isOut[other] = 1;
    }
  }
  return kept;
}

function compareScores(one: number, other: number): number {
  if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
  return one === other ? 0 : one > other ? -1 : 1;
}

function overlap(one: Box, other: Box): number {
  const width = Math.min(one[2], other[2]) - Math.max(one[0], other[0]);
  const height = Math.min(one[3], other[3]) - Math.max(one[1], other[1]);
  if (!(width > 0 && height > 0)) return 0;
  const shared = width * height;
  return shared / ((one[2] - one[0]) * (one[3] - one[1]) + (other[2] - other[0]) * (other[3] - other[1]) - shared);
}
