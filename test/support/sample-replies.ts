/** Envelopes as a provider asks for them, and replies that fit them; for the tests of this room. */
import { z } from 'zod';

const text = z.string();

export const QUESTIONS = z.object({
  questions: z.array(
    z.object({
      topic: text,
      question: text,
      spoken: text,
      answer: text,
      why: text,
      minutes: z.number(),
      mistake: text,
      rubric: z.object({ weak: text, good: text, strong: text }),
      followUps: z.array(z.object({ question: text, answer: text })),
    }),
  ),
});

export const TASKS = z.object({
  tasks: z.array(
    z.object({
      topic: text,
      name: text,
      objective: text,
      problemStatement: text,
      requirements: z.array(text),
      deliverables: z.array(text),
      minutes: z.number(),
      rubric: z.object({ weak: text, good: text, strong: text }),
      hints: z.array(text),
    }),
  ),
});

export const BEHAVIOURAL = z.object({
  behavioural: z.array(
    z.object({
      topic: text,
      question: text,
      intent: text,
      worksheet: z.object({ situation: text, task: text, action: text, result: text }),
    }),
  ),
});

export const TOPICS = z.object({
  topics: z.array(
    z.object({
      section: z.enum(['tasks', 'questions', 'behavioural']),
      line: text,
      intent: text,
      kind: z.enum(['concept', 'apply', 'debug', 'design', 'coding']),
      level: z.enum(['junior', 'mid', 'senior']),
    }),
  ),
  missed: z.array(z.object({ quote: text, kind: z.enum(['must', 'duty', 'nice', 'culture']) })),
});

export const REASK = z.object({
  item_3: z.object({ rubric: z.object({ weak: text, good: text, strong: text }), mistake: text }),
  item_7: z.object({ mistake: text }),
});

export function question(topic: string): Record<string, unknown> {
  return {
    topic,
    question: `What is "${topic}" good for?`,
    spoken: `${topic} is a thing. It has {braces} and [brackets].`,
    answer: `Long: ${topic}.\n\n\`\`\`python\nd = {"a": [1, 2]}  # don't\n\`\`\`\n\nThat's all, folks.`,
    why: 'The ad names it; "C:\\temp" too.',
    minutes: 12,
    mistake: 'Naïve “quotes” — and \t tabs.',
    rubric: { weak: 'Says little.', good: 'Says more.', strong: 'Says all.' },
    followUps: [
      { question: 'And then?', answer: 'It ends.' },
      { question: 'Why so?', answer: 'Because, "well".' },
    ],
  };
}

export function task(name: string): Record<string, unknown> {
  return {
    topic: 'pipelines',
    name,
    objective: `Build ${name}.`,
    problemStatement: 'Given a folder,\nread it.',
    requirements: ['Use Python.', 'No network.'],
    deliverables: ['A script'],
    minutes: 90,
    rubric: { weak: 'w', good: 'g', strong: 's' },
    hints: [],
  };
}
