import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packQuestion, packTask } from '../../test/support/packs.ts';
import { SKILLS } from '../../test/support/banks.ts';
import { createProject, PYTHON_AD, readTree, SMALL_BANK, type ProjectFixture } from '../../test/support/projects.ts';
import { PrepsmithError } from '../errors.ts';
import { formatProblem } from '../problem.ts';
import type { BankProvider } from '../provider/types.ts';
import { planJob, type PlanOptions } from './plan.ts';
import type { JobResult } from './report.ts';
import type { OpenProvider } from './open-provider.ts';
import type { RunContext } from './run-context.ts';
import { runJob } from './run-job.ts';

async function run(
  made: ProjectFixture,
  changes: Partial<RunContext> = {},
  options: Partial<PlanOptions> = {},
): Promise<JobResult> {
  const context = await made.context(changes);
  const planned = await planJob(context.project, context.content, 'python', {
    isForced: false,
    provider: 'offline',
    model: undefined,
    ...options,
  });
  return runJob(context, planned);
}

/** Answers each section with this text, or with an empty list. */
function provider(replies: Partial<Record<'tasks' | 'questions' | 'behavioural', string>>): BankProvider {
  return {
    kind: 'bank',
    name: 'written',
    model: 'by-hand',
    promptVersion: null,
    bankVersion: null,
    ask: ({ section }) => Promise.resolve({ text: replies[section] ?? `{"${section}": []}` }),
  };
}

const open = (written: BankProvider): Promise<OpenProvider> =>
  Promise.resolve({ provider: written, spentBeforeUsd: 0, close: () => Promise.resolve() });

const withReplies = (replies: Parameters<typeof provider>[0]) => ({ provider: () => open(provider(replies)) });

describe('a job', () => {
  test('without a pack is made: pack, renders and manifest', async () => {
    await using made = await createProject();
    const result = await run(made);
    expect(result).toMatchObject({ id: 'python', state: 'made', dropped: [], deleted: [], kept: [] });
    expect(result.failure).toBeUndefined();
    expect(Object.keys(await readTree(made.fixture, 'output/python'))).toEqual([...result.written].sort());
    expect(result.written).toContain('pack.yaml');
    expect(result.summary).toMatchObject({ id: 'python', title: 'Python Engineer', company: 'Acme' });
  });

  test('made again by force has the same bytes and says so', async () => {
    await using made = await createProject();
    await run(made);
    const before = await readTree(made.fixture, 'output');
    expect(await run(made, {}, { isForced: true })).toMatchObject({ state: 'same', written: [] });
    expect(await readTree(made.fixture, 'output')).toEqual(before);
  });

  test('that is up to date is left alone, with the summary of its pack', async () => {
    await using made = await createProject();
    const first = await run(made);
    expect(await run(made)).toMatchObject({ state: 'current', written: [], summary: first.summary });
  });

  test('gives the same bytes on an empty project elsewhere', async () => {
    await using one = await createProject();
    await using other = await createProject();
    await run(one);
    await run(other);
    expect(await readTree(other.fixture, 'output')).toEqual(await readTree(one.fixture, 'output'));
  });
});

