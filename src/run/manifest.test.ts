import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makePack } from '../../test/support/packs.ts';
import { createProject, type ProjectFixture } from '../../test/support/projects.ts';
import { summarise } from '../render/render-index.ts';
import { changedFiles, readManifest, writeManifest, type Manifest } from './manifest.ts';
import { manifestFile } from './project.ts';

const INPUTS = {
  text: 't',
  overrides: '',
  bank: 'b',
  template: 'x',
  program: 'p',
  provider: 'offline',
  schema: 's',
  model: '',
  prompts: '',
};
const FILES = { 'README.md': '# One\n', 'pack.yaml': 'a: 1\n', 'tasks/t/README.md': '# Täsk\n' };

/** A project with a published pack and the manifest that says so. */
async function published(): Promise<ProjectFixture> {
  const made = await createProject(
    Object.fromEntries(Object.entries(FILES).map(([name, text]) => [`output/acme/${name}`, text])),
  );
  await writeManifest(made.project, {
    jobId: 'acme',
    inputs: INPUTS,
    files: Object.entries(FILES).map(([name, text]) => ({ path: name, text })),
    summary: summarise(makePack()),
    asked: [],
    costUsd: 0,
    findings: 2,
    isEdited: false,
  });
  return made;
}

async function manifestOf({ project }: ProjectFixture): Promise<Manifest> {
  const manifest = await readManifest(project, 'acme');
  if (manifest === undefined) throw new Error('expected a manifest');
  return manifest;
}

describe('a manifest', () => {
  test('is read as it was written', async () => {
    await using made = await published();
    const manifest = await manifestOf(made);
    expect(manifest).toMatchObject({ jobId: 'acme', inputs: INPUTS, summary: summarise(makePack()), findings: 2 });
    expect(Object.keys(manifest.files)).toEqual(Object.keys(FILES));
  });

  test('of one output folder is not that of another', async () => {
    await using made = await published();
    const elsewhere = { ...made.project, outDir: made.fixture.getPath('packs') };
    expect(await readManifest(elsewhere, 'acme')).toBeUndefined();
  });

  test('is none before anything was published', async () => {
    await using made = await createProject({});
    expect(await readManifest(made.project, 'acme')).toBeUndefined();
  });

  test.each<[string, (text: string) => string]>([
    ['empty', () => ''],
    ['cut off', (text) => text.slice(0, text.length / 2)],
    ['no JSON', () => 'inputs: yaml'],
    ['nothing', () => 'null'],
    ['of another format', (text) => text.replace('prepsmith.manifest/1', 'prepsmith.manifest/0')],
    ['of another job', (text) => text.replace('"jobId": "acme"', '"jobId": "other"')],
    ['without its inputs', (text) => text.replace('"inputs"', '"inputz"')],
    ['with a file that is no record', (text) => text.replace(/"size": \d+/, '"size": "big"')],
    ['about a file outside the pack', (text) => text.replace('"README.md"', '"../../jobs/acme.txt"')],
    ['about a file of the reader', (text) => text.replace('"README.md"', '"my/notes.md"')],
  ])('that is %s counts as none', async (_, change) => {
    await using made = await published();
    const file = manifestFile(made.project, 'acme');
    const text = await readFile(file, 'utf8');
    expect(change(text)).not.toBe(text);
    await writeFile(file, change(text));
    expect(await readManifest(made.project, 'acme')).toBeUndefined();
  });

  test('that is a folder counts as none', async () => {
    await using made = await createProject({});
    await mkdir(manifestFile(made.project, 'acme'), { recursive: true });
    expect(await readManifest(made.project, 'acme')).toBeUndefined();
  });
});

describe('what changed since it was published', () => {
  test('is nothing at first', async () => {
    await using made = await published();
    expect(await changedFiles(made.project, await manifestOf(made))).toEqual([]);
  });

  test('is not a file that was only touched', async () => {
    await using made = await published();
    await utimes(made.fixture.getPath('output/acme/README.md'), new Date(0), new Date(0));
    expect(await changedFiles(made.project, await manifestOf(made))).toEqual([]);
  });

  test('is a file with other words of the same length', async () => {
    await using made = await published();
    await writeFile(made.fixture.getPath('output/acme/README.md'), '# Two\n');
    await utimes(made.fixture.getPath('output/acme/README.md'), new Date(0), new Date(0));
    expect(await changedFiles(made.project, await manifestOf(made))).toEqual(['README.md']);
  });

  test('is a file that is gone, or is a folder now', async () => {
    await using made = await published();
    await rm(made.fixture.getPath('output/acme/README.md'));
    await rm(made.fixture.getPath('output/acme/pack.yaml'));
    await mkdir(path.join(made.fixture.getPath('output/acme'), 'pack.yaml'));
    expect(await changedFiles(made.project, await manifestOf(made))).toEqual(['README.md', 'pack.yaml']);
  });

  test('is not a file that prepsmith never wrote', async () => {
    await using made = await published();
    await writeFile(made.fixture.getPath('output/acme/notes.md'), 'mine');
    expect(await changedFiles(made.project, await manifestOf(made))).toEqual([]);
  });
});
