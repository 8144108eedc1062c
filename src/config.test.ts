import { createFixture } from 'fs-fixture';
import { describe, expect, test } from 'vitest';
import { loadOptions, type Flags, type Options } from './config.ts';
import { PrepsmithError } from './errors.ts';
import { formatProblem } from './problem.ts';

interface Given {
  file?: string;
  flags?: Flags;
  env?: Record<string, string>;
}

async function allOptionsFor({ file, flags = {}, env = {} }: Given): Promise<Readonly<Options>> {
  await using fixture = await createFixture(file === undefined ? {} : { 'prepsmith.yaml': file });
  return await loadOptions(fixture.path, flags, env);
}

/** Without what matters only to a model. */
async function optionsFor(given: Given): Promise<Omit<Options, 'model' | 'isProviderChosen'>> {
  const { model: _, isProviderChosen: __, ...options } = await allOptionsFor(given);
  return options;
}

/** Code, message, further problems and remedy, one a line. */
async function failureFor(given: Given): Promise<string> {
  const error: unknown = await optionsFor(given).catch((cause: unknown) => cause);
  if (!(error instanceof PrepsmithError)) throw new Error('accepted');
  const problems = error.problems.map((problem) => formatProblem(problem));
  return [`${error.code}: ${error.message}`, ...problems, `→ ${error.remedy}`].join('\n');
}

const DEFAULTS = { jobsDir: 'jobs', outDir: 'output', provider: 'offline', concurrency: 4 };
const FILE = 'jobs: file-jobs\nout: file-out\nprovider: offline\nconcurrency: 2\n';
const ENV = {
  PREPSMITH_JOBS: 'env-jobs',
  PREPSMITH_OUT: 'env-out',
  PREPSMITH_PROVIDER: 'offline',
  PREPSMITH_CONCURRENCY: '3',
};
const FLAGS = { jobs: 'flag-jobs', out: 'flag-out', provider: 'offline', concurrency: '5' };

describe('where a value comes from', () => {
  test('defaults when nothing is said', async () => {
    expect(await optionsFor({})).toEqual(DEFAULTS);
  });

  test('the file before the defaults', async () => {
    expect(await optionsFor({ file: FILE })).toEqual({
      jobsDir: 'file-jobs',
      outDir: 'file-out',
      provider: 'offline',
      concurrency: 2,
    });
  });

  test('the environment before the file', async () => {
    expect(await optionsFor({ file: FILE, env: ENV })).toEqual({
      jobsDir: 'env-jobs',
      outDir: 'env-out',
      provider: 'offline',
      concurrency: 3,
    });
  });

  test('flags before all', async () => {
    expect(await optionsFor({ file: FILE, env: ENV, flags: FLAGS })).toEqual({
      jobsDir: 'flag-jobs',
      outDir: 'flag-out',
      provider: 'offline',
      concurrency: 5,
    });
  });

  test('each value by itself', async () => {
    expect(
      await optionsFor({ file: 'concurrency: 9\n', env: { PREPSMITH_OUT: 'packs' }, flags: { jobs: 'ads' } }),
    ).toEqual({
      jobsDir: 'ads',
      outDir: 'packs',
      provider: 'offline',
      concurrency: 9,
    });
  });

  test('an empty variable says nothing', async () => {
    expect(
      await optionsFor({ env: { PREPSMITH_JOBS: '', PREPSMITH_CONCURRENCY: '', PREPSMITH_PROVIDER: '' } }),
    ).toEqual(DEFAULTS);
  });

  test.each(['', '# nothing yet\n', '{}\n'])('the file %j says nothing', async (file) => {
    expect(await optionsFor({ file })).toEqual(DEFAULTS);
  });

  test('options cannot be changed afterwards', async () => {
    expect(Object.isFrozen(await allOptionsFor({}))).toBe(true);
  });

  test('other variables are left alone', async () => {
    expect(await optionsFor({ env: { JOBS: 'x', PREPSMITH_UNKNOWN: 'y' } })).toEqual(DEFAULTS);
  });
});

