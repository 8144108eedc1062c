import { expect, test } from 'vitest';
import { BEHAVIOURAL, QUESTIONS, TASKS } from '../../../test/support/sample-replies.ts';
import { salvage } from './salvage.ts';

const ANSWER = 'A join:\n\n```python\n# Answer: not\n**Q:** no\n```\n\nTime: O(n).';

test('headings, bold labels, lists and a table; code stays verbatim', () => {
  const reply = `Sure!

## Question 1: SQL joins

**Question:** What is a join?

**Answer:**

${ANSWER}

**Time:** 20 minutes

**Rubric:**
- **Weak:** w
- **Good:** g
- **Strong:** s

**Follow-ups:**
1. **Q:** f1?
   **A:** a1
2. **Q:** f2?
   **A:** a2

**Common mistake:** m

## Question 2: CAP

**Question:** Q2?
**Answer:** A2.
**Rubric:**

| Weak | Good | Strong |
|---|---|---|
| w2 | g2 | s2 |
`;
  const salvaged = salvage(reply, QUESTIONS);
  expect(salvaged?.value).toEqual({
    questions: [
      {
        topic: 'SQL joins',
        question: 'What is a join?',
        answer: ANSWER,
        minutes: 20,
        rubric: { weak: 'w', good: 'g', strong: 's' },
        followUps: [
          { question: 'f1?', answer: 'a1' },
          { question: 'f2?', answer: 'a2' },
        ],
        mistake: 'm',
      },
      { topic: 'CAP', question: 'Q2?', answer: 'A2.', rubric: { weak: 'w2', good: 'g2', strong: 's2' } },
    ],
  });
  expect(salvaged?.isCutOff).toBe(false);
});

const PAIRS = {
  questions: [
    { question: 'one?', answer: 'first.\nmore' },
    { question: 'two?', answer: 'second.' },
  ],
};

test.each([
  ['bold', '**Q:** one?\n**A:** first.\nmore\n\n**Q:** two?\n**A:** second.\n'],
  ['plain and numbered', 'Q1: one?\nA1: first.\nmore\n\nQ2: two?\nA2: second.\n'],
  [
    'numbered items',
    '1. **Question:** one?\n   **Answer:** first.\n   more\n2. **Question:** two?\n   **Answer:** second.\n',
  ],
  ['in a fence', '```markdown\n**Q:** one?\n**A:** first.\nmore\n\n**Q:** two?\n**A:** second.\n```\n'],
  ['after thinking', '<think>**Q:** no?</think>\n**Q:** one?\n**A:** first.\nmore\n\n**Q:** two?\n**A:** second.\n'],
])('questions and answers: %s', (_, reply) => {
  expect(salvage(reply, QUESTIONS)?.value).toEqual(PAIRS);
});

test('a numbered heading is the question when nothing else is, and the number of an item otherwise', () => {
  const reply =
    '### Question 1\nWhat?\n\n**Answer:** So.\n\n### Question 2\n\n**Question:** Why?\n\n**Answer:** Thus.\n';
  expect(salvage(reply, QUESTIONS)?.value).toEqual({
    questions: [
      { question: 'What?', answer: 'So.' },
      { question: 'Why?', answer: 'Thus.' },
    ],
  });
});

test('a table of items', () => {
  expect(
    salvage('| Topic | Q | Answer |\n|---|---|---|\n| a | b? | c |\n| d | e? | f \\| g |\n', QUESTIONS)?.value,
  ).toEqual({
    questions: [
      { topic: 'a', question: 'b?', answer: 'c' },
      { topic: 'd', question: 'e?', answer: 'f | g' },
    ],
  });
});

test('the tasks of the old script', () => {
  const fields = `**Objective:** Learn.
**Problem Statement:** Build it.
**Requirements:**
- Use Python.
- No network.
**Deliverables:**
- A script.`;
  const task = {
    objective: 'Learn.',
    problemStatement: 'Build it.',
    requirements: ['Use Python.', 'No network.'],
    deliverables: ['A script.'],
  };
  const reply = `### Coding Tasks\n\n#### Task 1: Task Name: Faces\n${fields}\n\n#### 2. Search\n${fields}\n\n#### Task 3\n${fields}\n`;
  expect(salvage(reply, TASKS)?.value).toEqual({
    tasks: [{ name: 'Faces', ...task }, { name: 'Search', ...task }, task],
  });
});

test('a story by its letters', () => {
  const reply = '### 1. Conflict\n- Question: Tell me\n- Intent: x\n- STAR:\n  - S: s\n  - T: t\n  - A: a\n  - R: r\n';
  expect(salvage(reply, BEHAVIOURAL)?.value).toEqual({
    behavioural: [
      {
        topic: 'Conflict',
        question: 'Tell me',
        intent: 'x',
        worksheet: { situation: 's', task: 't', action: 'a', result: 'r' },
      },
    ],
  });
});

test('a list of plain questions', () => {
  expect(salvage('### Technical Questions\n\n1. What is MLOps?\n2. Why Git?\n', QUESTIONS)?.value).toEqual({
    questions: [{ question: 'What is MLOps?' }, { question: 'Why Git?' }],
  });
});

test('an item that stops inside its code, or in the middle of a sentence, is cut off', () => {
  const first = '**Q:** one?\n**A:** first.\n\n';
  for (const end of ['**Q:** two?\n**A:** see\n```python\nx = 1', '**Q:** two?\n**A:** it is becau']) {
    expect(salvage(first + end, QUESTIONS)).toMatchObject({
      value: { questions: [{ question: 'one?', answer: 'first.' }] },
      isCutOff: true,
      incomplete: ['questions[1]'],
    });
  }
});

test.each(['', 'I am sorry, I cannot help with that.', '# Overview\n\nText.\n', '- a\n- b\n', '```\ncode\n```'])(
  'nothing that was asked for: %j',
  (reply) => {
    expect(salvage(reply, TASKS)).toBeUndefined();
  },
);
