import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answer, topics, wireItem } from '../../../test/support/wire-items.ts';
import { climbSection, type SectionClimb } from './climb-section.ts';
import { echoSource } from './scan-text.ts';
import type { Answer, Ask } from './types.ts';

const IDS = ['alpha', 'beta', 'gamma', 'delta', 'epsilon'];
const MAX_REQUESTS = 9;

const item = (id: string, changes: object = {}) => ({ ...wireItem('questions', id), ...changes });
const list = (...items: object[]) => answer({ questions: items });
const cutOff = (...items: object[]) => answer({ questions: items }, { finish: 'length' });

interface Climbed {
  climb: SectionClimb<'questions'>;
  asks: Ask[];
}

/** @param reply to each ask in turn; more asks than replies fail the test. */
function climb(ids: readonly string[], reply: (ask: Ask, index: number) => Answer | undefined, offset = 0): Climbed {
  const steps = climbSection({
    section: 'questions',
    topics: topics('questions', ...ids),
    offset,
    echoes: echoSource([]),
  });
  const asks: Ask[] = [];
  let step = steps.next();
  while (step.done !== true) {
    const given = reply(step.value, asks.length);
    asks.push(step.value);
    if (given === undefined) throw new Error(`asked once too often: ${JSON.stringify(asks.map(summary))}`);
    step = steps.next(given);
  }
  return { climb: step.value, asks };
}

const climbWith = (ids: readonly string[], ...replies: Answer[]) => climb(ids, (_, index) => replies[index]);

/** What an ask says, without its schema. */
function summary({ turn, topics: wanted, failing, room }: Ask): string {
  const what =
    turn === 'repair' ? failing.map(({ key, fields }) => `${key}(${fields.join(',')})`) : wanted.map(({ id }) => id);
  return `${turn}: ${what.join(' ')}${room === 'larger' ? ' with more room' : ''}`;
}

const summaries = ({ asks }: Climbed) => asks.map(summary);

const AFTER_A_DIRECT_REPLY = { rung: 'direct', repairs: [], reasked: 0, leftOut: [] };

describe('a first reply that holds', () => {
  test('is all that is asked for', () => {
    const climbed = climbWith(['alpha', 'beta'], list(item('alpha'), item('beta')));
    expect(climbed.climb).toEqual({
      outcome: 'reached',
      items: [item('alpha'), item('beta')],
      ...AFTER_A_DIRECT_REPLY,
    });
    expect(climbed.asks).toMatchObject([
      { part: 'questions', turn: 'first', schemaName: 'questions', because: '', failing: [], room: 'usual' },
    ]);
  });

  test('stands in the order of the topics', () => {
    const { climb: done } = climbWith(['alpha', 'beta'], list(item('beta'), item('alpha')));
    expect(done).toMatchObject({ items: [{ topic: 'alpha' }, { topic: 'beta' }] });
  });

  test('of an endpoint that was not held to the schema is parsed, and one in a fence is salvaged', () => {
    const text = JSON.stringify({ questions: [item('alpha')] });
    expect(climbWith(['alpha'], answer(text, { isConstrained: false })).climb.rung).toBe('parsed');
    expect(climbWith(['alpha'], answer(`\`\`\`json\n${text}\n\`\`\``, { isConstrained: false })).climb).toMatchObject({
      rung: 'salvaged',
      repairs: [{ path: '', what: 'taken out of a fenced block' }],
    });
  });

  test('may bring an item more than was asked for: that one is left out by name', () => {
    const { climb: done } = climbWith(['alpha'], list(item('alpha'), item('omega')));
    expect(done).toEqual({
      outcome: 'reached',
      items: [item('alpha')],
      ...AFTER_A_DIRECT_REPLY,
      leftOut: [{ path: 'questions[1].topic', message: 'expected a topic that was asked for, found "omega"' }],
    });
  });

  test('may call an item by another topic, when one alone is left for it', () => {
    const { climb: done } = climbWith(['alpha', 'beta'], list(item('alpha'), item('beta', { topic: 'Beta!' })));
    expect(done).toMatchObject({
      outcome: 'reached',
      items: [{ topic: 'alpha' }, { topic: 'beta' }],
      rung: 'salvaged',
    });
  });
});

