/** x1, y1, x2, y2; half-open. */
export type Box = [number, number, number, number];
export type Truth = { image: string; label: string; box: Box };
export type Detection = { image: string; label: string; score: number; box: Box };
export type Result = { ap: Record<string, number>; map: number };

/** O(d log d) for the sort and O(d · t) for the matching, label by label. */
export function averagePrecision(
  detections: Detection[],
  truths: Truth[],
  threshold: number,
  interpolation: 'all-point' | '11-point',
): Result {
  const labels = [...new Set(truths.map(({ label }) => label))];
  const ap: Record<string, number> = {};
  let map = 0;
  for (const label of labels) {
    const wanted = truths.filter((truth) => truth.label === label);
    const ranked = detections.filter((detection) => detection.label === label).sort((one, other) => compareScores(one.score, other.score));
    const curve = curveOf(match(ranked, wanted, threshold));
    ap[label] = interpolation === '11-point' ? elevenPoints(curve, wanted.length) : areaUnder(curve, wanted.length);
    map += ap[label];
  }
  return { ap, map: map / labels.length };
}

/** Whether each detection, best score first, finds a truth that none before it found. */
function match(ranked: Detection[], truths: Truth[], threshold: number): boolean[] {
  const taken = new Set<number>();
  return ranked.map((detection) => {
    let best = -1;
    let bestIou = 0;
    for (const [index, truth] of truths.entries()) {
      if (truth.image !== detection.image) continue;
      const iou = overlap(detection.box, truth.box);
      if (iou > bestIou) {
        best = index;
        bestIou = iou;
      }
    }
    const isHit = best >= 0 && bestIou >= threshold && !taken.has(best);
    if (isHit) taken.add(best);
    return isHit;
  });
}

type Point = { found: number; precision: number };

function curveOf(hits: boolean[]): Point[] {
  let found = 0;
  return hits.map((isHit, index) => {
    if (isHit) found += 1;
    return { found, precision: found / (index + 1) };
  });
}

/** From the right, so that the best precision beyond a recall is known when it is reached. */
function areaUnder(curve: Point[], truthCount: number): number {
  let area = 0;
  let envelope = 0;
  for (let last = curve.length - 1; last >= 0; last -= 1) {
    const { found, precision } = curve[last];
    const before = last === 0 ? 0 : curve[last - 1].found;
    envelope = Math.max(envelope, precision);
    area += envelope * (found - before);
  }
  return area / truthCount;
}

/** Levels in whole numbers: 0.1 · 3 is more than 3 / 10. */
function elevenPoints(curve: Point[], truthCount: number): number {
  let sum = 0;
  for (let step = 0; step <= 10; step += 1) {
    let best = 0;
    for (const { found, precision } of curve) {
      if (found * 10 >= step * truthCount) best = Math.max(best, precision);
    }
    sum += best;
  }
  return sum / 11;
}

/** Highest first, NaN last. */
function compareScores(one: number, other: number): number {
  if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
  if (one === other) return 0;
  return one > other ? -1 : 1;
}

function overlap(one: Box, other: Box): number {
  const width = Math.min(one[2], other[2]) - Math.max(one[0], other[0]);
  const height = Math.min(one[3], other[3]) - Math.max(one[1], other[1]);
  if (!(width > 0 && height > 0)) return 0;
  const shared = width * height;
  return shared / ((one[2] - one[0]) * (one[3] - one[1]) + (other[2] - other[0]) * (other[3] - other[1]) - shared);
}
