import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nmsGrid } from './grid.ts';
import { nmsNaive } from './naive.ts';
import { orderByScore } from './score-order.ts';
import { nmsTyped } from './typed.ts';
import { nmsWasm } from './wasm.ts';

type Quad = readonly [number, number, number, number];

function iou(a: Quad, b: Quad): number {
  const [w, h] = [Math.min(a[2], b[2]) - Math.max(a[0], b[0]), Math.min(a[3], b[3]) - Math.max(a[1], b[1])];
  if (!(w > 0 && h > 0)) return 0;
  const value = (w * h) / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h);
  return value > 0 ? value : 0;
}

function keyOf(value: number): number {
  return Number.isNaN(value) ? -Infinity : value;
}

/** The definition: a box is kept unless a kept one that comes before it overlaps it by more than the threshold. */
function reference(boxes: readonly Quad[], scores: readonly number[], threshold: number): number[] {
  const order = [...boxes.keys()].sort((i, j) => {
    const [nanI, nanJ] = [Number.isNaN(scores[i]), Number.isNaN(scores[j])];
    if (nanI !== nanJ) return nanI ? 1 : -1;
    return keyOf(scores[i]!) === keyOf(scores[j]!) ? i - j : keyOf(scores[j]!) - keyOf(scores[i]!);
  });
  const kept: number[] = [];
  for (const i of order) if (kept.every((k) => !(iou(boxes[k]!, boxes[i]!) > threshold))) kept.push(i);
  return kept;
}

function naiveIndices(boxes: Float32Array, scores: Float32Array, threshold: number): Int32Array {
  const detections = Array.from(scores, (score, i) => {
    const [x1, y1, x2, y2] = boxes.subarray(4 * i, 4 * i + 4) as unknown as Quad;
    return { box: { x1, y1, x2, y2 }, score, i };
  });
  return Int32Array.from(nmsNaive(detections, threshold), (kept) => (kept as (typeof detections)[number]).i);
}

const rungs = { naive: naiveIndices, typed: nmsTyped, grid: nmsGrid, wasm: nmsWasm };

function expectReference(
  rung: keyof typeof rungs,
  detections: readonly (readonly [Quad, number])[],
  threshold: number,
): void {
  const boxes = Float32Array.from(detections.flatMap(([box]) => box));
  const scores = Float32Array.from(detections, ([, score]) => score);
  const rounded = detections.map((_, i) => [...boxes.subarray(4 * i, 4 * i + 4)] as unknown as Quad);
  const kept = rungs[rung](boxes, scores, threshold);
  expect([...kept]).toEqual(reference(rounded, [...scores], threshold));
}

const score = fc.oneof(
  fc.float({ min: 0, max: 1 }),
  fc.constantFrom(0.5, 0.25, 0, -0, -1, Number.NaN, Infinity, -Infinity),
);
/** From sides of one pixel to a thousand, near one another and a million pixels apart. */
const origin = fc.constantFrom(0, 0, 0, 10, 1e6, -1e6);
const step = fc.integer({ min: 0, max: 24 });
const scale = fc.constantFrom(1, 1, 3, 40);
const box = fc
  .tuple(origin, step, step, fc.integer({ min: 0, max: 25 }), fc.integer({ min: -1, max: 25 }), scale)
  .map(([o, x, y, w, h, s]): Quad => [o + x * s, o + y * s, o + (x + w) * s, o + (y + h) * s]);
const odd: readonly Quad[] = [
  [Number.NaN, 0, 9, 9],
  [0, 0, Infinity, 9],
  [-Infinity, -Infinity, Infinity, Infinity],
  [-3e38, -3e38, 3e38, 3e38],
  [-1e30, 0, 1e30, 1e-30],
  [0, 0, 1e-20, 1e-20],
];
const detection = fc.tuple(
  fc.oneof({ weight: 9, arbitrary: box }, { weight: 1, arbitrary: fc.constantFrom(...odd) }),
  score,
);
const threshold = fc.constantFrom(0, 0.001, 0.1, 0.25, 1 / 3, 0.5, 0.7, 0.95, 0.999_999, 1);

