import type { Mutant } from '../primitive.ts';

export const AVERAGE_PRECISION_MUTANTS: readonly Mutant[] = [
  { mistake: '> at the threshold', find: 'bestIou >= threshold', replace: 'bestIou > threshold' },
  { mistake: 'a truth may be found many times', find: '&& !taken.has(best)', replace: '' },
  {
    mistake: 'a taken truth is passed over for the next best',
    find: 'if (truth.image !== detection.image) continue;',
    replace: 'if (truth.image !== detection.image || taken.has(index)) continue;',
  },
  {
    mistake: 'the first truth above the threshold',
    find: 'if (iou > bestIou) {',
    replace: 'if (iou > bestIou && bestIou < threshold) {',
  },
  { mistake: 'the last of two equal truths', find: 'if (iou > bestIou) {', replace: 'if (iou >= bestIou) {' },
  { mistake: 'images are mixed up', find: 'if (truth.image !== detection.image) continue;', replace: '' },
  {
    mistake: 'labels are mixed up',
    find: 'detections.filter((detection) => detection.label === label)',
    replace: '[...detections]',
  },
  { mistake: 'not sorted by score', find: '.sort((one, other) => compareScores(one.score, other.score))', replace: '' },
  { mistake: 'lowest score first', find: 'return one > other ? -1 : 1;', replace: 'return one > other ? 1 : -1;' },
  {
    mistake: 'equal scores in the opposite order',
    find: 'if (one === other) return 0;',
    replace: 'if (one === other) return -1;',
  },
  {
    mistake: 'NaN scores first',
    find: 'return Number(Number.isNaN(one)) - Number(Number.isNaN(other));',
    replace: 'return Number(Number.isNaN(other)) - Number(Number.isNaN(one));',
  },
  {
    mistake: 'NaN breaks the comparator',
    find: 'if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));',
    replace: '',
  },
  {
    mistake: 'no envelope: the raw area',
    find: 'envelope = Math.max(envelope, precision);',
    replace: 'envelope = precision;',
  },
  {
    mistake: 'the envelope from the left',
    find: 'for (let last = curve.length - 1; last >= 0; last -= 1)',
    replace: 'for (let last = 0; last < curve.length; last += 1)',
  },
  {
    mistake: 'the trapezoid rule',
    find: 'area += envelope * (found - before);',
    replace: 'area += ((envelope + (curve[last - 1]?.precision ?? 1)) / 2) * (found - before);',
  },
  {
    mistake: 'recall over the found, not over the truths',
    find: 'return area / truthCount;',
    replace: 'return area / Math.max(1, curve.at(-1)?.found ?? 0);',
  },
  {
    mistake: 'all-point for both',
    find: "interpolation === '11-point'",
    replace: "interpolation === ('none' as string)",
  },
  { mistake: '11-point for both', find: "interpolation === '11-point'", replace: 'interpolation !== undefined' },
  { mistake: 'ten levels', find: 'step <= 10', replace: 'step < 10' },
  { mistake: 'starts at recall 0.1 and divides by 11', find: 'let step = 0;', replace: 'let step = 1;' },
  { mistake: 'divides eleven levels by ten', find: 'sum / 11', replace: 'sum / 10' },
  {
    mistake: 'levels as sums of 0.1',
    find: 'found * 10 >= step * truthCount',
    replace: 'found / truthCount >= step * 0.1',
  },
  {
    mistake: '> at the recall level',
    find: 'found * 10 >= step * truthCount',
    replace: 'found * 10 > step * truthCount',
  },
  {
    mistake: 'the precision at the level instead of the best beyond it',
    find: 'best = Math.max(best, precision);',
    replace: 'best = best || precision;',
  },
  {
    mistake: 'precision over all detections',
    find: 'precision: found / (index + 1)',
    replace: 'precision: found / hits.length',
  },
  {
    mistake: 'the mean weighs labels by their truths',
    find: 'map += ap[label];',
    replace: 'map += (ap[label] * wanted.length * labels.length) / truths.length;',
  },
  {
    mistake: 'the labels of detections count, too',
    find: 'new Set(truths.map(({ label }) => label))',
    replace: 'new Set([...truths, ...detections].map(({ label }) => label))',
  },
  {
    mistake: 'the mean over labels with detections',
    find: 'new Set(truths.map(({ label }) => label))',
    replace:
      'new Set(truths.map(({ label }) => label).filter((label) => detections.some((detection) => detection.label === label)))',
  },
  {
    mistake: '0 instead of NaN without truths',
    find: 'map / labels.length',
    replace: 'map / Math.max(1, labels.length)',
  },
  {
    mistake: '+1 in width and height',
    find: 'const width = Math.min(one[2], other[2]) - Math.max(one[0], other[0]);\n  const height = Math.min(one[3], other[3]) - Math.max(one[1], other[1]);',
    replace:
      'const width = Math.min(one[2], other[2]) - Math.max(one[0], other[0]) + 1;\n  const height = Math.min(one[3], other[3]) - Math.max(one[1], other[1]) + 1;',
  },
  {
    mistake: 'a zero that is written 0.0',
    find: 'let area = 0;',
    replace: 'let area = 0.0;',
    equivalent: 'the same number',
  },
];
