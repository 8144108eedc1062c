import { describe, expect, test } from 'vitest';
import { makeJob, requirement } from '../../test/support/jobs.ts';
import { LONG_GAP, makePack, packPrompt, packQuestion, packTask } from '../../test/support/packs.ts';
import { assemblePack, type CoverageRules } from './assemble.ts';
import { packSchema, type Pack } from './schema.ts';
import type { Draft } from './draft.ts';

const { provenance } = makePack();
/** An item prepares for a line when they share a skill. */
const RULES: CoverageRules = {
  prepares: (offered, wanted) => offered.some((skill) => wanted.includes(skill)),
  gapFor: ({ id }) => `${LONG_GAP} (${id})`,
  drillsFor: (skills) => (skills.includes('cv') ? ['iou', 'nms'] : []),
};

function draft(changes: Partial<Draft>): Draft {
  return { tasks: [], questions: [], behavioural: [], ...changes };
}

function assemble(content: Partial<Draft>, ...requirements: Parameters<typeof requirement>[0][]): Pack {
  return assemblePack(makeJob({ requirements: requirements.map(requirement) }), draft(content), provenance, RULES);
}

describe('an assembled pack', () => {
  test('holds, and has its fields in the order in which it is read', () => {
    const pack = assemble({ questions: [packQuestion({ id: 'q', serves: 'sql' })] }, { id: 'sql' });
    expect(packSchema.parse(pack)).toEqual(pack);
    expect(Object.keys(pack)).toEqual([
      'format',
      'job',
      'requirements',
      'tasks',
      'questions',
      'behavioural',
      'drills',
      'studyPlan',
      'provenance',
    ]);
  });

  test('says of every line of the ad, in its order, what covers it or why nothing does', () => {
    const pack = assemble(
      { questions: [packQuestion({ id: 'q', serves: 'sql', skills: ['databases.sql'] })] },
      { id: 'rust', skills: ['programming.rust'], kind: 'nice' },
      { id: 'sql', skills: ['databases.sql'] },
    );
    expect(pack.requirements).toEqual([
      {
        id: 'rust',
        quote: 'The line of rust',
        kind: 'nice',
        skills: ['programming.rust'],
        gap: `${LONG_GAP} (rust)`,
      },
      { id: 'sql', quote: 'The line of sql', kind: 'must', skills: ['databases.sql'], coveredBy: ['q'] },
    ]);
  });

  test('names first what serves the line, then what helps with it as well', () => {
    const pack = assemble(
      {
        questions: [
          packQuestion({ id: 'helps', serves: 'other', skills: ['databases.sql'] }),
          packQuestion({ id: 'serves', serves: 'sql', skills: ['programming.python'] }),
        ],
        tasks: [packTask({ id: 'task-helps', serves: 'other', skills: ['databases.sql'] })],
        behavioural: [packPrompt({ id: 'story-serves', serves: 'sql' })],
      },
      { id: 'sql', skills: ['databases.sql'] },
      { id: 'other' },
    );
    expect(pack.requirements[0]?.coveredBy).toEqual(['serves', 'story-serves', 'helps', 'task-helps']);
  });

  test('names at most three that help, but all that serve', () => {
    const numbers = [1, 2, 3, 4, 5];
    const pack = assemble(
      {
        questions: [
          ...numbers.map((n) => packQuestion({ id: `helps-${n}`, serves: 'other', skills: ['databases.sql'] })),
          ...numbers.map((n) => packQuestion({ id: `serves-${n}`, serves: 'sql' })),
        ],
      },
      { id: 'sql', skills: ['databases.sql'] },
      { id: 'other' },
    );
    expect(pack.requirements[0]?.coveredBy).toEqual([
      ...numbers.map((n) => `serves-${n}`),
      'helps-1',
      'helps-2',
      'helps-3',
    ]);
  });

  test('does not count what every interview holds as an answer to a line', () => {
    const pack = assemble(
      { behavioural: [packPrompt({ id: 'background', serves: 'baseline', skills: ['people.communication'] })] },
      { id: 'talks', skills: ['people.communication'] },
    );
    expect(pack.requirements[0]).toMatchObject({ gap: `${LONG_GAP} (talks)` });
    expect(pack.requirements[0]).not.toHaveProperty('coveredBy');
  });

  test('takes from the job what the reader has to know of it, and nothing of its text', () => {
    const pack = assemble({}, { id: 'sql' });
    expect(pack.job).toEqual({
      id: 'acme',
      title: 'Backend Engineer',
      company: 'Acme',
      level: 'mid',
      source: 'jobs/acme.txt',
      sha256: 'ab'.repeat(32),
      language: 'en',
    });
    expect(JSON.stringify(pack)).not.toContain('the text of the ad');
  });

  test('has the drills that its lines ask for, named at these lines and in the plan', () => {
    const pack = assemble(
      { questions: [packQuestion({ id: 'q', serves: 'vision' }), packQuestion({ id: 'iou', serves: 'sql' })] },
      { id: 'vision', skills: ['cv'] },
      { id: 'sql', skills: ['databases.sql'] },
    );
    expect(packSchema.parse(pack).drills).toEqual(['iou', 'nms']);
    expect(pack.requirements.map(({ coveredBy }) => coveredBy)).toEqual([['q', 'drill-iou', 'drill-nms'], ['iou']]);
    expect(pack.studyPlan[1]).toEqual({ when: 'this week', minutes: 80, items: ['drill-iou', 'drill-nms'] });
  });

  test('does not count a drill alone as an answer to a line', () => {
    const pack = assemble({}, { id: 'vision', skills: ['cv'] });
    expect(pack.requirements[0]).toMatchObject({ gap: `${LONG_GAP} (vision)` });
    expect(pack.drills).toEqual(['iou', 'nms']);
  });

  test('has a plan for its items', () => {
    const pack = assemble({ questions: [packQuestion({ id: 'q', serves: 'sql', minutes: 7 })] }, { id: 'sql' });
    expect(pack.studyPlan).toEqual([
      { when: 'today', minutes: 7, items: ['q'] },
      { when: 'the night before', minutes: 3, items: ['q'] },
    ]);
  });
});
