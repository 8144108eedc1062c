import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { describe, expect, test } from 'vitest';
import type { AttemptEnd, AttemptStart } from '../provider/model/attempt-log.ts';
import type { Host } from './host.ts';
import { listLedgers, openLedger, readLedger, spentByKilledRun, spentUsd, type LedgerLine } from './ledger.ts';

const NIGHT = Date.UTC(2026, 10, 21, 3, 0, 0);
const host = (changes: Partial<Host> = {}): Host => ({
  pid: 7,
  isAlive: () => false,
  now: () => 0,
  epochMs: () => NIGHT,
  ...changes,
});
const START = { provider: 'openai', model: 'test-model', budgetUsd: 5, spentBeforeUsd: 0 };
const attempt = (changes: Partial<AttemptStart> = {}): AttemptStart => ({
  job: 'acme',
  part: 'questions',
  turn: 'first',
  key: 'c'.repeat(64),
  worstUsd: 0.5,
  expectedInputTokens: 900,
  ...changes,
});
const end = (changes: Partial<AttemptEnd> = {}): AttemptEnd => ({
  outcome: 'reply',
  status: 200,
  usage: { inputTokens: 800, cachedInputTokens: 0, outputTokens: 90 },
  costUsd: 0.1,
  durationMs: 40,
  ...changes,
});

async function makeDir() {
  const fixture = await createFixture({});
  const dir = fixture.getPath('ledger');
  const only = async () => (await listLedgers(dir))[0] ?? 'none';
  return { dir, only, lines: async () => readLedger(await only()), [Symbol.asyncDispose]: () => fixture.rm() };
}

describe('a ledger', () => {
  test('names the run before anything is sent, each attempt before it is sent, and what it cost when it ended', async () => {
    await using made = await makeDir();
    const ledger = openLedger(made.dir, host(), START);
    expect(path.basename(await made.only())).toBe('2026-11-21T03-00-00-000Z-7.jsonl');
    const run: LedgerLine = {
      type: 'run',
      format: 'prepsmith.ledger/1',
      startedAt: '2026-11-21T03:00:00.000Z',
      pid: 7,
      ...START,
    };
    expect(await made.lines()).toEqual([run]);
    const done = ledger.begin(attempt());
    const begun: LedgerLine = { type: 'attempt', n: 1, ...attempt(), key: 'c'.repeat(16) };
    expect(await made.lines()).toEqual([run, begun]);
    done(end());
    ledger.fromVault({ job: 'acme', part: 'tasks', turn: 'first', key: 'd'.repeat(64) });
    ledger.end('done');
    expect(await made.lines()).toEqual([
      run,
      begun,
      { type: 'end-of-attempt', n: 1, ...end() },
      { type: 'vault', job: 'acme', part: 'tasks', turn: 'first', key: 'd'.repeat(16) },
      { type: 'end', endedAt: '2026-11-21T03:00:00.000Z', status: 'done' },
    ]);
  });

  test('keeps attempts apart that overlap', async () => {
    await using made = await makeDir();
    const ledger = openLedger(made.dir, host(), START);
    const [one, two] = [ledger.begin(attempt()), ledger.begin(attempt({ job: 'other' }))];
    two(end({ costUsd: 0.2 }));
    one(end({ costUsd: 0.3 }));
    expect(
      (await made.lines()).flatMap((line) => (line.type === 'end-of-attempt' ? [[line.n, line.costUsd]] : [])),
    ).toEqual([
      [2, 0.2],
      [1, 0.3],
    ]);
    expect(spentUsd(await made.lines())).toBeCloseTo(0.5, 9);
  });

  test('that cannot be written is said before anything is spent', async () => {
    await using fixture = await createFixture({ ledger: 'a file where the folder should be' });
    expect(() => openLedger(fixture.getPath('ledger'), host(), START)).toThrow();
  });

  test('that was killed in the middle of a line is read up to it', async () => {
    await using made = await makeDir();
    const ledger = openLedger(made.dir, host(), START);
    ledger.begin(attempt())(end());
    ledger.begin(attempt());
    const file = await made.only();
    const { length } = await readFile(file);
    await truncate(file, length - 30);
    expect((await made.lines()).map(({ type }) => type)).toEqual(['run', 'attempt', 'end-of-attempt']);
    // Whatever the kill left: a line of another program spoils none of ours.
    await appendFile(file, '\nnull\n{"type":"attempt"}\n');
    expect(await made.lines()).toHaveLength(3);
  });

  test('that is not there has no lines', async () => {
    expect(await readLedger('/nowhere/x.jsonl')).toEqual([]);
    expect(await listLedgers('/nowhere')).toEqual([]);
  });
});