describe('one thing that is wrong', () => {
  test('in a field: the field alone is asked for again, with the reason and what stands there', () => {
    const short = item('beta', { answer: 'It depends.' });
    const climbed = climbWith(
      ['alpha', 'beta'],
      list(item('alpha'), short),
      answer({ item_1: { answer: item('beta').answer } }),
    );
    expect(summaries(climbed)).toEqual(['first: alpha beta', 'repair: item_1(answer)']);
    expect(climbed.asks[1]).toMatchObject({
      schemaName: 'questions_repair',
      failing: [
        {
          key: 'item_1',
          topic: { id: 'beta' },
          fields: ['answer'],
          problems: [{ path: 'questions[1].answer', message: expect.stringContaining('expected') }],
          current: short,
        },
      ],
    });
    expect(climbed.climb).toEqual({
      outcome: 'reached',
      items: [item('alpha'), item('beta')],
      rung: 're-asked',
      repairs: [],
      reasked: 1,
      leftOut: [],
    });
  });

  test('in fields of two items: one request mends both', () => {
    const climbed = climbWith(
      ['alpha', 'beta', 'gamma'],
      list(item('alpha', { why: 'TBD' }), item('beta'), item('gamma', { minutes: 500, mistake: undefined })),
      answer({ item_0: { why: item('alpha').why }, item_2: { minutes: 6, mistake: item('gamma').mistake } }),
    );
    expect(summaries(climbed)).toEqual(['first: alpha beta gamma', 'repair: item_0(why) item_2(mistake,minutes)']);
    expect(climbed.climb).toMatchObject({
      outcome: 'reached',
      reasked: 2,
      items: ['alpha', 'beta', 'gamma'].map((id) => item(id)),
    });
  });

  test('an item that is missing: all its fields are asked for', () => {
    const { topic: _, ...fields } = item('beta');
    const climbed = climbWith(['alpha', 'beta'], list(item('alpha')), answer({ item_1: fields }));
    expect(summaries(climbed)).toEqual([
      'first: alpha beta',
      'repair: item_1(question,spoken,answer,why,mistake,minutes,rubric,followUps)',
    ]);
    expect(climbed.asks[1]?.failing[0]).toMatchObject({
      current: undefined,
      problems: [{ path: 'questions[1]', message: 'expected the item for "beta", found nothing' }],
    });
    expect(climbed.climb).toMatchObject({ outcome: 'reached', items: [item('alpha'), item('beta')] });
  });

  test('a topic twice: the second item is left out, and the topic without one is asked for', () => {
    const { topic: _, ...fields } = item('beta');
    const again = item('alpha', { question: 'Something else about it?' });
    const climbed = climbWith(['alpha', 'beta'], list(item('alpha'), again), answer({ item_1: fields }));
    expect(climbed.climb).toMatchObject({
      outcome: 'reached',
      items: [item('alpha'), item('beta')],
      leftOut: [{ path: 'questions[1]', message: 'expected one item for "alpha", found another' }],
    });
  });

  test('the same question for two topics: the second is written again', () => {
    const { topic: _, ...fields } = item('beta');
    const same = { ...item('alpha'), topic: 'beta', question: item('alpha').question.toUpperCase() };
    const climbed = climbWith(['alpha', 'beta'], list(item('alpha'), same), answer({ item_1: fields }));
    expect(climbed.asks[1]?.failing[0]?.problems).toEqual([
      { path: 'questions[1].question', message: 'expected another question than that of questions[0], found the same' },
    ]);
    expect(climbed.climb).toMatchObject({ outcome: 'reached', items: [item('alpha'), item('beta')] });
  });

  test('mended: what held stays as it was, whatever else the repair brings', () => {
    const climbed = climbWith(
      ['alpha'],
      list(item('alpha', { why: 'TBD' })),
      answer({ item_0: { why: item('alpha').why, topic: 'omega', question: 'Something else that nobody asked for?' } }),
    );
    expect(climbed.climb).toMatchObject({ outcome: 'reached', items: [item('alpha')] });
  });
});

