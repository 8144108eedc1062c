import { describe, expect, test } from 'vitest';
import { skillSchema } from '../bank/schema.ts';
import { buildTaxonomy, nearness, NEARNESS, type Taxonomy } from './taxonomy.ts';

function taxonomyOf(parents: Record<string, string | null>): Taxonomy {
  return buildTaxonomy(
    Object.entries(parents).map(([id, parent]) =>
      skillSchema.parse(parent === null ? { id, name: id } : { id, name: id, parent }),
    ),
  );
}

const TREE = taxonomyOf({
  ml: null,
  dl: 'ml',
  'dl.cnn': 'dl',
  'dl.rnn': 'dl',
  databases: null,
  'databases.sql': 'databases',
  'databases.postgresql': 'databases.sql',
  'databases.mongodb': 'databases',
});

describe('lineage', () => {
  test('goes from the skill itself up to the root', () => {
    expect(TREE.lineage('dl.cnn')).toEqual(['dl.cnn', 'dl', 'ml']);
    expect(TREE.lineage('ml')).toEqual(['ml']);
  });

  test('of an unknown skill is that id alone', () => {
    expect(TREE.lineage('cobol')).toEqual(['cobol']);
    expect(TREE.skill('cobol')).toBeUndefined();
  });

  test('is the same when asked twice', () => {
    expect(TREE.lineage('dl.rnn')).toEqual(TREE.lineage('dl.rnn'));
  });

  test('ends where hand-written parents go round', () => {
    const round = taxonomyOf({ a: 'b', b: 'c', c: 'a', self: 'self' });
    expect(round.lineage('a')).toEqual(['a', 'b', 'c']);
    expect(round.lineage('c')).toEqual(['c', 'a', 'b']);
    expect(round.lineage('self')).toEqual(['self']);
  });

  test('names a parent that is not there and stops', () => {
    expect(taxonomyOf({ a: 'ghost' }).lineage('a')).toEqual(['a', 'ghost']);
  });
});

describe('nearness', () => {
  test.each([
    ['the skill itself', 'dl', 'dl', NEARNESS.same],
    ['a part of what is wanted', 'dl.cnn', 'dl', NEARNESS.part],
    ['a part of a part', 'dl.cnn', 'ml', NEARNESS.part],
    ['the whole, when a part is wanted', 'dl', 'dl.cnn', NEARNESS.none],
    ['a sibling', 'dl.rnn', 'dl.cnn', NEARNESS.none],
    ['another database', 'databases.mongodb', 'databases.postgresql', NEARNESS.none],
    ['a stranger', 'ml', 'databases', NEARNESS.none],
    ['unknown, wanted by the same name', 'cobol', 'cobol', NEARNESS.same],
    ['unknown', 'cobol', 'ml', NEARNESS.none],
  ])('%s: %s for %s is %d', (_, offered, wanted, value) => {
    expect(nearness(TREE, offered, wanted)).toBe(value);
  });
});
