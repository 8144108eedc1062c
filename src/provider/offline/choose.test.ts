import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requirement } from '../../../test/support/jobs.ts';
import type { RequirementKind } from '../../job/types.ts';
import { choose, levelFactor, shareFactor, unitHash, type ChoiceRules } from './choose.ts';
import type { Candidate, Entry, Facet } from './fit.ts';

const RULES: ChoiceRules<Entry> = { jobId: 'acme', unservedFirst: true, min: 0, max: 99, balance: () => 1 };

function facet(id: string, kind: RequirementKind): Facet {
  return { requirement: requirement({ id, kind }), skill: id };
}

function candidate(id: string, ...fits: [Facet, number][]): Candidate<Entry> {
  return { entry: { id, skills: [] }, fits: fits.map(([of, strength]) => ({ facet: of, strength })) };
}

function ids(candidates: Candidate<Entry>[], rules: Partial<ChoiceRules<Entry>> = {}): string[] {
  return choose(candidates, { ...RULES, ...rules }).map(({ entry }) => entry.id);
}

/** Ids of the lines that these entries fit, with repeats. */
function linesOf(candidates: Candidate<Entry>[]): string[] {
  return candidates.flatMap(({ fits }) => fits.map(({ facet: of }) => of.requirement.id));
}

const KINDS: RequirementKind[] = ['must', 'nice', 'duty', 'culture'];

/** Up to six lines, up to fifteen entries, each on one to three of the lines. */
const anyCandidates = fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 6 }).chain((kinds) => {
  const facets = kinds.map((kind, index) => facet(`line-${index}`, kind));
  const fit = fc.tuple(fc.constantFrom(...facets), fc.constantFrom(1, 0.8, 0.5, 0.4, 0.35, 0.2));
  return fc
    .array(fc.uniqueArray(fit, { minLength: 1, maxLength: 3, selector: ([of]) => of }), { maxLength: 15 })
    .map((lists) => lists.map((list, index) => candidate(`entry-${index}`, ...list)));
});

describe('the choice', () => {
  test('is the same for the same job, in whatever order the bank holds its entries', () => {
    fc.assert(
      fc.property(anyCandidates, fc.nat(20), fc.nat(20), fc.nat(), (candidates, min, extra, turn) => {
        const rules = { min, max: min + extra };
        const turned = [
          ...candidates.slice(turn % (candidates.length + 1)),
          ...candidates.slice(0, turn % (candidates.length + 1)),
        ];
        expect(ids(turned.reverse(), rules)).toEqual(ids(candidates, rules));
      }),
    );
  });

  test('never holds an entry twice, nor more than the maximum, nor less than the minimum while there are some', () => {
    fc.assert(
      fc.property(anyCandidates, fc.nat(20), fc.nat(20), (candidates, min, extra) => {
        const chosen = ids(candidates, { min, max: min + extra });
        expect(new Set(chosen).size).toBe(chosen.length);
        expect(chosen.length).toBeLessThanOrEqual(min + extra);
        expect(chosen.length).toBeGreaterThanOrEqual(Math.min(min, candidates.length));
      }),
    );
  });

  test('says of each entry a line that it does fit', () => {
    fc.assert(
      fc.property(anyCandidates, (candidates) => {
        const fitting = new Map(
          candidates.map(({ entry, fits }) => [entry.id, fits.map(({ facet: of }) => of.requirement.id)]),
        );
        for (const { entry, serves } of choose(candidates, { ...RULES, min: 15 }))
          expect(fitting.get(entry.id)).toContain(serves.id);
      }),
    );
  });

  test('leaves no line out for which an entry is left that prepares for it', () => {
    fc.assert(
      fc.property(anyCandidates, (candidates) => {
        const taken = new Set(choose(candidates, RULES).map(({ entry }) => entry.id));
        const touched = new Set(linesOf(candidates.filter(({ entry }) => taken.has(entry.id))));
        const left = linesOf(candidates.filter(({ entry }) => !taken.has(entry.id)));
        expect(left.filter((line) => !touched.has(line))).toEqual([]);
      }),
    );
  });

  test('goes on to a line that nobody insists on although more of a must would add more', () => {
    const [must, culture] = [facet('must', 'must'), facet('culture', 'culture')];
    const entries = [candidate('a', [must, 1]), candidate('b', [must, 1]), candidate('c', [culture, 0.2])];
    const served = choose(entries, RULES).map(({ serves }) => serves.id);
    expect(new Set(served)).toEqual(new Set(['must', 'culture']));
  });

  test('differs between jobs where entries are alike', () => {
    const must = facet('must', 'must');
    const alike = Array.from({ length: 20 }, (_, index) => candidate(`entry-${index}`, [must, 1]));
    const firsts = ['acme', 'umbrella', 'initech', 'hooli', 'globex'].map((jobId) => ids(alike, { jobId, max: 1 })[0]);
    expect(new Set(firsts).size).toBeGreaterThan(1);
  });
});

