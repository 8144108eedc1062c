/** A whole bench, small: what is measured, and what is kept. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchChart } from '../../src/drills/bench/chart.ts';
import { benchRows, benchRun, benchVerdict } from '../../src/drills/bench/bench-report.ts';
import { runBench } from '../../src/drills/bench/run-bench.ts';
import type { BenchResult } from '../../src/drills/bench/types.ts';
import type { Box } from '../../src/drills/boxes.ts';
import { kernelProgram } from '../../src/drills/judge/program.ts';
import { primitiveOf } from '../../src/drills/registry.ts';
import { drillFile } from '../../src/drills/texts.ts';
import { JUDGE_HOST, TEMPLATES_DIR } from './host.ts';

const estimate = (median: number) => ({ median, low: median * 0.98, high: median * 1.02 });

/** Yours grows as n², the reference as n. */
function sampleResult(aaMedian: number): BenchResult {
  const sizes = [10, 20, 40, 80];
  const line = (f: (size: number) => number) =>
    sizes.map((size) => ({ size, medianMs: f(size), lowMs: f(size), highMs: f(size) }));
  return {
    format: 'prepsmith.drill-bench/1',
    primitive: 'nms',
    language: 'typescript',
    unit: 'boxes',
    aa: sizes.map((size) => ({ size, ...estimate(aaMedian), rounds: 15, isTrusted: Math.abs(aaMedian - 1) <= 0.05 })),
    sides: [
      { name: 'yours', kind: 'yours', points: line((size) => size ** 2 / 100), exponent: 2 },
      {
        name: 'reference',
        kind: 'reference',
        points: line((size) => size / 10).map((point) => ({ ...point, yoursTo: estimate(point.size / 10) })),
        exponent: 1,
      },
      { name: 'opencv', kind: 'peer', points: [], exponent: Number.NaN, note: 'not installed: no module' },
    ],
    machine: { bytesPerSecond: 10e9, multiplyAddsPerSecond: 2e9 },
    limits: sizes.map((size) => ({ size, limitMs: size / 1000, by: 'memory' })),
  };
}

describe('what a bench says', () => {
  it('states ratio, interval, growth, limit and what is not there', () => {
    expect(benchVerdict(sampleResult(1.01), [])).toMatchInlineSnapshot(`
      [
        "A/A, the reference against itself: 1.010 to 1.010 over 4 sizes; within 0.95 to 1.05, so this machine can measure now.",
        "At 80 boxes yours takes 8 times as long as the reference (ratio 8, 95 % interval 7.84 to 8.16).",
        "Yours grows as n^2.00, the reference as n^1.00.",
        "The limit of this machine (10.0 GB/s, 2.00 G multiply-adds/s of scalar code) for reading and writing the data once is 80 µs at 80: yours takes 800 times that.",
        "opencv: not installed: no module.",
      ]
    `);
  });

  it('gives no verdict where the reference differs from itself', () => {
    const lines = benchVerdict(sampleResult(1.09), []).join('\n');
    expect(lines).toContain('NO VERDICT at 10, 20, 40, 80');
    expect(lines).not.toContain('times as long');
  });

  it('shows the progress since the last run', () => {
    const earlier = { ...benchRun(sampleResult(1), 'abc'), medianMs: 640 };
    expect(benchVerdict(sampleResult(1), [earlier as never]).join('\n')).toContain(
      'Last run: 640 ms at 80 boxes, n^2.00; now 64 ms (10 times as fast).',
    );
  });

  it('makes a table with a row a side, and a chart with a line a side', () => {
    const { columns, rows } = benchRows(sampleResult(1));
    expect(columns).toEqual(['', '10', '20', '40', '80', 'grows as', 'yours to it']);
    expect(rows.map(([name]) => name)).toEqual(['yours', 'reference', 'limit of this machine']);
    const chart = benchChart(sampleResult(1), 'A < B');
    expect(chart).toContain('A &lt; B');
    expect(chart.match(/<path /g)).toHaveLength(3);
    expect(chart).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('runBench', () => {
  it('measures both sides, the ladder and the machine at every size', async () => {
    const nms = primitiveOf('nms');
    const small = {
      ...nms,
      bench: { ...nms.bench, sizes: { ...nms.bench.sizes, typescript: [20, 40, 80, 160] }, peers: [] },
    };
    const seen: number[] = [];
    const result = await runBench(
      {
        host: { ...JUDGE_HOST, sampleMs: 1 },
        templatesDir: TEMPLATES_DIR,
        primitive: small,
        language: 'typescript',
        solution: drillFile(TEMPLATES_DIR, 'nms', 'ladder', 'flags.ts'),
      },
      1,
      { measured: (size) => seen.push(size) },
    );
    expect(seen).toEqual([20, 40, 80, 160]);
    expect(result.sides.map(({ name, points }) => [name, points.length])).toEqual([
      ['yours', 4],
      ['reference', 4],
      ['flags', 4],
      ['grid', 4],
    ]);
    expect(result.aa.map(({ size }) => size)).toEqual(seen);
    expect(result.machine.multiplyAddsPerSecond).toBeGreaterThan(1e8);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('measures a kernel of other types, adapted before the clock runs', async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'prepsmith-kernel-'));
    const kernel = path.join(dir, 'kernel.mjs');
    await writeFile(
      kernel,
      [
        'export const zeros = {',
        '  prepare: async (a, b) => [Float32Array.from(a.flat()), Float32Array.from(b.flat())],',
        '  run: (a, b) => new Float32Array((a.length * b.length) / 16),',
        '  restore: (flat, a, b) => a.map((_, row) => flat.slice(row * b.length, (row + 1) * b.length)),',
        '};',
      ].join('\n'),
    );
    const iou = primitiveOf('iou');
    const apart: [Box[], Box[]] = [
      [[0, 0, 1, 1]],
      [
        [5, 5, 6, 6],
        [7, 7, 8, 8],
      ],
    ];
    const bench = { ...iou.bench, sizes: { ...iou.bench.sizes, typescript: [2] }, peers: [], input: () => apart };
    const result = await runBench(
      {
        host: { ...JUDGE_HOST, sampleMs: 1 },
        templatesDir: TEMPLATES_DIR,
        primitive: { ...iou, bench },
        language: 'typescript',
        solution: drillFile(TEMPLATES_DIR, 'iou', 'reference.ts'),
        extraRungs: [{ name: 'kernel', program: kernelProgram(JUDGE_HOST, TEMPLATES_DIR, kernel, 'zeros') }],
      },
      1,
      { measured: () => undefined },
    );
    await rm(dir, { recursive: true });
    expect(result.sides.find(({ name }) => name === 'kernel')).toMatchObject({ kind: 'rung', points: [{ size: 2 }] });
  });

  it('takes no time of a wrong answer', async () => {
    const iou = primitiveOf('iou');
    const small = { ...iou, bench: { ...iou.bench, sizes: { ...iou.bench.sizes, python: [4] }, peers: [] } };
    const result = await runBench(
      {
        host: { ...JUDGE_HOST, sampleMs: 1 },
        templatesDir: TEMPLATES_DIR,
        primitive: small,
        language: 'python',
        solution: drillFile(TEMPLATES_DIR, 'iou', 'stub.py'),
      },
      1,
      { measured: () => undefined },
    );
    expect(result.sides[0]).toMatchObject({
      name: 'yours',
      points: [],
      note: expect.stringContaining('not written yet'),
    });
    expect(benchVerdict(result, [])).toEqual([expect.stringContaining('No verdict: NotImplementedError')]);
  });
});
