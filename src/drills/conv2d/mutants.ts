import type { Mutant } from '../primitive.ts';

const TAP = 'kernel[i][j]';
const STORE = 'row.push(sum);';

export const CONV2D_MUTANTS: readonly Mutant[] = [
  { mistake: 'flips the kernel (convolution)', find: TAP, replace: 'kernel[rows - 1 - i][columns - 1 - j]' },
  { mistake: 'flips the kernel along x alone', find: TAP, replace: 'kernel[i][columns - 1 - j]' },
  { mistake: 'flips the kernel along y alone', find: TAP, replace: 'kernel[rows - 1 - i][j]' },
  { mistake: 'transposes the kernel', find: TAP, replace: '(kernel[j]?.[i] ?? 0)' },
  { mistake: 'anchors an even kernel at k / 2', find: 'Math.floor((rows - 1) / 2)', replace: 'Math.floor(rows / 2)' },
  {
    mistake: 'anchors even columns at k / 2',
    find: 'Math.floor((columns - 1) / 2)',
    replace: 'Math.floor(columns / 2)',
  },
  {
    mistake: 'the anchor of the columns for both axes',
    find: 'Math.floor((rows - 1) / 2)',
    replace: 'Math.floor((columns - 1) / 2)',
  },
  { mistake: 'no anchor: the kernel starts at the pixel', find: 'Math.floor((rows - 1) / 2)', replace: '0' },
  {
    mistake: 'repeats the border along y',
    find: 'const sourceY = y + i - top;',
    replace: 'const sourceY = Math.min(height - 1, Math.max(0, y + i - top));',
  },
  {
    mistake: 'repeats the border along x',
    find: 'const sourceX = x + j - left;',
    replace: 'const sourceX = Math.min(width - 1, Math.max(0, x + j - left));',
  },
  {
    mistake: 'mirrors the border',
    find: 'const sourceX = x + j - left;',
    replace:
      'const reached = x + j - left;\n          const sourceX = reached < 0 ? -reached : reached >= width ? 2 * width - 2 - reached : reached;',
  },
  {
    mistake: 'wraps round the border',
    find: 'const sourceX = x + j - left;',
    replace: 'const sourceX = (x + j - left + width) % width;',
  },
  { mistake: 'the last column counts as outside', find: 'sourceX >= width', replace: 'sourceX >= width - 1' },
  { mistake: 'the last row counts as outside', find: 'sourceY >= height', replace: 'sourceY >= height - 1' },
  { mistake: 'the first column counts as outside', find: 'sourceX < 0', replace: 'sourceX <= 0' },
  { mistake: 'valid is one row short', find: 'height - rows + 1', replace: 'height - rows' },
  { mistake: 'valid is one column short', find: 'width - columns + 1', replace: 'width - columns' },
  {
    mistake: 'valid is k short instead of k − 1 at a side each',
    find: 'width - columns + 1',
    replace: 'width - 2 * Math.floor(columns / 2)',
  },
  {
    mistake: 'a kernel larger than the image gives rows without pixels',
    find: 'if (outHeight <= 0 || outWidth <= 0) return [];',
    replace: '',
  },
  {
    mistake: 'swaps image and kernel when the kernel is larger',
    find: 'if (outHeight <= 0 || outWidth <= 0) return [];',
    replace:
      'if (outHeight <= 0 && outWidth <= 0 && height > 0) return conv2d(kernel, image, mode);\n  if (outHeight <= 0 || outWidth <= 0) return [];',
  },
  {
    mistake: 'only both axes count as too large',
    find: 'outHeight <= 0 || outWidth <= 0',
    replace: 'outHeight <= 0 && outWidth <= 0',
  },
  {
    mistake: 'valid pads, too',
    find: "mode === 'same' ? Math.floor((columns - 1) / 2) : 0",
    replace: 'Math.floor((columns - 1) / 2)',
  },
  {
    mistake: 'always same',
    find: "const outHeight = mode === 'same' ? height",
    replace: 'const outHeight = mode !== undefined ? height',
  },
  {
    mistake: 'swaps height and width',
    find: 'const height = image.length;\n  const width = image[0]?.length ?? 0;',
    replace: 'const width = image.length;\n  const height = image[0]?.length ?? 0;',
  },
  {
    mistake: 'skips taps of 0',
    find: `sum += image[sourceY][sourceX] * ${TAP};`,
    replace: `if (${TAP} !== 0) sum += image[sourceY][sourceX] * ${TAP};`,
  },
  { mistake: 'clips to 0..255', find: STORE, replace: 'row.push(Math.min(255, Math.max(0, sum)));' },
  { mistake: 'rounds to whole numbers', find: STORE, replace: 'row.push(Math.round(sum));' },
  { mistake: 'keeps 32 bits', find: STORE, replace: 'row.push(Number.isInteger(sum) ? sum | 0 : sum);' },
  {
    mistake: 'divides by the sum of the kernel',
    find: STORE,
    replace: 'row.push(sum / (kernel.flat().reduce((one, other) => one + other, 0) || 1));',
  },
  { mistake: 'forgets to start every sum at 0', find: 'let sum = 0;', replace: 'let sum = row[x - 1] ?? 0;' },
  { mistake: 'an empty image throws', find: 'image[0]?.length ?? 0', replace: 'image[0].length' },
  {
    mistake: 'the product in the other order',
    find: `image[sourceY][sourceX] * ${TAP}`,
    replace: `${TAP} * image[sourceY][sourceX]`,
    equivalent: 'a product of two numbers does not depend on their order',
  },
];
