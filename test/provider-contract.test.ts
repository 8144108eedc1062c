/** What every provider holds to, whoever writes. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanAd } from '../src/job/clean.ts';
import { parsePack } from '../src/pack/file.ts';
import { runGate } from '../src/pack/gate/gate.ts';
import type { RunReport } from '../src/run/report.ts';
import { runModel, type RunSettings } from './support/model-runs.ts';
import { startModelServer, type ModelServer, type ModelServerOptions } from './support/model-server/server.ts';
import { readItems, writeReply } from './support/model-server/write-reply.ts';
import { createProject, PYTHON_AD, readTree, SQL_AD, type ProjectFixture } from './support/projects.ts';

type Name = RunSettings['provider'];
const PROVIDERS = ['offline', 'openai', 'replay'] as const satisfies readonly Name[];
const JOBS = { 'jobs/python.txt': PYTHON_AD, 'jobs/sql.txt': SQL_AD };
const PACKS = ['python', 'sql'];

interface Stage extends AsyncDisposable {
  made: ProjectFixture;
  server: ModelServer;
  run(changes?: Partial<RunSettings>): Promise<RunReport>;
  packs(): Promise<Record<string, string>>;
}

/** A project of two ads. For a replay, a recording is made first, its packs are taken away and the server is closed. */
async function stage(
  provider: Name,
  options: ModelServerOptions = {},
  jobs: Record<string, string> = JOBS,
): Promise<Stage> {
  const made = await createProject(jobs);
  const server = await startModelServer(options);
  const run = (changes: Partial<RunSettings> = {}) => runModel(made, { provider, baseUrl: server.baseUrl, ...changes });
  if (provider === 'replay') {
    await run({ provider: 'openai' });
    await made.fixture.rm('output');
    await made.fixture.rm('.prepsmith/manifests');
    await server.close();
  }
  return {
    made,
    server,
    run,
    packs: () => readTree(made.fixture, 'output'),
    async [Symbol.asyncDispose]() {
      await server.close();
      await made.fixture.rm();
    },
  };
}

const states = (report: RunReport) => Object.fromEntries(report.jobs.map(({ id, state }) => [id, state]));
const failures = (report: RunReport) =>
  Object.fromEntries(report.jobs.flatMap(({ id, failure }) => (failure === undefined ? [] : [[id, failure.code]])));

describe.each(PROVIDERS)('the provider %s', (provider) => {
  test('makes packs that fit their schema and pass the gate, and that name it', async () => {
    await using on = await stage(provider);
    const report = await on.run();
    expect(failures(report)).toEqual({});
    const files = await on.packs();
    for (const id of PACKS) {
      const pack = parsePack(files[`${id}/pack.yaml`] ?? '', `${id}/pack.yaml`);
      const ad = cleanAd(Buffer.from(JOBS[`jobs/${id}.txt` as keyof typeof JOBS]));
      const published = Object.entries(files)
        .filter(([name]) => name.startsWith(`${id}/`))
        .map(([name, text]) => ({ path: name.slice(id.length + 1), text }));
      const findings = runGate({ pack, adText: 'text' in ad ? ad.text : '', files: published });
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      const model = provider === 'offline' ? null : 'gpt-5-mini';
      const writer = provider === 'offline' ? 'offline' : 'openai';
      expect(pack.provenance).toMatchObject({ provider: writer, model });
      const origin = provider === 'offline' ? /^bank:/ : /^openai:gpt-5-mini$/;
      for (const question of pack.questions) expect(question.origin).toMatch(origin);
    }
  });

  test('makes the same bytes twice, whatever was published in between', async () => {
    await using on = await stage(provider);
    await on.run();
    const first = await on.packs();
    const report = await on.run({ isForced: true });
    expect(states(report)).toEqual({ python: 'same', sql: 'same' });
    expect(await on.packs()).toEqual(first);
  });

  test('asks for nothing when it is stopped before it began', async () => {
    await using on = await stage(provider);
    const before = on.server.requests.length;
    const report = await on.run({ signal: AbortSignal.abort(new Error('stopped')) });
    expect(states(report)).toEqual({ python: 'not-reached', sql: 'not-reached' });
    expect(report.isInterrupted).toBe(true);
    expect(on.server.requests).toHaveLength(before);
    expect(await on.packs()).toEqual({});
  });

  test('leaves other jobs alone when one of them fails', async () => {
    await using on = await stage(provider, {}, { ...JOBS, 'jobs/broken.txt': 'x' });
    const report = await on.run();
    expect(states(report)).toEqual({ broken: 'failed', python: 'made', sql: 'made' });
  });
});

