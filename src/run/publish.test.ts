import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFixture, type FsFixture } from 'fs-fixture';
import { describe, expect, test } from 'vitest';
import { HOST, readTree } from '../../test/support/projects.ts';
import { LOOP_JOB, versionOf } from '../../test/support/publish-versions.ts';
import { PrepsmithError } from '../errors.ts';
import { sha256, type Manifest } from './manifest.ts';
import type { Project } from './project.ts';
import { publish, type PublishRequest } from './publish.ts';
import { recoverPublishes } from './staging.ts';

function projectIn(fixture: FsFixture): Project {
  return {
    rootDir: fixture.path,
    jobsDir: fixture.getPath('jobs'),
    outDir: fixture.getPath('output'),
    bankDir: fixture.getPath('bank'),
    templatesDir: fixture.getPath('templates'),
    compiledBankFile: fixture.getPath('bank.json'),
    buildId: undefined,
  };
}

/** What was published before, as far as publishing looks at it. */
function manifestOf(files: Record<string, string>, isEdited = false): Manifest {
  return {
    format: 'prepsmith.manifest/1',
    jobId: 'acme',
    inputs: {
      text: '',
      overrides: '',
      bank: '',
      template: '',
      program: '',
      provider: '',
      schema: '',
      model: '',
      prompts: '',
    },
    files: Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, { sha256: sha256(text), size: text.length, mtimeMs: 0 }]),
    ),
    summary: {
      id: 'acme',
      title: 'x',
      company: null,
      questions: 0,
      tasks: 0,
      behavioural: 0,
      requirements: 0,
      covered: 0,
      skills: [],
    },
    asked: [],
    costUsd: 0,
    findings: 0,
    isEdited,
  };
}

function request(files: Record<string, string>, changes: Partial<PublishRequest> = {}): PublishRequest {
  return {
    jobId: 'acme',
    files: Object.entries(files).map(([name, text]) => ({ path: name, text })),
    manifest: undefined,
    oldPaths: [],
    ...changes,
  };
}

function below(folder: string, files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
}

const OLD = { 'README.md': 'old readme\n', 'pack.yaml': 'old: pack\n', 'tasks/one/README.md': 'old task\n' };
const NEW = { 'README.md': 'new readme\n', 'pack.yaml': 'new: pack\n', 'tasks/two/README.md': 'new task\n' };

