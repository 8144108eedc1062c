import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startPool } from '../threads/pool.ts';
import { conv2dNaive } from './naive.ts';
import type { Padding, Plane } from './plane.ts';
import { conv2dRowRing } from './row-ring.ts';
import type { SeparableFilter } from './separable.ts';
import { conv2dSeparable } from './separable.ts';
import { conv2dSeparableSimd, conv2dSimd, planConv2d, planConv2dSeparable } from './simd.ts';
import { conv2dTyped } from './typed.ts';

/** By scattering: every pixel adds itself to all the outputs that see it. Magnitudes are the sums of |products|. */
function reference(image: Plane, filter: Plane, padding: Padding): { sums: number[]; magnitudes: number[] } {
  const [anchorY, anchorX] = [filter.height, filter.width].map((k) => (padding === 'same' ? (k - 1) >> 1 : 0)) as [
    number,
    number,
  ];
  const height = padding === 'same' ? image.height : image.height - filter.height + 1;
  const width = padding === 'same' ? image.width : image.width - filter.width + 1;
  if (height <= 0 || width <= 0) return { sums: [], magnitudes: [] };
  const sums = Array.from({ length: height * width }, () => 0);
  const magnitudes = [...sums];
  for (const [at, pixel] of image.data.entries()) {
    for (const [tap, weight] of filter.data.entries()) {
      const y = Math.floor(at / image.width) - Math.floor(tap / filter.width) + anchorY;
      const x = (at % image.width) - (tap % filter.width) + anchorX;
      if (y < 0 || y >= height || x < 0 || x >= width) continue;
      sums[y * width + x]! += pixel * weight;
      magnitudes[y * width + x]! += Math.abs(pixel * weight);
    }
  }
  return { sums, magnitudes };
}

function rows({ data, height, width }: Plane): number[][] {
  return Array.from({ length: height }, (_, y) => [...data.subarray(y * width, (y + 1) * width)]);
}

function naive(image: Plane, filter: Plane, padding: Padding): Plane {
  const out = conv2dNaive(rows(image), rows(filter), padding);
  return { data: Float32Array.from(out.flat()), height: out.length, width: out[0]?.length ?? 0 };
}

function outer({ column, row }: SeparableFilter): Plane {
  const data = Float32Array.from([...column].flatMap((c) => [...row].map((r) => c * r)));
  return { data, height: column.length, width: row.length };
}

function expectClose(out: Plane, image: Plane, filter: Plane, padding: Padding): void {
  const { sums, magnitudes } = reference(image, filter, padding);
  expect(out.data.length).toBe(sums.length);
  expect(out.data.length).toBe(out.height * out.width);
  for (const [at, value] of out.data.entries())
    expect(Math.abs(value - sums[at]!), `pixel ${at}`).toBeLessThanOrEqual(1e-6 * magnitudes[at]! + 1e-30);
}

const number = fc.float({ min: -2, max: 2, noNaN: true, noDefaultInfinity: true });
function plane(height: number, width: number): fc.Arbitrary<Plane> {
  const numbers = fc.array(number, { minLength: height * width, maxLength: height * width, size: 'max' });
  return numbers.map((values) => ({ data: Float32Array.from(values), height, width }));
}
const size = (max: number) => fc.integer({ min: 1, max });
const image = fc.tuple(size(12), fc.oneof(size(9), size(60))).chain(([height, width]) => plane(height, width));
const filter = fc.tuple(size(8), size(9)).chain(([height, width]) => plane(height, width));
const separable = fc
  .tuple(size(15), size(15))
  .chain(([kh, kw]) => fc.record({ column: plane(1, kh).map((p) => p.data), row: plane(1, kw).map((p) => p.data) }));
const padding = fc.constantFrom('same' as const, 'valid' as const);

const dense = { naive, typed: conv2dTyped, rowRing: conv2dRowRing, simd: conv2dSimd };
const separated = { separable: conv2dSeparable, separableSimd: conv2dSeparableSimd };

describe.each(Object.keys(dense) as (keyof typeof dense)[])('conv2d rung %s', (rung) => {
  it('agrees with the definition for any size of image and filter', () => {
    fc.assert(
      fc.property(image, filter, padding, (picture, taps, mode) =>
        expectClose(dense[rung](picture, taps, mode), picture, taps, mode),
      ),
      { numRuns: 150 },
    );
  });

  it('correlates: an impulse gives the filter turned round its anchor', () => {
    const impulse = { data: new Float32Array(35), height: 5, width: 7 };
    impulse.data[2 * 7 + 3] = 1;
    const taps = { data: Float32Array.of(1, 2, 3, 4), height: 2, width: 2 };
    const { data } = dense[rung](impulse, taps, 'same');
    expect([data[2 * 7 + 3], data[2 * 7 + 2], data[7 + 3], data[7 + 2]]).toEqual([1, 2, 3, 4]);
  });

  it('keeps NaN to the pixels whose filter sees it', () => {
    const picture = { data: new Float32Array(9 * 40).fill(1), height: 9, width: 40 };
    picture.data[4 * 40 + 20] = Number.NaN;
    const taps = { data: new Float32Array(9).fill(1), height: 3, width: 3 };
    const { data } = dense[rung](picture, taps, 'same');
    expect([...data].filter(Number.isNaN)).toHaveLength(9);
  });
});

describe.each(Object.keys(separated) as (keyof typeof separated)[])('conv2d rung %s', (rung) => {
  it('agrees with the filter multiplied out', () => {
    fc.assert(
      fc.property(image, separable, padding, (picture, taps, mode) =>
        expectClose(separated[rung](picture, taps, mode), picture, outer(taps), mode),
      ),
      { numRuns: 150 },
    );
  });
});

it('takes a filter too large to unroll', () => {
  const picture = { data: Float32Array.from({ length: 900 }, (_, i) => (i % 17) - 8), height: 30, width: 30 };
  const taps = { data: Float32Array.from({ length: 19 * 19 }, (_, i) => (i % 5) - 2), height: 19, width: 19 };
  for (const mode of ['same', 'valid'] as const) expectClose(conv2dRowRing(picture, taps, mode), picture, taps, mode);
});

it('gives the same on two threads as on one, every time', async () => {
  const taps = { data: Float32Array.from({ length: 35 }, (_, i) => i - 9), height: 5, width: 7 };
  const line = { column: Float32Array.of(1, 2, 3, 4), row: Float32Array.of(1, -2, 3) };
  const picture = { height: 61, width: 83 };
  for (const plan of [planConv2d(picture, taps, 'same'), planConv2dSeparable(picture, line, 'same')]) {
    for (let i = 0; i < plan.image.data.length; i += 1) plan.image.data[i] = (i * 31) % 97;
    plan.run();
    const expected = plan.out.data.slice();
    const pool = await startPool(plan, 2);
    for (let round = 0; round < 20; round += 1) {
      plan.out.data.fill(-1);
      pool.run();
      expect(plan.out.data).toEqual(expected);
    }
    await pool.close();
  }
});
