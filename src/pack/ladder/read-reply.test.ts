import { describe, expect, test } from 'vitest';
import { answer, topics, wireItem } from '../../../test/support/wire-items.ts';
import { wireRepair } from '../wire.ts';
import { readItems, readRepair } from './read-reply.ts';

const WANTED = topics('questions', 'alpha', 'beta', 'gamma');
const [ALPHA, BETA, GAMMA] = ['alpha', 'beta', 'gamma'].map((id) => wireItem('questions', id));

function read(content: unknown, changes = {}) {
  const reading = readItems('questions', answer(content, changes), WANTED);
  if (reading === undefined) return undefined;
  return {
    ...reading,
    items: Object.fromEntries([...reading.items].map(([topic, item]) => [topic.id, item['question']])),
  };
}

const ALL = { alpha: ALPHA?.question, beta: BETA?.question, gamma: GAMMA?.question };

describe('a reply', () => {
  test('gives each topic its item, in whatever order they came', () => {
    expect(read({ questions: [GAMMA, ALPHA, BETA] })).toEqual({
      items: ALL,
      repairs: [],
      leftOut: [],
      isCutOff: false,
    });
  });

  test('that nothing can be made of is nothing', () => {
    for (const text of ['', 'I would rather not.', '[]', '{"answer": 42}', 'null', '{"questions": "none"}'])
      expect({ text, reading: read(text)?.items ?? {} }).toEqual({ text, reading: {} });
  });

  test('around which there is talk is read, and the talk is noted', () => {
    const reading = read(`Sure! Here you are:\n\n${JSON.stringify({ questions: [ALPHA, BETA, GAMMA] })}\n\nGood luck!`);
    expect(reading).toEqual({
      items: ALL,
      repairs: [{ path: '', what: 'left out the text around the JSON' }],
      leftOut: [],
      isCutOff: false,
    });
  });

  test('brings a second item for a topic: the first one stays', () => {
    const other = { ...wireItem('questions', 'beta'), question: 'Something else altogether?' };
    const reading = read({ questions: [ALPHA, BETA, other, GAMMA] });
    expect(reading?.items).toEqual(ALL);
    expect(reading?.leftOut).toEqual([
      { path: 'questions[2]', message: 'expected one item for "beta", found another' },
    ]);
  });

  test('brings an item that nobody asked for: it is left out by name', () => {
    const reading = read({ questions: [ALPHA, BETA, GAMMA, wireItem('questions', 'delta')] });
    expect(reading?.items).toEqual(ALL);
    expect(reading?.leftOut).toEqual([
      { path: 'questions[3].topic', message: 'expected a topic that was asked for, found "delta"' },
    ]);
  });

  test('brings one item of no known topic for the one topic that is left: they belong together, and that is noted', () => {
    const reading = read({ questions: [ALPHA, { ...BETA, topic: 'b' }, GAMMA] });
    expect(reading?.items).toEqual(ALL);
    expect(reading?.repairs).toEqual([
      { path: 'questions[1].topic', what: expect.stringContaining('taken for "beta"') },
    ]);
  });

  test('brings fewer unnamed items than topics are left: nobody can tell, so none is taken', () => {
    const { topic: _, ...unnamed } = wireItem('questions', 'beta');
    const reading = read({ questions: [ALPHA, unnamed] });
    expect(reading?.items).toEqual({ alpha: ALL.alpha });
    expect(reading?.leftOut).toEqual([
      { path: 'questions[1].topic', message: 'expected a topic that was asked for, found none' },
    ]);
  });

  test('that was cut off: what is whole is taken, nothing is guessed for the rest', () => {
    const text = JSON.stringify({ questions: [ALPHA, { ...BETA, topic: 'b' }, GAMMA] });
    const reading = read(text.slice(0, -200), { finish: 'length' });
    expect(reading).toMatchObject({ items: { alpha: ALL.alpha }, isCutOff: true });
    expect(reading?.leftOut.map(({ path }) => path)).toEqual(['questions[1].topic']);
  });

  test('that says it was cut off is believed, although its JSON is whole', () => {
    expect(read({ questions: [ALPHA] }, { finish: 'length' })).toMatchObject({ isCutOff: true });
  });

  test('with something in the list that is no item says so', () => {
    const reading = read({ questions: [ALPHA, null, BETA, GAMMA] });
    expect(reading?.items).toEqual(ALL);
  });
});

describe('a repair', () => {
  const schema = wireRepair(
    'questions',
    new Map([
      ['item_0', ['why']],
      ['item_4', ['minutes', 'mistake']],
    ]),
  );

  test('is read by the keys that were asked for', () => {
    const reading = readRepair(
      JSON.stringify({ item_0: { why: 'Because.' }, item_4: { minutes: 5, mistake: 'None.' } }),
      schema,
    );
    expect(Object.fromEntries(reading.fields)).toEqual({
      item_0: { why: 'Because.' },
      item_4: { minutes: 5, mistake: 'None.' },
    });
    expect(reading.repairs).toEqual([]);
  });

  test('may bring some of them', () => {
    const { fields } = readRepair(JSON.stringify({ item_4: { mistake: 'None.' }, item_9: { why: 'x' } }), schema);
    expect(Object.fromEntries(fields)).toEqual({ item_4: { mistake: 'None.' } });
  });

  test('that cannot be read brings none', () => {
    for (const text of ['', 'No.', '{}', '[1, 2]', '{"item_0": "text"}'])
      expect({ text, fields: readRepair(text, schema).fields.size }).toEqual({ text, fields: 0 });
  });
});
