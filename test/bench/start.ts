/**
 * `npm run bench`: what a start costs, as whole processes, in one run: every round measures each
 * case once, in turn, so that a machine that slows down slows all of them.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const REPO_DIR = path.resolve(import.meta.dirname, '../..');
const CLI = path.join(REPO_DIR, 'dist', 'cli.js');
const ROUNDS = 9;

const dir = mkdtempSync(path.join(tmpdir(), 'prepsmith-bench-'));
cpSync(path.join(REPO_DIR, 'jobs'), path.join(dir, 'jobs'), { recursive: true });
writeFileSync(
  path.join(dir, 'package.json'),
  JSON.stringify({ scripts: { start: `node ${JSON.stringify(CLI)} generate` } }),
);

function timeMs(command: string, args: readonly string[]): number {
  const startedMs = performance.now();
  const done = spawnSync(command, args, { cwd: dir, encoding: 'utf8' });
  const elapsedMs = performance.now() - startedMs;
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} exited with ${done.status}: ${done.stderr}`);
  return elapsedMs;
}

function forget(): void {
  rmSync(path.join(dir, 'output'), { recursive: true, force: true });
  rmSync(path.join(dir, '.prepsmith'), { recursive: true, force: true });
}

const cases: { name: string; limitMs?: number; run: () => number }[] = [
  { name: 'bare Node (node -e 0)', run: () => timeMs(process.execPath, ['-e', '0']) },
  {
    name: 'npm start, eight jobs from nothing',
    limitMs: 2000,
    run: () => {
      forget();
      return timeMs('npm', ['start', '--silent']);
    },
  },
  {
    name: 'generate, eight jobs from nothing',
    run: () => {
      forget();
      return timeMs(process.execPath, [CLI, 'generate']);
    },
  },
  { name: 'generate, nothing to do', limitMs: 500, run: () => timeMs(process.execPath, [CLI, 'generate']) },
  { name: 'status', run: () => timeMs(process.execPath, [CLI, 'status']) },
  { name: 'generate --force, eight jobs', run: () => timeMs(process.execPath, [CLI, 'generate', '--force']) },
];

const samples = new Map(cases.map(({ name }) => [name, [] as number[]]));
for (const { run } of cases) run(); // warms the file cache, uncounted
for (let round = 0; round < ROUNDS; round += 1) for (const { name, run } of cases) samples.get(name)?.push(run());
rmSync(dir, { recursive: true, force: true });

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const bareMs = median(samples.get(cases[0]?.name ?? '') ?? []);
const print = (line: string): void => void process.stdout.write(`${line}\n`);
print(`Node ${process.versions.node}, ${ROUNDS} rounds, medians of whole processes (min to max)`);
print(
  `${'case'.padEnd(36)} ${'ms'.padStart(6)} ${'min'.padStart(6)} ${'max'.padStart(6)} ${'x bare'.padStart(7)} ${'beyond bare'.padStart(12)}  target`,
);
for (const { name, limitMs } of cases) {
  const values = samples.get(name) ?? [];
  const ms = median(values);
  const beyondMs = ms - bareMs;
  const target =
    limitMs === undefined ? '' : `< ${limitMs} ms beyond bare: ${beyondMs < limitMs ? 'reached' : 'MISSED'}`;
  print(
    `${name.padEnd(36)} ${ms.toFixed(0).padStart(6)} ${Math.min(...values)
      .toFixed(0)
      .padStart(6)} ${Math.max(...values)
      .toFixed(0)
      .padStart(6)} ${(ms / bareMs).toFixed(1).padStart(7)} ${beyondMs.toFixed(0).padStart(9)} ms  ${target}`,
  );
}