describe('what goes wrong again', () => {
  const broken = list(item('alpha'), item('beta'), item('gamma', { answer: 'It depends.' }));
  const stillBroken = answer({ item_2: { answer: 'It still depends.' } });

  test('is written anew, with the reasons', () => {
    const climbed = climbWith(['alpha', 'beta', 'gamma'], broken, stillBroken, list(item('gamma')));
    expect(summaries(climbed)).toEqual(['first: alpha beta gamma', 'repair: item_2(answer)', 'again: gamma']);
    expect(climbed.asks[2]?.because).toMatch(/^Earlier attempts did not hold:\nquestions\[2\]\.answer: expected /);
    expect(climbed.climb).toMatchObject({
      outcome: 'reached',
      rung: 'regenerated',
      items: ['alpha', 'beta', 'gamma'].map((id) => item(id)),
    });
  });

  test('a third time: the section is given up, with the path of what is wrong', () => {
    const last = list(item('gamma', { answer: 'It will always depend.' }));
    const climbed = climbWith(['alpha', 'beta', 'gamma'], broken, stillBroken, last);
    expect(climbed.climb).toEqual({
      outcome: 'unusable',
      rung: 'quarantined',
      problems: [{ path: 'questions[2].answer', message: expect.stringContaining('expected') }],
      refusal: null,
      repairs: [],
      reasked: 1,
      leftOut: [],
    });
  });

  test('paths and keys count from the start of the section', () => {
    const climbed = climb(
      ['alpha'],
      (_, index) =>
        [list(item('alpha', { why: 'TBD' })), answer({ item_10: {} }), list(item('alpha', { why: 'TBA' }))][index],
      10,
    );
    expect(summaries(climbed)).toEqual(['first: alpha', 'repair: item_10(why)', 'again: alpha']);
    expect(climbed.climb).toMatchObject({ problems: [{ path: 'questions[10].why' }] });
  });

  test('a later reply never takes the place of an item that holds', () => {
    const other = item('alpha', { question: 'Something else about alpha, then?' });
    const climbed = climbWith(['alpha', 'beta'], cutOff(item('alpha')), list(other, item('beta')));
    expect(climbed.climb).toMatchObject({ outcome: 'reached', items: [item('alpha'), item('beta')] });
  });
});

describe('a reply that cannot be read', () => {
  test('is asked for once more, with a word on its form', () => {
    const climbed = climbWith(['alpha'], answer('I would rather talk about it.'), list(item('alpha')));
    expect(summaries(climbed)).toEqual(['first: alpha', 'again: alpha']);
    expect(climbed.asks[1]?.because).toContain('could not be read as JSON');
    expect(climbed.climb).toMatchObject({ outcome: 'reached', rung: 'regenerated' });
  });

  test('twice: given up after two requests', () => {
    const climbed = climbWith(['alpha', 'beta'], answer(''), answer('No.'));
    expect(climbed.climb).toMatchObject({
      outcome: 'unusable',
      rung: 'quarantined',
      problems: [
        { path: 'questions[0]', message: 'expected the item for "alpha", found nothing' },
        { path: 'questions[1]', message: 'expected the item for "beta", found nothing' },
      ],
    });
  });
});

describe('a reply that was cut off', () => {
  test('with some whole items: only the missing ones are asked for', () => {
    const climbed = climbWith(
      IDS,
      cutOff(item('alpha'), item('beta')),
      list(item('gamma'), item('delta'), item('epsilon')),
    );
    expect(summaries(climbed)).toEqual(['first: alpha beta gamma delta epsilon', 'again: gamma delta epsilon']);
    expect(climbed.climb).toMatchObject({ outcome: 'reached', rung: 'regenerated', items: IDS.map((id) => item(id)) });
  });

  test('in the middle of an item: that one is not taken', () => {
    const text = JSON.stringify({ questions: [item('alpha'), item('beta')] }).slice(0, -150);
    const climbed = climbWith(['alpha', 'beta'], answer(text, { finish: 'length' }), list(item('beta')));
    expect(summaries(climbed)).toEqual(['first: alpha beta', 'again: beta']);
    expect(climbed.climb).toMatchObject({ outcome: 'reached', items: [item('alpha'), item('beta')] });
  });

  test('with no whole item: half is asked for, then the rest', () => {
    const [alpha, beta, gamma, delta] = IDS.map((id) => item(id)) as [object, object, object, object];
    const climbed = climbWith(IDS.slice(0, 4), cutOff(), list(alpha, beta), list(gamma, delta));
    expect(summaries(climbed)).toEqual(['first: alpha beta gamma delta', 'again: alpha beta', 'again: gamma delta']);
    expect(climbed.climb.outcome).toBe('reached');
  });

  test('with a single item: more room, once', () => {
    const climbed = climbWith(['alpha'], cutOff(), list(item('alpha')));
    expect(summaries(climbed)).toEqual(['first: alpha', 'again: alpha with more room']);
    const defeat = climbWith(['alpha'], cutOff(), cutOff());
    expect(defeat.climb).toMatchObject({ outcome: 'unusable', problems: [{ path: 'questions[0]' }] });
  });

  // Fails: without readable text it is 'unreadable', so the same list is asked for in the same room
  // (a model that thinks until its room is used up sends exactly this).
  test('before its first character: less is asked for', () => {
    const climbed = climbWith(
      ['alpha', 'beta'],
      answer('', { finish: 'length' }),
      list(item('alpha')),
      list(item('beta')),
    );
    expect(summaries(climbed)).toEqual(['first: alpha beta', 'again: alpha', 'again: beta']);
  });

  // Fails: the piece is halved from the size of the whole list although one item alone is left.
  test('again, with one item left: more room at once, and nothing is asked twice', () => {
    const rest = IDS.slice(0, 4).map((id) => item(id));
    const climbed = climbWith(IDS, cutOff(...rest), cutOff(), list(item('epsilon')));
    expect(summaries(climbed).slice(1)).toEqual(['again: epsilon', 'again: epsilon with more room']);
  });
});

