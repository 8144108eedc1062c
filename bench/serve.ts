/** What a process of a peer does: read inputs, warm up until the time is stable, give an output, measure when asked. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import process from 'node:process';
import type { Workload } from './workloads.ts';

export interface Prepared {
  /** Does the work once; its result is looked at, so that it cannot be left out. */
  run(): unknown;
  /** The output of the last run. */
  output(): Float32Array | Int32Array;
}

export type Prepare = (workload: Workload, inputs: readonly Float32Array[]) => Promise<Prepared | undefined>;

const WARM_UP_MS = 1200;
/** What takes this long is timed once a round, without a run before it. */
const SLOW_MS = 300;
const WINDOW = 7;
const STABLE = 0.03;

let sink: unknown;

async function timeMs(prepared: Prepared): Promise<number> {
  const startedMs = performance.now();
  const result = prepared.run();
  sink = result instanceof Promise ? await result : result;
  return performance.now() - startedMs;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

async function warmUp(prepared: Prepared): Promise<void> {
  const times: number[] = [];
  for (const startedMs = performance.now(); performance.now() - startedMs < WARM_UP_MS;) {
    times.push(await timeMs(prepared));
    const before = median(times.slice(-2 * WINDOW, -WINDOW));
    const now = median(times.slice(-WINDOW));
    if (times.length >= 200 && Math.abs(now - before) < STABLE * before) return;
  }
}

function cpuMsSince(start: NodeJS.CpuUsage, runs: number): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / runs;
}

/** The processor time of a run, of all threads, beside the times: a busy machine stretches long runs, not this. */
async function sample(prepared: Prepared, forMs: number): Promise<{ times: number[]; cpuMs: number }> {
  let start = process.cpuUsage();
  const firstMs = await timeMs(prepared); // the caches belong to another process
  if (firstMs > SLOW_MS) return { times: [firstMs], cpuMs: cpuMsSince(start, 1) };
  const times: number[] = [];
  start = process.cpuUsage();
  for (const startedMs = performance.now(); times.length < 3 || performance.now() - startedMs < forMs;)
    times.push(await timeMs(prepared));
  return { times, cpuMs: cpuMsSince(start, times.length) };
}

function readFloats(file: string): Float32Array {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function answer(value: object): void {
  process.stdout.write(`@${JSON.stringify(value)}\n`);
}

/** Answers {prepare, out} and {measure, forMs} lines on stdin with @-lines on stdout until it is closed. */
export async function serve(prepare: Prepare): Promise<void> {
  const ready = new Map<string, Prepared>();
  answer({ ready: true });
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as { prepare?: Workload; out: string; measure: string; forMs: number };
    if (request.prepare === undefined) {
      const prepared = ready.get(request.measure);
      answer(prepared === undefined ? {} : await sample(prepared, request.forMs));
      continue;
    }
    const prepared = await prepare(request.prepare, request.prepare.files.map(readFloats));
    if (prepared !== undefined) {
      await warmUp(prepared);
      ready.set(request.prepare.id, prepared);
      writeFileSync(request.out, prepared.output());
    }
    answer({ prepared: prepared !== undefined });
  }
  process.exit(sink === serve ? 1 : 0);
}