async function errorOf(promise: Promise<unknown>): Promise<PrepsmithError> {
  const error = await promise.then(
    () => new Error('expected it to be refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof PrepsmithError) return error;
  throw error;
}

describe('publishing', () => {
  test('writes a pack where there was none, and leaves nothing else', async () => {
    await using fixture = await createFixture({});
    const outcome = await publish(projectIn(fixture), HOST, request(NEW));
    expect(outcome).toEqual({ written: Object.keys(NEW), deleted: [], kept: [] });
    expect(await readTree(fixture, 'output')).toEqual(below('acme', NEW));
    expect(await readdir(fixture.getPath('output'))).toEqual(['acme']);
  });

  test('touches nothing when nothing differs', async () => {
    await using fixture = await createFixture(below('output/acme', OLD));
    const past = new Date('2020-01-01T00:00:00Z');
    const places = ['output', 'output/acme', 'output/acme/tasks', ...Object.keys(below('output/acme', OLD))];
    for (const place of places) await utimes(fixture.getPath(place), past, past);
    const outcome = await publish(
      projectIn(fixture),
      HOST,
      request(OLD, { manifest: manifestOf(OLD), oldPaths: Object.keys(OLD) }),
    );
    expect(outcome).toEqual({ written: [], deleted: [], kept: [] });
    for (const place of places) expect((await stat(fixture.getPath(place))).mtime, place).toEqual(past);
    expect(await readdir(fixture.path)).toEqual(['output']);
  });

  test('writes only what differs', async () => {
    await using fixture = await createFixture(below('output/acme', OLD));
    const past = new Date('2020-01-01T00:00:00Z');
    await utimes(fixture.getPath('output/acme/README.md'), past, past);
    const outcome = await publish(
      projectIn(fixture),
      HOST,
      request({ ...OLD, 'pack.yaml': 'new: pack\n' }, { manifest: manifestOf(OLD) }),
    );
    expect(outcome.written).toEqual(['pack.yaml']);
    expect((await stat(fixture.getPath('output/acme/README.md'))).mtime).toEqual(past);
  });

  test('takes away what the new pack lacks, with its empty folder', async () => {
    await using fixture = await createFixture(below('output/acme', OLD));
    const outcome = await publish(
      projectIn(fixture),
      HOST,
      request(NEW, { manifest: manifestOf(OLD), oldPaths: Object.keys(OLD) }),
    );
    expect(outcome.deleted).toEqual(['tasks/one/README.md']);
    expect(await readTree(fixture, 'output/acme')).toEqual(NEW);
    expect(await readdir(fixture.getPath('output/acme/tasks'))).toEqual(['two']);
  });

  test("leaves a reader's file in a task folder that is taken away", async () => {
    await using fixture = await createFixture(below('output/acme', { ...OLD, 'tasks/one/solution.py': 'mine' }));
    await publish(projectIn(fixture), HOST, request(NEW, { manifest: manifestOf(OLD), oldPaths: Object.keys(OLD) }));
    expect(await readTree(fixture, 'output/acme')).toEqual({ ...NEW, 'tasks/one/solution.py': 'mine' });
  });

  test('never touches what belongs to the reader', async () => {
    const mine = { 'my/notes.md': 'mine', 'my/solutions/nms.py': 'mine too', 'notes.md': 'mine as well' };
    await using fixture = await createFixture(below('output/acme', { ...OLD, ...mine }));
    const past = new Date('2020-01-01T00:00:00Z');
    for (const name of ['my/notes.md', 'my']) await utimes(fixture.getPath(`output/acme/${name}`), past, past);
    await publish(projectIn(fixture), HOST, request(NEW, { manifest: manifestOf(OLD), oldPaths: Object.keys(OLD) }));
    expect(await readTree(fixture, 'output/acme')).toEqual({ ...NEW, ...mine });
    for (const name of ['my/notes.md', 'my'])
      expect((await stat(fixture.getPath(`output/acme/${name}`))).mtime).toEqual(past);
  });

  test('leaves the packs of other jobs alone', async () => {
    await using fixture = await createFixture({ ...below('output/acme', OLD), ...below('output/acme2', OLD) });
    await publish(projectIn(fixture), HOST, request(NEW, { manifest: manifestOf(OLD), oldPaths: Object.keys(OLD) }));
    expect(await readTree(fixture, 'output/acme2')).toEqual(OLD);
  });
});

describe('a file that somebody edited', () => {
  test('is copied aside before it is replaced', async () => {
    await using fixture = await createFixture(
      below('output/acme', { ...OLD, 'pack.yaml': 'edited: pack\n', 'README.md': 'edited' }),
    );
    const { kept } = await publish(projectIn(fixture), HOST, request(NEW, { manifest: manifestOf(OLD) }));
    expect(kept).toHaveLength(2);
    expect(Object.values(await readTree(fixture, '.prepsmith/replaced/acme')).sort()).toEqual([
      'edited',
      'edited: pack\n',
    ]);
    expect(kept.every((copy) => copy.startsWith(fixture.getPath('.prepsmith/replaced/acme')))).toBe(true);
  });

  test('is copied aside before it is taken away', async () => {
    await using fixture = await createFixture(below('output/acme', { ...OLD, 'tasks/one/README.md': 'edited task' }));
    await publish(projectIn(fixture), HOST, request(NEW, { manifest: manifestOf(OLD), oldPaths: Object.keys(OLD) }));
    expect(Object.values(await readTree(fixture, '.prepsmith/replaced/acme'))).toEqual(['edited task']);
  });

  test('is every file that differs when nothing is known of what was published', async () => {
    await using fixture = await createFixture(below('output/acme', OLD));
    await publish(projectIn(fixture), HOST, request(NEW));
    expect(Object.values(await readTree(fixture, '.prepsmith/replaced/acme')).sort()).toEqual([
      'old readme\n',
      'old: pack\n',
    ]);
  });

  test('and rendered again since is still copied aside', async () => {
    await using fixture = await createFixture(below('output/acme', OLD));
    await publish(projectIn(fixture), HOST, request(NEW, { manifest: manifestOf(OLD, true) }));
    expect(Object.values(await readTree(fixture, '.prepsmith/replaced/acme'))).toEqual(['old: pack\n']);
  });

  test('is not there when everything is as it was published', async () => {
    await using fixture = await createFixture(below('output/acme', OLD));
    const { kept } = await publish(
      projectIn(fixture),
      HOST,
      request(NEW, { manifest: manifestOf(OLD), oldPaths: Object.keys(OLD) }),
    );
    expect(kept).toEqual([]);
    expect(existsSync(fixture.getPath('.prepsmith'))).toBe(false);
  });

  test('two versions of one file are both kept', async () => {
    await using fixture = await createFixture(below('output/acme', OLD));
    for (const text of ['first', 'second']) {
      await writeFile(fixture.getPath('output/acme/pack.yaml'), text);
      await publish(projectIn(fixture), HOST, request(NEW, { manifest: manifestOf(OLD) }));
    }
    expect(Object.values(await readTree(fixture, '.prepsmith/replaced/acme')).sort()).toEqual(['first', 'second']);
  });
});

describe('what cannot be published is refused, and the old pack is as it was', () => {
  test.each(['', '/tasks', '/tasks/two'])('a link at output/acme%s', async (place) => {
    await using fixture = await createFixture({
      ...below('elsewhere', { 'secret.md': 'x' }),
      ...(place === '' ? {} : below('output/acme', OLD)),
    });
    const link = fixture.getPath(`output/acme${place}`);
    await fixture.rm(`output/acme${place}`);
    await mkdir(path.dirname(link), { recursive: true });
    await symlink(fixture.getPath('elsewhere'), link);
    const before = await readTree(fixture, 'output/acme');
    const error = await errorOf(publish(projectIn(fixture), HOST, request(NEW)));
    expect(error.code).toBe('publish');
    expect(error.message).toBe(`${link}: expected a folder, found a link`);
    expect(await readTree(fixture, 'elsewhere')).toEqual({ 'secret.md': 'x' });
    expect(await readTree(fixture, 'output/acme')).toEqual(before);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
  });

  test.each([
    ['a folder where a file belongs', { 'tasks/two/README.md/mine.md': 'mine' }],
    ['a file where a folder belongs', { tasks: 'mine' }],
  ])('%s', async (_, mine: Record<string, string>) => {
    const { 'tasks/one/README.md': _task, ...old } = OLD;
    await using fixture = await createFixture(below('output/acme', { ...old, ...mine }));
    const error = await errorOf(publish(projectIn(fixture), HOST, request(NEW, { manifest: manifestOf(old) })));
    expect(error.code).toBe('publish');
    expect(error.message).toContain(fixture.getPath('output/acme'));
    expect(await readTree(fixture, 'output')).toEqual(below('acme', { ...old, ...mine }));
  });

  test('a file at output/acme', async () => {
    await using fixture = await createFixture({ 'output/acme': 'mine' });
    expect((await errorOf(publish(projectIn(fixture), HOST, request(NEW)))).code).toBe('publish');
    expect(await readTree(fixture, 'output')).toEqual({ acme: 'mine' });
  });

  test.each(['../escape.md', 'my/notes.md', './my/notes.md', '/tmp/x.md'])('a file at %s', async (name) => {
    await using fixture = await createFixture(below('output/acme', { ...OLD, 'my/notes.md': 'mine' }));
    expect((await errorOf(publish(projectIn(fixture), HOST, request({ ...NEW, [name]: 'x' })))).code).toBe('publish');
    expect(await readTree(fixture, 'output')).toEqual(below('acme', { ...OLD, 'my/notes.md': 'mine' }));
  });
});

/** What process 77 left when it was killed. */
function staged(journal: unknown, files: Record<string, string>): Record<string, string> {
  return below('output/.publishing-acme-77', { ...files, 'journal.json': JSON.stringify(journal) });
}

describe('after a killed run', () => {
  const JOURNAL = {
    jobId: 'acme',
    renames: ['README.md', 'pack.yaml', 'tasks/two/README.md'],
    deletes: ['tasks/one/README.md'],
  };
  const STAGED = { '0': NEW['README.md'], '1': NEW['pack.yaml'], '2': NEW['tasks/two/README.md'] };

  test('a journal of which nothing was carried out is completed', async () => {
    await using fixture = await createFixture({ ...below('output/acme', OLD), ...staged(JOURNAL, STAGED) });
    expect(await recoverPublishes(projectIn(fixture), HOST)).toEqual(['acme']);
    expect(await readTree(fixture, 'output')).toEqual(below('acme', NEW));
    expect(await readdir(fixture.getPath('output'))).toEqual(['acme']);
  });

  test.each([1, 2, 3])('a journal carried out up to file %d is completed', async (count) => {
    const names = Object.keys(NEW) as (keyof typeof NEW)[];
    const done = Object.fromEntries(names.slice(0, count).map((name) => [name, NEW[name]]));
    const left = Object.fromEntries(Object.entries(STAGED).slice(count));
    await using fixture = await createFixture({
      ...below('output/acme', { ...OLD, ...done }),
      ...staged(JOURNAL, left),
    });
    await recoverPublishes(projectIn(fixture), HOST);
    expect(await readTree(fixture, 'output')).toEqual(below('acme', NEW));
  });

  test('a journal that was carried out whole changes nothing more', async () => {
    await using fixture = await createFixture({ ...below('output/acme', NEW), ...staged(JOURNAL, {}) });
    await recoverPublishes(projectIn(fixture), HOST);
    expect(await readTree(fixture, 'output')).toEqual(below('acme', NEW));
  });

  test("a completed journal leaves a reader's file where it takes one away", async () => {
    await using fixture = await createFixture({
      ...below('output/acme', { ...OLD, 'tasks/one/solution.py': 'mine', 'my/a.md': 'mine' }),
      ...staged(JOURNAL, STAGED),
    });
    await recoverPublishes(projectIn(fixture), HOST);
    expect(await readTree(fixture, 'output/acme')).toEqual({
      ...NEW,
      'tasks/one/solution.py': 'mine',
      'my/a.md': 'mine',
    });
  });

  test('a folder without a journal is removed: the old pack counts', async () => {
    await using fixture = await createFixture({
      ...below('output/acme', OLD),
      ...below('output/.publishing-acme-77', { ...STAGED, 'journal.json.tmp': JSON.stringify(JOURNAL) }),
    });
    expect(await recoverPublishes(projectIn(fixture), HOST)).toEqual([]);
    expect(await readTree(fixture, 'output')).toEqual(below('acme', OLD));
  });

  test('a folder of a process that still runs is left alone', async () => {
    await using fixture = await createFixture({ ...below('output/acme', OLD), ...staged(JOURNAL, STAGED) });
    const before = await readTree(fixture, 'output');
    const host = { ...HOST, isAlive: (pid: number) => pid === 77 };
    expect(await recoverPublishes(projectIn(fixture), host)).toEqual([]);
    expect(await readTree(fixture, 'output')).toEqual(before);
  });

  test('a folder of an earlier process with the number of this one is completed', async () => {
    await using fixture = await createFixture({ ...below('output/acme', OLD), ...staged(JOURNAL, STAGED) });
    expect(await recoverPublishes(projectIn(fixture), { ...HOST, pid: 77, isAlive: () => true })).toEqual(['acme']);
  });

  test('the journals of several jobs are all completed', async () => {
    await using fixture = await createFixture({
      ...staged(JOURNAL, STAGED),
      ...below('output/.publishing-other-job-78', {
        '0': 'x',
        'journal.json': JSON.stringify({ jobId: 'other-job', renames: ['README.md'], deletes: [] }),
      }),
    });
    expect((await recoverPublishes(projectIn(fixture), HOST)).sort()).toEqual(['acme', 'other-job']);
    expect(await readTree(fixture, 'output/other-job')).toEqual({ 'README.md': 'x' });
  });

  test.each<[string, unknown]>([
    ['a path that leaves the folder', { ...JOURNAL, renames: ['../../x'] }],
    ['a path that leaves it from within', { ...JOURNAL, renames: ['tasks/../../x'] }],
    ['a path that leaves it the other way', { ...JOURNAL, renames: ['..\\..\\x'] }],
    ['an absolute path', { ...JOURNAL, renames: ['/tmp/prepsmith-escape'] }],
    ['a drive', { ...JOURNAL, renames: ['C:\\x'] }],
    ['something to be taken away outside', { ...JOURNAL, deletes: ['../other/README.md'] }],
    ["the reader's notes", { ...JOURNAL, renames: ['my/notes.md'] }],
    ["the reader's notes, in a roundabout way", { ...JOURNAL, renames: ['./my/notes.md'] }],
    ["the reader's notes, with a doubled slash", { ...JOURNAL, renames: ['.//my/notes.md'] }],
    ["the reader's notes taken away", { ...JOURNAL, deletes: ['./my/notes.md'] }],
    ["the reader's folder", { ...JOURNAL, deletes: ['my'] }],
    ['the folder above as its job', { ...JOURNAL, jobId: '..' }],
    ['this folder as its job', { ...JOURNAL, jobId: '.' }],
    ['a path as its job', { ...JOURNAL, jobId: 'acme/my' }],
    ['no job', { renames: [], deletes: [] }],
    ['another shape', [1, 2]],
    ['a number as a name', { ...JOURNAL, renames: [1] }],
  ])('a journal with %s is not carried out', async (_, journal) => {
    const mine = { 'my/notes.md': 'mine' };
    await using fixture = await createFixture({
      ...below('output/acme', { ...OLD, ...mine }),
      ...below('output/other', { 'README.md': 'other' }),
      ...staged(journal, STAGED),
    });
    expect(await recoverPublishes(projectIn(fixture), HOST)).toEqual([]);
    expect(await readTree(fixture, '')).toEqual({
      ...below('output/acme', { ...OLD, ...mine }),
      ...below('output/other', { 'README.md': 'other' }),
    });
  });

  test('a journal that is cut off is not carried out', async () => {
    await using fixture = await createFixture({
      ...below('output/acme', OLD),
      ...below('output/.publishing-acme-77', { ...STAGED, 'journal.json': JSON.stringify(JOURNAL).slice(0, 30) }),
    });
    expect(await recoverPublishes(projectIn(fixture), HOST)).toEqual([]);
    expect(await readTree(fixture, 'output')).toEqual(below('acme', OLD));
  });

  test('a journal is not carried out through a link', async () => {
    await using fixture = await createFixture({ 'elsewhere/README.md': 'theirs', ...staged(JOURNAL, STAGED) });
    await symlink(fixture.getPath('elsewhere'), fixture.getPath('output/acme'));
    await recoverPublishes(projectIn(fixture), HOST).catch(() => []);
    expect(await readTree(fixture, 'elsewhere')).toEqual({ 'README.md': 'theirs' });
  });

  test('a journal that cannot be completed does not keep the others from it', async () => {
    await using fixture = await createFixture({
      'output/acme': 'a file where a folder belongs',
      ...staged(JOURNAL, STAGED),
      ...below('output/.publishing-zeta-78', {
        '0': 'x',
        'journal.json': JSON.stringify({ jobId: 'zeta', renames: ['README.md'], deletes: [] }),
      }),
    });
    expect(await recoverPublishes(projectIn(fixture), HOST)).toEqual(['zeta']);
    expect(await readTree(fixture, 'output/zeta')).toEqual({ 'README.md': 'x' });
    expect(await readFile(fixture.getPath('output/acme'), 'utf8')).toBe('a file where a folder belongs');
  });

  test('there is nothing to do without an output folder', async () => {
    await using fixture = await createFixture({});
    expect(await recoverPublishes(projectIn(fixture), HOST)).toEqual([]);
  });
});

describe('killed at any moment', () => {
  test('the pack is one version or the other, whole, once it is recovered', { timeout: 120_000 }, async () => {
    const mine = { 'my/notes.md': 'mine' };
    const start = Object.fromEntries(versionOf(0).map((file) => [file.path, file.text]));
    await using fixture = await createFixture(below(`output/${LOOP_JOB}`, { ...start, ...mine }));
    const versions = [0, 1].map((turn) => ({
      ...Object.fromEntries(versionOf(turn).map((file) => [file.path, file.text])),
      ...mine,
    }));
    const seen = { torn: 0, versions: new Set<number>() };
    // At least 40, and as many more as it takes to have met a publish in the middle, both ways.
    const isTelling = () => seen.torn > 5 && seen.versions.size === 2;
    for (let kill = 0; kill < 40 || (kill < 400 && !isTelling()); kill += 1) {
      await runAndKill(fixture.path, Math.random() * 80);
      if ((await readdir(fixture.getPath('output'))).length > 1) seen.torn += 1;
      await recoverPublishes(projectIn(fixture), HOST);
      expect(await readdir(fixture.getPath('output'))).toEqual([LOOP_JOB]);
      const tree = await readTree(fixture, `output/${LOOP_JOB}`);
      const version = versions.findIndex((files) => JSON.stringify(sorted(files)) === JSON.stringify(sorted(tree)));
      expect(version, `after kill ${kill}: ${Object.keys(tree).join(' ')}`).toBeGreaterThanOrEqual(0);
      seen.versions.add(version);
    }
    expect(isTelling()).toBe(true);
  });
});

function sorted(files: Record<string, string>): [string, string][] {
  return Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Starts the loop, waits until it publishes and a little longer, and kills it without a warning. */
function runAndKill(rootDir: string, delayMs: number): Promise<void> {
  const script = fileURLToPath(new URL('../../test/support/publish-loop.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, rootDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), delayMs));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve();
      else reject(new Error(`expected the loop to go on until it is killed, found exit code ${code}`));
    });
  });
}
