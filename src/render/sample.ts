/** The smallest pack with one of everything: rendered once to find what a template lacks, never published. */
import { PACK_FORMAT, type Pack } from '../pack/schema.ts';

const rubric = { weak: 'weak', good: 'good', strong: 'strong' };
const star = { situation: 'situation', task: 'task', action: 'action', result: 'result' };

export const SAMPLE_PACK: Pack = {
  format: PACK_FORMAT,
  job: {
    id: 'sample',
    title: 'Sample',
    company: null,
    level: 'mid',
    source: 'jobs/sample.txt',
    sha256: '0'.repeat(64),
    language: 'en',
  },
  requirements: [
    { id: 'line', quote: 'line', kind: 'must', skills: [], coveredBy: ['question', 'task', 'story'] },
    { id: 'gap', quote: 'gap', kind: 'nice', skills: [], gap: 'why not, and what to do instead' },
  ],
  tasks: [
    {
      id: 'task',
      name: 'task',
      objective: 'objective',
      problemStatement: 'problem',
      requirements: ['one'],
      deliverables: ['one'],
      skills: ['skill'],
      serves: 'line',
      level: 'mid',
      minutes: 1,
      rubric,
      hints: ['hint'],
    },
  ],
  questions: [
    {
      id: 'question',
      question: 'question',
      spoken: 'spoken',
      answer: 'answer',
      kind: 'concept',
      level: 'mid',
      minutes: 1,
      skills: ['skill'],
      serves: 'line',
      why: 'why',
      rubric,
      followUps: [
        { question: 'one', answer: 'one' },
        { question: 'two', answer: 'two' },
      ],
      mistake: 'mistake',
      origin: 'sample',
    },
  ],
  behavioural: [
    {
      id: 'story',
      question: 'question',
      skills: ['skill'],
      serves: 'line',
      intent: 'intent',
      worksheet: star,
      example: { title: 'title', ...star, lesson: 'lesson' },
    },
  ],
  drills: ['iou'],
  studyPlan: [{ when: 'today', minutes: 1, items: ['question'] }],
  provenance: { provider: 'sample', model: null, promptVersion: null, bankVersion: null, salvaged: 0, reasked: 0 },
};
