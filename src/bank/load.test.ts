import { createFixture } from 'fs-fixture';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { formatProblem, type Problem } from '../problem.ts';
import { bankVersion, parseBank, readBankFiles, type Bank, type BankFile } from './load.ts';

const SKILLS = '- {id: web, name: Web development}\n- {id: web.react, name: React, parent: web, exact: [React]}\n';
const BEHAVIOURAL = 'prompts: []\nexamples: []\n';

const sentence = (length: number): string => 'A sentence that somebody could say aloud. '.repeat(20).slice(0, length).trim();
const RUBRIC = { weak: sentence(30), good: sentence(30), strong: sentence(30) };

function questionOf(id: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    question: 'What does the virtual DOM save?',
    kind: 'concept',
    level: 'mid',
    minutes: 5,
    skills: ['web.react'],
    why: sentence(60),
    spoken: sentence(60),
    answer: sentence(400),
    rubric: RUBRIC,
    followUps: [
      { question: 'And what does it cost?', answer: sentence(60) },
      { question: 'And without a DOM?', answer: sentence(60) },
    ],
    mistake: sentence(60),
    ...changes,
  };
}

function taskOf(id: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    name: 'A list of cities',
    objective: sentence(60),
    problemStatement: sentence(200),
    requirements: ['It shows cities', 'It sorts cities', 'It is tested'],
    deliverables: ['The code', 'The tests'],
    skills: ['web.react'],
    level: 'mid',
    minutes: 60,
    rubric: RUBRIC,
    hints: [sentence(30), sentence(30), sentence(30)],
    ...changes,
  };
}

const WORKSHEET = { situation: sentence(30), task: sentence(30), action: sentence(30), result: sentence(30) };
const promptOf = (id: string, changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  id,
  question: 'When did a deadline move?',
  skills: ['web'],
  intent: sentence(60),
  worksheet: WORKSHEET,
  ...changes,
});
const exampleOf = (id: string): Record<string, unknown> => ({ id, title: 'The late release', ...WORKSHEET, lesson: sentence(60) });

function filesWith(extra: Record<string, string>): BankFile[] {
  return Object.entries({ 'skills.yaml': SKILLS, 'behavioural.yaml': BEHAVIOURAL, ...extra }).map(([name, text]) => ({ name, text }));
}

function bankOf(extra: Record<string, string>): Bank {
  const parsed = parseBank(filesWith(extra), 'bank');
  if ('problems' in parsed) throw new Error(parsed.problems.map((problem) => formatProblem(problem)).join('\n'));
  return parsed.bank;
}

const lines = (problems: readonly Problem[]): string[] => problems.map((problem) => formatProblem(problem));

function fatalOf(extra: Record<string, string>): string[] {
  const parsed = parseBank(filesWith(extra), 'bank');
  return 'problems' in parsed ? lines(parsed.problems) : [];
}

const yaml = (value: unknown): string => stringify(value, { lineWidth: 0 });

/** The 1-based line of the text on which `needle` first stands. */
const lineIn = (text: string, needle: string): number => text.slice(0, text.indexOf(needle)).split('\n').length;

describe('a good bank', () => {
  test('holds every entry and where it stands', () => {
    const questions = yaml([questionOf('one'), questionOf('two')]);
    const bank = bankOf({
      'questions/web.yaml': questions,
      'tasks/web.yaml': yaml([taskOf('three')]),
      'behavioural.yaml': yaml({ prompts: [promptOf('four', { example: 'five', baseline: true })], examples: [exampleOf('five')] }),
    });
    expect(bank.defects).toEqual([]);
    expect(bank.questions.map(({ id }) => id)).toEqual(['one', 'two']);
    expect(bank.tasks.map(({ id }) => id)).toEqual(['three']);
    expect(bank.prompts).toMatchObject([{ id: 'four', baseline: true, example: 'five' }]);
    expect(bank.examples.map(({ id }) => id)).toEqual(['five']);
    expect(bank.places).toMatchObject({
      one: 'bank/questions/web.yaml:1',
      two: `bank/questions/web.yaml:${lineIn(questions, 'id: two')}`,
      three: 'bank/tasks/web.yaml:1',
    });
  });

  test('fills in what may be left out', () => {
    expect(bankOf({}).skills[0]).toEqual({
      id: 'web',
      name: 'Web development',
      aliases: [],
      exact: [],
      related: [],
      people: false,
      alone: false,
    });
    expect(bankOf({ 'behavioural.yaml': yaml({ prompts: [promptOf('p')], examples: [] }) }).prompts[0]?.baseline).toBe(false);
  });

  test('shows its paths with slashes on every system', () => {
    const parsed = parseBank(filesWith({ 'questions/web.yaml': '[' }), String.raw`C:\work\bank`);
    expect('problems' in parsed && parsed.problems[0]?.file).toBe('C:/work/bank/questions/web.yaml');
  });

  test('is the one of this repository: no file of it is broken', async () => {
    const parsed = parseBank(await readBankFiles('bank'), 'bank');
    expect('problems' in parsed ? lines(parsed.problems) : []).toEqual([]);
  });
});

