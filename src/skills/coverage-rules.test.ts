import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeBank } from '../../test/support/banks.ts';
import { requirement } from '../../test/support/jobs.ts';
import { parseBank } from '../bank/load.ts';
import { gapFor, prepares } from './coverage-rules.ts';
import { buildTaxonomy } from './taxonomy.ts';

const taxonomy = buildTaxonomy(makeBank({}).skills);

describe('an item prepares for a line', () => {
  test.each([
    ['that asks for what it is mainly about', ['databases.sql'], ['databases.sql']],
    ['that asks for the whole of which it is a part', ['programming.python.typing'], ['programming']],
    [
      'that asks for the very thing it is about in second place',
      ['programming.rust', 'databases.sql'],
      ['databases.sql'],
    ],
    ['that asks for several things, one of them its own', ['databases.sql'], ['programming.rust', 'databases.sql']],
  ])('%s', (_, item, line) => {
    expect(prepares(taxonomy, item, line)).toBe(true);
  });

  test.each([
    ['for a sibling', ['databases.mongodb'], ['databases.sql']],
    ['for a part of what it is about', ['programming'], ['programming.python']],
    ['for the whole of what it is about in second place', ['programming.rust', 'databases.sql'], ['databases']],
    ['for what it is about in third place', ['programming.rust', 'people', 'databases.sql'], ['databases.sql']],
    ['for a line without skills', ['databases.sql'], []],
    ['without skills of its own', [], ['databases.sql']],
    ['for a skill that the taxonomy does not know', ['databases.sql'], ['databases.cobol']],
  ])('but not %s', (_, item, line) => {
    expect(prepares(taxonomy, item, line)).toBe(false);
  });
});

const gap = (...skills: string[]) => gapFor(taxonomy, requirement({ id: 'line', skills }));

describe('a gap', () => {
  test('gives the advice of the taxonomy, each once', () => {
    const advice = 'It is shown on paper: put it into the first third of your CV with its year.';
    expect(gap('paper.degree')).toBe(advice);
    expect(gap('programming.rust', 'paper.degree', 'paper.degree')).toBe(advice);
  });

  test('names the skills that nothing prepares for', () => {
    expect(gap('programming.rust', 'databases.mongodb')).toMatch(
      /^Nothing in this pack prepares for it \(Rust, MongoDB\)\. /,
    );
  });

  test('says what to do with a line that names no skill, or none that is known', () => {
    expect(gap()).toMatch(/^This line names no skill/);
    expect(gap('cobol')).toBe(gap());
  });
});

describe('the taxonomy of the bank', () => {
  const bankDir = path.resolve(import.meta.dirname, '../../bank');
  let skills: ReturnType<typeof makeBank>['skills'];

  beforeAll(async () => {
    const parsed = parseBank(
      [{ name: 'skills.yaml', text: await readFile(path.join(bankDir, 'skills.yaml'), 'utf8') }],
      'bank',
    );
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    ({ skills } = parsed.bank);
  });

  test('has a gap text for each skill that the gate takes for reason and advice', () => {
    const real = buildTaxonomy(skills);
    const texts = skills.map((skill) => gapFor(real, requirement({ id: 'line', skills: [skill.id] })));
    expect(texts.filter((text) => text.length < 40)).toEqual([]);
  });

  test('has advice for every skill that is shown on paper', () => {
    const onPaper = skills.filter((skill) => skill.id.startsWith('paper.'));
    expect(onPaper.length).toBeGreaterThan(0);
    const real = buildTaxonomy(skills);
    for (const { id } of onPaper) {
      const text = gapFor(real, requirement({ id: 'line', skills: [id] }));
      expect(text, id).not.toContain('Nothing in this pack');
    }
  });
});
