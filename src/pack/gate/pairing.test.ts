import { describe, expect, test } from 'vitest';
import { makePack, packPrompt, packQuestion, packRequirement, packTask } from '../../../test/support/packs.ts';
import type { Pack } from '../schema.ts';
import { checkPairing } from './pairing.ts';

function findings(pack: Pack): string[] {
  return checkPairing({ pack, adText: undefined, files: [] }).map(({ path, message }) => `${path}: ${message}`);
}

describe('passes', () => {
  test.each<[string, Partial<Pack>]>([
    ['a pack whose references all lead somewhere', {}],
    [
      'an item that helps with a line without naming it',
      {
        requirements: [
          packRequirement({ id: 'python-services', coveredBy: ['t-python', 't-service', 'q-python', 'q-sql'] }),
          packRequirement({ id: 'sql', coveredBy: ['q-sql', 'q-python'] }),
        ],
      },
    ],
    [
      'items that serve the baseline alone',
      {
        requirements: [packRequirement({ id: 'rust', gap: 'Nothing here.' })],
        tasks: [],
        questions: [packQuestion({ id: 'q' })],
        behavioural: [packPrompt({ id: 'b' })],
        studyPlan: [{ when: 'today', minutes: 6, items: ['q'] }],
      },
    ],
    [
      'an item with the id of a requirement: the two are different things',
      {
        requirements: [packRequirement({ id: 'sql', coveredBy: ['sql'] })],
        tasks: [],
        questions: [packQuestion({ id: 'sql', serves: 'sql' })],
        behavioural: [],
        studyPlan: [],
      },
    ],
  ])('%s', (_, changes) => {
    expect(findings(makePack(changes))).toEqual([]);
  });
});

describe('catches', () => {
  test('an id that two items of one section have', () => {
    const pack = makePack();
    expect(findings({ ...pack, tasks: [...pack.tasks, packTask({ id: 't-python' })] })).toEqual([
      'tasks: t-python: expected an id of its own, found "t-python" twice',
    ]);
  });

  test('an id that items of two sections have', () => {
    const pack = makePack();
    expect(findings({ ...pack, behavioural: [packPrompt({ id: 'q-sql' })], studyPlan: [] })).toEqual([
      'behavioural: q-sql: expected an id of its own, found "q-sql" twice',
    ]);
  });

  test('an id that two requirements have', () => {
    const { requirements } = makePack();
    const again = packRequirement({ id: 'rust', gap: 'Nothing here.' });
    expect(findings(makePack({ requirements: [...requirements, again] }))).toEqual([
      'requirements[4].id: expected an id of its own, found "rust" twice',
    ]);
  });

  test('an item of each section that serves a line which is not there', () => {
    const pack = makePack();
    expect(
      findings({
        ...pack,
        tasks: [...pack.tasks, packTask({ id: 't', serves: 'nowhere' })],
        questions: [...pack.questions, packQuestion({ id: 'q', serves: 'Baseline' })],
        behavioural: [...pack.behavioural, packPrompt({ id: 'b', serves: 'q-sql' })],
      }),
    ).toEqual([
      'tasks: t.serves: expected the id of a requirement or "baseline", found "nowhere"',
      'questions: q.serves: expected the id of a requirement or "baseline", found "Baseline"',
      'behavioural: b.serves: expected the id of a requirement or "baseline", found "q-sql"',
    ]);
  });

  test('a line covered by an item that is not there', () => {
    const pack = makePack();
    const requirements = pack.requirements.map((requirement) =>
      requirement.id === 'sql' ? { ...requirement, coveredBy: ['q-sql', 'q-gone'] } : requirement,
    );
    expect(findings({ ...pack, requirements })).toEqual([
      'requirements[1].coveredBy: expected ids of items of this pack, found "q-gone"',
    ]);
  });

  test('a line that does not name an item which serves it', () => {
    const pack = makePack();
    expect(findings({ ...pack, questions: [...pack.questions, packQuestion({ id: 'q-new', serves: 'sql' })] })).toEqual(
      ['requirements[1].coveredBy: expected "q-new", which names this line, found it missing'],
    );
  });

  test('a gap that an item serves after all', () => {
    const pack = makePack();
    expect(
      findings({ ...pack, questions: [...pack.questions, packQuestion({ id: 'q-rust', serves: 'rust' })] }),
    ).toEqual(['requirements[3].coveredBy: expected "q-rust", which names this line, found it missing']);
  });

  test('a plan that names an item which is not there', () => {
    const pack = makePack();
    const studyPlan = [...pack.studyPlan, { when: 'this week' as const, minutes: 10, items: ['q-sql', 'q-gone'] }];
    expect(findings({ ...pack, studyPlan })).toEqual([
      'studyPlan[3].items: expected ids of items of this pack, found "q-gone"',
    ]);
  });
});

test('every finding is an error with something to do about it', () => {
  const pack = makePack({ tasks: [packTask({ id: 'q-sql', serves: 'nowhere' })] });
  const found = checkPairing({ pack, adText: undefined, files: [] });
  expect(found.length).toBeGreaterThan(2);
  for (const finding of found) {
    expect(finding).toMatchObject({ code: 'pairing', severity: 'error' });
    expect(finding.remedy).toMatch(/^[A-Z].+\.$/);
  }
});
