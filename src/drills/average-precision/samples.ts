/** The pieces that cases are put together from. */
import type { Box } from '../boxes.ts';
import type { CaseInput } from '../primitive.ts';
import type { ApArguments, Detection, Truth } from './oracle.ts';

/** A truth a place in one image, far apart from one another. */
export function truthAt(place: number, label = 'cat', image = 'one'): Truth {
  return { image, label, box: boxAt(place) };
}

/** A detection of that truth, exactly. */
export function hitAt(place: number, score: number, label = 'cat', image = 'one'): Detection {
  return { image, label, score, box: boxAt(place) };
}

function boxAt(place: number): Box {
  return [place * 20, 0, place * 20 + 10, 10];
}

/** A detection of nothing. */
export const missAt = (place: number, score: number, label = 'cat'): Detection => ({
  image: 'one',
  label,
  score,
  box: [place * 20, 500, place * 20 + 10, 510],
});

/** The same scene under both interpolations. */
export function both(name: string, rule: string, detections: Detection[], truths: Truth[]): CaseInput<ApArguments>[] {
  return (['all-point', '11-point'] as const).map((interpolation) => ({
    name: `${name}-${interpolation === 'all-point' ? 'all-point' : 'eleven-point'}`,
    rule,
    args: [detections, truths, 0.5, interpolation],
  }));
}
