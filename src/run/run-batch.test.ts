import { cp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packQuestion } from '../../test/support/packs.ts';
import { createProject, PYTHON_AD, readTree, SQL_AD, type ProjectFixture } from '../../test/support/projects.ts';
import { exitCodeOf, EXIT_CODES, PrepsmithError } from '../errors.ts';
import { listJobIds } from '../job/discover.ts';
import { formatProblem } from '../problem.ts';
import type { BankProvider } from '../provider/types.ts';
import type { Project } from './project.ts';
import type { JobResult, RunReport } from './report.ts';
import { runBatch, type BatchEvents, type BatchOptions } from './run-batch.ts';
import type { RunContext } from './run-context.ts';

const SILENT: BatchEvents = { started: () => undefined, finished: () => undefined };
const THREE = { 'jobs/a-python.txt': PYTHON_AD, 'jobs/b-sql.txt': SQL_AD, 'jobs/c-python.txt': PYTHON_AD };

async function run(
  made: ProjectFixture,
  changes: Partial<RunContext> = {},
  options: Partial<BatchOptions> = {},
  events: BatchEvents = SILENT,
): Promise<RunReport> {
  const context = await made.context(changes);
  const ids = await listJobIds(made.project.jobsDir);
  const defaults: BatchOptions = {
    isForced: false,
    provider: 'offline',
    model: undefined,
    concurrency: 2,
    only: 'what-is-stale',
  };
  return runBatch(context, ids, { ...defaults, ...options }, events);
}

/** The offline provider, but for one job, which is answered by `ask`. */
function except(made: ProjectFixture, id: string, ask: BankProvider['ask']): Partial<RunContext> {
  return {
    async provider() {
      const opened = await (await made.context()).provider();
      const offline = opened.provider as BankProvider;
      const provider: BankProvider = {
        ...offline,
        ask: (request, signal) => (request.job.id === id ? ask(request, signal) : offline.ask(request, signal)),
      };
      return { ...opened, provider };
    },
  };
}

/** A folder of templates of which the README alone says anything. */
function pages(readme: string): Record<string, string> {
  const names = ['questions.md', 'answers.md', 'behavioural.md', 'coverage.md', 'task.md', 'index.md'];
  const others = Object.fromEntries(names.map((name) => [`templates/pack/${name}.hbs`, '# Page\n']));
  return { ...others, 'templates/pack/README.md.hbs': readme, 'templates/prompts/system.hbs': 'x' };
}

/** The drills are those of the installation. */
async function withOwnTemplates({ fixture, project }: ProjectFixture): Promise<Project> {
  const templatesDir = fixture.getPath('templates');
  await cp(path.join(project.templatesDir, 'drills'), path.join(templatesDir, 'drills'), { recursive: true });
  return { ...project, templatesDir };
}

const states = (report: RunReport) => Object.fromEntries(report.jobs.map(({ id, state }) => [id, state]));

