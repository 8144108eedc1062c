/** The built command against an endpoint that misbehaves, limits and is slow: runs as a user has them. */
import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunReport } from '../src/run/report.ts';
import { manyAds } from './support/ads.ts';
import { readTree, REPO_DIR, Workspace, type Run } from './support/cli.ts';
import { PASSING_FAULTS } from './support/model-server/faults/table.ts';
import { seededRandom } from './support/model-server/random.ts';
import { startModelServer, type ModelServer } from './support/model-server/server.ts';

const KEY = 'sk-test-0123456789abcdef';

async function workspaceWith(ads: Record<string, string>, config = ''): Promise<Workspace> {
  const workspace = await Workspace.create();
  await mkdir(workspace.path('jobs'), { recursive: true });
  for (const [id, text] of Object.entries(ads)) {
    await writeFile(workspace.path('jobs', `${id}.txt`), text);
    await writeFile(workspace.path('jobs', `${id}.yaml`), 'counts: {questions: 6, tasks: 2, behavioural: 2}\n');
  }
  await writeFile(workspace.path('prepsmith.yaml'), config);
  return workspace;
}

const envFor = (server: ModelServer) => ({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: server.baseUrl });

async function generate(
  workspace: Workspace,
  server: ModelServer,
  flags: string[] = [],
): Promise<Run & { report: RunReport }> {
  const run = await workspace.run(['generate', '--json', ...flags], { env: envFor(server) });
  return { ...run, report: JSON.parse(run.stdout) as RunReport };
}

/** Replies in the vault: keys of all that were ever stored. */
async function storedKeys(workspace: Workspace): Promise<string[]> {
  const tree = await readTree(workspace.path('.prepsmith', 'vault'));
  return Object.entries(tree)
    .filter(([name]) => name.endsWith('.jsonl'))
    .flatMap(([, text]) => text.split('\n').filter(Boolean))
    .map((line) => JSON.parse(line) as { key?: string })
    .flatMap(({ key }) => key ?? []);
}

/** Waiting for these takes longer than it shows anything. */
const SLOW = new Set([
  'stall-silent',
  'stall-after-headers',
  'rate-limit-bare',
  'rate-limit-seconds',
  'rate-limit-date',
]);

describe('forty jobs, a third of the replies faulty', { timeout: 240_000 }, () => {
  test('every job is published or given up with its reason, and no paid reply is lost or paid twice', async () => {
    await using server = await startModelServer({
      faults: { share: 1 / 3, seed: 11, among: PASSING_FAULTS.filter((name) => !SLOW.has(name)) },
    });
    await using workspace = await workspaceWith(manyAds(40), 'timeouts: {attemptSeconds: 5}\n');
    const { exitCode, report, stderr } = await generate(workspace, server, ['--concurrency', '16']);
    const states = new Map(report.jobs.map((job) => [job.id, job]));
    expect(states.size).toBe(40);
    for (const job of report.jobs) {
      if (job.state === 'made') expect(job.failure).toBeUndefined();
      else expect(job.failure?.code).toMatch(/^reply-(?:invalid|refused|failed)$/);
    }
    const failed = report.jobs.filter((job) => job.state === 'failed');
    const published = Object.keys(await readTree(workspace.path('output'))).filter((name) =>
      name.endsWith('pack.yaml'),
    );
    expect(published).toHaveLength(40 - failed.length);
    expect(exitCode).toBe(failed.length > 0 ? 1 : 0);
    expect(stderr).not.toContain('at Object.');
    expect(server.summary().chargedAgain).toBe(0);
    // Every reply that came whole stands in the vault; what was charged and broke off is asked for by the same name.
    const names = new Set((await storedKeys(workspace)).map((key) => key.slice(0, 40)));
    const delivered = server.charged.map(({ key }) => key?.slice(0, 40));
    expect(delivered.filter((name) => name !== undefined && !names.has(name)).length).toBeLessThanOrEqual(
      failed.length * 4,
    );
    // The next run asks only for what failed.
    const before = server.requests.length;
    const again = await generate(workspace, server, ['--concurrency', '16']);
    expect(again.report.jobs.filter((job) => job.state === 'current')).toHaveLength(40 - failed.length);
    expect(server.requests.length - before).toBeLessThan(failed.length * 12 + 1);
    process.stdout.write(
      `forty jobs: ${40 - failed.length} published, ${failed.length} given up, then ${again.report.jobs.filter((job) => job.state === 'failed').length} left; ${server.summary().charged} replies charged, ${server.summary().chargedAgain} twice\n`,
    );
  });
});

describe('killed at random moments', { timeout: 400_000 }, () => {
  const KILLS = 10;
  test.each([1, 2, 3, 4, 5])(
    'ten times in a row and then left alone, it makes the packs of a run that nobody disturbed, and pays once (%i)',
    async (seed) => {
      const ads = manyAds(6);
      await using server = await startModelServer({ latencyMs: 80 });
      await using disturbed = await workspaceWith(ads);
      const random = seededRandom(seed);
      for (let kill = 0; kill < KILLS; kill += 1) await killAfter(disturbed, server, 150 + random() * 1100);
      const { exitCode } = await generate(disturbed, server);
      expect(exitCode).toBe(0);
      const paid = server.summary();
      expect(paid.chargedAgain).toBe(0);
      await using calm = await workspaceWith(ads);
      await using other = await startModelServer({ latencyMs: 0 });
      expect((await generate(calm, other)).exitCode).toBe(0);
      expect(await readTree(disturbed.path('output'))).toEqual(await readTree(calm.path('output')));
      // As many replies as the calm run needed: none was bought a second time.
      expect(paid.charged).toBe(other.summary().charged);
    },
  );
});