describe('what is refused', () => {
  test('a provider that is not known, by flag and by variable', async () => {
    expect(await failureFor({ flags: { provider: 'oracle' } })).toMatchInlineSnapshot(`
      "config: --provider: expected offline or openai or replay, found "oracle"
      → Use --provider offline: it needs no key and no network."
    `);
    expect(await failureFor({ env: { PREPSMITH_PROVIDER: 'Offline' } })).toMatchInlineSnapshot(`
      "config: PREPSMITH_PROVIDER: expected offline or openai or replay, found "Offline"
      → Use --provider offline: it needs no key and no network."
    `);
  });

  test.each(['0', '-1', '65', '2.5', 'many', '1e3', 'NaN', 'Infinity'])('--concurrency %s', async (concurrency) => {
    expect(await failureFor({ flags: { concurrency } })).toBe(
      `config: --concurrency: expected a whole number from 1 to 64, found "${concurrency}"\n→ An example: --concurrency 4.`,
    );
  });

  test.each(['', ' ', '0x10', '1e1', ' 4 '])(
    '--concurrency %j, which only JavaScript takes for a number',
    async (concurrency) => {
      expect(await failureFor({ flags: { concurrency } })).toContain(`found ${JSON.stringify(concurrency)}`);
    },
  );

  test('PREPSMITH_CONCURRENCY', async () => {
    expect(await failureFor({ env: { PREPSMITH_CONCURRENCY: 'all' } })).toMatchInlineSnapshot(`
      "config: PREPSMITH_CONCURRENCY: expected a whole number from 1 to 64, found "all"
      → An example: PREPSMITH_CONCURRENCY=4."
    `);
  });

  test.each([1, 64])('but not a concurrency of %i', async (concurrency) => {
    expect((await optionsFor({ flags: { concurrency: String(concurrency) } })).concurrency).toBe(concurrency);
  });

  test.each(['jobs', 'out'] as const)('--%s without a folder', async (name) => {
    expect(await failureFor({ flags: { [name]: '' } })).toMatch(
      new RegExp(`^config: --${name}: expected .*, found (?:""|empty text|nothing)`),
    );
  });

  test.each([
    ['a misspelt field', 'job: ads\n', 'prepsmith.yaml:1:1: job: expected no such field; is it misspelt?'],
    ['a wrong type', '\njobs: 5\n', 'prepsmith.yaml:2:1: jobs: expected text, found number 5'],
    ['no folder', 'out: ""\n', 'prepsmith.yaml:1:1: out: expected at least 1 character, found empty text'],
    [
      'a provider that is not known',
      'provider: oracle\n',
      'prepsmith.yaml:1:1: provider: expected offline or openai or replay, found "oracle" (6 characters)',
    ],
    [
      'text for a number',
      'jobs: x\nconcurrency: "4"\n',
      'prepsmith.yaml:2:1: concurrency: expected a number, found "4" (1 character)',
    ],
    ['too small a number', 'concurrency: 0\n', 'prepsmith.yaml:1:1: concurrency: expected at least 1, found number 0'],
    [
      'too large a number',
      'concurrency: 65\n',
      'prepsmith.yaml:1:1: concurrency: expected at most 64, found number 65',
    ],
    ['half a job', 'concurrency: 1.5\n', 'prepsmith.yaml:1:1: concurrency: expected a whole number, found number 1.5'],
    ['a list', '- jobs: x\n', 'prepsmith.yaml:1:1: expected a group of fields, found a list of 1'],
    ['plain words', 'hello\n', 'prepsmith.yaml:1:1: expected a group of fields, found "hello" (5 characters)'],
  ])('in the file: %s', async (_, file, message) => {
    expect(await failureFor({ file })).toBe(
      `config: ${message}\n→ Correct the file or delete it; an example: {jobs: ads, out: packs, concurrency: 2}.`,
    );
  });

  test('in the file: everything at once', async () => {
    expect(await failureFor({ file: 'job: ads\nout: 5\nconcurrency: lots\n' })).toMatchInlineSnapshot(`
      "config: prepsmith.yaml:2:1: out: expected text, found number 5
      prepsmith.yaml:3:1: concurrency: expected a number, found "lots" (4 characters)
      prepsmith.yaml:1:1: job: expected no such field; is it misspelt?
      → Correct the file or delete it; an example: {jobs: ads, out: packs, concurrency: 2}."
    `);
  });

  test('in the file: broken YAML', async () => {
    expect(await failureFor({ file: 'jobs: [a\n' })).toMatchInlineSnapshot(`
      "config: prepsmith.yaml:2:1: expected valid YAML, found: Flow sequence in block collection must be sufficiently indented and end with a ]
      → Correct the file or delete it; an example: {jobs: ads, out: packs, concurrency: 2}."
    `);
  });

  test('a wrong file, even when flags say everything', async () => {
    expect(await failureFor({ file: 'concurrency: 0\n', flags: FLAGS })).toContain('prepsmith.yaml:1:1');
  });

  test('a file that cannot be read is not passed over', async () => {
    await using fixture = await createFixture({ 'prepsmith.yaml/inner': '' });
    await expect(loadOptions(fixture.path, {}, {})).rejects.toMatchObject({ code: 'config' });
  });
});
