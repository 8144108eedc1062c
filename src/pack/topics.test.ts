import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeJob, requirement } from '../../test/support/jobs.ts';
import { LEVELS, QUESTION_KINDS } from '../bank/schema.ts';
import { requirementId } from '../job/requirements.ts';
import type { Job, Requirement } from '../job/types.ts';
import { boundsOf } from './counts.ts';
import { SECTIONS } from './draft.ts';
import { BASELINE, questionSchema, REQUIREMENT_KINDS } from './schema.ts';
import { planTopics, type SuggestedTopic } from './topics.ts';

const NAMES: Record<string, string> = {
  'databases.sql': 'SQL',
  'programming.python': 'Python',
  'people.communication': 'Communication',
};
const skillName = (id: string) => NAMES[id] ?? id;
const plan = (job: Job, suggested: readonly SuggestedTopic[] = []) => planTopics(job, suggested, skillName);

const suggestion = (changes: Partial<SuggestedTopic> = {}): SuggestedTopic => ({
  section: 'questions',
  serves: 'sql-tuning',
  intent: 'a join that spills to disk',
  kind: 'debug',
  level: 'senior',
  ...changes,
});

const skill = fc.constantFrom('databases.sql', 'programming.python', 'people.communication', 'paper.degree');
const line = fc.record({
  quote: fc.string({ unit: 'grapheme', minLength: 3, maxLength: 80 }),
  kind: fc.constantFrom(...REQUIREMENT_KINDS),
  skills: fc.uniqueArray(skill, { maxLength: 3 }),
});
/** Enough for the usual counts; fewer are a case of their own below. */
const FEW = ['sql-joins', 'sql-locks', 'python-typing', 'python-services'].map((id) =>
  requirement({ id, skills: [id.startsWith('sql') ? 'databases.sql' : 'programming.python'] }),
);
const lines = (minLength: number, maxLength: number) =>
  fc.array(line, { minLength, maxLength }).map((found) => {
    const taken = new Set(FEW.map(({ id }) => id));
    return [...FEW, ...found.map((one) => requirement({ ...one, id: requirementId(one.quote, taken) }))];
  });

/** A suggestion about the n-th line, about every interview, or about a line that there is not. */
const suggestions = fc.array(
  fc.record({
    at: fc.integer({ min: -2, max: 30 }),
    section: fc.constantFrom(...SECTIONS),
    intent: fc.string({ unit: 'grapheme', minLength: 5, maxLength: 160 }),
    kind: fc.constantFrom(...QUESTION_KINDS),
    level: fc.constantFrom(...LEVELS),
  }),
  { maxLength: 30 },
);
type Random = typeof suggestions extends fc.Arbitrary<infer S> ? S : never;

function suggestedFor(requirements: readonly Requirement[], random: Random): SuggestedTopic[] {
  return random.map(({ at, ...rest }) => ({
    ...rest,
    serves: at === -1 ? BASELINE : (requirements[at]?.id ?? 'no-such-line'),
  }));
}

const isTestable = ({ skills }: Requirement) => skills.length === 0 || !skills.every((id) => id.startsWith('paper'));

describe('whatever is suggested', () => {
  const randomJob = fc.tuple(lines(0, 26), suggestions);

  test('every must that can be tested has a question', () => {
    fc.assert(
      fc.property(randomJob, ([requirements, random]) => {
        const musts = requirements.filter((one) => one.kind === 'must' && isTestable(one));
        fc.pre(musts.length <= 20);
        const { questions } = plan(makeJob({ requirements }), suggestedFor(requirements, random));
        const served = new Set(questions.map(({ serves }) => serves));
        expect(musts.filter(({ id }) => !served.has(id)).map(({ id }) => id)).toEqual([]);
      }),
    );
  });

  test('the counts are within their bounds', () => {
    fc.assert(
      fc.property(randomJob, ([requirements, random]) => {
        const planned = plan(makeJob({ requirements }), suggestedFor(requirements, random));
        for (const section of SECTIONS) expect(planned[section].length).toBeLessThanOrEqual(boundsOf({}, section).max);
        expect(planned.questions.length).toBeGreaterThanOrEqual(boundsOf({}, 'questions').min);
        expect(planned.tasks.length).toBeGreaterThanOrEqual(boundsOf({}, 'tasks').min);
      }),
    );
  });

  test('the counts that a person asks for are met, up to what the lines give', () => {
    const counts = { questions: 7, tasks: 1, behavioural: 3 };
    fc.assert(
      fc.property(randomJob, ([requirements, random]) => {
        const planned = plan(makeJob({ requirements, counts }), suggestedFor(requirements, random));
        expect(SECTIONS.map((section) => planned[section].length)).toEqual(SECTIONS.map((section) => counts[section]));
      }),
    );
  });

  test('ids are those of a pack, and none stands twice in it', () => {
    fc.assert(
      fc.property(randomJob, ([requirements, random]) => {
        const planned = plan(makeJob({ requirements }), suggestedFor(requirements, random));
        const ids = SECTIONS.flatMap((section) => planned[section].map(({ id }) => id));
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect(questionSchema.shape.id.safeParse(id)).toMatchObject({ success: true });
      }),
    );
  });

  test('every topic serves a line of the job, or every interview', () => {
    fc.assert(
      fc.property(randomJob, ([requirements, random]) => {
        const planned = plan(makeJob({ requirements }), suggestedFor(requirements, random));
        const known = new Set([BASELINE, ...requirements.map(({ id }) => id)]);
        for (const section of SECTIONS) for (const topic of planned[section]) expect(known).toContain(topic.serves);
      }),
    );
  });

  test('the same input gives the same topics', () => {
    fc.assert(
      fc.property(randomJob, ([requirements, random]) => {
        const job = makeJob({ requirements });
        const suggested = suggestedFor(requirements, random);
        expect(plan(structuredClone(job), structuredClone(suggested))).toEqual(plan(job, suggested));
      }),
      { numRuns: 30 },
    );
  });
});

