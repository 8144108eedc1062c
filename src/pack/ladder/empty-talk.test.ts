import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { REPO_DIR } from '../../../test/support/cli.ts';
import { wireItem } from '../../../test/support/wire-items.ts';
import { parseBank, readBankFiles, type Bank } from '../../bank/load.ts';
import { cleanAd } from '../../job/clean.ts';
import { listJobIds } from '../../job/discover.ts';
import type { SectionName } from '../draft.ts';
import { checkItem } from './check-item.ts';
import { findEmptyTalk } from './empty-talk.ts';
import { echoSource } from './scan-text.ts';

const NO_ECHOES = echoSource([]);
const WHY = 'The planner keeps statistics of each column, and a stale histogram makes it pick the wrong join.';

async function shippedBank(): Promise<Bank> {
  const parsed = parseBank(await readBankFiles(path.join(REPO_DIR, 'bank')), 'bank');
  if ('problems' in parsed) throw new Error('the shipped bank cannot be read');
  return parsed.bank;
}

/** The ads and the instructions as they are sent. */
async function sentTexts(): Promise<string[]> {
  const jobsDir = path.join(REPO_DIR, 'jobs');
  const ads = (await listJobIds(jobsDir)).map(async (id) => {
    const ad = cleanAd(await readFile(path.join(jobsDir, `${id}.txt`)));
    return 'text' in ad ? ad.text : '';
  });
  const prompts = ['system', 'reading', 'questions', 'tasks', 'behavioural'].map((name) =>
    readFile(path.join(REPO_DIR, 'templates', 'prompts', `${name}.hbs`), 'utf8'),
  );
  return Promise.all([...ads, ...prompts]);
}

function bankItems({
  questions,
  tasks,
  prompts,
}: Bank): { section: SectionName; item: Record<string, unknown> & { id: string } }[] {
  return [
    ...questions.map((item) => ({ section: 'questions' as const, item })),
    ...tasks.map((item) => ({ section: 'tasks' as const, item })),
    ...prompts.map((item) => ({ section: 'behavioural' as const, item })),
  ];
}

// Fails: STAND_IN takes "a column has to be added" and "std::variant<Add, Mul>" for placeholders (4 entries).
test('raises no false alarm over any entry of the shipped bank, whatever ad was sent', async () => {
  const echoes = echoSource(await sentTexts());
  const items = bankItems(await shippedBank());
  expect(items.length).toBeGreaterThan(200);
  const alarms = items.flatMap(({ section, item }, index) =>
    checkItem(section, { ...item, topic: item.id }, [section, index], echoes).problems.map((problem) => ({
      id: item.id,
      ...problem,
    })),
  );
  expect(alarms).toEqual([]);
});

describe('text that says nothing is found', () => {
  const bad: Record<string, string> = {
    'a placeholder': 'TBD',
    'three dots': '...',
    'a dash': '—',
    'not available': 'N/A',
    'the name of the field': '"Answer"',
    'a stand-in in brackets': 'The cache is [insert your example here] and then it is dropped from the set.',
    'a stand-in in angle brackets': 'Use <your database name> and measure how long the query takes there.',
    'printer’s Latin': `${WHY} Lorem ipsum dolor sit amet.`,
    'a promise': 'The trade-off is to be added once the benchmark has run on the machine.',
    'your code here': 'def solve(rows):\n    # your code here\n    return rows',
    'a greeting': `Sure! ${WHY}`,
    'an announcement': `Here is the answer you requested: ${WHY}`,
    'an announcement of JSON': `Here's the JSON: ${WHY}`,
    'a confession': `As a language model I have no production systems. ${WHY}`,
    'a label': 'Answer to question 3: the planner uses statistics of each of the columns.',
    'one sentence over and over': `${WHY} `.repeat(4),
    'a code block that is left open': `${WHY}\n\n\`\`\`python\nassert 1 < 2`,
  };
  test.each(Object.entries(bad))('%s', (_, why) => {
    const talk = findEmptyTalk('questions', { ...wireItem('questions', 'caches'), why }, NO_ECHOES);
    expect(talk).toEqual([{ path: 'why', message: expect.stringMatching(/^expected .+, found /) }]);
  });

  // Fails: CHATTER knows "an AI model" and "a language model", and not the usual "an AI language model".
  test('the usual confession', () => {
    const why = `As an AI language model I have no production systems. ${WHY}`;
    expect(findEmptyTalk('questions', { ...wireItem('questions', 'caches'), why }, NO_ECHOES)).toHaveLength(1);
  });

  test('an answer of a few words, with their number', () => {
    const item = { ...wireItem('questions', 'caches'), answer: WHY };
    expect(findEmptyTalk('questions', item, NO_ECHOES)).toEqual([
      { path: 'answer', message: 'expected at least 60 words, found 17' },
    ]);
  });

  test('words of the request in other capitals and other punctuation', () => {
    const ad =
      'We look for somebody who has run large PostgreSQL clusters in production and tuned their queries by hand for years.';
    const item = { ...wireItem('tasks', 'caches'), objective: ad.toUpperCase().replaceAll(' ', ', ') };
    expect(findEmptyTalk('tasks', item, echoSource([ad]))).toEqual([
      { path: 'objective', message: 'expected new text, found words of the request repeated' },
    ]);
  });

  test('wherever it stands, with its path', () => {
    const item = wireItem('questions', 'caches');
    const [first, second] = item.followUps;
    const broken = {
      ...item,
      rubric: { ...item.rubric, good: 'TODO' },
      followUps: [first, { ...second, answer: 'none' }],
    };
    expect(findEmptyTalk('questions', broken, NO_ECHOES).map((talk) => talk.path)).toEqual([
      'rubric.good',
      'followUps[1].answer',
    ]);
  });
});

describe('text that says something passes', () => {
  const good: Record<string, string> = {
    'a quoted line of the ad with much around it': `The ad asks for "SQL that still runs when the table has grown". ${WHY} What grows first is the index, then the sort spills to disk, and only then does the lock queue show.`,
    'a word that is a placeholder elsewhere':
      'Test the null case first: a sample of ten rows shows whether the string is trimmed.',
    'generics in angle brackets': 'Map<string, number> keeps insertion order, which Array<unknown> gives as well.',
    'a closed code block': `${WHY}\n\n\`\`\`sql\nSELECT 1;\n\`\`\``,
    'a sentence three times': `${WHY} `.repeat(3),
    'of course, in the middle': `${WHY} Of course, that holds for a single node alone.`,
  };
  test.each(Object.entries(good))('%s', (_, why) => {
    const echoes = echoSource(['SQL that still runs when the table has grown']);
    expect(findEmptyTalk('questions', { ...wireItem('questions', 'caches'), why }, echoes)).toEqual([]);
  });

  test('a topic, because we wrote it', () => {
    expect(findEmptyTalk('tasks', { ...wireItem('tasks', 'caches'), topic: 'todo' }, NO_ECHOES)).toEqual([]);
  });
});
