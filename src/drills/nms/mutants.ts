import type { Mutant } from '../primitive.ts';

const SUPPRESSION = 'overlap(boxes[keptIndex], boxes[candidate]) > threshold';

export const NMS_MUTANTS: readonly Mutant[] = [
  { mistake: '>= at the threshold', find: SUPPRESSION, replace: SUPPRESSION.replace('>', '>=') },
  { mistake: 'lowest score first', find: 'return one > other ? -1 : 1;', replace: 'return one > other ? 1 : -1;' },
  {
    mistake: 'no sorting',
    find: '.sort((one, other) => compareScores(scores[one], scores[other]) || one - other)',
    replace: '',
  },
  { mistake: 'ties: the higher index first', find: '|| one - other', replace: '|| other - one' },
  {
    mistake: 'ascending sort and then reversed, as with argsort()[::-1]',
    find: 'compareScores(scores[one], scores[other]) || one - other)',
    replace: 'compareScores(scores[other], scores[one]) || one - other).reverse()',
  },
  {
    mistake: 'sorts numbers as text',
    find: '.sort((one, other) => compareScores(scores[one], scores[other]) || one - other)',
    replace: '.sort((one, other) => (String(scores[other]) > String(scores[one]) ? 1 : -1))',
  },
  {
    mistake: 'NaN breaks the comparator',
    find: 'if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));',
    replace: '',
  },
  {
    mistake: 'NaN scores first',
    find: 'return Number(Number.isNaN(one)) - Number(Number.isNaN(other));',
    replace: 'return Number(Number.isNaN(other)) - Number(Number.isNaN(one));',
  },
  {
    mistake: '-0 and 0 are told apart',
    find: 'if (one === other) return 0;',
    replace: 'if (Object.is(one, other)) return 0;\n  if (one === 0 && other === 0) return Object.is(one, 0) ? -1 : 1;',
  },
  {
    mistake: 'drops scores that are not positive',
    find: 'if (!isSuppressed) kept.push(candidate);',
    replace: 'if (!isSuppressed && !(scores[candidate] <= 0)) kept.push(candidate);',
  },
  {
    mistake: 'drops NaN scores',
    find: 'if (!isSuppressed) kept.push(candidate);',
    replace: 'if (!isSuppressed && !Number.isNaN(scores[candidate])) kept.push(candidate);',
  },
  { mistake: 'asks the last kept box alone', find: 'kept.some(', replace: 'kept.slice(-1).some(' },
  { mistake: 'asks the first kept box alone', find: 'kept.some(', replace: 'kept.slice(0, 1).some(' },
  {
    mistake: 'suppressed boxes suppress, too',
    find: 'kept.some(',
    replace: 'order.slice(0, order.indexOf(candidate)).some(',
  },
  { mistake: 'suppresses what does not overlap', find: SUPPRESSION, replace: SUPPRESSION.replace('>', '<') },
  {
    mistake: 'forgets the classes',
    find: '(classes === undefined || classes[keptIndex] === classes[candidate]) &&',
    replace: '',
  },
  {
    mistake: 'other classes alone',
    find: 'classes[keptIndex] === classes[candidate]',
    replace: 'classes[keptIndex] !== classes[candidate]',
  },
  {
    mistake: 'takes class 0 for no class',
    find: 'classes[keptIndex] === classes[candidate]',
    replace: '!classes[keptIndex] || classes[keptIndex] === classes[candidate]',
  },
  {
    mistake: 'takes absent classes for different ones',
    find: 'classes === undefined || classes[keptIndex] === classes[candidate]',
    replace: 'classes !== undefined && classes[keptIndex] === classes[candidate]',
  },
  {
    mistake: 'returns class after class',
    find: 'return kept;',
    replace: 'return classes === undefined ? kept : kept.sort((one, other) => classes[one] - classes[other]);',
  },
  {
    mistake: 'moves classes apart by a fixed offset',
    find: 'return kept;',
    replace:
      'return classes === undefined ? kept : nms(boxes.map(([x1, y1, x2, y2], index) => [x1 + classes[index] * 1000, y1, x2 + classes[index] * 1000, y2]), scores, threshold);',
  },
  {
    mistake: 'returns indices in order of index',
    find: 'return kept;',
    replace: 'return kept.sort((one, other) => one - other);',
  },
  {
    mistake: 'returns places in the sorted list',
    find: 'return kept;',
    replace: 'return kept.map((index) => order.indexOf(index));',
  },
  {
    mistake: '+1 in width and height',
    find: 'const width = Math.min(one[2], other[2]) - Math.max(one[0], other[0]);\n  const height = Math.min(one[3], other[3]) - Math.max(one[1], other[1]);',
    replace:
      'const width = Math.min(one[2], other[2]) - Math.max(one[0], other[0]) + 1;\n  const height = Math.min(one[3], other[3]) - Math.max(one[1], other[1]) + 1;',
  },
  {
    mistake: '+1 in width, height and areas',
    find: 'if (!(width > 0 && height > 0)) return 0;\n  const shared = width * height;\n  return shared / (areaOf(one) + areaOf(other) - shared);',
    replace:
      'const shared = Math.max(0, width + 1) * Math.max(0, height + 1);\n  const whole = ([x1, y1, x2, y2]: Box): number => (x2 - x1 + 1) * (y2 - y1 + 1);\n  return shared / (whole(one) + whole(other) - shared);',
  },
  { mistake: 'two negative overlaps make an area', find: 'if (!(width > 0 && height > 0)) return 0;', replace: '' },
  { mistake: 'only the width is tested', find: 'width > 0 && height > 0', replace: 'width > 0' },
  {
    mistake: 'NaN coordinates suppress',
    find: 'if (!(width > 0 && height > 0)) return 0;',
    replace: 'if (width <= 0 || height <= 0) return 0;\n  if (Number.isNaN(width) || Number.isNaN(height)) return 1;',
  },
  {
    mistake: 'boxes without area suppress their copies',
    find: 'if (!(width > 0 && height > 0)) return 0;',
    replace:
      'if (one.every((edge, place) => edge === other[place])) return 1;\n  if (!(width > 0 && height > 0)) return 0;',
  },
  {
    mistake: 'divides by the smaller box',
    find: '(areaOf(one) + areaOf(other) - shared)',
    replace: 'Math.min(areaOf(one), areaOf(other))',
  },
  {
    mistake: 'the shared area is counted twice in the union',
    find: '+ areaOf(other) - shared',
    replace: '+ areaOf(other)',
  },
  { mistake: 'keeps at most 32 boxes', find: 'return kept;', replace: 'return kept.slice(0, 32);' },
  {
    mistake: 'compares the areas in the other order',
    find: 'areaOf(one) + areaOf(other)',
    replace: 'areaOf(other) + areaOf(one)',
    equivalent: 'a sum of two numbers does not depend on their order',
  },
  {
    mistake: 'drops the last box',
    find: 'return kept;',
    replace: 'return kept.slice(0, Math.max(1, boxes.length - 1));',
  },
];
