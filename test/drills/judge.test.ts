/** The judge against code that does not behave. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/drills/judge/program.ts';
import type { Outcome } from '../../src/drills/judge/types.ts';
import type { Arguments } from '../../src/drills/primitive.ts';
import { withText } from './solutions.ts';

const SHORT = { ...LIMITS, callMs: 800, memoryMb: 300 };
/** For what ends by another limit than time, however busy the machine is. */
const PATIENT = { ...SHORT, callMs: 25_000 };

const typescript = (text: string, ...args: Arguments): Promise<Outcome> =>
  withText('typescript', text, (session) => session.call(args), SHORT);
const python = (text: string, ...args: Arguments): Promise<Outcome> =>
  withText('python', text, (session) => session.call(args), SHORT);

describe('a solution in TypeScript', () => {
  it('gets its arguments and gives its result, NaN and the infinities too', async () => {
    const text = 'export const solve = (a: number[], b: string) => ({ all: a, b, none: null });';
    expect(await typescript(text, [1, Number.NaN, Number.NEGATIVE_INFINITY, -0], 'same')).toMatchObject({
      state: 'returned',
      value: { all: [1, Number.NaN, Number.NEGATIVE_INFINITY, -0], b: 'same', none: null },
      hasChangedInput: false,
    });
  });

  it('may return typed arrays, and may print', async () => {
    const text = 'export function solve() { console.log("here", 7); return new Float64Array([1, 2]); }';
    expect(await typescript(text)).toEqual({
      state: 'returned',
      value: [1, 2],
      hasChangedInput: false,
      printed: 'here 7\n',
    });
  });

  it('is told when it changes what it was given', async () => {
    expect(await typescript('export const solve = (a: number[]) => a.sort()[0];', [2, 1])).toMatchObject({
      state: 'returned',
      hasChangedInput: true,
    });
  });

  it.each([
    [
      'throws',
      'export function solve(): number {\n  throw new Error("no");\n}',
      { state: 'threw', message: 'Error: no', line: 2 },
    ],
    [
      'forgets to return',
      'export function solve() {}',
      { state: 'threw', message: expect.stringContaining('the result is undefined') },
    ],
    [
      'returns a promise',
      'export async function solve() {}',
      { state: 'threw', message: expect.stringContaining('a promise') },
    ],
    [
      'exports something else',
      'export const other = 1;',
      { state: 'threw', message: expect.stringContaining('expected an exported function solve') },
    ],
    ['hangs', 'export function solve() { for (;;); }', { state: 'timed-out', afterMs: 800 }],
    [
      'leaves',
      'export function solve() { process.exit(0); }',
      { state: 'died', message: 'the process ended with exit code 0' },
    ],
  ])('that %s gets an answer that says so', async (_, text, expected) => {
    expect(await typescript(text)).toMatchObject(expected);
  });
});

it('ends what fills the heap', async () => {
  const text =
    'export function solve() { const all: number[][] = []; for (;;) all.push(new Array(10_000).fill(all.length)); }';
  const outcome = await withText('typescript', text, (session) => session.call([]), PATIENT);
  expect(outcome).toMatchObject({ state: 'died' });
});

it.runIf(process.platform === 'linux')('ends what fills memory beside the heap', async () => {
  const text =
    'export function solve() { const all = []; for (let n = 0; n < 4000; n += 1) all.push(new Float64Array(131_072).fill(1)); for (;;); }';
  const outcome = await withText('typescript', text, (session) => session.call([]), PATIENT);
  expect(outcome).toEqual({ state: 'died', message: 'it used more than the 300 MB that a drill may use' });
});

describe('a solution in Python', () => {
  it('gets its arguments and gives its result, NaN and the infinities too', async () => {
    const text = 'def solve(a, b):\n    return {"all": a, "pair": (1, 2.5), "none": None, "b": b}\n';
    expect(await python(text, [1, Number.NaN, Number.POSITIVE_INFINITY, -0], 'same')).toMatchObject({
      state: 'returned',
      value: { all: [1, Number.NaN, Number.POSITIVE_INFINITY, -0], pair: [1, 2.5], none: null, b: 'same' },
      hasChangedInput: false,
    });
  });

  it('may print, also to the file descriptor of the answers', async () => {
    const text = 'import sys\ndef solve():\n    print("here", 7)\n    print("there", file=sys.stderr)\n    return 1\n';
    expect(await python(text)).toEqual({
      state: 'returned',
      value: 1,
      hasChangedInput: false,
      printed: 'here 7\nthere\n',
    });
  });

  it.each([
    [
      'throws',
      'def solve():\n    return 1 / 0\n',
      { state: 'threw', message: 'ZeroDivisionError: division by zero', line: 2 },
    ],
    ['does not parse', 'def solve(:\n', { state: 'threw', message: expect.stringContaining('SyntaxError'), line: 1 }],
    ['is not there', 'other = 1\n', { state: 'threw', message: expect.stringContaining('expected a function solve') }],
    ['hangs', 'def solve():\n    while True:\n        pass\n', { state: 'timed-out' }],
    [
      'leaves',
      'import os\ndef solve():\n    os._exit(3)\n',
      { state: 'died', message: 'the process ended with exit code 3' },
    ],
    [
      'asks for too much memory',
      'def solve():\n    return len(bytearray(2_000_000_000))\n',
      { state: 'threw', message: expect.stringContaining('MemoryError') },
    ],
    [
      'returns a set',
      'def solve():\n    return {1}\n',
      { state: 'threw', message: expect.stringContaining('the result is a set') },
    ],
  ])('that %s gets an answer that says so', async (_, text, expected) => {
    expect(await python(text)).toMatchObject(expected);
  });
});

describe('a session', () => {
  it('goes on with a new process after a call that hung', async () => {
    const text = 'export const solve = (a: number) => { while (a === 1); return a; };';
    const outcomes = await withText(
      'typescript',
      text,
      async (session) => [await session.call([1]), await session.call([2])],
      SHORT,
    );
    expect(outcomes).toMatchObject([{ state: 'timed-out' }, { state: 'returned', value: 2 }]);
  });

  it('passes no keys on', async () => {
    process.env['OPENAI_API_KEY'] = 'secret';
    try {
      expect(await typescript('export const solve = () => process.env["OPENAI_API_KEY"] ?? "none";')).toMatchObject({
        value: 'none',
      });
    } finally {
      delete process.env['OPENAI_API_KEY'];
    }
  });

  it.runIf(process.platform === 'linux')('ends what the solution started', async () => {
    const text = [
      "import { spawn } from 'node:child_process';",
      "export const solve = () => spawn('sleep', ['60'], { stdio: 'ignore' }).pid;",
    ].join('\n');
    const outcome = await typescript(text);
    const pid = outcome.state === 'returned' ? Number(outcome.value) : 0;
    expect(pid).toBeGreaterThan(0);
    await expect.poll(() => isRunning(pid)).toBe(false);
  });
});

/** A process that ended and that nobody has asked about (a zombie) runs no more. */
async function isRunning(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return status !== undefined && !/\) Z /.test(status);
}