describe('a batch', () => {
  test('makes every job, and an index of them', async () => {
    await using made = await createProject(THREE);
    const report = await run(made);
    expect(states(report)).toEqual({ 'a-python': 'made', 'b-sql': 'made', 'c-python': 'made' });
    expect(report).toMatchObject({
      version: 1,
      provider: 'offline',
      isInterrupted: false,
      bankDefects: [],
      recovered: [],
    });
    const index = await made.fixture.readFile('output/README.md', 'utf8');
    for (const id of ['a-python', 'b-sql', 'c-python']) expect(index).toContain(`(${id}/README.md)`);
  });

  test('run again does nothing and touches nothing', async () => {
    await using made = await createProject(THREE);
    await run(made);
    const files = Object.keys(await readTree(made.fixture, ''));
    for (const file of files) await utimes(made.fixture.getPath(file), new Date(0), new Date(0));
    expect(new Set(Object.values(states(await run(made))))).toEqual(new Set(['current']));
    for (const file of files) expect((await stat(made.fixture.getPath(file))).mtimeMs, file).toBe(0);
  });

  test('gives the same bytes whatever the concurrency is', async () => {
    await using one = await createProject(THREE);
    await using many = await createProject(THREE);
    await run(one, {}, { concurrency: 1 });
    await run(many, {}, { concurrency: 8 });
    expect(await readTree(many.fixture, 'output')).toEqual(await readTree(one.fixture, 'output'));
  });

  test('remakes only the job whose ad changed', async () => {
    await using made = await createProject(THREE);
    await run(made);
    await writeFile(made.fixture.getPath('jobs/b-sql.txt'), `${SQL_AD}- Python\n`);
    expect(states(await run(made))).toEqual({ 'a-python': 'current', 'b-sql': 'made', 'c-python': 'current' });
  });

  test('tells of each job as it is done, and of their number before the first', async () => {
    await using made = await createProject(THREE);
    const told: string[] = [];
    await run(
      made,
      {},
      { concurrency: 1 },
      {
        started: (count) => told.push(`started ${count}`),
        finished: ({ id, state }) => told.push(`${id} ${state}`),
      },
    );
    expect(told).toEqual(['started 3', 'a-python made', 'b-sql made', 'c-python made']);
  });

  test('is not changed by a listener that throws', async () => {
    await using made = await createProject(THREE);
    const report = await run(
      made,
      {},
      {},
      {
        ...SILENT,
        finished: () => {
          throw new Error('the terminal is gone');
        },
      },
    );
    expect(new Set(Object.values(states(report)))).toEqual(new Set(['made']));
  });

  test('keeps a pack in the index whose ad is gone', async () => {
    await using made = await createProject(THREE);
    await run(made);
    await rm(made.fixture.getPath('jobs/b-sql.txt'));
    await run(made, {}, { isForced: true });
    expect(await made.fixture.readFile('output/README.md', 'utf8')).toContain('(b-sql/README.md)');
  });

  test('of no jobs is a report of none', async () => {
    await using made = await createProject({ 'jobs/readme.md': 'no ad' });
    expect((await run(made)).jobs).toEqual([]);
    expect(await made.fixture.exists('output')).toBe(false);
  });
});

const othersAre = async (made: ProjectFixture, report: RunReport): Promise<JobResult> => {
  expect(states(report)).toEqual({ 'a-python': 'made', 'b-sql': 'failed', 'c-python': 'made' });
  expect(await made.fixture.exists('output/a-python/README.md')).toBe(true);
  expect(await made.fixture.exists('output/c-python/README.md')).toBe(true);
  expect(await made.fixture.exists('output/b-sql')).toBe(false);
  expect(await made.fixture.readFile('output/README.md', 'utf8')).not.toContain('b-sql');
  const [, failed] = report.jobs;
  if (failed === undefined) throw new Error('expected three results');
  return failed;
};

describe('one job that fails is one line of the report, and the others are published', () => {
  test.each([
    [
      'an ad that is empty',
      '',
      'job-file',
      /^\S*jobs\/b-sql\.txt: expected the text of a job ad, found that the file is empty$/,
    ],
    [
      'an ad that is no text',
      '\u0000\u0001\u0002\u0000\u0003\u0000',
      'job-file',
      /jobs\/b-sql\.txt: expected the text of a job ad/,
    ],
    [
      'a text that is no ad',
      'Just a note to myself.',
      'not-an-ad',
      /jobs\/b-sql\.txt: expected a job ad, found 5 words/,
    ],
  ])('%s', async (_, text, code, message) => {
    await using made = await createProject({ ...THREE, 'jobs/b-sql.txt': text });
    const failed = await othersAre(made, await run(made));
    expect(failed.failure?.code).toBe(code);
    expect(failed.failure?.message).toMatch(message);
  });

  test('overrides that do not hold, with file, line and path', async () => {
    await using made = await createProject({ ...THREE, 'jobs/b-sql.yaml': 'title: A title\nlevel: guru\n' });
    const failed = await othersAre(made, await run(made));
    expect(failed.failure?.code).toBe('job-overrides');
    expect(failed.failure?.message).toMatch(
      /jobs\/b-sql\.yaml:2:1: level: expected junior or mid or senior, found "guru" \(4 characters\)$/,
    );
  });

  test('a provider that throws', async () => {
    await using made = await createProject(THREE);
    const report = await run(
      made,
      except(made, 'b-sql', () => Promise.reject(new Error('connection reset'))),
    );
    expect((await othersAre(made, report)).failure?.message).toBe('a defect in prepsmith: connection reset');
  });

  test('a reply that the gate refuses', async () => {
    await using made = await createProject(THREE);
    const text = JSON.stringify({ questions: [packQuestion({ id: 'q', serves: 'nowhere' })] });
    const ask: BankProvider['ask'] = ({ section }) =>
      Promise.resolve({ text: section === 'questions' ? text : `{"${section}": []}` });
    expect((await othersAre(made, await run(made, except(made, 'b-sql', ask)))).failure?.code).toBe('pack-invalid');
  });

  test('a name that could not be a folder', async () => {
    await using made = await createProject({ ...THREE, 'jobs/b sql!.txt': SQL_AD });
    const report = await run(made);
    expect(states(report)).toMatchObject({
      'b sql!': 'failed',
      'a-python': 'made',
      'b-sql': 'made',
      'c-python': 'made',
    });
  });

  test('a folder that cannot be written', async () => {
    await using made = await createProject({ ...THREE, 'output/b-sql': 'a file where a folder belongs' });
    const report = await run(made);
    expect(states(report)).toEqual({ 'a-python': 'made', 'b-sql': 'failed', 'c-python': 'made' });
    expect(report.jobs[1]?.failure?.code).toBe('publish');
    expect(states(await run(made))).toEqual({ 'a-python': 'current', 'b-sql': 'failed', 'c-python': 'current' });
  });

  test('and what was published of it before stays, also in the index', async () => {
    await using made = await createProject(THREE);
    await run(made);
    const before = await readTree(made.fixture, 'output');
    await writeFile(made.fixture.getPath('jobs/b-sql.txt'), 'Just a note to myself.');
    expect(states(await run(made))).toMatchObject({ 'b-sql': 'failed' });
    expect(await readTree(made.fixture, 'output')).toEqual(before);
  });
});

