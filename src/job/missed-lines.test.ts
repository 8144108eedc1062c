import { describe, expect, test } from 'vitest';
import { makeJob, requirement } from '../../test/support/jobs.ts';
import { withMissedLines, type MissedLine } from './missed-lines.ts';

const TEXT = 'Python in production\n\nWe ship twice a day.\nSome Go would be nice\n\nSome Go would be nice, they say\n';
const KNOWN = requirement({ id: 'python-production', quote: 'Python in production', start: 0, end: 20 });
const JOB = makeJob({ text: TEXT, requirements: [KNOWN] });
const matchSkills = (text: string) => (/\bGo\b/.test(text) ? ['programming.go'] : []);
const missed = (quote: string, kind: MissedLine['kind'] = 'duty'): MissedLine => ({ quote, kind });
const after = (...found: MissedLine[]) => withMissedLines(JOB, found, matchSkills).requirements;

describe('a line that was missed', () => {
  test('is added at its place in the ad, with its own id and skills', () => {
    const start = TEXT.indexOf('We ship');
    const added = after(missed(' We ship twice a day. '));
    expect(added).toEqual([
      KNOWN,
      {
        id: expect.stringMatching(/^[a-z-]*ship-twice-day$/),
        quote: 'We ship twice a day.',
        start,
        end: start + 20,
        kind: 'duty',
        section: '',
        skills: [],
      },
    ]);
    for (const line of added) expect(TEXT.slice(line.start, line.end)).toBe(line.quote);
  });

  test('stands before a known one when it does so in the ad', () => {
    const job = makeJob({
      text: TEXT,
      requirements: [requirement({ id: 'go', quote: 'Some Go', start: 43, end: 50 })],
    });
    const { requirements } = withMissedLines(job, [missed('We ship twice a day.')], matchSkills);
    expect(requirements.map(({ start }) => start)).toEqual([22, 43]);
  });

  test('leaves the job that it was given as it was', () => {
    const before = structuredClone(JOB);
    after(missed('We ship twice a day.'));
    expect(JOB).toEqual(before);
  });

  test('twice is added once', () => {
    expect(after(missed('We ship twice a day.'), missed('We ship twice a day.'))).toHaveLength(2);
  });

  // Fails: `indexOf` takes the first of several places.
  test('whose words stand in the ad twice is left out: nobody can tell which place is meant', () => {
    expect(after(missed('Some Go would be nice'))).toEqual([KNOWN]);
  });
});

describe('left out is', () => {
  const bad: Record<string, string> = {
    'what the ad does not say': 'Ten years of COBOL',
    'what the ad says in other capitals': 'we SHIP twice a day.',
    'what a requirement holds already': 'in production',
    'what overlaps with a requirement': 'production\n\nWe ship',
    'what goes over several lines': 'We ship twice a day.\nSome Go',
    'a word or two': 'Some Go',
    nothing: '   ',
  };
  test.each(Object.entries(bad))('%s', (_, quote) => {
    expect(after(missed(quote))).toEqual([KNOWN]);
  });

  test('what comes after the twelfth: that is no reading but a copy', () => {
    const text = Array.from({ length: 20 }, (_, index) => `We ask for matter number ${index}.`).join('\n');
    const found = text.split('\n').map((quote) => missed(quote));
    expect(withMissedLines(makeJob({ text }), found, matchSkills).requirements).toHaveLength(12);
  });

  test('a line as long as an ad', () => {
    const text = 'word '.repeat(100).trim();
    expect(withMissedLines(makeJob({ text }), [missed(text)], matchSkills).requirements).toEqual([]);
  });
});