describe('a reply', () => {
  test('with one item that does not hold loses this item, and the rest is published', async () => {
    await using made = await createProject();
    const { name: _, ...nameless } = packTask({ id: 'two', serves: 'rust' });
    const tasks = JSON.stringify({
      tasks: [packTask({ id: 'one', serves: 'rust' }), nameless, packTask({ id: 'three', serves: 'rust' })],
    });
    const result = await run(made, withReplies({ tasks }));
    expect(result.failure).toBeUndefined();
    expect(result.dropped.map(formatProblem)).toEqual(['tasks[1].name: expected text, found nothing']);
    expect(Object.keys(await readTree(made.fixture, 'output/python/tasks'))).toEqual([
      'one/README.md',
      'three/README.md',
    ]);
  });

  test.each(['Sorry, I cannot do that.', '{"items": []}', '{"questions": [{}, {}]}'])(
    'of which nothing holds fails the job and leaves the last good pack: %s',
    async (questions) => {
      await using made = await createProject();
      await run(made);
      const before = await readTree(made.fixture, 'output');
      const result = await run(made, withReplies({ questions }), { isForced: true });
      expect(result.state).toBe('failed');
      expect(result.failure?.code).toBe('reply-invalid');
      expect(await readTree(made.fixture, 'output')).toEqual(before);
    },
  );

  test('that the gate refuses publishes nothing and says what was found', async () => {
    await using made = await createProject();
    await run(made);
    const before = await readTree(made.fixture, 'output');
    const questions = JSON.stringify({
      questions: [packQuestion({ id: 'a', serves: 'nowhere' }), packQuestion({ id: 'a' })],
    });
    const result = await run(made, withReplies({ questions }), { isForced: true });
    expect(result.failure).toMatchObject({ code: 'pack-invalid' });
    expect(result.failure?.message).toBe(
      'the gate found 2 errors; nothing was published: questions: a: expected an id of its own, found "a" twice',
    );
    expect(result.findings.length).toBeGreaterThanOrEqual(2);
    expect(await readTree(made.fixture, 'output')).toEqual(before);
  });

  test('is recorded in the pack with who gave it', async () => {
    await using made = await createProject();
    await run(made, withReplies({ tasks: JSON.stringify({ tasks: [packTask({ id: 'one', serves: 'rust' })] }) }));
    expect(await made.fixture.readFile('output/python/pack.yaml', 'utf8')).toContain(
      'provider: written\n  model: by-hand\n',
    );
  });
});

describe('a provider that throws fails the job, and the last good pack stays', () => {
  test.each<[string, unknown, object]>([
    [
      'something foreseen',
      new PrepsmithError('reply-invalid', { message: 'the reply was cut off', remedy: 'Ask again.' }),
      { code: 'reply-invalid', message: 'the reply was cut off', remedy: 'Ask again.' },
    ],
    ['a defect', new TypeError('x is undefined'), { code: 'defect', message: 'a defect in prepsmith: x is undefined' }],
    ['something that is no error', 'boom', { code: 'defect', message: 'a defect in prepsmith: boom' }],
  ])('%s', async (_, thrown, failure) => {
    await using made = await createProject();
    await run(made);
    const before = await readTree(made.fixture, 'output');
    const throwing: BankProvider = { ...provider({}), ask: () => Promise.reject(thrown) };
    const result = await run(made, { provider: () => open(throwing) }, { isForced: true });
    expect(result).toMatchObject({ state: 'failed', failure, written: [] });
    expect(await readTree(made.fixture, 'output')).toEqual(before);
  });

  test('a provider that cannot be opened', async () => {
    await using made = await createProject();
    const result = await run(made, { provider: () => Promise.reject(new Error('no key')) });
    expect(result).toMatchObject({ state: 'failed', failure: { code: 'defect' } });
    expect(await made.fixture.exists('output')).toBe(false);
  });
});

const editedPack = (text: string) =>
  `# my own words\n${text.replace('title: Python Engineer', 'title: Snake Engineer')}`;

async function edited(): Promise<ProjectFixture> {
  const made = await createProject();
  await run(made);
  const text = await made.fixture.readFile('output/python/pack.yaml', 'utf8');
  await writeFile(made.fixture.getPath('output/python/pack.yaml'), editedPack(text));
  return made;
}