test('one poisoned item of a reply is left out and named, and its pack is published with the others', async () => {
  await using made = await createProject(THREE);
  const poisoned = { ...packQuestion({ id: 'two' }), minutes: 'ten', 'Task Name': 'x' };
  const text = JSON.stringify({ questions: [packQuestion({ id: 'one' }), poisoned, packQuestion({ id: 'three' })] });
  const ask: BankProvider['ask'] = ({ section }) =>
    Promise.resolve({ text: section === 'questions' ? text : `{"${section}": []}` });
  const report = await run(made, except(made, 'b-sql', ask));
  expect(new Set(Object.values(states(report)))).toEqual(new Set(['made']));
  expect(report.jobs[1]?.dropped.map(formatProblem)).toEqual([
    'questions[1].minutes: expected a number, found "ten" (3 characters)',
    'questions[1]["Task Name"]: expected no such field; is it misspelt?',
  ]);
  expect(report.jobs[1]?.summary?.questions).toBe(2);
  expect(report.jobs[0]?.dropped).toEqual([]);
});

describe('a run that is stopped', () => {
  test('before it begins reaches no job and writes nothing', async () => {
    await using made = await createProject(THREE);
    const report = await run(made, { signal: AbortSignal.abort() });
    expect(report.isInterrupted).toBe(true);
    expect(new Set(Object.values(states(report)))).toEqual(new Set(['not-reached']));
    expect(await made.fixture.exists('output')).toBe(false);
  });

  test('keeps what was finished, and does not reach the rest', async () => {
    await using made = await createProject(THREE);
    const stop = new AbortController();
    const report = await run(
      made,
      { signal: stop.signal },
      { concurrency: 1 },
      {
        ...SILENT,
        finished: ({ id }) => {
          if (id === 'a-python') stop.abort();
        },
      },
    );
    expect(states(report)).toEqual({ 'a-python': 'made', 'b-sql': 'not-reached', 'c-python': 'not-reached' });
    expect(report.isInterrupted).toBe(true);
    expect(await made.fixture.exists('output/b-sql')).toBe(false);
    expect(await made.fixture.readFile('output/README.md', 'utf8')).toContain('1 pack');
    expect(states(await run(made))).toEqual({ 'a-python': 'current', 'b-sql': 'made', 'c-python': 'made' });
  });
});

async function refused(made: ProjectFixture, changes: Partial<RunContext> = {}, options: Partial<BatchOptions> = {}) {
  const told: string[] = [];
  const before = await readTree(made.fixture, 'output');
  const error: unknown = await run(made, changes, options, {
    started: () => told.push('started'),
    finished: () => told.push('finished'),
  }).catch((reason: unknown) => reason);
  if (!(error instanceof PrepsmithError)) throw new Error('expected the run to be refused', { cause: error });
  expect(told).toEqual([]);
  expect(await readTree(made.fixture, 'output')).toEqual(before);
  expect(exitCodeOf(error)).toBe(EXIT_CODES.usage);
  return error;
}

