import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createFixture, type FsFixture } from 'fs-fixture';
import { beforeEach, describe, expect, it } from 'vitest';
import { JUDGE_HOST, TEMPLATES_DIR } from '../../test/drills/host.ts';
import { drill, type DrillFlags } from './drill.ts';
import type { Environment } from './environment.ts';

const REPO_DIR = path.resolve(import.meta.dirname, '../..');
const SOLUTION = 'output/job/my/drills/iou/iou.ts';

let fixture: FsFixture;
let out = '';

beforeEach(async () => {
  const pack = await readFile(path.join(REPO_DIR, 'output/pinterest_ml_eng/pack.yaml'), 'utf8');
  fixture = await createFixture({ 'output/job/pack.yaml': pack.replace('id: pinterest_ml_eng', 'id: job') });
  return () => fixture.rm();
});

async function run(
  primitive: string | undefined,
  flags: DrillFlags = {},
  signal = new AbortController().signal,
): Promise<number> {
  out = '';
  const write = (text: string): void => void (out += text);
  const environment: Environment = {
    cwd: fixture.path,
    env: {},
    stdout: write,
    stderr: write,
    isInteractive: false,
    readStdin: async () => new Uint8Array(),
    host: { pid: 1, isAlive: () => true, now: () => 0, epochMs: () => 0 },
    signal,
    installation: { bankDir: '', templatesDir: TEMPLATES_DIR, compiledBankFile: '', buildId: undefined },
  };
  return drill(environment, { ...JUDGE_HOST, sampleMs: 1 }, 'job', primitive, flags);
}

const reference = (): Promise<string> => readFile(path.join(TEMPLATES_DIR, 'drills/iou/reference.ts'), 'utf8');
const write = (text: string): Promise<void> => writeFile(fixture.getPath(SOLUTION), text);

