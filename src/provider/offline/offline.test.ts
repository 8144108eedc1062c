import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bankPrompt, bankQuestion, bankTask, makeBank, SKILLS } from '../../../test/support/banks.ts';
import { makeJob, requirement } from '../../../test/support/jobs.ts';
import type { Bank } from '../../bank/load.ts';
import { LEVELS, QUESTION_KINDS } from '../../bank/schema.ts';
import type { Job } from '../../job/types.ts';
import { readSection, SECTIONS, type Draft } from '../../pack/draft.ts';
import { buildTaxonomy, nearness } from '../../skills/taxonomy.ts';
import { createOfflineProvider } from './offline.ts';

const SKILL_IDS = SKILLS.map(({ id }) => id);
const taxonomy = buildTaxonomy(makeBank({}).skills);

async function draftOf(bank: Bank, job: Job): Promise<Draft> {
  const provider = createOfflineProvider(bank, taxonomy);
  const draft: Draft = { tasks: [], questions: [], behavioural: [] };
  for (const section of SECTIONS) {
    const { text } = await provider.ask({ job, section }, new AbortController().signal);
    const { items, problems } = readSection(section, text);
    expect(problems).toEqual([]);
    Object.assign(draft, { [section]: items });
  }
  return draft;
}

function numbered<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const skillList = fc.uniqueArray(fc.constantFrom(...SKILL_IDS), { minLength: 1, maxLength: 4 });
const anyBank: fc.Arbitrary<Bank> = fc
  .record({
    questions: fc.array(
      fc.record({ skills: skillList, level: fc.constantFrom(...LEVELS), kind: fc.constantFrom(...QUESTION_KINDS) }),
      { maxLength: 30 },
    ),
    tasks: fc.array(fc.record({ skills: skillList, level: fc.constantFrom(...LEVELS) }), { maxLength: 8 }),
    prompts: fc.array(fc.record({ skills: skillList, baseline: fc.boolean() }), { maxLength: 10 }),
  })
  .map((content) =>
    makeBank({
      questions: content.questions.map((changes, index) => bankQuestion({ id: `q-${index}`, ...changes })),
      tasks: content.tasks.map((changes, index) => bankTask({ id: `t-${index}`, ...changes })),
      prompts: content.prompts.map((changes, index) => bankPrompt({ id: `b-${index}`, ...changes })),
    }),
  );