async function killAfter(workspace: Workspace, server: ModelServer, delayMs: number): Promise<void> {
  const child = spawn(process.execPath, [path.join(REPO_DIR, 'dist', 'cli.js'), 'generate'], {
    cwd: workspace.dir,
    env: { ...process.env, ...envFor(server) },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const timer = setTimeout(() => child.kill('SIGKILL'), delayMs);
  await ended;
  clearTimeout(timer);
}

test('sixty requests a minute are kept to: next to no 429 after the first', { timeout: 300_000 }, async () => {
  await using server = await startModelServer({
    limits: { requestsPerMinute: 60, style: 'sliding', headers: false },
  });
  await using workspace = await workspaceWith(manyAds(20));
  const { exitCode, report } = await generate(workspace, server, ['--concurrency', '8']);
  expect(exitCode).toBe(0);
  const refused = server.requests.filter(({ status }) => status === 429).length;
  process.stdout.write(`sixty a minute: ${server.summary().requests} requests, ${refused} refused\n`);
  // The first episode is what eight requests under way meet; after it hardly any.
  expect(refused).toBeLessThanOrEqual(8 + 4);
  expect(report.spending?.rateLimited).toBe(refused);
});

describe('money', () => {
  test('a budget is never passed, and what was paid is kept for the next run', { timeout: 60_000 }, async () => {
    await using server = await startModelServer();
    await using workspace = await workspaceWith(manyAds(4));
    const first = await generate(workspace, server, ['--budget', '0.12']);
    expect(first.exitCode).toBe(4);
    expect(first.report.stoppedBy?.code).toBe('budget');
    expect(first.report.spending?.costUsd).toBeLessThanOrEqual(0.12);
    const second = await generate(workspace, server, ['--budget', '5']);
    expect(second.exitCode).toBe(0);
    expect(server.summary().chargedAgain).toBe(0);
    // Four jobs of five requests each: a reading, two parts of questions, tasks, worksheets.
    expect(server.summary().charged).toBe(4 * 5);
  });

  test('a budget without a price is refused before anything is sent', async () => {
    await using server = await startModelServer();
    await using workspace = await workspaceWith(manyAds(1));
    const run = await workspace.run(['generate', '--model', 'my-own', '--budget', '1'], { env: envFor(server) });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('the price of "my-own" is not known');
    expect(server.requests).toHaveLength(0);
    const allowed = await workspace.run(['generate', '--model', 'my-own', '--budget', '1', '--allow-unknown-price'], {
      env: envFor(server),
    });
    expect(allowed.exitCode).toBe(0);
    expect(allowed.stdout).toContain('unknown');
  });
});

test('the key stands nowhere: not in the vault, the ledger, the packs or what is printed', async () => {
  await using server = await startModelServer({ faults: ['unauthorized'] });
  await using workspace = await workspaceWith(manyAds(1));
  const refused = await workspace.run(['generate'], { env: envFor(server) });
  const done = await workspace.run(['generate'], { env: envFor(server) });
  expect([refused.exitCode, done.exitCode]).toEqual([1, 0]);
  const tree = await readTree(workspace.dir);
  const everything = [...Object.values(tree), refused.stderr, refused.stdout, done.stderr, done.stdout].join('\n');
  expect(everything).not.toContain(KEY);
  expect(everything).not.toContain('Bearer');
});

test('replay makes the same bytes with the endpoint gone, and fails on what it does not know', async () => {
  await using workspace = await workspaceWith(manyAds(2));
  const server = await startModelServer();
  const env = envFor(server);
  expect((await generate(workspace, server)).exitCode).toBe(0);
  const recorded = await readTree(workspace.path('output'));
  await server.close();
  const replayed = await workspace.run(['generate', '--force', '--provider', 'replay', '--out', 'again'], { env });
  expect(replayed.exitCode).toBe(0);
  expect(await readTree(workspace.path('again'))).toEqual(recorded);
  const ad = await readFile(workspace.path('jobs', 'ad-00.txt'), 'utf8');
  await writeFile(workspace.path('jobs', 'ad-00.txt'), `${ad}- Rust as well\n`);
  const unknown = await workspace.run(['generate', '--provider', 'replay'], { env });
  expect(unknown.exitCode).toBe(1);
  expect(unknown.stderr).toContain('reply-unknown: nothing recorded answers');
});

test('Ctrl-C sends nothing new, keeps the replies under way, and leaves with 130', { timeout: 60_000 }, async () => {
  await using server = await startModelServer({ latencyMs: 400 });
  await using workspace = await workspaceWith(manyAds(6));
  const child = spawn(process.execPath, [path.join(REPO_DIR, 'dist', 'cli.js'), 'generate'], {
    cwd: workspace.dir,
    env: { ...process.env, ...envFor(server) },
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  while (server.requests.length < 6) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGINT');
  const sentBy = server.requests.length;
  expect(await ended).toBe(130);
  // What was being written as the signal came may still go out.
  expect(server.requests.length - sentBy).toBeLessThanOrEqual(4);
  expect(await storedKeys(workspace)).toHaveLength(server.summary().charged);
});
