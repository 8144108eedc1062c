import { describe, expect, it } from 'vitest';
import { compareValues, EXACT } from './compare.ts';

const NEAR = { absolute: 1e-9, relative: 1e-6 };

describe('compareValues', () => {
  it.each([
    ['equal lists', [1, [2, 3]], [1, [2, 3]]],
    ['NaN and NaN', Number.NaN, Number.NaN],
    ['-0 and 0', 0, -0],
    ['the same infinity', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ['numbers within the tolerance', 1000, 1000.0005],
    ['records in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
  ])('agrees on %s', (_, expected, got) => {
    expect(compareValues(expected, got, NEAR)).toBeUndefined();
  });

  it.each([
    ['a number out of the tolerance', [0, 1], [0, 1.1], { path: '[1]', expected: 1, got: 1.1 }],
    ['a list that ends early', [[1, 2]], [[1]], { path: '[0][1]', expected: 2, got: undefined }],
    ['a list that goes on', [], [7], { path: '[0]', expected: undefined, got: 7 }],
    ['NaN for a number', 1, Number.NaN, { path: '', expected: 1, got: Number.NaN }],
    [
      'an infinity for a large number',
      Number.POSITIVE_INFINITY,
      1e308,
      { path: '', expected: Number.POSITIVE_INFINITY, got: 1e308 },
    ],
    ['another type', [0], ['0'], { path: '[0]', expected: 0, got: '0' }],
    ['null for a list', [], null, { path: '', expected: [], got: null }],
    ['an entry too many', { a: 1 }, { a: 1, b: 2 }, { path: '.b', expected: undefined, got: 2 }],
    ['an entry that is missing', { a: { b: 1 } }, { a: {} }, { path: '.a.b', expected: 1, got: undefined }],
  ])('names the place of %s', (_, expected, got, difference) => {
    expect(compareValues(expected, got, NEAR)).toEqual(difference);
  });

  it('takes indices exactly', () => {
    expect(compareValues([1], [1 + 1e-12], EXACT)).toBeDefined();
  });
});
