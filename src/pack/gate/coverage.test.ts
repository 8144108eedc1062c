import { expect, test } from 'vitest';
import { LONG_GAP, makePack, packRequirement } from '../../../test/support/packs.ts';
import type { PackRequirement } from '../schema.ts';
import { checkCoverage } from './coverage.ts';

function findings(changes: Partial<PackRequirement>) {
  const covered = packRequirement({ id: 'covered' });
  const requirements = [covered, packRequirement({ id: 'line', ...changes })];
  return checkCoverage({ pack: makePack({ requirements }), adText: undefined, files: [] });
}

test.each<[string, Partial<PackRequirement>]>([
  ['a must that something serves', { kind: 'must' }],
  ['a gap of a nice-to-have with reason and advice', { kind: 'nice', gap: LONG_GAP }],
  ['a must that is shown on paper alone', { kind: 'must', skills: ['paper.degree', 'paper.years'], gap: LONG_GAP }],
  ['a gap of exactly forty characters', { kind: 'duty', gap: 'x'.repeat(40) }],
])('passes %s', (_, changes) => {
  expect(findings(changes)).toEqual([]);
});

test.each<[string, Partial<PackRequirement>]>([
  ['one word', { kind: 'nice', gap: 'Sorry.' }],
  ['too few words', { kind: 'duty', gap: 'Nothing in the bank prepares for it now' }],
  ['too few words about paper', { kind: 'must', skills: ['paper.degree'], gap: 'On paper.' }],
])('keeps a pack from being published whose gap says %s', (_, changes) => {
  expect(findings(changes).map(({ code, severity, path }) => ({ code, severity, path }))).toEqual([
    { code: 'coverage', severity: 'error', path: 'requirements[1].gap' },
  ]);
});

test.each<[string, Partial<PackRequirement>]>([
  ['without skills', { kind: 'must', skills: [], gap: LONG_GAP }],
  ['with a skill that the bank lacks', { kind: 'must', skills: ['programming.rust'], gap: LONG_GAP }],
  ['only partly shown on paper', { kind: 'must', skills: ['paper.degree', 'programming.rust'], gap: LONG_GAP }],
])('lists a must that nothing serves %s, and lets the pack pass', (_, changes) => {
  expect(findings(changes)).toEqual([
    {
      code: 'must-coverage',
      severity: 'warning',
      path: 'requirements[1]',
      message: 'a must that nothing serves: "The line of line"',
      remedy: 'Add an entry for its skills to the bank, or prepare for it as the gap says.',
    },
  ]);
});

test('says both of a must with a short gap', () => {
  expect(findings({ kind: 'must', gap: 'No.' }).map(({ code }) => code)).toEqual(['coverage', 'must-coverage']);
});
