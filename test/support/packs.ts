/** Small packs that hold: each test changes the one thing it is about. */
import type { Pack, PackBehavioural, PackQuestion, PackRequirement, PackTask } from '../../src/pack/schema.ts';

export const LONG_GAP = 'Nothing here prepares for it; have the certificate at hand and name its date.';

export function packRequirement(changes: Partial<PackRequirement> & { id: string }): PackRequirement {
  const base = {
    id: changes.id,
    quote: `The line of ${changes.id}`,
    kind: 'must' as const,
    skills: ['programming.python'],
  };
  return { ...base, ...(changes.gap === undefined ? { coveredBy: ['some-item'] } : {}), ...changes };
}

export function packQuestion({ id, ...changes }: Partial<PackQuestion> & { id: string }): PackQuestion {
  return {
    id,
    question: `What is asked by ${id}?`,
    spoken: 'In one sentence, this is the answer.',
    answer: 'The whole answer.\n\n```python\nassert 1 < 2\n```',
    kind: 'apply',
    level: 'mid',
    minutes: 6,
    skills: ['programming.python'],
    serves: 'baseline',
    why: 'It shows how somebody thinks.',
    rubric: { weak: 'Guesses.', good: 'Knows.', strong: 'Measures.' },
    followUps: [
      { question: 'Why?', answer: 'Because of that.' },
      { question: 'When?', answer: 'Only then.' },
    ],
    mistake: 'To answer another question.',
    origin: `bank:${id}`,
    ...changes,
  };
}

export function packTask({ id, ...changes }: Partial<PackTask> & { id: string }): PackTask {
  return {
    id,
    name: `Task ${id}`,
    objective: 'Shows that it can be built.',
    problemStatement: 'Build it from nothing.',
    requirements: ['It works for an empty input.'],
    deliverables: ['A module with tests'],
    skills: ['programming.python'],
    serves: 'baseline',
    level: 'mid',
    minutes: 60,
    rubric: { weak: 'Runs once.', good: 'Is tested.', strong: 'Is measured.' },
    hints: ['Start small.'],
    ...changes,
  };
}

export function packPrompt({ id, ...changes }: Partial<PackBehavioural> & { id: string }): PackBehavioural {
  return {
    id,
    question: `Tell me about ${id}.`,
    skills: ['people.communication'],
    serves: 'baseline',
    intent: 'Listens for what you did yourself.',
    worksheet: {
      situation: 'Where was it?',
      task: 'What was yours?',
      action: 'What did you do?',
      result: 'What came?',
    },
    ...changes,
  };
}

/** Four lines of an ad: two covered, one gap of each sort; five items; a plan that names them. */
export function makePack(changes: Partial<Pack> = {}): Pack {
  return {
    format: 'prepsmith.pack/1',
    job: {
      id: 'acme',
      title: 'Backend Engineer',
      company: 'Acme',
      level: 'mid',
      source: 'jobs/acme.txt',
      sha256: 'ab'.repeat(32),
      language: 'en',
    },
    requirements: [
      packRequirement({ id: 'python-services', coveredBy: ['q-python', 't-python', 't-service'] }),
      packRequirement({ id: 'sql', kind: 'duty', skills: ['databases.sql'], coveredBy: ['q-sql'] }),
      packRequirement({ id: 'degree', skills: ['paper.degree'], gap: LONG_GAP }),
      packRequirement({ id: 'rust', kind: 'nice', skills: ['programming.rust'], gap: LONG_GAP }),
    ],
    tasks: [
      packTask({ id: 't-python', serves: 'python-services' }),
      packTask({ id: 't-service', serves: 'python-services', minutes: 45 }),
    ],
    questions: [
      packQuestion({ id: 'q-python', serves: 'python-services' }),
      packQuestion({ id: 'q-sql', serves: 'sql', skills: ['databases.sql'], minutes: 8 }),
    ],
    behavioural: [packPrompt({ id: 'b-background' })],
    drills: [],
    studyPlan: [
      { when: 'today', minutes: 6, items: ['q-python'] },
      { when: 'this week', minutes: 123, items: ['t-python', 't-service', 'q-sql', 'b-background'] },
      { when: 'the night before', minutes: 3, items: ['q-python'] },
    ],
    provenance: {
      provider: 'offline',
      model: null,
      promptVersion: null,
      bankVersion: 'abc123',
      salvaged: 0,
      reasked: 0,
    },
    ...changes,
  };
}