describe.each(Object.keys(rungs) as (keyof typeof rungs)[])('nms rung %s', (rung) => {
  it('keeps what the definition keeps, in its order', () => {
    fc.assert(
      fc.property(fc.array(detection, { maxLength: 60 }), threshold, (detections, t) =>
        expectReference(rung, detections, t),
      ),
      { numRuns: 300 },
    );
  });

  it('keeps equal overlap at the threshold and drops what is above', () => {
    const pair: [Quad, number][] = [
      [[0, 0, 10, 10], 0.9],
      [[0, 0, 10, 5], 0.8],
      [[0, 0, 10, 5.01], 0.7],
    ];
    expectReference(rung, pair, 0.5);
    expect(rungs[rung](Float32Array.from(pair.flatMap(([q]) => q)), Float32Array.of(0.9, 0.8, 0.7), 0.5)).toEqual(
      Int32Array.of(0, 1),
    );
  });

  it('takes two unit boxes a million apart, and a crowd of duplicates', () => {
    const far: [Quad, number][] = [
      [[0, 0, 1, 1], 0.5],
      [[1e6, 1e6, 1e6 + 1, 1e6 + 1], 0.5],
      [[-1e6, 1e6, -1e6 + 1, 1e6 + 1], 0.5],
    ];
    for (const t of [0, 0.5, 1]) expectReference(rung, far, t);
    const crowd = Array.from({ length: 500 }, (_, i): [Quad, number] => [[i % 3, 0, 90, 90], (i * 7) % 11]);
    for (const t of [0, 0.5, 0.99, 1]) expectReference(rung, crowd, t);
  });

  it('takes hairs, each of which reaches over more cells than there is room for', () => {
    const hairs = Array.from({ length: 400 }, (_, i): [Quad, number] => {
      const [x, y] = [(i * 37) % 91, (i * 53) % 97];
      return [[x, y, x + 4000 + i, y + 0.25 + (i % 5)], (i * 7) % 101];
    });
    for (const t of [0.05, 0.3, 0.5, 0.9]) expectReference(rung, hairs, t);
  });

  it('takes none, and refuses a threshold outside 0 to 1 and scores that do not match', () => {
    expect(rungs[rung](new Float32Array(0), new Float32Array(0), 0.5)).toEqual(new Int32Array(0));
    if (rung === 'naive') return;
    expect(() => rungs[rung](new Float32Array(4), new Float32Array(1), 1.5)).toThrow(
      'threshold is 1.5; expected 0 to 1',
    );
    expect(() => rungs[rung](new Float32Array(4), new Float32Array(2), 0.5)).toThrow('2 scores for 1 boxes');
  });
});

it('gives the same on large mixed scenes, whatever the rung', () => {
  const wide = fc.array(
    fc.tuple(
      fc.tuple(fc.double({ min: 0, max: 900, noNaN: true }), fc.double({ min: 0, max: 900, noNaN: true })),
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
      fc.float({ min: 0, max: 1, noNaN: true }),
    ),
    { minLength: 400, maxLength: 700, size: 'max' },
  );
  fc.assert(
    fc.property(wide, threshold, (scene, t) => {
      const boxes = Float32Array.from(scene.flatMap(([[x, y], [w, h]]) => [x, y, x + 2 * 200 ** w, y + 2 * 200 ** h]));
      const scores = Float32Array.from(scene, ([, , s]) => s);
      const expected = nmsTyped(boxes, scores, t);
      expect(nmsGrid(boxes, scores, t)).toEqual(expected);
      expect(nmsWasm(boxes, scores, t)).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});

it('orders by score: descending, stable, −0 as 0, NaN last', () => {
  const scores = Float32Array.of(-1, Number.NaN, 0, -0, 0, Infinity, -Infinity, 2, Number.NaN, 1e-40, -1e-40);
  expect([...orderByScore(scores).subarray(0, scores.length)]).toEqual([5, 7, 9, 2, 3, 4, 10, 0, 6, 1, 8]);
});