describe('an ad of a few lines', () => {
  const SQL = requirement({ id: 'sql-tuning', skills: ['databases.sql'] });

  // Fails: five kinds a line and no more, so one line gives 5 questions and two give 10 (at least 12 are wanted).
  test('has as many questions as any other', () => {
    expect(plan(makeJob({ requirements: [SQL] })).questions.length).toBeGreaterThanOrEqual(12);
  });

  // Fails: all defaults of a line are one intent, so there are the three of every interview and one of the line.
  test('has as many worksheets as any other', () => {
    expect(plan(makeJob({ requirements: [SQL] })).behavioural.length).toBeGreaterThanOrEqual(5);
  });

  // Fails like the two above: `counts: {questions: 12}` in the overrides of an ad with two lines.
  test('has the number that a person asks for', () => {
    const requirements = [SQL, requirement({ id: 'python', skills: ['programming.python'] })];
    expect(plan(makeJob({ requirements, counts: { questions: 12 } })).questions).toHaveLength(12);
  });
});

describe('a suggestion', () => {
  const job = makeJob({
    requirements: [
      requirement({ id: 'sql-tuning', skills: ['databases.sql'] }),
      requirement({ id: 'python-services', skills: ['programming.python'] }),
      requirement({ id: 'talks-to-people', kind: 'culture', skills: ['people.communication'] }),
      requirement({ id: 'a-degree', skills: ['paper.degree'] }),
    ],
  });

  test('goes before what is filled in, with the id of its line and its intent', () => {
    const { questions } = plan(job, [suggestion()]);
    expect(questions.find(({ serves }) => serves === 'sql-tuning')).toEqual({
      id: 'sql-tuning-a-join-that-spills-to-disk',
      ...suggestion(),
    });
  });

  test('about a line that the ad does not have is ignored', () => {
    expect(plan(job, [suggestion({ serves: 'cobol' })])).toEqual(plan(job));
  });

  test('that says the same as another one is taken once', () => {
    const { tasks } = plan(job, [
      suggestion({ section: 'tasks' }),
      suggestion({ section: 'tasks', intent: 'A join, that spills to disk!' }),
    ]);
    expect(tasks.filter(({ serves, intent }) => serves === 'sql-tuning' && /spills/.test(intent))).toHaveLength(1);
  });

  test('does not crowd out the must that nobody suggested anything about', () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      suggestion({ intent: `another matter of joins, number ${index}` }),
    );
    const { questions } = plan(job, many);
    expect(questions.map(({ serves }) => serves)).toContain('python-services');
    expect(questions.length).toBeLessThanOrEqual(20);
  });

  test('of a degree gives no question of its own accord; character gives a worksheet and no question', () => {
    const { questions, behavioural } = plan(job);
    expect(questions.map(({ serves }) => serves)).not.toContain('a-degree');
    expect(questions.map(({ serves }) => serves)).not.toContain('talks-to-people');
    expect(behavioural.map(({ serves }) => serves)).toContain('talks-to-people');
    expect(behavioural[0]).toMatchObject({ serves: BASELINE });
  });
});

const idsOf = (requirements: readonly Requirement[], suggested: readonly SuggestedTopic[]) =>
  plan(makeJob({ requirements: [...requirements] }), suggested)
    .questions.filter(({ serves }) => serves === 'sql-tuning')
    .map(({ id }) => id);

describe('ids', () => {
  const others = lines(0, 12);
  const SUGGESTED = [suggestion(), suggestion({ intent: 'an index that nobody uses', kind: 'concept' })];

  test('of suggested topics do not depend on the other lines or their order', () => {
    const own = requirement({ id: 'sql-tuning', skills: ['databases.sql'] });
    fc.assert(
      fc.property(others, (before) => {
        const expected = ['sql-tuning-a-join-that-spills-to-disk', 'sql-tuning-an-index-that-nobody-uses'];
        expect(idsOf([...before, own], SUGGESTED).slice(0, 1)).toEqual(expected.slice(0, 1));
        expect(idsOf([own, ...before.toReversed()], SUGGESTED).slice(0, 1)).toEqual(expected.slice(0, 1));
      }),
    );
  });

  // Fails: the kind of a topic that is filled in, and with it its intent and id, goes by the place of its line.
  test('of topics that are filled in do not depend on the other lines either', () => {
    const own = requirement({ id: 'sql-tuning', skills: ['databases.sql'] });
    const other = requirement({ id: 'python-typing', skills: ['programming.python'] });
    expect(idsOf([other, own], [])[0]).toBe(idsOf([own, other], [])[0]);
  });
});