describe('a model that fails for one job', () => {
  test.each(['refusal', 'placeholder-tbd', 'server-error'] as const)(
    '(%s) leaves the others alone, and their last good pack as it was',
    async (fault) => {
      let isBroken = false;
      const faults: ModelServerOptions['faults'] = ({ messages }) =>
        isBroken &&
        messages.some(
          ({ content }) => content.includes('Database Engineer') && !content.includes('Read the ad and decide'),
        )
          ? fault
          : undefined;
      await using on = await stage('openai', { faults });
      await on.run();
      const before = await on.packs();
      isBroken = true;
      const report = await on.run({ isForced: true, isFresh: true });
      expect(states(report)).toMatchObject({ python: 'same', sql: 'failed' });
      expect(await on.packs()).toEqual(before);
    },
    60_000,
  );
});

const ofRecorded = async (on: Stage) => {
  await on.run();
  const recorded = await on.packs();
  await on.server.close();
  await on.made.fixture.rm('output');
  await on.made.fixture.rm('.prepsmith/manifests');
  return recorded;
};

const cutUntilLarger: ModelServerOptions['faults'] = ({ messages, maxTokens = 0 }) =>
  messages.some(({ content }) => content.includes('Write coding tasks') && readItems(content).length > 0) &&
  maxTokens <= 12_000
    ? { name: 'length-cut', share: 0.2 }
    : undefined;

const withoutReading: ModelServerOptions['respond'] = (request) =>
  request.messages.some(({ content }) => content.startsWith('Read the ad and decide')) ? 'No.' : writeReply(request);

describe('a recording', () => {
  test('is replayed without a server to the same bytes', async () => {
    await using on = await stage('openai');
    const recorded = await ofRecorded(on);
    const report = await on.run({ provider: 'replay' });
    expect(failures(report)).toEqual({});
    expect(await on.packs()).toEqual(recorded);
  });

  test('of replies that had to be mended is replayed to the same bytes', async () => {
    await using on = await stage('openai', {
      faults: {
        share: 0.5,
        seed: 3,
        among: ['fenced', 'missing-field', 'item-missing', 'extra-item', 'placeholder-tbd', 'markdown'],
      },
    });
    const recorded = await ofRecorded(on);
    expect(Object.keys(recorded)).toContain('sql/pack.yaml');
    const report = await on.run({ provider: 'replay' });
    expect(failures(report)).toEqual({});
    expect(await on.packs()).toEqual(recorded);
  });

  // Fails (reply-unknown): the reply with more room is kept under the key of the one that was cut off, so that the
  // replay finds it one request too early and goes on to ask what was never asked.
  test('of a reply that was given more room is replayed to the same bytes', async () => {
    await using on = await stage(
      'openai',
      { faults: cutUntilLarger },
      { ...JOBS, 'jobs/python.yaml': 'counts: {tasks: 2}\n', 'jobs/sql.yaml': 'counts: {tasks: 2}\n' },
    );
    const recorded = await ofRecorded(on);
    expect(Object.keys(recorded)).toContain('sql/pack.yaml');
    const report = await on.run({ provider: 'replay' });
    expect(failures(report)).toEqual({});
    expect(await on.packs()).toEqual(recorded);
  });

  test('has nothing for an ad that changed, and says so', async () => {
    await using on = await stage('openai');
    await ofRecorded(on);
    await on.made.fixture.writeFile('jobs/sql.txt', SQL_AD.replace('A degree', 'A good degree'));
    const report = await on.run({ provider: 'replay' });
    expect(states(report)).toEqual({ python: 'made', sql: 'failed' });
    expect(failures(report)).toEqual({ sql: 'reply-unknown' });
  });

  // Fails: a reading that leads nowhere is discarded although the pack is made without it, so its replay finds no reply.
  test('of a run whose reading of the ad led nowhere is replayed to the same bytes', async () => {
    await using on = await stage('openai', { respond: withoutReading });
    const recorded = await ofRecorded(on);
    expect(Object.keys(recorded)).toContain('sql/pack.yaml');
    const report = await on.run({ provider: 'replay' });
    expect(failures(report)).toEqual({});
    expect(await on.packs()).toEqual(recorded);
  });
});

test('no file of a run holds the key of the account', async () => {
  await using on = await stage('openai', { faults: ['unauthorized'] });
  await on.run();
  const files = { ...(await readTree(on.made.fixture, '.prepsmith')), ...(await on.packs()) };
  expect(Object.keys(files).some((name) => name.startsWith(`ledger${path.posix.sep}`))).toBe(true);
  for (const [name, text] of Object.entries(files))
    expect({ name, hasKey: text.includes('sk-test-0123456789') }).toEqual({ name, hasKey: false });
});