describe('a refusal', () => {
  test('ends the climb at once', () => {
    const climbed = climbWith(['alpha'], answer('', { finish: 'refusal', refusal: 'I cannot help with that.' }));
    expect(climbed.climb).toMatchObject({
      outcome: 'refused',
      rung: 'quarantined',
      refusal: 'I cannot help with that.',
    });
  });

  test('by a filter as well, unless something came before it', () => {
    expect(climbWith(['alpha'], answer('', { finish: 'filtered' })).climb.outcome).toBe('filtered');
    const climbed = climbWith(['alpha'], answer({ questions: [item('alpha')] }, { finish: 'filtered' }));
    expect(climbed.climb.outcome).toBe('reached');
  });

  test('of the last request names what stopped it', () => {
    const refusal = answer('', { finish: 'refusal', refusal: 'No more of this.' });
    expect(climbWith(['alpha'], answer('Hm.'), refusal).climb).toMatchObject({
      outcome: 'refused',
      refusal: 'No more of this.',
    });
  });
});

function textFor(ask: Ask, index: number, items: readonly (readonly [number, object])[]): string {
  const version = (id: string, change: object) =>
    item(id, { spoken: `As reply ${index} says, ${id} is measured first.`, ...change });
  if (ask.turn === 'repair') {
    const entries = items.flatMap(([at, change]) => {
      const failing = ask.failing[at];
      return failing === undefined ? [] : [[failing.key, version(failing.topic.id, change)] as const];
    });
    return JSON.stringify(Object.fromEntries(entries));
  }
  return JSON.stringify({
    questions: items.flatMap(([at, change]) =>
      ask.topics[at] === undefined ? [] : [version(ask.topics[at].id, change)],
    ),
  });
}

describe('whatever is replied', () => {
  const finishes = fc.constantFrom('stop', 'stop', 'length', 'unknown', 'filtered', 'refusal') as fc.Arbitrary<
    Answer['finish']
  >;
  const changes = fc.constantFrom<object>(
    {},
    {},
    {},
    { answer: 'TBD' },
    { why: 7 },
    { topic: 'omega' },
    { question: 'The same question for everybody?' },
  );
  const someItems = fc.array(fc.tuple(fc.nat(4), changes), { maxLength: 6 });
  /** The n-th item of those that are asked for, with a version of its own, so that every item names its reply. */
  const reply = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('items' as const),
        items: someItems,
        finish: finishes,
        share: fc.constantFrom(1, 1, 0.6),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('text' as const), text: fc.string(), finish: finishes }) },
  );

  function climbRandomly(replies: readonly (typeof reply extends fc.Arbitrary<infer R> ? R : never)[]) {
    const sent: string[] = [];
    const climbed = climb(IDS, (ask, index) => {
      const given = replies[index];
      if (given === undefined) return undefined;
      const text = given.kind === 'text' ? given.text : textFor(ask, index, given.items);
      const kept = given.kind === 'items' ? text.slice(0, Math.floor(text.length * given.share)) : text;
      sent.push(kept);
      return answer(kept, { finish: given.finish });
    });
    return { ...climbed, sent };
  }

  const sequences = fc.array(reply, { minLength: MAX_REQUESTS, maxLength: MAX_REQUESTS });

  test('the climb ends within nine requests, and holds every item or names what is missing', () => {
    fc.assert(
      fc.property(sequences, (replies) => {
        const { climb: done } = climbRandomly(replies);
        if (done.outcome === 'reached') expect(done.items.map((one) => one.topic)).toEqual(IDS);
        else expect(done.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 400 },
    );
  });

  test('no text is in the result that no reply held', () => {
    fc.assert(
      fc.property(sequences, (replies) => {
        const { climb: done, sent } = climbRandomly(replies);
        const items = done.outcome === 'reached' ? done.items : [];
        for (const { question, spoken, answer: told } of items)
          for (const text of [question, spoken, told])
            expect(sent.some((reply_) => reply_.includes(JSON.stringify(text)))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  // Fails with the case above of one item that is left: it is asked for up to four times alike.
  test('no two requests are alike', () => {
    fc.assert(
      fc.property(sequences, (replies) => {
        const { asks } = climbRandomly(replies);
        const said = asks.map((ask) => JSON.stringify({ ...ask, schema: '' }));
        expect(new Set(said).size).toBe(said.length);
      }),
      { numRuns: 2000 },
    );
  });
});
