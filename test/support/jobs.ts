/** Jobs as the parser would leave them, without an ad behind them. */
import type { Job, Requirement } from '../../src/job/types.ts';

export function requirement(changes: Partial<Requirement> & { id: string }): Requirement {
  const quote = changes.quote ?? `The line of ${changes.id}`;
  return { quote, start: 0, end: quote.length, kind: 'must', section: 'Requirements', skills: [], ...changes };
}

export function makeJob(changes: Partial<Job> = {}): Job {
  return {
    id: 'acme',
    title: 'Backend Engineer',
    company: 'Acme',
    level: 'mid',
    language: 'en',
    source: 'jobs/acme.txt',
    sha256: 'ab'.repeat(32),
    text: 'the text of the ad',
    requirements: [],
    counts: {},
    ...changes,
  };
}