describe('a broken entry is left out, told, and the others stay', () => {
  test('missing, misnamed and mistyped fields', () => {
    const text = yaml([questionOf('good'), questionOf('bad', { why: undefined, whyy: 'x', minutes: 'five' }), questionOf('fine')]);
    const bank = bankOf({ 'questions/web.yaml': text });
    expect(bank.questions.map(({ id }) => id)).toEqual(['good', 'fine']);
    const entry = lineIn(text, 'id: bad');
    expect(lines(bank.defects).toSorted()).toEqual(
      [
        `bank/questions/web.yaml:${entry}:3: [1].why: expected text, found nothing`,
        `bank/questions/web.yaml:${lineIn(text, 'minutes: five')}:3: [1].minutes: expected a number, found "five" (4 characters)`,
        `bank/questions/web.yaml:${lineIn(text, 'whyy:')}:3: [1].whyy: expected no such field; is it misspelt?`,
      ].toSorted(),
    );
  });

  test('fields deeper inside', () => {
    const text = yaml([questionOf('bad', { followUps: [{ question: 'Why is that so?', answer: sentence(60) }, { question: 'short' }] })]);
    expect(lines(bankOf({ 'questions/web.yaml': text }).defects).map((line) => line.replace(/^[^ ]+ /, ''))).toEqual([
      '[0].followUps[1].question: expected at least 10 characters, found "short" (5 characters)',
      '[0].followUps[1].answer: expected text, found nothing',
    ]);
  });

  test.each([
    ['an id with blanks', { id: 'Not A Slug' }, '[0].id: expected a slug such as "sql-window-functions", found "Not A Slug" (10 characters)'],
    ['an unknown kind', { kind: 'riddle' }, '[0].kind: expected concept or apply or debug or design or coding, found "riddle" (6 characters)'],
    ['an unknown level', { level: 'boss' }, '[0].level: expected junior or mid or senior, found "boss" (4 characters)'],
    ['no minutes', { minutes: 1 }, '[0].minutes: expected at least 2, found number 1'],
    ['too few follow-ups', { followUps: [] }, '[0].followUps: expected at least 2 items, found an empty list'],
    ['no skills', { skills: [] }, '[0].skills: expected at least 1 item, found an empty list'],
    ['an answer that is blank', { answer: '   ' }, '[0].answer: expected at least 300 characters, found empty text'],
    ['a rubric that is text', { rubric: 'good' }, '[0].rubric: expected a group of fields, found "good" (4 characters)'],
  ])('%s', (_, changes, message) => {
    const bank = bankOf({ 'questions/web.yaml': yaml([questionOf('bad', changes)]) });
    expect(bank.questions).toEqual([]);
    expect(lines(bank.defects).map((line) => line.replace(/^bank\/questions\/web\.yaml:\d+:\d+: /, ''))).toEqual([message]);
  });

  test.each([
    ['text', '- just words\n', '[0]: expected a group of fields, found "just words" (10 characters)'],
    ['nothing', '-\n', '[0]: expected a group of fields, found nothing'],
    ['a list', '- [a]\n', '[0]: expected a group of fields, found a list of 1'],
  ])('an entry that is %s', (_, text, message) => {
    expect(lines(bankOf({ 'questions/web.yaml': text }).defects)).toEqual([expect.stringMatching(/^bank\/questions\/web\.yaml:1:\d+: /)]);
    expect(bankOf({ 'questions/web.yaml': text }).defects[0]).toMatchObject({ path: '[0]', message: message.replace('[0]: ', '') });
  });

  test('a task and a prompt, with the list that they stand in', () => {
    const bank = bankOf({
      'tasks/web.yaml': yaml([taskOf('bad', { hints: [] })]),
      'behavioural.yaml': yaml({ prompts: [promptOf('bad', { intent: 'short' })], examples: [{ id: 'x' }] }),
    });
    expect([bank.tasks, bank.prompts, bank.examples]).toEqual([[], [], []]);
    expect(bank.defects.map(({ path, message }) => `${path}: ${message}`)).toEqual(
      expect.arrayContaining([
        '[0].hints: expected exactly 3 items, found an empty list',
        'prompts[0].intent: expected at least 30 characters, found "short" (5 characters)',
        'examples[0].title: expected text, found nothing',
      ]),
    );
  });

  test('an id that is taken, in the same file, another file and another kind', () => {
    const bank = bankOf({
      'questions/a.yaml': yaml([questionOf('twin'), questionOf('twin')]),
      'questions/b.yaml': yaml([questionOf('twin')]),
      'tasks/c.yaml': yaml([taskOf('twin')]),
    });
    expect(bank.questions).toHaveLength(1);
    expect(bank.tasks).toEqual([]);
    const message = 'expected an id of its own, found "twin", which stands in bank/questions/a.yaml:1 already';
    expect(bank.defects.map(({ file, path, message: told }) => `${file ?? ''} ${path}: ${told}`)).toEqual([
      `bank/questions/a.yaml [1].id: ${message}`,
      `bank/questions/b.yaml [0].id: ${message}`,
      `bank/tasks/c.yaml [0].id: ${message}`,
    ]);
    expect(bank.defects.every(({ line }) => line !== undefined && line >= 1)).toBe(true);
  });

  test('a skill that the taxonomy does not have', () => {
    const text = yaml([questionOf('good'), questionOf('bad', { skills: ['web', 'web.vue'] })]);
    const bank = bankOf({
      'questions/web.yaml': text,
      'tasks/web.yaml': yaml([taskOf('worse', { skills: ['cobol'] })]),
      'behavioural.yaml': yaml({ prompts: [promptOf('worst', { skills: ['people'] })], examples: [] }),
    });
    expect([bank.questions.map(({ id }) => id), bank.tasks, bank.prompts]).toEqual([['good'], [], []]);
    expect(lines(bank.defects).toSorted()).toEqual([
      'bank/behavioural.yaml:2: worst.skills: expected skills of skills.yaml, found "people"',
      `bank/questions/web.yaml:${lineIn(text, 'id: bad')}: bad.skills: expected skills of skills.yaml, found "web.vue"`,
      'bank/tasks/web.yaml:1: worse.skills: expected skills of skills.yaml, found "cobol"',
    ]);
  });

  test('an example that is not there', () => {
    const bank = bankOf({ 'behavioural.yaml': yaml({ prompts: [promptOf('p', { example: 'ghost' })], examples: [exampleOf('real')] }) });
    expect(bank.prompts).toEqual([]);
    expect(lines(bank.defects)).toEqual(['bank/behavioural.yaml:2: p.example: expected the id of an example, found "ghost"']);
  });

  test.each(['__proto__', 'constructor', 'toString'])('an id such as %s takes no place by accident', (id) => {
    const bank = bankOf({ 'questions/web.yaml': yaml([questionOf(id.toLowerCase().replaceAll('_', ''))]) });
    expect(lines(bank.defects)).toEqual([]);
    expect(bank.questions).toHaveLength(1);
  });
});

