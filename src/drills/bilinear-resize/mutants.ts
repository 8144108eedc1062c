import type { Mutant } from '../primitive.ts';

const CENTRE = '((at + 0.5) * from) / to - 0.5';
const MIX = 'upper[low] * (1 - weight) + upper[high] * weight';

export const RESIZE_MUTANTS: readonly Mutant[] = [
  { mistake: 'no half pixel: at · from / to', find: CENTRE, replace: '(at * from) / to' },
  { mistake: 'forgets to take half a pixel off', find: CENTRE, replace: '((at + 0.5) * from) / to' },
  { mistake: 'forgets to add half a pixel', find: CENTRE, replace: '(at * from) / to - 0.5' },
  { mistake: 'the scale upside down', find: CENTRE, replace: '((at + 0.5) * to) / from - 0.5' },
  { mistake: 'extrapolates at the first edge', find: 'Math.max(0, centre)', replace: 'centre' },
  {
    mistake: 'extrapolates at the last edge',
    find: 'Math.min(from - 1, Math.max(0, centre))',
    replace: 'Math.max(0, centre)',
    equivalent: 'beyond the last centre both neighbours are the last pixel already',
  },
  { mistake: 'never aligns corners', find: 'if (alignCorners)', replace: 'if (alignCorners && from < 0)' },
  { mistake: 'always aligns corners', find: 'if (alignCorners)', replace: 'if (alignCorners || from > 0)' },
  {
    mistake: 'aligned corners divide by the side',
    find: '(at * (from - 1)) / (to - 1)',
    replace: '(at * (from - 1)) / to',
  },
  {
    mistake: 'aligned corners with the whole side',
    find: '(at * (from - 1)) / (to - 1)',
    replace: '(at * from) / (to - 1)',
  },
  { mistake: 'a side of 1 divides by zero', find: 'to === 1 ? 0 : ', replace: '' },
  { mistake: 'a side of 1 takes the middle', find: 'to === 1 ? 0 : ', replace: 'to === 1 ? (from - 1) / 2 : ' },
  { mistake: 'nearest pixel', find: 'weight: place - low', replace: 'weight: Math.round(place - low)' },
  { mistake: 'the lower pixel alone', find: 'weight: place - low', replace: 'weight: 0' },
  { mistake: 'weights exchanged', find: 'weight: place - low', replace: 'weight: low + 1 - place' },
  { mistake: 'interpolates along x alone', find: 'above * (1 - row.weight) + below * row.weight', replace: 'above' },
  { mistake: 'interpolates along y alone', find: MIX, replace: 'upper[low]' },
  {
    mistake: 'the weight of y for x',
    find: 'const { low, high, weight } = columns[x];',
    replace: 'const { low, high } = columns[x];\n      const weight = row.weight;',
  },
  {
    mistake: 'height and width exchanged',
    find: 'const rows = placesOf(image.length, height, alignCorners);',
    replace: 'const rows = placesOf(image.length, width, alignCorners);',
  },
  {
    mistake: 'the width of the image for its height',
    find: 'placesOf(image.length, height',
    replace: 'placesOf(image[0].length, height',
  },
  {
    mistake: 'rounds to whole numbers',
    find: 'line.push(above * (1 - row.weight) + below * row.weight);',
    replace: 'line.push(Math.round(above * (1 - row.weight) + below * row.weight));',
  },
  {
    mistake: 'clips to 0..255',
    find: 'line.push(above * (1 - row.weight) + below * row.weight);',
    replace: 'line.push(Math.min(255, Math.max(0, above * (1 - row.weight) + below * row.weight)));',
  },
  {
    mistake: 'clips the place one pixel short',
    find: 'Math.min(from - 1, Math.max(0, centre))',
    replace: 'Math.min(Math.max(0, from - 2), Math.max(0, centre))',
  },
  {
    mistake: 'a smooth step for the weight',
    find: 'weight: place - low',
    replace: 'weight: (place - low) ** 2 * (3 - 2 * (place - low))',
  },
  {
    mistake: 'an antialias filter that averages what it skips',
    find: 'const line: number[] = [];',
    replace:
      'if (image[0].length >= 4 * width) { const step = Math.floor(image[0].length / width); result.push(Array.from({ length: width }, (_, x) => image[row.low].slice(x * step, (x + 1) * step).reduce((sum, pixel) => sum + pixel, 0) / step)); continue; }\n    const line: number[] = [];',
  },
  {
    mistake: 'rounds the place up instead of adding one',
    find: 'Math.min(from - 1, low + 1)',
    replace: 'Math.ceil(place)',
    equivalent: 'the higher pixel differs only where its weight is 0',
  },
];
