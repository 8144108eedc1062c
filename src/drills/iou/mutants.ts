import type { Mutant } from '../primitive.ts';

export const IOU_MUTANTS: readonly Mutant[] = [
  { mistake: '+1 in the overlap', find: '- Math.max(one[0], other[0]);', replace: '- Math.max(one[0], other[0]) + 1;' },
  {
    mistake: '+1 in the areas',
    find: 'return (x2 - x1) * (y2 - y1);',
    replace: 'return (x2 - x1 + 1) * (y2 - y1 + 1);',
  },
  { mistake: 'no test for the sign of the overlap', find: 'if (!(width > 0 && height > 0)) return 0;', replace: '' },
  {
    mistake: 'only the product is tested for its sign',
    find: 'if (!(width > 0 && height > 0)) return 0;',
    replace: 'if (!(width * height > 0)) return 0;',
  },
  { mistake: 'only the width is tested', find: 'width > 0 && height > 0', replace: 'width > 0' },
  { mistake: 'only the height is tested', find: 'width > 0 && height > 0', replace: 'height > 0' },
  {
    mistake: 'NaN passes the test',
    find: 'if (!(width > 0 && height > 0)) return 0;',
    replace: 'if (width <= 0 || height <= 0) return 0;',
  },
  {
    mistake: 'NaN instead of 0 for boxes without area',
    find: 'if (!(width > 0 && height > 0)) return 0;',
    replace: 'if (width < 0 || height < 0) return 0;',
  },
  {
    mistake: 'the shared area is counted twice in the union',
    find: '+ areaOf(other) - shared',
    replace: '+ areaOf(other)',
  },
  {
    mistake: 'divides by the smaller box',
    find: '(areaOf(one) + areaOf(other) - shared)',
    replace: 'Math.min(areaOf(one), areaOf(other))',
  },
  { mistake: 'divides by the first box', find: '(areaOf(one) + areaOf(other) - shared)', replace: 'areaOf(one)' },
  {
    mistake: 'Dice instead of IoU',
    find: 'shared / (areaOf(one) + areaOf(other) - shared)',
    replace: '(2 * shared) / (areaOf(one) + areaOf(other))',
  },
  {
    mistake: 'an epsilon in the denominator',
    find: '+ areaOf(other) - shared)',
    replace: '+ areaOf(other) - shared + 1e-6)',
  },
  { mistake: 'reads boxes as x, y, width, height', find: 'return (x2 - x1) * (y2 - y1);', replace: 'return x2 * y2;' },
  {
    mistake: 'reads boxes as y, x and x alone',
    find: 'Math.min(one[3], other[3]) - Math.max(one[1], other[1])',
    replace: 'Math.min(one[3], other[3]) - Math.max(one[0], other[0])',
  },
  {
    mistake: 'min and max exchanged',
    find: 'Math.min(one[2], other[2]) - Math.max(one[0], other[0])',
    replace: 'Math.max(one[2], other[2]) - Math.min(one[0], other[0])',
  },
  {
    mistake: 'puts inverted corners in order',
    find: 'function overlap(one: Box, other: Box): number {',
    replace:
      'function overlap(first: Box, second: Box): number {\n  const [one, other] = [first, second].map(([x1, y1, x2, y2]) => [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)]) as [Box, Box];',
  },
  {
    mistake: 'the absolute value of the overlap',
    find: 'const height = Math.min(one[3], other[3]) - Math.max(one[1], other[1]);',
    replace: 'const height = Math.abs(Math.min(one[3], other[3]) - Math.max(one[1], other[1]));',
  },
  {
    mistake: 'rows and columns exchanged',
    find: 'a.map((one) => b.map((other) => overlap(one, other)))',
    replace: 'b.map((other) => a.map((one) => overlap(one, other)))',
  },
  {
    mistake: 'pairs the lists one to one',
    find: 'a.map((one) => b.map((other) => overlap(one, other)))',
    replace: 'a.map((one, index) => [overlap(one, b[index] ?? one)])',
  },
  {
    mistake: 'rounds to three decimals',
    find: 'return shared / (areaOf(one) + areaOf(other) - shared);',
    replace: 'return Math.round((shared / (areaOf(one) + areaOf(other) - shared)) * 1000) / 1000;',
  },
  {
    mistake: 'whole pixels alone',
    find: 'const shared = width * height;',
    replace: 'const shared = Math.floor(width) * Math.floor(height);',
  },
  {
    mistake: 'areas as 32-bit integers',
    find: 'const shared = width * height;',
    replace: 'const shared = Number.isInteger(width * height) ? Math.imul(width, height) : width * height;',
  },
  {
    mistake: 'tests >= 0 and lets boxes that touch through',
    find: 'width > 0 && height > 0',
    replace: 'width >= 0 && height >= 0',
  },
  {
    mistake: 'clamps the union to at least 1',
    find: 'shared / (areaOf(one) + areaOf(other) - shared)',
    replace: 'shared / Math.max(1, areaOf(one) + areaOf(other) - shared)',
  },
  {
    mistake: 'clamps the areas of inverted boxes',
    find: 'return (x2 - x1) * (y2 - y1);',
    replace: 'return Math.max(0, x2 - x1) * Math.max(0, y2 - y1);',
    equivalent: 'the area of an inverted box is never looked at: its overlap is negative',
  },
];
