import { chmod, mkdir, symlink } from 'node:fs/promises';
import { createFixture } from 'fs-fixture';
import { describe, expect, test } from 'vitest';
import { PrepsmithError } from '../errors.ts';
import { MAX_AD_BYTES } from './decode.ts';
import { isJobId, listJobIds, readJobSource } from './discover.ts';

/** The failure as text, with the folder left out. */
async function failureOf(jobsDir: string, id: string): Promise<string> {
  const found = await readJobSource(jobsDir, id);
  if (!('error' in found)) throw new Error(`read: ${id}`);
  return `${found.error.code}: ${found.error.message}`.replaceAll(
    jobsDir.replaceAll('\\', '/').replace(/\/$/, ''),
    'jobs',
  );
}

describe('ids', () => {
  test.each(['acme', 'acme_backend-engineer', '2024', 'A', 'x'.repeat(80), 'console', 'com10', 'mysite'])(
    '%s is one',
    (id) => {
      expect(isJobId(id)).toBe(true);
    },
  );

  test.each([
    '',
    '.',
    '..',
    '../x',
    'a/b',
    String.raw`a\b`,
    'a b',
    'a.b',
    '-a',
    '_a',
    'żółw',
    'a\n',
    'a\0',
    'x'.repeat(81),
    'con',
    'CON',
    'nul',
    'prn',
    'aux',
    'com1',
    'LPT9',
    'my',
    'site',
    'C:',
    '~',
  ])('%j is none', (id) => {
    expect(isJobId(id)).toBe(false);
  });

  test.each(['index', '__proto__', 'constructor'])('%j makes no trouble', (id) => {
    expect(isJobId(id)).toBe(!id.startsWith('_'));
  });
});

describe('listing', () => {
  test('every .txt file that is not hidden, in name order', async () => {
    await using fixture = await createFixture({
      'b.txt': 'b',
      'a.txt': 'a',
      'B.txt': 'B',
      'a.yaml': 'title: x',
      'notes.md': '',
      '.hidden.txt': '',
      '.txt': '',
      'a.txt.bak': '',
      'deep/c.txt': 'c',
    });
    expect(await listJobIds(fixture.path)).toEqual(['B', 'a', 'b']);
  });

  test('odd names and folders are listed, so that somebody hears of them', async () => {
    await using fixture = await createFixture({ 'a b.txt': '', 'con.txt': '', 'folder.txt/x': '' });
    expect(await listJobIds(fixture.path)).toEqual(['a b', 'con', 'folder']);
  });

  test('a file whose name starts with two dots is listed, too', async () => {
    await using fixture = await createFixture({ '..txt': 'Requirements:\n- SQL' });
    const ids = await listJobIds(fixture.path);
    expect(ids.filter((id) => isJobId(id))).toEqual([]);
  });

  test('an empty folder has none', async () => {
    await using fixture = await createFixture({});
    expect(await listJobIds(fixture.path)).toEqual([]);
  });

  test('a missing folder is wrong use', async () => {
    await using fixture = await createFixture({ 'file.txt': '' });
    for (const name of ['nothing', 'file.txt']) {
      const error: unknown = await listJobIds(fixture.getPath(name)).catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(PrepsmithError);
      expect(error).toMatchObject({
        code: 'usage',
        message: `${fixture.getPath(name)}: expected a folder of job ads, found none that can be read`,
        remedy: 'Create it and put one ad a file into it (jobs/acme.txt), or name another folder with --jobs DIR.',
      });
    }
  });
});

