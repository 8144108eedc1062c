import { describe, expect, test } from 'vitest';
import { makeJob, requirement } from '../../../test/support/jobs.ts';
import { topic, wireItem } from '../../../test/support/wire-items.ts';
import { SECTIONS, ITEM_SCHEMAS } from '../draft.ts';
import { toItems } from './to-items.ts';

const JOB = makeJob({ requirements: [requirement({ id: 'sql', skills: ['databases.sql'] })] });
const ORIGIN = 'openai:gpt-6.1-terra';

describe('written items', () => {
  test('take id, line and level from the topic, skills from the line, and a name of their writer', () => {
    const written = { ...wireItem('questions', 'sql-joins'), minutes: 7.4 };
    const wanted = topic({ id: 'sql-joins', serves: 'sql', kind: 'debug', level: 'senior' });
    const { topic: _, ...rest } = written;
    expect(toItems('questions', [written], [wanted], JOB, ORIGIN)).toEqual([
      {
        ...rest,
        id: 'sql-joins',
        minutes: 7,
        kind: 'debug',
        level: 'senior',
        skills: ['databases.sql'],
        serves: 'sql',
        origin: ORIGIN,
      },
    ]);
  });

  test.each(SECTIONS)('of %s are items of a pack', (section) => {
    const wanted = topic({ id: 'why-here', section });
    const items = toItems(section, [wireItem(section, 'why-here')], [wanted], JOB, ORIGIN);
    expect(items).toHaveLength(1);
    expect(ITEM_SCHEMAS[section].safeParse(items[0])).toMatchObject({ success: true });
    expect(items[0]).toMatchObject({ id: 'why-here', serves: 'baseline', skills: [] });
  });

  test('for a topic that nobody planned are left out', () => {
    expect(
      toItems('tasks', [wireItem('tasks', 'another')], [topic({ id: 'one', section: 'tasks' })], JOB, ORIGIN),
    ).toEqual([]);
  });
});