describe('what stops everything', () => {
  test('broken YAML, with its line', () => {
    expect(fatalOf({ 'questions/web.yaml': '- id: a\n- id: [\n' })).toEqual([
      expect.stringMatching(/^bank\/questions\/web\.yaml:\d:\d+: expected valid YAML, found: /),
    ]);
  });

  test('every broken file is told', () => {
    expect(fatalOf({ 'questions/a.yaml': '[', 'tasks/b.yaml': '{' })).toHaveLength(2);
  });

  test.each([
    ['', 'nothing'],
    ['hello\n', 'string'],
    ['a: 1\n', 'object'],
  ])('a file that is no list: %j', (text, found) => {
    expect(fatalOf({ 'questions/web.yaml': text })).toEqual([
      expect.stringMatching(new RegExp(`^bank/questions/web\\.yaml:1:1: expected a list(?: of entries)?, found (?:${found}|a group of fields|".*)`)),
    ]);
  });

  test('what was found is told in the words of all other messages', () => {
    expect(fatalOf({ 'questions/web.yaml': 'a: 1\n' })).toEqual([
      'bank/questions/web.yaml:1:1: expected a list of entries, found a group of fields',
    ]);
  });

  test.each([
    ['a skill without a name', '- {id: web}\n', 'bank/skills.yaml:1:3: [0].name: expected text, found nothing'],
    ['a misspelt field', '- id: web\n  name: Web\n  alias: [x]\n', 'bank/skills.yaml:3:3: [0].alias: expected no such field; is it misspelt?'],
    ['an id with capitals', '- {id: Web, name: Web}\n', 'bank/skills.yaml:1:4: [0].id: expected a skill id such as "databases.sql", found "Web" (3 characters)'],
    ['an id that is taken', '- {id: web, name: Web}\n- {id: web, name: Net}\n', 'bank/skills.yaml:2:4: [1].id: expected an id of its own, found "web" a second time'],
    ['a parent that is not there', '- {id: web, name: Web, parent: net}\n', 'bank/skills.yaml:1:24: [0].parent: expected the id of a skill, found "net"'],
    ['a neighbour that is not there', '- {id: web, name: Web, related: [net]}\n', 'bank/skills.yaml:1:24: [0].related: expected ids of skills, found "net"'],
    ['no list', 'web: {name: Web}\n', 'bank/skills.yaml:1:1: expected a list, found a group of fields'],
    ['nothing', '', 'bank/skills.yaml:1:1: expected a list, found nothing'],
  ])('a taxonomy with %s', (_, text, message) => {
    expect(fatalOf({ 'skills.yaml': text })).toEqual([message]);
  });

  test('a taxonomy whose parents go round', () => {
    const text = '- {id: a, name: A, parent: b}\n- {id: b, name: B, parent: a}\n';
    expect(fatalOf({ 'skills.yaml': text })).toEqual([expect.stringMatching(/^bank\/skills\.yaml:\d:\d+: \[\d\]\.parent: expected /)]);
  });

  test('every neighbour that is not there is told', () => {
    expect(fatalOf({ 'skills.yaml': '- {id: web, name: Web, related: [one, two]}\n' }).join('\n')).toMatch(/"one"[^]*"two"/);
  });

  test.each([
    ['prompts: []\n', 'bank/behavioural.yaml:1:1: examples: expected a list, found nothing'],
    ['prompts: []\nexamples: {}\n', 'bank/behavioural.yaml:2:1: examples: expected a list, found a group of fields'],
    ['prompts: []\nexamples: []\nmore: []\n', 'bank/behavioural.yaml:3:1: more: expected no such field; is it misspelt?'],
  ])('behavioural.yaml as %j', (text, message) => {
    expect(fatalOf({ 'behavioural.yaml': text })).toEqual([message]);
  });

  test('one cause is told once: a broken taxonomy does not make every entry unknown', () => {
    expect(fatalOf({ 'skills.yaml': '- {id: web}\n', 'questions/web.yaml': yaml([questionOf('one')]) })).toHaveLength(1);
  });
});