describe('drill', () => {
  it('lists the drills, and which of them the pack has', async () => {
    expect(await run(undefined)).toBe(0);
    expect(out).toMatch(/^iou +Intersection over union \(IoU\) +yes +– +–$/m);
    expect(out).toMatch(/^bilinear-resize .+ no +– +–$/m);
    expect(out).toContain('npx prepsmith drill job iou');
  });

  it('makes the reader’s copy on the first run, and says that nothing passes yet', async () => {
    expect(await run('iou')).toBe(1);
    expect(out).toContain(`Made ${SOLUTION}`);
    expect(out).toContain('FAILED  worked-example  (case 1 of 35)');
    expect(out).toContain('  called    iou([[0, 0, 4, 4]], [[2, 2, 6, 6]])');
    expect(out).toContain(`Error: iou is not written yet  (${SOLUTION}:11)`);
    expect(out).toContain('0 passed of 35.');
    expect(await readdir(fixture.getPath('output/job/my/drills/iou'))).toEqual(['README.md', 'iou.ts']);
  });

  it('never touches the copy again', async () => {
    await run('iou');
    await write('export const iou = () => [];\n');
    const before = await stat(fixture.getPath(SOLUTION));
    expect(await run('iou')).toBe(1);
    expect((await stat(fixture.getPath(SOLUTION))).mtimeMs).toBe(before.mtimeMs);
    expect(await readFile(fixture.getPath(SOLUTION), 'utf8')).toBe('export const iou = () => [];\n');
  });

  it('shows the first failure with its rule, its place, expected and got, and counts the rest', async () => {
    await run('iou');
    await write((await reference()).replace('return (x2 - x1) * (y2 - y1);', 'return (x2 - x1 + 1) * (y2 - y1 + 1);'));
    expect(await run('iou')).toBe(1);
    expect(out).toMatch(/^ {2}at \[0\]\[0\] expected 0\.142857\d*, got 0\.086956\d*$/m);
    expect(out).toMatch(/^\d+ passed of 35\. Also failing: .*the-plus-one-convention-gives-another-number/m);
  });

  it('ends with 0 when all pass, rules for random input included', async () => {
    await run('iou');
    await write(await reference());
    expect(await run('iou')).toBe(0);
    expect(out).toContain('35 passed of 35.\n4 of 4 rules hold for random input');
    expect(out).toContain('→ Now how fast: npx prepsmith drill job iou --lang typescript --bench');
  });

  it('shows a shrunk counterexample where the cases pass and a rule does not', async () => {
    await run('iou');
    const sly = 'return a.map((one) => b.map((other) => (one[0] === 11 ? 0.5 : overlap(one, other))));';
    await write((await reference()).replace('return a.map((one) => b.map((other) => overlap(one, other)));', sly));
    expect(await run('iou')).toBe(1);
    expect(out).toContain('35 passed of 35.');
    expect(out).toMatch(/^BROKEN {2}reference {2}\(counterexample, shrunk \d+ times\)$/m);
    expect(out).toContain('  called    iou([[11, 0, 0, 0]], [[0, 0, 0, 0]])');
  });

  it('says where a file does not parse', async () => {
    await run('iou');
    await write('export function iou(a: number[] {}\n');
    await expect(run('iou')).rejects.toMatchObject({
      code: 'drill-source',
      message: expect.stringMatching(/^iou\.ts:1:33/),
    });
  });

  it('wants the solution in one file', async () => {
    await run('iou');
    await write("import { area } from './area.ts';\nexport const iou = () => area();\n");
    await expect(run('iou')).rejects.toMatchObject({
      code: 'drill-source',
      message: 'iou.ts: expected a solution in one file, found an import of "./area.ts"',
    });
  });

  it('gives one hint after the other', async () => {
    await run('iou', { hint: true });
    expect(out).toMatch(/^Hint 1 of 3\n/);
    await run('iou', { hint: true });
    expect(out).toMatch(/^Hint 2 of 3\n/);
  });

  it('keeps the reference sealed until something was tried', async () => {
    await run('iou');
    await expect(run('iou', { reveal: true })).rejects.toMatchObject({ code: 'drill-sealed' });
    await write('export const iou = () => [];\n');
    await run('iou');
    expect(await run('iou', { reveal: true })).toBe(0);
    expect(out).toBe(await reference());
    await expect(run('iou', { reveal: true, lang: 'python' })).rejects.toMatchObject({ code: 'drill-sealed' });
  });

  it('resets to the stub and keeps what was there beside it', async () => {
    await run('iou');
    await write('mine\n');
    expect(await run('iou', { reset: true })).toBe(0);
    expect(out).toContain(`${SOLUTION}.1.bak`);
    expect(await readFile(fixture.getPath(`${SOLUTION}.1.bak`), 'utf8')).toBe('mine\n');
    expect(await readFile(fixture.getPath(SOLUTION), 'utf8')).toContain('iou is not written yet');
    await run('iou', { reset: true });
    expect(out).toContain('Nothing to reset');
  });

  it('speaks JSON', async () => {
    await run('iou', { json: true, lang: 'python' });
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      job: 'job',
      drill: 'iou',
      language: 'python',
      isPassed: false,
      cases: expect.arrayContaining([
        expect.objectContaining({ name: 'worked-example', verdict: expect.objectContaining({ state: 'failed' }) }),
      ]),
    });
  });

  it('does not measure what is wrong', async () => {
    expect(await run('iou', { bench: true })).toBe(1);
    expect(out).toContain('No bench before all cases pass');
  });

  it('runs again at every save while it watches, and ends with Ctrl-C', async () => {
    await run('iou');
    const abort = new AbortController();
    const watching = run('iou', { watch: true }, abort.signal);
    await expect.poll(() => out, { timeout: 10_000 }).toContain('0 passed of 35.');
    await write(await reference());
    await expect.poll(() => out, { timeout: 10_000 }).toContain('35 passed of 35.');
    abort.abort();
    expect(await watching).toBe(0);
  });

  it.each([
    ['an unknown drill', () => run('yolo'), 'expected a drill, found "yolo"'],
    ['an unknown language', () => run('iou', { lang: 'rust' }), '--lang: expected typescript or python, found "rust"'],
  ])('refuses %s', async (_, act, message) => {
    await expect(act()).rejects.toMatchObject({ code: 'usage', message });
  });
});

it('measures a solution that passes, keeps results and chart, and compares the next run with the last', async () => {
  await run('bilinear-resize');
  const solution = fixture.getPath('output/job/my/drills/bilinear-resize/bilinear-resize.ts');
  await writeFile(solution, await readFile(path.join(TEMPLATES_DIR, 'drills/bilinear-resize/reference.ts'), 'utf8'));
  expect(await run('bilinear-resize', { bench: true })).toBe(0);
  expect(out).toMatch(/^yours .+ n\^\d/m);
  expect(out).toMatch(/^A\/A, the reference against itself: \d/m);
  const folder = 'output/job/my/drills/bilinear-resize/bench-typescript';
  expect(await readdir(fixture.getPath(folder))).toEqual(['chart.svg', 'results.json']);
  expect(await run('bilinear-resize', { bench: true })).toBe(0);
  expect(out).toMatch(/^Last run: .+ now .+ times as fast\)\.$/m);
});