describe('what every job would trip over is said before any of them starts', () => {
  test('a bank that cannot be read', async () => {
    await using made = await createProject({ ...THREE, 'bank/questions/all.yaml': '- id: [\n' });
    const error = await refused(made);
    expect(error.code).toBe('bank-broken');
    expect(error.message).toMatch(/^bank\/questions\/all\.yaml:\d+:\d+: expected valid YAML/);
  });

  test('a bank that cannot be read, when packs are only rendered', async () => {
    await using made = await createProject(THREE);
    await run(made);
    await made.fixture.writeFile('bank/questions/all.yaml', '- id: [\n');
    await rm(made.fixture.getPath('output/a-python/README.md'));
    expect((await refused(made, {}, { only: 'render' })).code).toBe('bank-broken');
  });

  test('a template of the index that names a field which is not there', async () => {
    await using made = await createProject({
      ...THREE,
      ...pages('# Page\n'),
      'templates/pack/index.md.hbs': '{{nowhere}}',
    });
    const project = await withOwnTemplates(made);
    expect((await refused(made, { project })).message).toMatch(/^templates\/pack\/index\.md\.hbs: /);
  });

  test.each([
    ['does not parse', '# {{#each questions}}'],
    ['uses a helper that is not there', '# {{inlin title}}'],
  ])('a template that %s', async (_, template) => {
    await using made = await createProject({ ...THREE, ...pages(template) });
    const project = await withOwnTemplates(made);
    const error = await refused(made, { project });
    expect(error.code).toBe('template-broken');
    expect(error.message).toMatch(/^templates\/pack\/README\.md\.hbs: /);
  });
});

test('a template that names a field which is not there publishes no pack', async () => {
  await using made = await createProject({ ...THREE, ...pages('# {{nowhere}}') });
  const project = await withOwnTemplates(made);
  await expect(run(made, { project })).rejects.toThrow(
    'templates/pack/README.md.hbs: "nowhere" not defined in [object Object] - 1:4',
  );
  expect(await made.fixture.exists('output')).toBe(false);
});

test('entries of the bank that were left out are in the report', async () => {
  await using made = await createProject(THREE);
  await made.fixture.writeFile('bank/tasks/more.yaml', '- id: broken\n  name: x\n');
  const { bankDefects } = await run(made);
  expect(bankDefects.length).toBeGreaterThan(0);
  expect(bankDefects.map(formatProblem)[0]).toMatch(/^bank\/tasks\/more\.yaml:\d+:\d+: \[0\]\./);
});

test('what a killed run had decided is completed first, and told', async () => {
  await using made = await createProject({
    ...THREE,
    'output/.publishing-old-job-77/0': '# Old\n',
    'output/.publishing-old-job-77/journal.json': JSON.stringify({
      jobId: 'old-job',
      renames: ['README.md'],
      deletes: [],
    }),
  });
  const report = await run(made);
  expect(report.recovered).toEqual(['old-job']);
  expect(await made.fixture.readFile('output/old-job/README.md', 'utf8')).toBe('# Old\n');
  expect(new Set(Object.values(states(report)))).toEqual(new Set(['made']));
});

describe('rendering', () => {
  test('asks no provider and writes what is missing', async () => {
    await using made = await createProject(THREE);
    await run(made);
    const before = await readTree(made.fixture, 'output');
    await rm(made.fixture.getPath('output/a-python/README.md'));
    const report = await run(
      made,
      { provider: () => Promise.reject(new Error('no provider is asked')) },
      { only: 'render' },
    );
    expect(states(report)).toEqual({ 'a-python': 'rendered', 'b-sql': 'same', 'c-python': 'same' });
    expect(await readTree(made.fixture, 'output')).toEqual(before);
  });

  test('works although the ad is gone, and says so where there is no pack', async () => {
    await using made = await createProject(THREE);
    await run(made);
    await rm(made.fixture.getPath('output/b-sql'), { recursive: true });
    const report = await run(made, {}, { only: 'render' });
    expect(states(report)).toEqual({ 'a-python': 'same', 'b-sql': 'failed', 'c-python': 'same' });
    expect(report.jobs[1]?.failure?.message).toBe('output/b-sql/pack.yaml: there is no pack');
  });

  test('makes nothing newer: what was stale before still is', async () => {
    await using made = await createProject(THREE);
    await run(made);
    await writeFile(made.fixture.getPath('jobs/b-sql.txt'), SQL_AD.replace('has grown', 'has grown a lot'));
    await run(made, {}, { only: 'render' });
    expect(states(await run(made))).toMatchObject({ 'b-sql': 'made' });
  });
});
