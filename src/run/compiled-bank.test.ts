import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { createFixture } from 'fs-fixture';
import { describe, expect, test } from 'vitest';
import { bankFiles, bankQuestion, makeBank } from '../../test/support/banks.ts';
import { PrepsmithError } from '../errors.ts';
import { bankVersion } from '../bank/load.ts';
import { loadCompiledBank } from './compiled-bank.ts';

const FILES = bankFiles({ questions: [bankQuestion({ id: 'from-yaml' })] });
/** What a cache holds that was made from these files: told apart by its one question. */
const CACHED = { ...makeBank({ questions: [bankQuestion({ id: 'from-cache' })] }), version: bankVersion(FILES) };
const compiled = (changes: object = {}) => JSON.stringify({ buildId: 'build-1', bank: CACHED, ...changes });

const idsOf = async (bank: ReturnType<typeof loadCompiledBank>) => (await bank).questions.map(({ id }) => id);

describe('a compiled bank', () => {
  test('is used when it was made from these files by this program', async () => {
    await using fixture = await createFixture({ 'bank.json': compiled() });
    expect(await idsOf(loadCompiledBank(FILES, 'bank', [fixture.getPath('bank.json')], 'build-1'))).toEqual([
      'from-cache',
    ]);
  });

  test('is used wherever it is first found', async () => {
    await using fixture = await createFixture({ 'two.json': compiled() });
    const caches = [fixture.getPath('one.json'), fixture.getPath('two.json')];
    expect(await idsOf(loadCompiledBank(FILES, 'bank', caches, 'build-1'))).toEqual(['from-cache']);
    expect(await fixture.exists('one.json')).toBe(false);
  });

  test.each<[string, string]>([
    ['made by another program', compiled({ buildId: 'build-0' })],
    ['made from other files', compiled({ bank: { ...CACHED, version: 'f'.repeat(64) } })],
    ['cut off', compiled().slice(0, -30)],
    ['empty', ''],
    ['nothing', 'null'],
    ['a list', '[]'],
    ['without a bank', '{"buildId": "build-1"}'],
    ['without questions', JSON.stringify({ buildId: 'build-1', bank: { version: CACHED.version } })],
  ])('is passed over when it is %s, and written anew', async (_, text) => {
    await using fixture = await createFixture({ 'bank.json': text });
    const file = fixture.getPath('bank.json');
    expect(await idsOf(loadCompiledBank(FILES, 'bank', [file], 'build-1'))).toEqual(['from-yaml']);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      buildId: 'build-1',
      bank: { version: bankVersion(FILES) },
    });
    expect(await idsOf(loadCompiledBank([...FILES], 'bank', [file], 'build-1'))).toEqual(['from-yaml']);
  });

  test('is written to the last place alone, with its folders', async () => {
    await using fixture = await createFixture({});
    const caches = [fixture.getPath('dist/bank.json'), fixture.getPath('.prepsmith/cache/bank.json')];
    await loadCompiledBank(FILES, 'bank', caches, 'build-1');
    expect(await fixture.exists('dist/bank.json')).toBe(false);
    expect(await fixture.exists('.prepsmith/cache/bank.json')).toBe(true);
  });

  test('is not written again when it was found', async () => {
    await using fixture = await createFixture({ 'bank.json': compiled() });
    const file = fixture.getPath('bank.json');
    await utimes(file, new Date(0), new Date(0));
    await loadCompiledBank(FILES, 'bank', [file], 'build-1');
    expect((await stat(file)).mtimeMs).toBe(0);
  });

  test('is the same bank as the one that was parsed', async () => {
    await using fixture = await createFixture({});
    const file = fixture.getPath('bank.json');
    const parsed = await loadCompiledBank(FILES, 'bank', [file], 'build-1');
    expect(await loadCompiledBank(FILES, 'bank', [file], 'build-1')).toEqual(parsed);
  });

  test('is neither read nor written while the program runs from source', async () => {
    await using fixture = await createFixture({ 'bank.json': compiled({ buildId: undefined }) });
    const file = fixture.getPath('bank.json');
    await utimes(file, new Date(0), new Date(0));
    expect(await idsOf(loadCompiledBank(FILES, 'bank', [file], undefined))).toEqual(['from-yaml']);
    expect((await stat(file)).mtimeMs).toBe(0);
  });

  test('that cannot be written costs nothing but time', async () => {
    await using fixture = await createFixture({ cache: 'a file where a folder belongs' });
    expect(await idsOf(loadCompiledBank(FILES, 'bank', [fixture.getPath('cache/bank.json')], 'build-1'))).toEqual([
      'from-yaml',
    ]);
  });
});

describe('a bank that cannot be read', () => {
  test('is refused with file and line of everything, and no cache is left', async () => {
    await using fixture = await createFixture({});
    const file = fixture.getPath('bank.json');
    const broken = [
      { name: 'questions/a.yaml', text: '- id: x\n  question: [\n' },
      { name: 'skills.yaml', text: '- {id: a, name: A, parent: b}\n' },
    ];
    const error: unknown = await loadCompiledBank(broken, 'bank', [file], 'build-1').catch((reason: unknown) => reason);
    if (!(error instanceof PrepsmithError)) throw error;
    expect(error.code).toBe('bank-broken');
    expect(error.message).toMatch(/^bank\/questions\/a\.yaml:\d+:\d+: expected valid YAML, found: /);
    expect(error.problems.map(({ message }) => message).at(-1)).toBe(
      'bank/skills.yaml:1:20: [0].parent: expected the id of a skill, found "b"',
    );
    expect(error.remedy).toContain('bank/README.md');
    expect(await fixture.exists('bank.json')).toBe(false);
  });

  test('is refused although a cache of another state is there', async () => {
    await using fixture = await createFixture({ 'bank.json': compiled() });
    await writeFile(fixture.getPath('other.json'), compiled());
    const broken = [{ name: 'skills.yaml', text: 'no list' }];
    await expect(loadCompiledBank(broken, 'bank', [fixture.getPath('bank.json')], 'build-1')).rejects.toThrow(
      'bank/skills.yaml:1:1: expected a list, found "no list" (7 characters)',
    );
  });
});