const anyJob: fc.Arbitrary<Job> = fc
  .record({
    id: fc.constantFrom('acme', 'umbrella', 'initech'),
    level: fc.constantFrom(...LEVELS),
    lines: fc.array(
      fc.record({
        skills: fc.uniqueArray(fc.constantFrom(...SKILL_IDS), { maxLength: 3 }),
        kind: fc.constantFrom('must' as const, 'nice' as const, 'duty' as const, 'culture' as const),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  })
  .map(({ id, level, lines }) =>
    makeJob({ id, level, requirements: lines.map((line, index) => requirement({ id: `line-${index}`, ...line })) }),
  );

describe('whatever the bank and the ad are', () => {
  test('every item serves the baseline or a line whose skills it touches', async () => {
    await fc.assert(
      fc.asyncProperty(anyBank, anyJob, async (bank, job) => {
        const draft = await draftOf(bank, job);
        const lines = new Map(job.requirements.map(({ id, skills }) => [id, skills]));
        for (const item of [...draft.questions, ...draft.tasks, ...draft.behavioural]) {
          if (item.serves === 'baseline') {
            expect(draft.behavioural).toContain(item);
            continue;
          }
          const wanted = lines.get(item.serves) ?? [];
          const touches = item.skills.some((offered) => wanted.some((skill) => nearness(taxonomy, offered, skill) > 0));
          expect(touches).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('the same question gets the same answer, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(anyBank, anyJob, async (bank, job) => {
        const [one, other] = [
          createOfflineProvider(bank, taxonomy),
          createOfflineProvider(structuredClone(bank), taxonomy),
        ];
        for (const section of SECTIONS) {
          const { signal } = new AbortController();
          expect(await other.ask({ job, section }, signal)).toEqual(await one.ask({ job, section }, signal));
        }
      }),
      { numRuns: 40 },
    );
  });

  test('items come by what they serve: musts first, then duties, then wishes, each in the order of the ad', async () => {
    await fc.assert(
      fc.asyncProperty(anyBank, anyJob, async (bank, job) => {
        const order = ['must', 'duty', 'nice', 'culture'].flatMap((kind) =>
          job.requirements.filter((line) => line.kind === kind).map(({ id }) => id),
        );
        const draft = await draftOf(bank, job);
        for (const items of [draft.questions, draft.tasks, draft.behavioural]) {
          const places = items.map(({ serves }) => (serves === 'baseline' ? order.length : order.indexOf(serves)));
          expect(places).toEqual([...places].sort((a, b) => a - b));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the order in which the bank holds its entries', () => {
  const bank = makeBank({
    questions: numbered(40, (n) => bankQuestion({ id: `q-${n}`, skills: [SKILL_IDS[n % 7] ?? 'people'] })),
    tasks: numbered(12, (n) => bankTask({ id: `t-${n}`, skills: [SKILL_IDS[n % 7] ?? 'people'] })),
    prompts: numbered(12, (n) => bankPrompt({ id: `b-${n}`, baseline: n % 2 === 0 })),
  });
  const turned: Bank = {
    ...bank,
    questions: [...bank.questions].reverse(),
    tasks: [...bank.tasks].reverse(),
    prompts: [...bank.prompts].reverse(),
  };
  const job = makeJob({
    requirements: [
      requirement({ id: 'code', skills: ['programming', 'databases.sql'] }),
      requirement({ id: 'people', skills: ['people.communication'] }),
    ],
  });

  test.each(SECTIONS)('does not change the %s', async (section) => {
    const { signal } = new AbortController();
    const reply = await createOfflineProvider(bank, taxonomy).ask({ job, section }, signal);
    expect(JSON.parse(reply.text)[section].length).toBeGreaterThan(2);
    expect(await createOfflineProvider(turned, taxonomy).ask({ job, section }, signal)).toEqual(reply);
  });
});

const jobOn = (id: string, skill: string) =>
  makeJob({ id, requirements: [requirement({ id: 'line', skills: [skill] })] });

const idsOf = (draft: Draft) => [...draft.questions, ...draft.tasks].map(({ id }) => id);

describe('two jobs', () => {
  const bank = makeBank({
    questions: numbered(20, (n) =>
      bankQuestion({ id: `q-${n}`, skills: [n % 2 === 0 ? 'programming.python' : 'databases.sql'] }),
    ),
    tasks: numbered(8, (n) =>
      bankTask({ id: `t-${n}`, skills: [n % 2 === 0 ? 'programming.python' : 'databases.sql'] }),
    ),
  });

  test('that share no skill share no question and no task', async () => {
    const python = await draftOf(bank, jobOn('python', 'programming.python'));
    const sql = await draftOf(bank, jobOn('sql', 'databases.sql'));
    expect(idsOf(python).length).toBeGreaterThan(8);
    expect(idsOf(sql).length).toBeGreaterThan(8);
    expect(idsOf(python).filter((id) => idsOf(sql).includes(id))).toEqual([]);
  });

  test('that ask for the same are not given the same', async () => {
    const big = makeBank({ questions: numbered(60, (n) => bankQuestion({ id: `q-${n}` })) });
    const packs = await Promise.all(
      ['acme', 'umbrella', 'initech'].map((id) => draftOf(big, jobOn(id, 'programming.python'))),
    );
    const chosen = packs.map(({ questions }) => questions.map(({ id }) => id).join(' '));
    expect(new Set(chosen).size).toBe(3);
  });
});

describe('the mix of questions', () => {
  const line = requirement({ id: 'line', skills: ['programming.python'] });

  test('is not of one level, and mostly of the level of the job', async () => {
    const bank = makeBank({
      questions: numbered(90, (n) =>
        bankQuestion({ id: `q-${n}`, level: LEVELS[n % 3] ?? 'mid', kind: QUESTION_KINDS[n % 5] ?? 'apply' }),
      ),
    });
    for (const level of LEVELS) {
      const { questions } = await draftOf(bank, makeJob({ level, requirements: [line] }));
      const own = questions.filter((question) => question.level === level).length;
      expect(own / questions.length).toBeLessThanOrEqual(0.67);
      expect(own / questions.length).toBeGreaterThanOrEqual(0.5);
    }
  });

  test('is not of one kind, as far as the bank allows', async () => {
    const bank = makeBank({
      questions: numbered(90, (n) =>
        bankQuestion({ id: `q-${n}`, kind: n < 60 ? 'concept' : n < 75 ? 'debug' : 'design' }),
      ),
    });
    const { questions } = await draftOf(bank, makeJob({ requirements: [line] }));
    const concepts = questions.filter(({ kind }) => kind === 'concept').length;
    expect(concepts / questions.length).toBeLessThanOrEqual(0.5);
    expect(new Set(questions.map(({ kind }) => kind)).size).toBe(3);
  });

  test('takes what there is when the bank has one level and one kind', async () => {
    const bank = makeBank({
      questions: numbered(30, (n) => bankQuestion({ id: `q-${n}`, level: 'senior', kind: 'concept' })),
    });
    const { questions } = await draftOf(bank, makeJob({ level: 'junior', requirements: [line] }));
    expect(questions).toHaveLength(12);
  });

  test('does not practise one thing twice in tasks while there is another', async () => {
    const bank = makeBank({
      tasks: [
        ...numbered(6, (n) => bankTask({ id: `python-${n}`, skills: ['programming.python'] })),
        bankTask({ id: 'rust', skills: ['programming.rust'] }),
        bankTask({ id: 'typing', skills: ['programming.python.typing'] }),
      ],
    });
    const wide = requirement({ id: 'line', skills: ['programming'] });
    const { tasks } = await draftOf(bank, makeJob({ requirements: [wide], counts: { tasks: 3 } }));
    expect(new Set(tasks.map(({ skills }) => skills[0])).size).toBe(3);
  });
});

describe('a number asked for beside the ad', () => {
  const bank = makeBank({
    questions: numbered(40, (n) => bankQuestion({ id: `q-${n}` })),
    tasks: numbered(15, (n) => bankTask({ id: `t-${n}` })),
    prompts: [
      ...numbered(10, (n) => bankPrompt({ id: `tied-${n}` })),
      ...numbered(2, (n) => bankPrompt({ id: `baseline-${n}`, baseline: true })),
    ],
  });
  const requirements = [
    requirement({ id: 'python', skills: ['programming.python'] }),
    requirement({ id: 'talks', skills: ['people.communication'] }),
  ];

  test.each([1, 5, 13, 25, 40])('gives exactly %d questions', async (count) => {
    const { questions } = await draftOf(bank, makeJob({ requirements, counts: { questions: count } }));
    expect(questions).toHaveLength(count);
  });

  test.each([0, 1, 4, 12])('gives exactly %d tasks', async (count) => {
    const { tasks } = await draftOf(bank, makeJob({ requirements, counts: { tasks: count } }));
    expect(tasks).toHaveLength(count);
  });

  test.each([0, 1, 2, 3, 6, 12])('gives exactly %d prompts', async (count) => {
    const { behavioural } = await draftOf(bank, makeJob({ requirements, counts: { behavioural: count } }));
    expect(behavioural).toHaveLength(count);
  });

  test('changes nothing about the other sections', async () => {
    const plain = await draftOf(bank, makeJob({ requirements }));
    const asked = await draftOf(bank, makeJob({ requirements, counts: { questions: 3 } }));
    expect(asked.tasks).toEqual(plain.tasks);
    expect(asked.behavioural).toEqual(plain.behavioural);
  });

  test('gives all there are when the bank has fewer', async () => {
    const { questions } = await draftOf(bank, makeJob({ requirements, counts: { questions: 60 } }));
    expect(questions).toHaveLength(40);
  });
});

describe('behavioural prompts', () => {
  const prompts = [
    ...numbered(6, (n) => bankPrompt({ id: `baseline-${n}`, baseline: true })),
    ...numbered(3, (n) => bankPrompt({ id: `tied-${n}`, skills: ['people.communication'] })),
  ];
  const bank = makeBank({ prompts });
  const talks = requirement({ id: 'talks', skills: ['people.communication'] });

  test('of the baseline are there although no line of the ad asks for them', async () => {
    const { behavioural } = await draftOf(
      bank,
      makeJob({ requirements: [requirement({ id: 'x', skills: ['databases.sql'] })] }),
    );
    expect(behavioural).toHaveLength(5);
    expect(new Set(behavioural.map(({ serves }) => serves))).toEqual(new Set(['baseline']));
  });

  test('of the baseline are never tied to a line, and the others always are', async () => {
    const { behavioural } = await draftOf(bank, makeJob({ requirements: [talks] }));
    const pairs = behavioural.map(({ id, serves }) => [id.split('-')[0], serves].join(' '));
    expect(new Set(pairs)).toEqual(new Set(['tied talks', 'baseline baseline']));
  });

  test('of the baseline turn with the job, so that a reader of several sees more of them', async () => {
    const shown = await Promise.all(
      numbered(12, (n) =>
        draftOf(bank, makeJob({ id: `job-${n}`, requirements: [talks], counts: { behavioural: 3 } })),
      ),
    );
    const seen = new Set(
      shown.flatMap(({ behavioural }) => behavioural.filter(({ serves }) => serves === 'baseline').map(({ id }) => id)),
    );
    expect(seen.size).toBeGreaterThanOrEqual(5);
  });

  test('bring the story of somebody else where they name one, without its id', async () => {
    const story = {
      title: 'The migration that was not',
      situation: 'A team of five had promised a date.',
      task: 'She had to say that it would not hold.',
      action: 'She counted the open work and showed it.',
      result: 'The date moved by two weeks, once.',
      lesson: 'Figures early are cheaper than excuses late.',
    };
    const told = makeBank({
      prompts: [bankPrompt({ id: 'with', example: 'migration' }), bankPrompt({ id: 'without', baseline: true })],
      examples: [{ id: 'migration', ...story }],
    });
    const { behavioural } = await draftOf(told, makeJob({ requirements: [talks] }));
    expect(behavioural.find(({ id }) => id === 'with')?.example).toEqual(story);
    expect(behavioural.find(({ id }) => id === 'without')).not.toHaveProperty('example');
  });
});

test('a question says which entry of the bank it is', async () => {
  const bank = makeBank({ questions: [bankQuestion({ id: 'q-one' })] });
  const { questions } = await draftOf(
    bank,
    makeJob({ requirements: [requirement({ id: 'x', skills: ['programming.python'] })] }),
  );
  expect(questions.map(({ origin }) => origin)).toEqual(['bank:q-one']);
});

test('an empty bank and an ad without skills give empty sections', async () => {
  expect(await draftOf(makeBank({}), makeJob({ requirements: [requirement({ id: 'x' })] }))).toEqual({
    tasks: [],
    questions: [],
    behavioural: [],
  });
});

test('the provider names itself and the bank it chooses from', () => {
  const bank = makeBank({});
  expect(createOfflineProvider(bank, taxonomy)).toMatchObject({
    name: 'offline',
    model: null,
    bankVersion: bank.version,
  });
});