const begin = (n: number, worstUsd: number | null): LedgerLine => ({ type: 'attempt', n, ...attempt({ worstUsd }) });

const ended = (n: number, costUsd: number | null): LedgerLine => ({ type: 'end-of-attempt', n, ...end({ costUsd }) });

describe('what a run spent', () => {
  const run: LedgerLine = { type: 'run', format: 'prepsmith.ledger/1', startedAt: '', pid: 7, ...START };

  test.each<[string, LedgerLine[], number]>([
    ['nothing', [run], 0],
    ['what is known', [run, begin(1, 0.5), ended(1, 0.125), begin(2, 0.5), ended(2, 0.25)], 0.375],
    ['the worst of an attempt that never ended', [run, begin(1, 0.5), ended(1, 0.125), begin(2, 0.5)], 0.625],
    ['the worst of an attempt whose cost nobody knows', [run, begin(1, 0.5), ended(1, null)], 0.5],
    ['nothing for a model without a price', [run, begin(1, null), ended(1, null), begin(2, null)], 0],
    ['what the run before it spent as well', [{ ...run, spentBeforeUsd: 2 }, begin(1, 0.5), ended(1, 0)], 2],
  ])('is %s', (_, lines, expected) => {
    expect(spentUsd(lines)).toBeCloseTo(expected, 12);
  });
});

async function killed(dir: string, at = NIGHT, changes: Partial<typeof START> = {}) {
  const ledger = openLedger(dir, host({ epochMs: () => at, pid: 6 }), { ...START, ...changes });
  ledger.begin(attempt())(end({ costUsd: 0.25 }));
  ledger.begin(attempt({ worstUsd: 0.5 }));
  return ledger;
}

describe('a run that was killed', () => {
  test('has spent what is known and the worst of what was open', async () => {
    await using made = await makeDir();
    await killed(made.dir);
    expect(await spentByKilledRun(made.dir, host())).toBeCloseTo(0.75, 9);
  });

  test('has spent nothing to us once it came to its end, or while it is still running', async () => {
    await using made = await makeDir();
    const ledger = await killed(made.dir);
    expect(await spentByKilledRun(made.dir, host({ isAlive: (pid) => pid === 6 }))).toBeUndefined();
    ledger.end('stopped: budget');
    expect(await spentByKilledRun(made.dir, host())).toBeUndefined();
  });

  test('counts once: the run that goes on from it carries it along, and the newest is asked', async () => {
    await using made = await makeDir();
    await killed(made.dir);
    await killed(made.dir, NIGHT + 60_000, { spentBeforeUsd: 0.75 });
    expect(await spentByKilledRun(made.dir, host())).toBeCloseTo(1.5, 9);
    openLedger(made.dir, host({ epochMs: () => NIGHT + 120_000 }), { ...START, spentBeforeUsd: 1.5 }).end('done');
    expect(await spentByKilledRun(made.dir, host())).toBeUndefined();
  });

  test('before its first line, or in a file of another format, spent nothing', async () => {
    await using made = await makeDir();
    await killed(made.dir);
    await writeFile(path.join(made.dir, '2099-01-01T00-00-00-000Z-9.jsonl'), '');
    expect(await spentByKilledRun(made.dir, host())).toBeUndefined();
  });
});