describe('reading one ad', () => {
  test('gives its bytes as they are and a path to show', async () => {
    await using fixture = await createFixture({ 'acme.txt': Buffer.from([0xff, 0xfe, 0x41, 0]) });
    const found = await readJobSource(fixture.path, 'acme');
    expect(found).toMatchObject({ id: 'acme', source: { id: 'acme', bytes: Buffer.from([0xff, 0xfe, 0x41, 0]) } });
    expect('source' in found && found.source.file).toBe(
      `${fixture.path.replaceAll('\\', '/').replace(/\/$/, '')}/acme.txt`,
    );
    expect('source' in found && 'overrides' in found.source).toBe(false);
  });

  test('gives the overrides beside it', async () => {
    await using fixture = await createFixture({
      'acme.txt': 'ad',
      'acme.yaml': 'title: Łowca\n',
      'other.yaml': 'title: x',
    });
    const found = await readJobSource(fixture.path, 'acme');
    expect('source' in found && found.source.overrides?.text).toBe('title: Łowca\n');
    expect('source' in found && found.source.overrides?.file.endsWith('/acme.yaml')).toBe(true);
  });

  test('an empty file is read: what it says is judged later', async () => {
    await using fixture = await createFixture({ 'acme.txt': '', 'acme.yaml': '' });
    expect(await readJobSource(fixture.path, 'acme')).toMatchObject({ source: { overrides: { text: '' } } });
  });
});

describe('what cannot be read fails alone', () => {
  test('a link, wherever it points', async () => {
    await using fixture = await createFixture({ 'jobs/real.txt': 'ad', 'secret.txt': 'secret' });
    const jobs = fixture.getPath('jobs');
    await symlink(fixture.getPath('secret.txt'), fixture.getPath('jobs/out.txt'));
    await symlink(fixture.getPath('jobs/real.txt'), fixture.getPath('jobs/in.txt'));
    await symlink(fixture.getPath('nowhere'), fixture.getPath('jobs/broken.txt'));
    for (const id of ['out', 'in', 'broken']) {
      expect(await failureOf(jobs, id)).toBe(
        `job-file: jobs/${id}.txt: expected a plain text file with one ad, found a link`,
      );
    }
    expect(await readJobSource(jobs, 'real')).toHaveProperty('source');
  });

  test('a folder named like an ad', async () => {
    await using fixture = await createFixture({});
    await mkdir(fixture.getPath('acme.txt'));
    expect(await failureOf(fixture.path, 'acme')).toBe(
      'job-file: jobs/acme.txt: expected a plain text file with one ad, found a folder',
    );
  });

  test('overrides that are a link or a folder', async () => {
    await using fixture = await createFixture({
      'a.txt': 'ad',
      'b.txt': 'ad',
      'secret.yaml': 'title: x',
      'b.yaml/x': '',
    });
    await symlink(fixture.getPath('secret.yaml'), fixture.getPath('a.yaml'));
    expect(await failureOf(fixture.path, 'a')).toMatch(
      /^job-file: jobs\/a\.yaml: expected a plain text file.*, found a link$/,
    );
    expect(await failureOf(fixture.path, 'b')).toMatch(
      /^job-file: jobs\/b\.yaml: expected a plain text file.*, found a folder$/,
    );
  });

  test.each(['a b', '.', 'con', 'my', '../acme'])('the name %j', async (id) => {
    await using fixture = await createFixture({ 'acme.txt': 'ad' });
    await mkdir(fixture.getPath('inner'));
    expect(await failureOf(fixture.getPath('inner'), id)).toContain(
      `expected a plain text file with one ad, found the name ${JSON.stringify(id)}`,
    );
  });

  test('a file that vanished', async () => {
    await using fixture = await createFixture({});
    expect(await failureOf(fixture.path, 'acme')).toMatch(/^job-file: jobs\/acme\.txt: cannot be read: ENOENT/);
  });

  test('a file that is too large, before it is read', async () => {
    await using fixture = await createFixture({
      'acme.txt': Buffer.alloc(MAX_AD_BYTES + 1, 0x61),
      'edge.txt': Buffer.alloc(MAX_AD_BYTES, 0x61),
    });
    expect(await failureOf(fixture.path, 'acme')).toBe(
      'job-file: jobs/acme.txt: expected a plain text file with one ad, found 1,000,001 bytes (at most 1,000,000)',
    );
    expect(await readJobSource(fixture.path, 'edge')).toHaveProperty('source');
  });

  test.skipIf(process.getuid === undefined || process.getuid() === 0)('a file without permission', async () => {
    await using fixture = await createFixture({ 'acme.txt': 'ad' });
    await chmod(fixture.getPath('acme.txt'), 0o000);
    expect(await failureOf(fixture.path, 'acme')).toMatch(/^job-file: jobs\/acme\.txt: cannot be read: EACCES/);
  });
});
