import { describe, expect, test } from 'vitest';
import { makeJob, requirement } from '../../../test/support/jobs.ts';
import { answer } from '../../../test/support/wire-items.ts';
import { climbReading, type ReadingClimb } from './climb-reading.ts';
import type { Answer, Ask } from './types.ts';

const JOB = makeJob({ requirements: [requirement({ id: 'sql' }), requirement({ id: 'python' })] });
const suggestion = (changes: object = {}) => ({
  section: 'questions',
  line: 'sql',
  intent: 'a join that spills to disk',
  kind: 'debug',
  level: 'mid',
  ...changes,
});
const TOPIC = {
  section: 'questions',
  serves: 'sql',
  intent: 'a join that spills to disk',
  kind: 'debug',
  level: 'mid',
};

function climbWith(...replies: Answer[]): { climb: ReadingClimb; asks: Ask[] } {
  const steps = climbReading(JOB);
  const asks: Ask[] = [];
  let step = steps.next();
  while (step.done !== true) {
    const reply = replies[asks.length];
    asks.push(step.value);
    if (reply === undefined) throw new Error('asked once too often');
    step = steps.next(reply);
  }
  return { climb: step.value, asks };
}

describe('a reading', () => {
  test('gives topics and lines that were missed, at the first reply', () => {
    const missed = [{ quote: 'Some Go would be nice', kind: 'nice' }];
    const { climb, asks } = climbWith(answer({ topics: [suggestion()], missed }));
    expect(climb).toEqual({
      outcome: 'reached',
      topics: [TOPIC],
      missed,
      rung: 'direct',
      repairs: [],
      reasked: 0,
      leftOut: [],
    });
    expect(asks).toMatchObject([
      { part: 'reading', turn: 'first', topics: [], because: '', room: 'usual', schemaName: 'reading' },
    ]);
  });

  test('of an endpoint without a schema is parsed; out of a fence it is salvaged', () => {
    const text = JSON.stringify({ topics: [suggestion()], missed: [] });
    expect(climbWith(answer(text, { isConstrained: false })).climb.rung).toBe('parsed');
    expect(climbWith(answer(`\`\`\`\n${text}\n\`\`\``, { isConstrained: false })).climb.rung).toBe('salvaged');
  });

  test('leaves out by name what does not hold, and keeps the rest', () => {
    const { climb } = climbWith(
      answer({
        topics: [suggestion({ line: 'cobol' }), suggestion(), suggestion({ kind: 'riddle' })],
        missed: [{ quote: 7 }, 'x'],
      }),
    );
    expect(climb).toMatchObject({
      outcome: 'reached',
      topics: [TOPIC],
      missed: [],
      leftOut: [
        { path: 'topics[0].line', message: 'expected a line of the ad, found "cobol"' },
        { path: 'topics[2].kind', message: expect.stringMatching(/^expected .+riddle/) },
      ],
    });
  });

  test('may serve what every interview asks, and is cut to a sensible length', () => {
    const { climb } = climbWith(
      answer({ topics: [suggestion({ line: 'baseline', intent: `  ${'long '.repeat(60)}` })], missed: [] }),
    );
    expect(climb.topics).toMatchObject([{ serves: 'baseline' }]);
    expect(climb.topics[0]?.intent.length).toBeLessThanOrEqual(160);
    expect(climb.topics[0]?.intent).toMatch(/^long long/);
  });

  // Fails: the message blames the line, which is one of the ad: `topics[0].line: expected a line of the ad, found "sql"`.
  test('says of an intent that is too short that the intent is too short', () => {
    const { climb } = climbWith(answer({ topics: [suggestion({ intent: 'SQL' }), suggestion()], missed: [] }));
    expect(climb.leftOut).toMatchObject([{ path: 'topics[0].intent' }]);
  });
});

describe('a reading without a usable topic', () => {
  const useless = [
    '',
    'No idea.',
    JSON.stringify({ topics: [], missed: [] }),
    JSON.stringify({ topics: [suggestion({ line: 'cobol' })], missed: [] }),
  ];

  test.each(useless)('is asked for once more, in other words and with more room: %s', (text) => {
    const { climb, asks } = climbWith(answer(text), answer({ topics: [suggestion()], missed: [] }));
    expect(asks[1]).toMatchObject({
      turn: 'again',
      room: 'larger',
      because: expect.stringContaining('no usable topics'),
    });
    expect(climb).toMatchObject({ outcome: 'reached', rung: 'regenerated', topics: [TOPIC] });
  });

  test('twice is given up: nothing is asked a third time, and what was said of missed lines stays', () => {
    const { climb } = climbWith(answer('No.'), answer('No!'));
    expect(climb).toMatchObject({ outcome: 'unusable', rung: 'quarantined', topics: [], missed: [] });
  });

  test('because the model refuses is not asked again', () => {
    expect(climbWith(answer('', { finish: 'refusal', refusal: 'No.' })).climb).toMatchObject({
      outcome: 'refused',
      rung: 'quarantined',
    });
  });
});
