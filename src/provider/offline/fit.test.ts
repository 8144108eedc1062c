import { expect, test } from 'vitest';
import { makeBank } from '../../../test/support/banks.ts';
import { makeJob, requirement } from '../../../test/support/jobs.ts';
import { buildTaxonomy } from '../../skills/taxonomy.ts';
import { findCandidates } from './fit.ts';

const taxonomy = buildTaxonomy(makeBank({}).skills);

/** Strength by facet, as `requirement/skill`, of the one entry; `undefined` when it is no candidate. */
function fitOf(entrySkills: string[], lines: Record<string, string[]>): Record<string, number> | undefined {
  const job = makeJob({ requirements: Object.entries(lines).map(([id, skills]) => requirement({ id, skills })) });
  const [candidate] = findCandidates([{ id: 'entry', skills: entrySkills }], job, taxonomy);
  return (
    candidate &&
    Object.fromEntries(
      candidate.fits.map(({ facet, strength }) => [`${facet.requirement.id}/${facet.skill}`, strength]),
    )
  );
}

test('an entry fits most what it is mainly about', () => {
  expect(fitOf(['databases.sql'], { a: ['databases.sql'] })).toEqual({ 'a/databases.sql': 1 });
  expect(fitOf(['programming.rust', 'databases.sql'], { a: ['databases.sql'] })).toEqual({ 'a/databases.sql': 0.5 });
  expect(
    fitOf(['people', 'people', 'people', 'people', 'people', 'people', 'databases.sql'], { a: ['databases.sql'] }),
  ).toBeUndefined();
});

test('a part of what is asked for fits less than the thing itself, and a whole field least', () => {
  expect(
    fitOf(['programming.python.typing'], {
      a: ['programming.python.typing'],
      b: ['programming.python'],
      c: ['programming'],
    }),
  ).toEqual({
    'a/programming.python.typing': 1,
    'b/programming.python': 0.8,
    'c/programming': expect.closeTo(0.56),
  });
});

test('a field counts little beside a part of it that the line names, too', () => {
  expect(fitOf(['databases.sql'], { a: ['databases', 'databases.sql'] })).toEqual({
    'a/databases': expect.closeTo(0.196),
    'a/databases.sql': 1,
  });
});

test('the best of several ways to fit one facet counts, they do not add up', () => {
  expect(fitOf(['programming.rust', 'programming'], { a: ['programming'] })).toEqual({
    'a/programming': expect.closeTo(0.56),
  });
});

test('one skill that two lines name is a facet of each', () => {
  expect(fitOf(['databases.sql'], { a: ['databases.sql'], b: ['people', 'databases.sql'] })).toEqual({
    'a/databases.sql': 1,
    'b/databases.sql': 1,
  });
});

test.each([
  ['a sibling', ['databases.mongodb'], { a: ['databases.sql'] }],
  ['the whole of a part that is asked for', ['databases'], { a: ['databases.sql'] }],
  ['a line without skills', ['databases.sql'], { a: [] }],
  ['an ad without lines', ['databases.sql'], {}],
])('an entry is no candidate for %s', (_, skills, lines: Record<string, string[]>) => {
  expect(fitOf(skills, lines)).toBeUndefined();
});

test('candidates keep the order of the bank', () => {
  const job = makeJob({ requirements: [requirement({ id: 'a', skills: ['programming'] })] });
  const entries = ['c', 'a', 'b'].map((id) => ({ id, skills: ['programming.rust'] }));
  expect(findCandidates(entries, job, taxonomy).map(({ entry }) => entry.id)).toEqual(['c', 'a', 'b']);
});
