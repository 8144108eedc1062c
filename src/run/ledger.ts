/**
 * The ledger: one file a run under `.prepsmith/ledger/`, a JSON document a line, so that a run that
 * was killed is legible up to its last attempt. The line of an attempt stands there before it is
 * sent; what it cost follows when it ended. An attempt without an end may have cost its worst case.
 */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { AttemptEnd, AttemptLog } from '../provider/model/attempt-log.ts';
import type { Host } from './host.ts';

const FORMAT = 'prepsmith.ledger/1';

const usageSchema = z
  .strictObject({ inputTokens: z.number(), cachedInputTokens: z.number(), outputTokens: z.number() })
  .nullable();
const lineSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('run'),
    format: z.literal(FORMAT),
    startedAt: z.string(),
    pid: z.number(),
    provider: z.string(),
    model: z.string().nullable(),
    budgetUsd: z.number().nullable(),
    /** Of the killed run that this one goes on from; counts against the budget. */
    spentBeforeUsd: z.number(),
  }),
  z.strictObject({
    type: z.literal('attempt'),
    n: z.number(),
    job: z.string(),
    part: z.string(),
    turn: z.string(),
    key: z.string(),
    worstUsd: z.number().nullable(),
    expectedInputTokens: z.number(),
  }),
  z.strictObject({
    type: z.literal('end-of-attempt'),
    n: z.number(),
    outcome: z.string(),
    status: z.number().nullable(),
    usage: usageSchema,
    costUsd: z.number().nullable(),
    durationMs: z.number(),
  }),
  z.strictObject({ type: z.literal('vault'), job: z.string(), part: z.string(), turn: z.string(), key: z.string() }),
  z.strictObject({ type: z.literal('end'), endedAt: z.string(), status: z.string() }),
]);
export type LedgerLine = z.infer<typeof lineSchema>;

export interface RunStart {
  provider: string;
  model: string | null;
  budgetUsd: number | null;
  spentBeforeUsd: number;
}

export interface Ledger extends AttemptLog {
  /** Nothing can be written after it. */
  end(status: string): void;
}

const KEY_LENGTH = 16;

/** @throws when the folder cannot be written: a run that cannot be accounted for spends nothing. */
export function openLedger(dir: string, host: Host, start: RunStart): Ledger {
  mkdirSync(dir, { recursive: true });
  const startedAt = new Date(host.epochMs()).toISOString();
  const file = path.join(dir, `${startedAt.replace(/[:.]/g, '-')}-${host.pid}.jsonl`);
  const handle = openSync(file, 'a', 0o600);
  // A write of this size is one call: a kill leaves whole lines behind.
  const write = (line: LedgerLine) => void writeSync(handle, `${JSON.stringify(line)}\n`);
  write({ type: 'run', format: FORMAT, startedAt, pid: host.pid, ...start });
  let count = 0;
  return {
    begin({ key, ...attempt }) {
      count += 1;
      const n = count;
      write({ type: 'attempt', n, ...attempt, key: key.slice(0, KEY_LENGTH) });
      return (end: AttemptEnd) => write({ type: 'end-of-attempt', n, ...end });
    },
    fromVault: ({ key, ...reply }) => write({ type: 'vault', ...reply, key: key.slice(0, KEY_LENGTH) }),
    end(status) {
      write({ type: 'end', endedAt: new Date(host.epochMs()).toISOString(), status });
      closeSync(handle);
    },
  };
}

/** The lines of one ledger that can be believed. */
export async function readLedger(file: string): Promise<LedgerLine[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    try {
      const parsed = lineSchema.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}

/** Ledgers, newest first. */
export async function listLedgers(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch(() => []);
  return names
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .reverse()
    .map((name) => path.join(dir, name));
}

/** What a run spent: known costs, and the worst case where the cost is not known or never came. */
export function spentUsd(lines: readonly LedgerLine[]): number {
  const worst = new Map<number, number>();
  let spent = 0;
  for (const line of lines) {
    if (line.type === 'run') spent += line.spentBeforeUsd;
    if (line.type === 'attempt') worst.set(line.n, line.worstUsd ?? 0);
    if (line.type !== 'end-of-attempt') continue;
    spent += line.costUsd ?? worst.get(line.n) ?? 0;
    worst.delete(line.n);
  }
  return [...worst.values()].reduce((sum, value) => sum + value, spent);
}

/** What the last run spent when it was killed before its end; `undefined` when it came to its end. */
export async function spentByKilledRun(dir: string, host: Host): Promise<number | undefined> {
  const [latest] = await listLedgers(dir);
  if (latest === undefined) return undefined;
  const lines = await readLedger(latest);
  const start = lines.find((line) => line.type === 'run');
  const isOver = lines.some((line) => line.type === 'end');
  if (start === undefined || isOver || (start.pid !== host.pid && host.isAlive(start.pid))) return undefined;
  return spentUsd(lines);
}