describe('musts', () => {
  test.each(['nice', 'duty', 'culture'] as const)('come before a line of the kind %s', (kind) => {
    for (let index = 0; index < 50; index += 1) {
      const entries = [candidate('other', [facet('o', kind), 1]), candidate('must', [facet('m', 'must'), 1])];
      expect(ids(entries, { jobId: `job-${index}`, max: 1 })).toEqual(['must']);
    }
  });

  test('come before a better fit for a line that nobody insists on', () => {
    for (let index = 0; index < 50; index += 1) {
      const entries = [candidate('nice', [facet('n', 'nice'), 1]), candidate('must', [facet('m', 'must'), 0.16])];
      expect(ids(entries, { jobId: `job-${index}`, max: 1 })).toEqual(['must']);
    }
  });

  test('are each served before any is served twice', () => {
    const musts = [0, 1, 2, 3].map((index) => facet(`must-${index}`, 'must'));
    const entries = musts.flatMap((must, line) =>
      [0, 1, 2].map((copy) => candidate(`e-${line}-${copy}`, [must, line === 0 ? 1 : 0.5])),
    );
    const served = choose(entries, { ...RULES, max: 4 }).map(({ serves }) => serves.id);
    expect([...served].sort()).toEqual(['must-0', 'must-1', 'must-2', 'must-3']);
  });
});

test('the choice ends at the minimum when nothing new is to be had', () => {
  const must = facet('must', 'must');
  const same = Array.from({ length: 10 }, (_, index) => candidate(`entry-${index}`, [must, 1]));
  expect(ids(same, { min: 3 })).toHaveLength(3);
  const nice = candidate('nice', [facet('nice', 'nice'), 0.2]);
  expect(ids([...same, nice], { min: 2 })).toHaveLength(3);
});

test('a must gets a second entry, other lines do not', () => {
  const lines = [facet('must', 'must'), facet('nice', 'nice')];
  const entries = lines.flatMap((line) => [0, 1, 2].map((copy) => candidate(`${line.skill}-${copy}`, [line, 1])));
  const served = choose(entries, RULES).map(({ serves }) => serves.id);
  expect([...served].sort()).toEqual(['must', 'must', 'nice']);
});

test('what the balance makes unwelcome is chosen later', () => {
  const must = facet('must', 'must');
  const entries = ['a', 'b', 'c'].map((id) => candidate(id, [must, 1]));
  expect(ids(entries, { min: 3, balance: ({ id }) => (id === 'b' ? 0.1 : 1) }).at(-1)).toBe('b');
});

/** What a thousand jobs would each choose first. */
function firstOf(...entries: Candidate<Entry>[]): (string | undefined)[] {
  return Array.from({ length: 1000 }, (_, index) => ids(entries, { jobId: `job-${index}`, max: 1 })[0]);
}

test('a broad entry often wins a tie, but hardly ever against one that fits what counts better', () => {
  const [a, b] = [facet('a', 'must'), facet('b', 'nice')];
  const broad: Candidate<Entry> = candidate('broad', [a, 1], [b, 1]);
  const narrow = candidate('narrow', [a, 1]);
  const wins = firstOf(broad, narrow).filter((id) => id === 'broad').length;
  expect(wins).toBeGreaterThan(550);
  expect(new Set(firstOf(candidate('broad', [a, 0.3], [b, 1]), narrow))).toEqual(new Set(['narrow']));
});

test('a level further away is worth less, its own level most', () => {
  expect(['junior', 'mid', 'senior'].map((level) => levelFactor(level as 'mid', 'junior'))).toEqual([1, 0.75, 0.45]);
  expect(['junior', 'mid', 'senior'].map((level) => levelFactor(level as 'mid', 'mid'))).toEqual([0.75, 1, 0.75]);
  expect(['junior', 'mid', 'senior'].map((level) => levelFactor(level as 'mid', 'senior'))).toEqual([0.45, 0.75, 1]);
});

test('a share counts once there are four, and from the limit on', () => {
  expect(shareFactor(3, 3, 0.5)).toBe(1);
  expect(shareFactor(1, 4, 0.5)).toBe(1);
  expect(shareFactor(2, 4, 0.5)).toBeLessThan(1);
  expect(shareFactor(4, 4, 0.5)).toBeLessThan(1);
});

test('the hash of a text is spread over the unit interval, and known', () => {
  expect(unitHash('acme/one')).toBe(unitHash('acme/one'));
  expect(unitHash('')).toBeCloseTo(0xe3b0c442 / 2 ** 32, 12);
  const values = Array.from({ length: 2000 }, (_, index) => unitHash(`text ${index}`));
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThan(1);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean).toBeGreaterThan(0.45);
  expect(mean).toBeLessThan(0.55);
});