describe('a pack that the reader edited', () => {
  test('is rendered with its own bytes', async () => {
    await using made = await edited();
    const result = await run(made);
    expect(result).toMatchObject({ state: 'rendered', kept: [] });
    expect(result.written).not.toContain('pack.yaml');
    expect(await made.fixture.readFile('output/python/pack.yaml', 'utf8')).toMatch(/^# my own words\n/);
    expect(await made.fixture.readFile('output/python/README.md', 'utf8')).toMatch(/^# Snake Engineer — Acme\n/);
  });

  test('is not replaced when the ad changes: the job fails and says what to do', async () => {
    await using made = await edited();
    await made.fixture.writeFile('jobs/python.txt', `${PYTHON_AD}- SQL\n`);
    const before = await readTree(made.fixture, 'output');
    const result = await run(made);
    expect(result).toMatchObject({ state: 'failed', failure: { code: 'pack-edited' } });
    expect(result.failure?.message).toBe(
      'output/python/pack.yaml: edited by hand, and the text of the ad changed; it was left as it is',
    );
    expect(result.failure?.remedy).toContain('npx prepsmith generate python --force');
    expect(await readTree(made.fixture, 'output')).toEqual(before);
  });

  test('is copied aside when it is let go', async () => {
    await using made = await edited();
    const result = await run(made, {}, { isForced: true });
    expect(result.state).toBe('made');
    expect(result.kept).toHaveLength(1);
    expect(Object.values(await readTree(made.fixture, '.prepsmith/replaced/python'))[0]).toMatch(/^# my own words\n/);
  });

  test('is copied aside also when it was rendered in between', async () => {
    await using made = await edited();
    await run(made);
    expect((await run(made, {}, { isForced: true })).kept).toHaveLength(1);
  });

  test('and broke fails with file, line and path, and everything stays', async () => {
    await using made = await edited();
    const text = await made.fixture.readFile('output/python/pack.yaml', 'utf8');
    await writeFile(made.fixture.getPath('output/python/pack.yaml'), text.replace('title: Snake', 'titel: Snake'));
    const before = await readTree(made.fixture, 'output');
    const result = await run(made);
    expect(result.failure?.code).toBe('pack-file');
    expect(result.failure?.message).toMatch(
      /^output\/python\/pack\.yaml:\d+:\d+: job\.title: expected text, found nothing$/,
    );
    expect(await readTree(made.fixture, 'output')).toEqual(before);
  });
});

const replies = (...ids: string[]) =>
  withReplies({ tasks: JSON.stringify({ tasks: ids.map((id) => packTask({ id, serves: 'rust' })) }) });

test("a task that is no longer in the pack goes, a reader's file beside it and my/ stay", async () => {
  await using made = await createProject();
  await run(made, replies('one', 'two', 'three'));
  await made.fixture.writeFile('output/python/tasks/one/solution.py', 'mine');
  await made.fixture.mkdir('output/python/my');
  await made.fixture.writeFile('output/python/my/notes.md', 'mine');
  const result = await run(made, replies('three'), { isForced: true });
  expect(result.deleted.sort()).toEqual(['tasks/one/README.md', 'tasks/two/README.md']);
  const files = Object.keys(await readTree(made.fixture, 'output/python'));
  expect(files.filter((file) => /^(?:tasks|my)\//.test(file))).toEqual([
    'my/notes.md',
    'tasks/one/solution.py',
    'tasks/three/README.md',
  ]);
  expect(await made.fixture.exists('output/python/tasks/two')).toBe(false);
});

test('a task that is no longer in the pack goes also when nothing is known of the old pack', async () => {
  await using made = await createProject();
  await run(made, replies('one', 'two'));
  await made.fixture.mkdir('output/python/tasks/mine');
  await made.fixture.writeFile('output/python/tasks/mine/README.md', 'mine');
  await rm(made.fixture.getPath('.prepsmith'), { recursive: true });
  await run(made, replies('two'));
  expect(Object.keys(await readTree(made.fixture, 'output/python/tasks'))).toEqual(['mine/README.md', 'two/README.md']);
});

describe('a job that is interrupted', () => {
  test('while the provider is asked publishes nothing and was not reached', async () => {
    await using made = await createProject();
    const stop = new AbortController();
    const slow: BankProvider = {
      ...provider({}),
      ask: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
          stop.abort();
        }),
    };
    const result = await run(made, { signal: stop.signal, provider: () => open(slow) });
    expect(result).toMatchObject({ state: 'not-reached', written: [] });
    expect(result.failure).toBeUndefined();
    expect(await made.fixture.exists('output')).toBe(false);
  });

  test('after the last answer publishes nothing', async () => {
    await using made = await createProject();
    const stop = new AbortController();
    const last: BankProvider = {
      ...provider({}),
      ask: ({ section }) => {
        if (section === 'behavioural') stop.abort();
        return Promise.resolve({ text: `{"${section}": []}` });
      },
    };
    expect(await run(made, { signal: stop.signal, provider: () => open(last) })).toMatchObject({
      state: 'not-reached',
    });
    expect(await made.fixture.exists('output')).toBe(false);
  });
});

async function drillsOf(made: ProjectFixture): Promise<string[]> {
  return Object.keys(await readTree(made.fixture, 'output/python/drills'));
}

describe('the drills of a pack', () => {
  const BANK = { ...SMALL_BANK, skills: [...SKILLS, { id: 'cv', name: 'Computer vision' }] };
  const VISION_AD = PYTHON_AD.replace('- Rust', '- Computer vision');
  const vision = () => createProject({ 'jobs/python.txt': VISION_AD }, BANK);

  test('are those that the ad asks for, published with it', async () => {
    await using made = await vision();
    const result = await run(made);
    expect(result).toMatchObject({ state: 'made', findings: [] });
    const hints = ['hints/1.md', 'hints/2.md', 'hints/3.md'];
    expect(await drillsOf(made)).toEqual(
      ['conv2d', 'iou', 'nms'].flatMap((id) =>
        ['README.md', 'cases.json', `${id}.py`, `${id}.ts`, ...hints].map((name) => `${id}/${name}`).sort(),
      ),
    );
    expect((await run(made)).state).toBe('current');
  });

  test.each([
    ['', async () => undefined],
    [
      ' also when nothing is known of the old pack',
      (made: ProjectFixture) => rm(made.fixture.getPath('.prepsmith'), { recursive: true }),
    ],
  ])("go with the ad's wish for them%s; what the reader wrote stays", async (_, forget) => {
    await using made = await vision();
    await run(made);
    await made.fixture.writeFile('output/python/drills/nms/notes.md', 'mine');
    await made.fixture.mkdir('output/python/my');
    await made.fixture.writeFile('output/python/my/nms.ts', 'mine');
    await made.fixture.writeFile('jobs/python.txt', PYTHON_AD);
    await forget(made);
    const result = await run(made);
    expect(result.deleted.filter((file) => file.startsWith('drills/'))).toHaveLength(21);
    expect(await drillsOf(made)).toEqual(['nms/notes.md']);
    expect(await made.fixture.exists('output/python/drills/iou')).toBe(false);
    expect(await made.fixture.readFile('output/python/my/nms.ts', 'utf8')).toBe('mine');
  });

  test('that somebody wrote into are copied aside when they are rendered again', async () => {
    await using made = await vision();
    await run(made);
    await made.fixture.writeFile('output/python/drills/nms/nms.ts', 'mine');
    const result = await run(made);
    expect(result).toMatchObject({ state: 'rendered', written: ['drills/nms/nms.ts'] });
    expect(result.kept).toEqual([expect.stringContaining('drills-nms-nms.ts')]);
  });

  test('are rendered again when one of their texts changes', async () => {
    await using made = await vision();
    await run(made);
    const templatesDir = made.fixture.getPath('templates');
    await cp(made.project.templatesDir, templatesDir, { recursive: true });
    const readme = path.join(templatesDir, 'drills', 'iou', 'README.md');
    await writeFile(readme, `${await readFile(readme, 'utf8')}\nOne more line.\n`);
    const project = { ...made.project, templatesDir };
    const result = await run(made, { project });
    expect(result).toMatchObject({
      state: 'rendered',
      reasons: ['a template changed'],
      written: ['drills/iou/README.md'],
    });
  });
});

test('the time that a job took is that of the clock', async () => {
  await using made = await createProject();
  let nowMs = 1000;
  const host = { pid: 1, isAlive: () => false, now: () => (nowMs += 250.4), epochMs: () => 0 };
  expect((await run(made, { host })).durationMs).toBe(250);
});
