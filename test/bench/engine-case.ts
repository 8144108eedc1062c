/** The requests of the engine benchmark: eight a job, five questions wanted of each. */
import { createHash } from 'node:crypto';
import type { Job } from '../../src/job/types.ts';
import type { Topic } from '../../src/pack/topics.ts';
import { writeReply } from '../support/model-server/write-reply.ts';
import { toStrictJsonSchema, wireSection } from '../../src/pack/wire.ts';

const LINES = Array.from(
  { length: 12 },
  (_, index) => `Line ${index} of the ad asks for experience with part ${index} of a system`,
);

const TOPICS: readonly Topic[] = LINES.slice(0, 5).map((line, index) => ({
  id: `line-${index}-topic`,
  section: 'questions',
  serves: `line-${index}`,
  intent: `${line}: a failure and how its cause is found`,
  kind: 'debug',
  level: 'mid',
}));

/** Parts of one job differ in what they ask, and one reply is right for all of them. */
export function benchTopics(part: number): readonly Topic[] {
  return TOPICS.map((topic) => ({ ...topic, intent: `${topic.intent}, part ${part}` }));
}

export function benchJob(index: number): Job {
  const text = [`Engineer ${index}`, '', 'Requirements:', ...LINES.map((line) => `- ${line} (${index})`)].join('\n');
  return {
    id: `job-${index}`,
    title: `Engineer ${index}`,
    company: null,
    level: 'mid',
    language: 'en',
    source: `jobs/job-${index}.txt`,
    sha256: createHash('sha256').update(text).digest('hex'),
    text,
    requirements: LINES.map((quote, line) => ({
      id: `line-${line}`,
      quote,
      start: 0,
      end: 0,
      kind: 'must',
      section: 'Requirements',
      skills: ['programming.python'],
    })),
    counts: {},
  };
}

/** One reply that is right for every one of these requests. */
export function benchReply(): string {
  const items = TOPICS.map(({ id, kind, level }) => ({ topic: id, kind, level }));
  const content = ['Wanted items, as a JSON array:', '<<<ITEMS', JSON.stringify(items), 'ITEMS>>>'].join('\n');
  return writeReply({ schema: toStrictJsonSchema(wireSection('questions')), messages: [{ role: 'user', content }] });
}
