import { rm, symlink, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { bankFiles, bankQuestion } from '../../test/support/banks.ts';
import { createProject, SMALL_BANK, type ProjectFixture } from '../../test/support/projects.ts';
import { openContent, type Content } from './content.ts';
import { planJob, type PlannedJob, type PlanOptions } from './plan.ts';
import type { Project } from './project.ts';
import { runJob } from './run-job.ts';

interface Changes {
  options?: Partial<PlanOptions>;
  project?: Partial<Project>;
  content?: Partial<Content>;
}

async function plan(made: ProjectFixture, { options, project, content }: Changes = {}): Promise<PlannedJob> {
  const changed = { ...made.project, ...project };
  return planJob(changed, { ...(await openContent(changed)), ...content }, 'python', {
    isForced: false,
    provider: 'offline',
    model: undefined,
    ...options,
  });
}

/** A project whose pack is published and up to date. */
async function published(): Promise<ProjectFixture> {
  const made = await createProject();
  await publishAgain(made);
  return made;
}

async function publishAgain(made: ProjectFixture): Promise<void> {
  const context = await made.context();
  const result = await runJob(context, await plan(made));
  expect(result.failure).toBeUndefined();
}

async function edit(made: ProjectFixture, file: string, change: (text: string) => string): Promise<void> {
  await writeFile(made.fixture.getPath(file), change(await made.fixture.readFile(file, 'utf8')));
}

const EDITED = 'pack.yaml was changed or removed since it was published';
const changeTitle = (text: string) => text.replace('title: Python Engineer', 'title: Snake Engineer');

describe('nothing is to do', () => {
  test('when nothing changed', async () => {
    await using made = await published();
    expect(await plan(made)).toMatchObject({ action: 'none', reasons: [] });
  });

  test("when only the reader's own files changed", async () => {
    await using made = await published();
    await made.fixture.mkdir('output/python/my');
    await made.fixture.writeFile('output/python/my/notes.md', 'mine');
    await made.fixture.writeFile('output/python/tasks/solution.py', 'mine');
    expect(await plan(made)).toMatchObject({ action: 'none', reasons: [] });
  });

  test('when an edited pack was rendered and nothing changed since', async () => {
    await using made = await published();
    await edit(made, 'output/python/pack.yaml', changeTitle);
    await publishAgain(made);
    expect(await plan(made)).toMatchObject({ action: 'none', reasons: [] });
  });
});

describe('a pack is made', () => {
  test('when there is none', async () => {
    await using made = await createProject();
    expect(await plan(made)).toMatchObject({ action: 'make', reasons: ['there is no pack yet'] });
  });

  test('when nothing is known of the one that is there', async () => {
    await using made = await published();
    await rm(made.fixture.getPath('.prepsmith'), { recursive: true });
    expect(await plan(made)).toMatchObject({
      action: 'make',
      reasons: ['nothing is known of how the published pack was made'],
    });
  });

  test('when it is asked for, whatever the state is', async () => {
    await using made = await published();
    const forced = { action: 'make', reasons: ['asked for with --force'] };
    expect(await plan(made, { options: { isForced: true } })).toMatchObject(forced);
    await edit(made, 'output/python/pack.yaml', changeTitle);
    expect(await plan(made, { options: { isForced: true } })).toMatchObject(forced);
  });

  test('when the text of the ad changed', async () => {
    await using made = await published();
    await edit(made, 'jobs/python.txt', (text) => `${text}- SQL\n`);
    expect(await plan(made)).toMatchObject({ action: 'make', reasons: ['the text of the ad changed'] });
  });

  test('when overrides came, changed or went', async () => {
    const stale = { action: 'make', reasons: ['the overrides beside the ad changed'] };
    await using made = await published();
    await made.fixture.writeFile('jobs/python.yaml', 'level: senior\n');
    expect(await plan(made)).toMatchObject(stale);
    await publishAgain(made);
    expect(await plan(made)).toMatchObject({ action: 'none' });
    await made.fixture.writeFile('jobs/python.yaml', 'level: junior\n');
    expect(await plan(made)).toMatchObject(stale);
    await rm(made.fixture.getPath('jobs/python.yaml'));
    expect(await plan(made)).toMatchObject(stale);
  });

  test('when the bank changed', async () => {
    await using made = await published();
    const questions = [...(SMALL_BANK.questions ?? []), bankQuestion({ id: 'new' })];
    for (const { name, text } of bankFiles({ ...SMALL_BANK, questions }))
      await made.fixture.writeFile(`bank/${name}`, text);
    expect(await plan(made)).toMatchObject({ action: 'make', reasons: ['the bank changed'] });
  });

  test('when another provider is asked', async () => {
    await using made = await published();
    expect(await plan(made, { options: { provider: 'openai' } })).toMatchObject({
      action: 'make',
      reasons: ['another provider is asked'],
    });
  });

  test('when prepsmith itself changed', async () => {
    await using made = await published();
    expect(await plan(made, { project: { buildId: 'another' } })).toMatchObject({
      action: 'make',
      reasons: ['prepsmith itself changed'],
    });
  });

  test('when the format of packs changed', async () => {
    await using made = await published();
    const [name] = await made.fixture.readdir('.prepsmith/manifests');
    await edit(made, `.prepsmith/manifests/${String(name)}/python.json`, (text) =>
      text.replace('prepsmith.pack/1', 'prepsmith.pack/0'),
    );
    expect(await plan(made)).toMatchObject({ action: 'make', reasons: ['the format of packs changed'] });
  });

  test('when its source is gone, for there is nothing to render from', async () => {
    await using made = await published();
    await rm(made.fixture.getPath('output/python/pack.yaml'));
    expect(await plan(made)).toMatchObject({ action: 'make', reasons: [EDITED] });
    await rm(made.fixture.getPath('output/python'), { recursive: true });
    expect((await plan(made)).action).toBe('make');
  });

  test('for all the reasons there are, each once', async () => {
    await using made = await published();
    await edit(made, 'jobs/python.txt', (text) => `${text}- SQL\n`);
    await rm(made.fixture.getPath('output/python/README.md'));
    const planned = await plan(made, { options: { provider: 'openai' }, content: { templatesVersion: 'other' } });
    expect(planned).toMatchObject({
      action: 'make',
      reasons: [
        'the text of the ad changed',
        'another provider is asked',
        'a template changed',
        'README.md was changed or removed since it was published',
      ],
    });
  });
});

describe('a pack is only rendered', () => {
  test('when a template changed', async () => {
    await using made = await published();
    expect(await plan(made, { content: { templatesVersion: 'other' } })).toMatchObject({
      action: 'render',
      reasons: ['a template changed'],
    });
  });

  test('when it was edited by hand', async () => {
    await using made = await published();
    await edit(made, 'output/python/pack.yaml', changeTitle);
    expect(await plan(made)).toMatchObject({ action: 'render', reasons: [EDITED] });
  });

  test('when a generated file was edited or is gone', async () => {
    await using made = await published();
    await edit(made, 'output/python/answers.md', (text) => `${text}more\n`);
    await rm(made.fixture.getPath('output/python/README.md'));
    expect(await plan(made)).toMatchObject({
      action: 'render',
      reasons: [
        'README.md was changed or removed since it was published',
        'answers.md was changed or removed since it was published',
      ],
    });
  });
});

describe('a pack that was edited by hand is kept', () => {
  test('when what it is made from changed too', async () => {
    await using made = await published();
    await edit(made, 'output/python/pack.yaml', changeTitle);
    await edit(made, 'jobs/python.txt', (text) => `${text}- SQL\n`);
    expect(await plan(made)).toMatchObject({ action: 'keep', reasons: ['the text of the ad changed', EDITED] });
  });

  test('also after it was rendered', async () => {
    await using made = await published();
    await edit(made, 'output/python/pack.yaml', changeTitle);
    await publishAgain(made);
    expect(await plan(made, { options: { provider: 'openai' } })).toMatchObject({
      action: 'keep',
      reasons: ['another provider is asked'],
    });
  });

  test('but rendered again when only a template changed', async () => {
    await using made = await published();
    await edit(made, 'output/python/pack.yaml', changeTitle);
    expect(await plan(made, { content: { templatesVersion: 'other' } })).toMatchObject({ action: 'render' });
  });
});

describe('a job fails in the plan already', () => {
  test('when its ad is not there', async () => {
    await using made = await published();
    await rm(made.fixture.getPath('jobs/python.txt'));
    const planned = await plan(made);
    expect(planned).toMatchObject({
      action: 'fail',
      reasons: ['the ad cannot be read'],
      failure: { code: 'job-file' },
    });
  });

  test('when its ad is a link', async () => {
    await using made = await createProject({ 'secret.txt': 'x' });
    await made.fixture.mkdir('jobs');
    await symlink(made.fixture.getPath('secret.txt'), made.fixture.getPath('jobs/python.txt'));
    expect((await plan(made)).failure?.message).toContain('found a link');
  });
});

function refuse(): never {
  throw new Error('expected the plan to do without');
}

test('planning parses neither bank nor templates', async () => {
  await using made = await published();
  await edit(made, 'jobs/python.txt', (text) => `${text}- SQL\n`);
  const planned = await plan(made, { content: { knowledge: refuse, templates: refuse } });
  expect(planned.action).toBe('make');
});
