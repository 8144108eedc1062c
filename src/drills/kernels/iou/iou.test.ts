import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startPool } from '../threads/pool.ts';
import { iouBranchFree } from './branch-free.ts';
import { iouNaive } from './naive.ts';
import type { Box } from './naive.ts';
import { iouSimd, planIou } from './simd.ts';
import { iouSweep } from './sweep.ts';
import { iouTyped } from './typed.ts';

type Quad = readonly [number, number, number, number];

/** The definition in f64, by cases, sharing no code with the rungs. */
function reference(a: Quad, b: Quad): number {
  const isEmpty = ([x1, y1, x2, y2]: Quad): boolean => ![x1, y1, x2, y2].every(Number.isFinite) || x1 >= x2 || y1 >= y2;
  if (isEmpty(a) || isEmpty(b)) return 0;
  if (a[0] >= b[2] || b[0] >= a[2] || a[1] >= b[3] || b[1] >= a[3]) return 0;
  const xs = [a[0], a[2], b[0], b[2]].sort((p, q) => p - q) as [number, number, number, number];
  const ys = [a[1], a[3], b[1], b[3]].sort((p, q) => p - q) as [number, number, number, number];
  const overlap = (xs[2] - xs[1]) * (ys[2] - ys[1]);
  return overlap / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - overlap);
}

function toBoxes(quads: Float32Array): Box[] {
  return Array.from({ length: quads.length / 4 }, (_, i) => {
    const [x1, y1, x2, y2] = quads.subarray(4 * i, 4 * i + 4) as unknown as Quad;
    return { x1, y1, x2, y2 };
  });
}

function naiveRows(a: Float32Array, b: Float32Array, out: Float32Array): void {
  out.set(iouNaive(toBoxes(a), toBoxes(b)).flat());
}

const rungs = { naive: naiveRows, typed: iouTyped, branchFree: iouBranchFree, sweep: iouSweep, simd: iouSimd };

function expectReference(rung: keyof typeof rungs, a: readonly Quad[], b: readonly Quad[]): void {
  const out = new Float32Array(a.length * b.length).fill(-1);
  rungs[rung](Float32Array.from(a.flat()), Float32Array.from(b.flat()), out);
  const round = (quad: Quad) => quad.map(Math.fround) as unknown as Quad;
  for (const [i, first] of a.entries()) {
    for (const [j, second] of b.entries()) {
      const expected = reference(round(first), round(second));
      const error = Math.abs(out[i * b.length + j]! - expected);
      expect(error, `${first.join()} against ${second.join()}`).toBeLessThanOrEqual(1e-5 * expected + 1e-12);
    }
  }
}

const length = fc.double({ min: 0.125, max: 400, noNaN: true });
const corner = fc.double({ min: -500, max: 500, noNaN: true });
const proper = fc.tuple(corner, corner, length, length).map(([x, y, w, h]): Quad => [x, y, x + w, y + h]);
const odd: readonly Quad[] = [
  [0, 0, 0, 0],
  [5, 5, 5, 9],
  [9, 9, 2, 2],
  [9, 0, 2, 8],
  [Number.NaN, 0, 1, 1],
  [0, 0, 1, Number.NaN],
  [-Infinity, -Infinity, Infinity, Infinity],
  [0, 0, Infinity, 1],
  [1e6, 1e6, 1e6 + 8, 1e6 + 8],
  [-1e6, -1e6, 1e6, 1e6],
  [-0, -0, 10, 10],
  [0, 0, 1e-3, 1e-3],
];
const boxes = fc.array(fc.oneof({ weight: 4, arbitrary: proper }, { arbitrary: fc.constantFrom(...odd), weight: 1 }), {
  maxLength: 13,
});

describe.each(Object.keys(rungs) as (keyof typeof rungs)[])('iou rung %s', (rung) => {
  it('agrees with the definition', () => {
    fc.assert(
      fc.property(boxes, boxes, (a, b) => expectReference(rung, a, b)),
      { numRuns: 60 },
    );
  });

  it('agrees on every pair of odd boxes', () => {
    expectReference(rung, odd, odd);
  });
});

it('refuses numbers that are no boxes, and a matrix of another size', () => {
  expect(() =>
    iouTyped(new Float32Array(5), new Float32Array(4), new Float32Array(1)),
  ).toThrowErrorMatchingInlineSnapshot(`[RangeError: boxes hold 5 numbers; expected four a box: x1, y1, x2, y2]`);
  expect(() =>
    iouSimd(new Float32Array(4), new Float32Array(4), new Float32Array(2)),
  ).toThrowErrorMatchingInlineSnapshot(`[RangeError: out holds 2 numbers; expected 1 × 1 = 1]`);
});

it.each([
  [67, 35],
  [9, 3],
])('gives %i × %i the same on two threads as on one, every time', async (n, m) => {
  const plan = planIou(n, m);
  for (const side of [plan.a, plan.b])
    for (let i = 0; i < side.length; i += 1) side[i] = ((i * 37) % 101) + (i & 2 ? 60 : 0);
  plan.run();
  const expected = plan.out.slice();
  expect(expected.some((value) => value > 0)).toBe(true);
  const pool = await startPool(plan, 2);
  for (let round = 0; round < 20; round += 1) {
    plan.out.fill(-1);
    pool.run();
    expect(plan.out).toEqual(expected);
  }
  await pool.close();
});
