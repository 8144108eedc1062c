/** x1, y1, x2, y2; half-open. */
export type Box = [number, number, number, number];

/** Coordinates in arrays of their own, areas computed once, early ways out of the inner loop. */
export function iou(a: Box[], b: Box[]): ArrayLike<number>[] {
  const count = b.length;
  const [x1, y1, x2, y2, areas] = [0, 1, 2, 3, 4].map(() => new Float64Array(count)) as Float64Array[];
  for (let index = 0; index < count; index += 1) {
    const box = b[index];
    x1[index] = box[0];
    y1[index] = box[1];
    x2[index] = box[2];
    y2[index] = box[3];
    areas[index] = (box[2] - box[0]) * (box[3] - box[1]);
  }
  return a.map(([left, top, right, bottom]) => {
    const row = new Float64Array(count);
    const area = (right - left) * (bottom - top);
    for (let index = 0; index < count; index += 1) {
      const width = (right < x2[index] ? right : x2[index]) - (left > x1[index] ? left : x1[index]);
      if (!(width > 0)) continue;
      const height = (bottom < y2[index] ? bottom : y2[index]) - (top > y1[index] ? top : y1[index]);
      if (!(height > 0)) continue;
      const shared = width * height;
      const iouOfPair = shared / (area + areas[index] - shared);
      row[index] = iouOfPair >= 0 ? iouOfPair : 0;
    }
    return row;
  });
}
