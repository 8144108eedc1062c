/** Items as a model would write them, topics that they are for, and replies that carry them. */
import { SECTIONS, type SectionName } from '../../src/pack/draft.ts';
import type { Answer } from '../../src/pack/ladder/types.ts';
import type { Topic } from '../../src/pack/topics.ts';
import type { WireItem } from '../../src/pack/wire.ts';
import { writeText } from './model-server/sentences.ts';

export function topic(changes: Partial<Topic> & { id: string }): Topic {
  return {
    section: 'questions',
    serves: 'baseline',
    intent: `all about ${changes.id}`,
    kind: 'apply',
    level: 'mid',
    ...changes,
  };
}

export function topics(section: SectionName, ...ids: string[]): Topic[] {
  return ids.map((id) => topic({ id, section }));
}

/** One that holds, with texts of its own. */
export function wireItem<S extends SectionName>(section: S, id: string): WireItem<S> {
  const say = (field: string, chars = 60, words = 0) => writeText(`${id} ${field}`, '', { chars, words });
  const rubric = { weak: say('weak'), good: say('good'), strong: say('strong') };
  const items: { [Name in SectionName]: WireItem<Name> } = {
    questions: {
      topic: id,
      question: `What breaks first in ${id}, and how is it found?`,
      spoken: say('spoken'),
      answer: say('answer', 300, 70),
      why: say('why'),
      mistake: say('mistake'),
      minutes: 6,
      rubric,
      followUps: [1, 2].map((n) => ({ question: say(`more ${n}`), answer: say(`told ${n}`) })),
    },
    tasks: {
      topic: id,
      name: `Build ${id} from nothing`,
      objective: say('objective'),
      problemStatement: say('problem', 200),
      requirements: [1, 2, 3].map((n) => say(`requirement ${n}`)),
      deliverables: ['A module', 'Its tests'],
      minutes: 45,
      rubric,
      hints: [1, 2, 3].map((n) => say(`hint ${n}`)),
    },
    behavioural: {
      topic: id,
      question: `Tell me about a time when ${id} went wrong.`,
      intent: say('intent'),
      worksheet: { situation: say('situation'), task: say('task'), action: say('action'), result: say('result') },
    },
  };
  return items[section];
}

/** @param content text as it is; anything else as JSON. */
export function answer(content: unknown, changes: Partial<Answer> = {}): Answer {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return { text, finish: 'stop', refusal: null, isConstrained: true, ...changes };
}

/** Every section with an item that holds. */
export const ONE_OF_EACH = SECTIONS.map((section) => ({ section, item: wireItem(section, `one-${section}`) }));
