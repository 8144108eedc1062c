import { describe, expect, test } from 'vitest';
import { makePack } from '../../../test/support/packs.ts';
import { checkLinks, outlineOf } from './links.ts';

function findings(files: Record<string, string>): string[] {
  const list = Object.entries(files).map(([path, text]) => ({ path, text }));
  return checkLinks({ pack: makePack(), adText: undefined, files: list }).map(
    ({ path, message }) => `${path}: ${message}`,
  );
}

describe('passes', () => {
  test.each<[string, Record<string, string>]>([
    [
      'links between files, up and down',
      {
        'README.md': '# A\n[t](tasks/t/README.md) [here](README.md)',
        'tasks/t/README.md': '# T\n[up](../../README.md) [down](./notes.txt)',
        'tasks/t/notes.txt': '',
      },
    ],
    [
      'fragments of the same and of another file',
      {
        'README.md': '# Start here\n[top](#start-here) [q](answers.md#q1)',
        'answers.md': '# Answers\n## Q1\n',
      },
    ],
    ['a link to the index above the folder', { 'README.md': '[all](../README.md) [other](../other/README.md#x)' }],
    ['links to the world', { 'README.md': '[a](https://example.com/x#y) [b](mailto:a@example.com)' }],
    [
      'what only looks like a link, inside code',
      {
        'README.md':
          '```md\n[x](gone.md)\n# Twice\n# Twice\n```\n`[x](gone.md)` ``a`[x](gone.md)``\n~~~\n[x](gone.md)\n~~~',
      },
    ],
    [
      'what only looks like a link, because it is escaped',
      { 'README.md': String.raw`\[x\](gone.md) and [x\](gone.md)` },
    ],
    [
      'a fragment with letters beyond ASCII, plain or percent-encoded',
      {
        'README.md': '# Über die Stelle\n[a](#über-die-stelle) [b](#%C3%BCber-die-stelle)',
      },
    ],
    [
      'fragments of headings with signs in them',
      {
        'README.md': '# C++ / C# developer (m/f)\n## `a_b` and *c*\n[a](#c--c-developer-mf) [b](#a_b-and-c)',
      },
    ],
    [
      'links into a code block of another length or indent',
      {
        'README.md': '````md\n```\n[x](gone.md)\n```\n[x](gone.md)\n````\n- a\n\n  ```\n  [x](gone.md)\n  ```\n',
      },
    ],
  ])('%s', (_, files) => {
    expect(findings(files)).toEqual([]);
  });
});

describe('catches', () => {
  test.each<[string, Record<string, string>, string[]]>([
    [
      'a file that is not there',
      { 'README.md': '[x](gone.md)' },
      ['README.md: expected a link to a file of the pack, found "gone.md"'],
    ],
    [
      'a path that is right only from another folder',
      { 'README.md': '', 'tasks/t/README.md': '[x](README.md) [y](questions.md)' },
      ['tasks/t/README.md: expected a link to a file of the pack, found "questions.md"'],
    ],
    [
      'a fragment that is not there',
      { 'README.md': '# A\n[x](#b)' },
      ['README.md: expected a link to a heading, found "#b"'],
    ],
    [
      'a fragment of another file that is not there',
      { 'README.md': '[x](answers.md#q2)', 'answers.md': '## Q1' },
      ['README.md: expected a link to a heading, found "answers.md#q2"'],
    ],
    [
      'a heading that stands twice',
      { 'a.md': '## Q1\n\n## Q2\n\n## Q1\n' },
      ['a.md: expected headings that differ, found "Q1" twice'],
    ],
    [
      'a second heading that differs in its level alone',
      { 'a.md': '# A\n### A ###' },
      ['a.md: expected headings that differ, found "A" twice'],
    ],
    [
      'the case of a file name',
      { 'README.md': '[x](readme.md)' },
      ['README.md: expected a link to a file of the pack, found "readme.md"'],
    ],
    [
      'an image that is not there',
      { 'README.md': '![x](plan.png)' },
      ['README.md: expected a link to a file of the pack, found "plan.png"'],
    ],
    [
      'a link behind a line of inline code in three backticks',
      { 'README.md': '```inline``` is no block\n\n[x](gone.md)\n\n```js\n1\n```\n' },
      ['README.md: expected a link to a file of the pack, found "gone.md"'],
    ],
    [
      'a link after a block that is closed by more backticks than opened it',
      { 'README.md': '```js\n1\n````\n[x](gone.md)\n\n```js\n2\n```\n' },
      ['README.md: expected a link to a file of the pack, found "gone.md"'],
    ],
    [
      'a link whose fragment cannot be decoded',
      { 'README.md': '# A\n[x](#%E0%A4%A)' },
      ['README.md: expected a link to a heading, found "#%E0%A4%A"'],
    ],
    [
      'a link with a title',
      { 'README.md': '[x](gone.md "the plan")' },
      ['README.md: expected a link to a file of the pack, found "gone.md"'],
    ],
  ])('%s', (_, files, expected) => {
    expect(findings(files)).toEqual(expected);
  });

  test('all of several', () => {
    expect(findings({ 'README.md': '[a](a.md) and [b](b.md)\n[c](#c)' })).toHaveLength(3);
  });
});

test('two headings that GitHub tells apart by a number both have a fragment', () => {
  expect([...outlineOf('# A\n# A\n# A b\n').slugs]).toEqual(['a', 'a-1', 'a-b']);
});

test('a file that is no Markdown has no links', () => {
  expect(findings({ 'pack.yaml': 'answer: "[x](gone.md)"' })).toEqual([]);
});