describe('files', () => {
  test('are read in name order, only YAML, with names relative to the bank', async () => {
    await using fixture = await createFixture({
      'skills.yaml': SKILLS,
      'behavioural.yaml': BEHAVIOURAL,
      'README.md': 'hello',
      'questions/b.yaml': '[]',
      'questions/a.yaml': '[]',
      'questions/notes.txt': 'x',
      'tasks/c.yaml': '[]',
    });
    expect((await readBankFiles(fixture.path)).map(({ name }) => name)).toEqual([
      'behavioural.yaml',
      'questions/a.yaml',
      'questions/b.yaml',
      'skills.yaml',
      'tasks/c.yaml',
    ]);
  });

  const EMPTY = { 'questions/.keep': '', 'tasks/.keep': '' };

  test('questions and tasks may be empty', async () => {
    await using fixture = await createFixture({ 'skills.yaml': SKILLS, 'behavioural.yaml': BEHAVIOURAL, ...EMPTY });
    const parsed = parseBank(await readBankFiles(fixture.path), 'bank');
    expect(parsed).toMatchObject({ bank: { questions: [], tasks: [], defects: [] } });
  });

  test.each(['questions', 'tasks'])('a folder of %s that is gone is no empty one', async (folder) => {
    const { [`${folder}/.keep`]: _, ...rest } = { 'skills.yaml': SKILLS, 'behavioural.yaml': BEHAVIOURAL, ...EMPTY } as Record<
      string,
      string
    >;
    await using fixture = await createFixture(rest);
    await expect(readBankFiles(fixture.path)).rejects.toThrow(folder);
  });

  test.each(['skills.yaml', 'behavioural.yaml'])('without %s there is no bank', async (name) => {
    const files: Record<string, string> = { 'skills.yaml': SKILLS, 'behavioural.yaml': BEHAVIOURAL, ...EMPTY };
    const { [name]: _, ...rest } = files;
    await using fixture = await createFixture(rest);
    await expect(readBankFiles(fixture.path)).rejects.toThrow(name);
  });
});

const version = (extra: Record<string, string>): string => bankVersion(filesWith(extra));

describe('version', () => {
  test('is the same for the same files and another for any change', () => {
    const base = version({ 'questions/a.yaml': '[]' });
    expect(base).toMatch(/^[0-9a-f]{64}$/);
    expect(version({ 'questions/a.yaml': '[]' })).toBe(base);
    expect(version({ 'questions/a.yaml': '[] ' })).not.toBe(base);
    expect(version({ 'questions/b.yaml': '[]' })).not.toBe(base);
    expect(version({})).not.toBe(base);
  });

  test('cannot be fooled by moving text from a file into the next name', () => {
    expect(bankVersion([{ name: 'a', text: 'bc' }])).not.toBe(bankVersion([{ name: 'ab', text: 'c' }]));
  });

  test('is the one that the bank carries', () => {
    expect(bankOf({}).version).toBe(version({}));
  });
});
