import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateMedian, growthExponent } from './statistics.ts';

describe('estimateMedian', () => {
  it('takes the ranks of the binomial distribution: of 15 samples the 4th and the 12th', () => {
    const samples = Array.from({ length: 15 }, (_, index) => 15 - index);
    expect(estimateMedian(samples)).toEqual({ median: 8, low: 4, high: 12 });
  });

  it('takes all there is of a few samples', () => {
    expect(estimateMedian([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
    expect(estimateMedian([5])).toEqual({ median: 5, low: 5, high: 5 });
  });

  it('is the mean of the middle two of an even number', () => {
    expect(estimateMedian([4, 1, 3, 2]).median).toBe(2.5);
  });

  it('always holds the median, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 40 }), (samples) => {
        const { median, low, high } = estimateMedian(samples);
        expect(low).toBeLessThanOrEqual(median);
        expect(high).toBeGreaterThanOrEqual(median);
        expect(estimateMedian([...samples].reverse())).toEqual({ median, low, high });
      }),
    );
  });
});

describe('growthExponent', () => {
  const sizes = [10, 20, 40, 80];

  it.each([0.5, 1, 1.5, 2, 3])('finds n^%f', (exponent) => {
    const points = sizes.map((size) => ({ size, medianMs: 0.3 * size ** exponent }));
    expect(growthExponent(points)).toBeCloseTo(exponent, 9);
  });

  it('says nothing of one point', () => {
    expect(growthExponent([{ size: 10, medianMs: 1 }])).toBeNaN();
  });
});
