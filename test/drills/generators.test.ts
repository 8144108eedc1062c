/** The generators of cases and bench inputs give what they promise; the oracles agree with one another. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomScene } from '../../src/drills/average-precision/scene.ts';
import { boxArbitrary, clusteredBoxes, randomBox, type Box } from '../../src/drills/boxes.ts';
import {
  divide,
  errorFunction,
  exponential,
  fixedOne,
  fromFixed,
  logarithm,
  multiply,
  squareRoot,
  toFixed,
} from '../../src/drills/activations/fixed-point.ts';
import { correlateByProduct } from '../../src/drills/conv2d/oracle.ts';
import { iouByCells } from '../../src/drills/iou/oracle.ts';
import { nmsByDefinition } from '../../src/drills/nms/oracle.ts';
import { LANGUAGES } from '../../src/drills/primitive-ids.ts';
import { createRandom, shuffled } from '../../src/drills/random.ts';
import { allPrimitives } from '../../src/drills/registry.ts';

const seed = fc.integer({ min: 0, max: 2 ** 31 });
const isProper = ([x1, y1, x2, y2]: Box): boolean => x1 < x2 && y1 < y2;
const area = ([x1, y1, x2, y2]: Box): number => (x2 - x1) * (y2 - y1);
/** To 155 digits of 200. */
const near = (one: bigint, other: bigint): boolean => (one > other ? one - other : other - one) < 10n ** 45n;
/** Sums of such numbers are exact, so that two implementations agree to the last bit. */
const isExact = (box: Box): boolean => box.every((edge) => Number.isInteger(edge * 64));

describe('random numbers', () => {
  it('repeat for a seed and stay in their range', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: -50, max: 50 }), fc.nat(50), (start, low, span) => {
        const [one, other] = [createRandom(start), createRandom(start)];
        for (let draw = 0; draw < 20; draw += 1) {
          const value = one.integer(low, low + span);
          expect(value).toBe(other.integer(low, low + span));
          expect(value >= low && value <= low + span).toBe(true);
        }
      }),
    );
  });

  it('shuffle without loss', () => {
    fc.assert(
      fc.property(seed, fc.array(fc.nat()), (start, items) => {
        const order = shuffled(items, createRandom(start));
        expect(order.toSorted((one, other) => one - other)).toEqual(items.toSorted((one, other) => one - other));
      }),
    );
  });
});

describe('random boxes', () => {
  it('are proper and exact', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 90 }), (start, extent, side) => {
        const box = randomBox(createRandom(start), extent, side);
        expect(isProper(box) && isExact(box)).toBe(true);
      }),
    );
  });

  it('come in clusters of boxes that overlap', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 6 }), (start, count, perCluster) => {
        const boxes = clusteredBoxes(createRandom(start), count, perCluster, 500);
        expect(boxes).toHaveLength(count);
        expect(boxes.every((box) => isProper(box) && isExact(box))).toBe(true);
        for (const [index, box] of boxes.entries()) {
          const first = boxes[index - (index % perCluster)] ?? box;
          expect(iouByCells(first, box)).toBeGreaterThan(0);
        }
      }),
    );
  });
});

it('a random scene has proper boxes and detections of its truths’ images', () => {
  fc.assert(
    fc.property(seed, fc.nat(20), (start, count) => {
      const { detections, truths } = randomScene(createRandom(start), count);
      expect(truths).toHaveLength(count);
      expect([...truths, ...detections].every(({ box }) => isProper(box))).toBe(true);
      expect(detections.every(({ image }) => truths.some((truth) => truth.image === image))).toBe(true);
    }),
  );
});

describe('oracles', () => {
  it('count the same IoU as the formula does for proper boxes', () => {
    fc.assert(
      fc.property(boxArbitrary(fc), boxArbitrary(fc), (one, other) => {
        const width = Math.min(one[2], other[2]) - Math.max(one[0], other[0]);
        const height = Math.min(one[3], other[3]) - Math.max(one[1], other[1]);
        const shared = width > 0 && height > 0 ? width * height : 0;
        expect(iouByCells(one, other)).toBeCloseTo(shared === 0 ? 0 : shared / (area(one) + area(other) - shared), 12);
      }),
    );
  });

  it('keep boxes that do not suppress one another, and drop none without a reason', () => {
    const scene = fc.array(fc.tuple(boxArbitrary(fc), fc.nat(5)), { maxLength: 10 });
    fc.assert(
      fc.property(scene, fc.constantFrom(0, 0.3, 0.6), (items, threshold) => {
        const boxes = items.map(([box]) => box);
        const scores = items.map(([, score]) => score);
        const kept = nmsByDefinition([boxes, scores, threshold]);
        const meets = (one: number, other: number): boolean =>
          iouByCells(boxes[one] as Box, boxes[other] as Box) > threshold;
        for (const one of kept) expect(kept.some((other) => other !== one && meets(one, other))).toBe(false);
        const dropped = [...boxes.keys()].filter((index) => !kept.includes(index));
        for (const index of dropped) expect(kept.some((other) => meets(other, index))).toBe(true);
      }),
    );
  });

  it('cut valid out of the middle of same, for odd kernels', () => {
    const image = Array.from({ length: 6 }, (_, y) => Array.from({ length: 5 }, (__, x) => (x * 7 + y * 3) % 5));
    const kernel = [
      [1, 2, 3],
      [0, -1, 4],
      [2, 2, -5],
    ];
    const same = correlateByProduct([image, kernel, 'same']);
    expect(correlateByProduct([image, kernel, 'valid'])).toEqual(same.slice(1, 5).map((row) => row.slice(1, 4)));
  });

  it('have 150 digits and more', () => {
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), (value) => {
        const x = toFixed(value / 8);
        expect(fromFixed(x)).toBe(value / 8);
        expect(near(multiply(exponential(x), exponential(-x)), fixedOne)).toBe(true);
        if (value > 0) expect(near(exponential(logarithm(x)), x)).toBe(true);
        if (value > 0) expect(near(multiply(squareRoot(x), squareRoot(x)), x)).toBe(true);
        expect(errorFunction(-x)).toBe(-errorFunction(x));
      }),
      { numRuns: 20 },
    );
    expect(fromFixed(exponential(fixedOne))).toBe(Math.E);
    expect(fromFixed(errorFunction(divide(fixedOne, 2n * fixedOne)))).toBe(0.5204998778130465);
  });
});

describe.each(allPrimitives())('the bench of $id', (primitive) => {
  it.each(LANGUAGES)('has four sizes or more in %s, and the same input for a seed', (language) => {
    const sizes = primitive.bench.sizes[language];
    expect(sizes.length).toBeGreaterThanOrEqual(4);
    expect([...sizes].sort((one, other) => one - other)).toEqual(sizes);
    const [size = 0] = sizes;
    expect(primitive.bench.input(size, createRandom(1))).toEqual(primitive.bench.input(size, createRandom(1)));
    const { multiplyAdds, bytes } = primitive.bench.work(size);
    expect(multiplyAdds + bytes).toBeGreaterThan(0);
  });
});
