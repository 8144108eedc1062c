import fc from 'fast-check';
import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';
import { visit } from 'unist-util-visit';
import { describe, expect, test } from 'vitest';
import { escapeCell, escapeInline } from './escape.ts';
import { safeBody } from './safe-body.ts';

/** What GitHub makes of it, according to somebody else. */
function parse(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

function typesIn(root: Root): Set<string> {
  const types = new Set<string>();
  visit(root, (node) => {
    types.add(node.type);
  });
  return types;
}

/** Kinds of content that `markdown` must not have, of those that it has. */
function strangers(markdown: string, allowed: readonly string[]): string[] {
  return [...typesIn(parse(markdown))].filter((type) => !allowed.includes(type)).sort();
}

const INLINE = ['root', 'paragraph', 'text', 'inlineCode'];

/** Every address that a reader could follow. */
function targetsIn(markdown: string): string[] {
  const targets: string[] = [];
  visit(parse(markdown), (node) => {
    if ('url' in node && typeof node.url === 'string') targets.push(node.url);
  });
  return targets;
}

/** Pieces that mean something to Markdown, and some that do not. */
const PIECES = [
  '<',
  '>',
  '</',
  '<!--',
  '-->',
  '<b>',
  '<script>',
  '&',
  '&lt;',
  '&#60;',
  '&#x3c;',
  '<?',
  '<![CDATA[',
  ']]>',

  '[',
  ']',
  '](',
  ')',
  '![',
  '[^1]',
  '[x]',
  '[ ] ',
  ']: ',
  '(',
  '<http://a.b>',
  'http://a.b',
  'https://a.b/c',
  'www.a.b',
  'javascript:',
  'mailto:a@b.cd',
  'a@b.cd',
  'ftp://a.b',
  '*',
  '**',
  '_',
  '__',
  '~',
  '~~',
  '`',
  '``',
  '```',
  '~~~',

  '\\',
  '\\\\',
  '\\`',
  '|',
  '\\|',
  '||',
  '#',
  '# ',
  '## ',
  '- ',
  '+ ',
  '1. ',
  '1) ',
  '> ',
  '---',
  '===',
  '***',
  '    ',

  '\n',
  '\n\n',
  '\r\n',
  '\t',
  '\u2028',
  ' ',
  'a',
  'b c',
  'É',
  '1',
  '.',
  '!',
  ':',
  '"',
  "'",
  '$',
  '{',
  '}',
  '\u{1F600}',
];
const hostileText = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.string(),
  fc.string({ unit: 'binary' }),
);

describe('text within a line', () => {
  test.each([
    ['a script', '<script>alert(1)</script>'],
    ['a comment', 'a <!-- b --> c'],
    ['an image that calls home', '![x](http://evil.example/track.png)'],
    ['a link that runs', '[click](javascript:alert(1))'],
    ['a link', '[click](https://evil.example)'],
    ['a link by reference', '[click][x] [x]: https://evil.example'],
    ['a link under another address', '[https://good.example](https://evil.example)'],
    ['an address', 'see https://evil.example/x and http://evil.example'],
    ['an address in angle brackets', '<https://evil.example>'],
    ['an address without a scheme', 'see www.evil.example'],
    ['an address behind an underscore', '_http://evil.example_'],
    ['an address of mail', 'a@b.cd and a.b+c@d-e.fg'],
    ['an address of mail with an odd domain', '+@.A'],
    ['emphasis', '*a* **b** _c_ __d__ ~~e~~'],
    ['a footnote', 'a[^1] [^1]: b'],
    ['a heading', '# Title'],
    ['a list', '- a'],
    ['a numbered list', '1. a'],
    ['a numbered list with a bracket', '12) a'],
    ['a quotation', '> a'],
    ['a list with a plus', '+ a'],
    ['a block of code', '```\na\n```'],
    ['a block of code with tildes', '~~~ a'],
    ['entities', '&lt;b&gt; &#60;b&#62; &copy;'],
    ['code that is closed by another number of backticks', '``<script>alert(1)</script>`'],
    ['code that is opened by another number of backticks', '`<script>alert(1)</script>``'],
    ['code that an escaped backtick opens', '\\`<b>`'],
  ])('shows %s and nothing else', (_, text) => {
    expect(strangers(escapeInline(text), INLINE)).toEqual([]);
  });

  test.each([
    'https://example.com/a_b/__init__.py',
    'https://example.com/~user/*',
    'https://example.com/?a=1&b=[2]',
    'www.example.com/_x_',
    'first_last@example.com',
  ])('shows an address as it is: %s', (address) => {
    const shown = toString(parse(escapeInline(`see ${address} there`)));
    expect(shown.replaceAll('\u200b', '')).toBe(`see ${address} there`);
  });

  test('has one line and no more, whatever it was', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(escapeInline(text)).not.toMatch(/[\n\r\u2028\u2029]/);
        expect(escapeCell(text)).not.toMatch(/[\n\r\u2028\u2029]/);
      }),
    );
  });

  test('holds no markup outside code, whatever it was', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        // As the templates use it: behind words of their own.
        const markdown = `Serves ${escapeInline(text)}`;
        expect(strangers(markdown, INLINE)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('holds no "<" outside code, whatever it was', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        let raw = '';
        const escaped = `Serves ${escapeInline(text)}`;
        visit(parse(escaped), 'text', (node) => {
          raw += escaped.slice(node.position?.start.offset, node.position?.end.offset);
        });
        expect(raw).not.toContain('<');
      }),
      { numRuns: 1000 },
    );
  });

  test('reads as it was written, but for blanks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PIECES.filter((piece) => !/`|@|www|http|ftp/.test(piece))), { maxLength: 10 }),
        (pieces) => {
          const text = `Serves ${pieces.join('')}`;
          const shown = toString(parse(escapeInline(text))).replaceAll('\u200b', '');
          expect(shown).toBe(text.replace(/\s+/g, ' ').trim());
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('keeps code as code', () => {
    const shown: string[] = [];
    visit(parse(escapeInline('compare `a < b && c`, `List<int>` and ``a ` b``')), 'inlineCode', (node) => {
      shown.push(node.value);
    });
    expect(shown).toEqual(['a < b && c', 'List<int>', 'a ` b']);
  });

  test.each([
    'snake_case_name',
    'e.g. this',
    'C++ and C#',
    'a - b',
    'I/O (fast!)',
    '3.10+',
    'what? "this": {x}',
    'é ü 職',
  ])('leaves plain words plain: %s', (text) => {
    expect(escapeInline(text)).toBe(text);
  });

  test('opens no block at the start of a line', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const types = typesIn(parse(escapeInline(text)));
        for (const block of ['heading', 'list', 'blockquote', 'code', 'html', 'definition', 'footnoteDefinition'])
          expect(types).not.toContain(block);
      }),
      { numRuns: 1000 },
    );
  });
});

const rowOf = (text: string) => parse(`| a | b |\n| --- | --- |\n| ${escapeCell(text)} | second |\n`);

describe('a cell of a table', () => {
  test('holds two cells, whatever is in the first', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const root = rowOf(text);
        const [table] = root.children;
        if (table?.type !== 'table') throw new Error('expected a table');
        expect(table.children).toHaveLength(2);
        expect(table.children[1]?.children.map((cell) => toString(cell)).at(-1)).toBe('second');
        expect(table.children[1]?.children).toHaveLength(2);
      }),
      { numRuns: 1000 },
    );
  });

  test.each(['a | b', 'a \\| b', '`a | b`', '`a || b` or `c | d`', 'a|', '|', '\\|', 'a\\'])(
    'shows bars as bars: %s',
    (text) => {
      const [table] = rowOf(text).children;
      const cell = table?.type === 'table' ? table.children[1]?.children[0] : undefined;
      expect(toString(cell)).toBe(text.replaceAll('`', ''));
    },
  );

  test('holds no markup outside code', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const root = rowOf(text);
        const allowed = new Set([...INLINE, 'table', 'tableRow', 'tableCell']);
        expect([...typesIn(root)].filter((type) => !allowed.has(type))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

const headingsOf = (root: Root) => {
  const headings: string[] = [];
  visit(root, 'heading', (node) => {
    headings.push(toString(node));
  });
  return headings;
};

const codeIn = (markdown: string) => {
  const found: string[] = [];
  visit(parse(markdown), 'code', (node) => {
    found.push(node.value);
  });
  return found;
};

/** The body as a template has it: with a heading of its own behind it. */
const pageOf = (text: string) => parse(`# Page\n\n${safeBody(text)}\n\n## Next\n\nmore\n`);

describe('a body of several paragraphs', () => {
  test.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script over several lines', 'a\n\n<script>\nalert(1)\n</script>\n'],
    ['an image with a handler', 'a <img src=x onerror=alert(1)> b'],
    ['a comment that is never closed', 'a\n\n<!-- and the rest is gone'],
    ['a declaration', '<!DOCTYPE html>\n<?php x ?>\n<![CDATA[x]]>'],
    ['HTML behind a line of inline code in three backticks', '```inline``` is no block\n\n<script>alert(1)</script>\n'],
    ['HTML in code that is closed by another number of backticks', '``<script>alert(1)</script>`'],
    ['HTML behind code inside a list', '- ```\n  a\n  ```\n\n<script>alert(1)</script>\n'],
    ['HTML behind code inside a quotation', '> ```\n> a\n\n<script>alert(1)</script>\n'],
    ['HTML behind a backtick that is escaped', 'a \\`<script>alert(1)</script>`'],
    ['HTML in a quotation', '> <script>alert(1)</script>'],
    ['HTML in a list', '1. <details>'],
    ['HTML in a table', '| a |\n| --- |\n| <b>x</b> |'],
    ['an address in angle brackets', '<javascript:alert(1)>'],
  ])('shows %s as text', (_, text) => {
    const root = pageOf(text);
    expect([...typesIn(root)]).not.toContain('html');
    expect(headingsOf(root).at(-1)).toBe('Next');
  });

  test.each([
    ['a link that runs', '[click](javascript:alert(1))'],
    ['a link that runs, with a blank', '[click]( javascript:alert(1))'],
    ['a link that runs, in angle brackets', '[click](<javascript:alert(1)>)'],
    ['a link that runs, by reference', '[click][x]\n\n[x]: javascript:alert(1)\n'],
    ['a link that runs, by a short reference', '[click]\n\n[click]: <javascript:alert(1)>\n'],
    ['a link that runs, on the next line', '[click](\njavascript:alert(1))'],
    ['data as a link', '[click](data:text/html,x)'],
    ['a link to a file that is not there', '[click](../../etc/passwd)'],
  ])('has no use for %s', (_, text) => {
    expect(targetsIn(safeBody(text))).toEqual([]);
  });

  test('shows an image that calls home as text', () => {
    expect([...typesIn(pageOf('![x](http://evil.example/track.png)'))]).not.toContain('image');
  });

  test('keeps a link to the world', () => {
    expect([...typesIn(pageOf('[docs](https://example.com/x)'))]).toContain('link');
  });

  test.each([
    ['with signs in front', '# One\n\n### Two ###\n'],
    ['with a tab', '#\tOne'],
    ['underlined', 'One\n===\n\nTwo\n---\n'],
    ['in a quotation', '> # One'],
    ['in a list', '- # One'],
    ['without words', '#\n\n##'],
  ])('has no headings %s: the outline belongs to the page', (_, text) => {
    expect(headingsOf(pageOf(text))).toEqual(['Page', 'Next']);
  });

  test.each([
    ['a block of code that is never closed', 'a\n\n```python\nx = 1\n'],
    ['one with tildes', '~~~~\nx'],
    ['one with a separator of lines that Markdown does not know', '~~~\u2028x'],
    ['one that another sign seems to close', '```\nx\n~~~\n'],
    ['one that fewer signs seem to close', '````\nx\n```\n'],
    ['one that is closed and opened again', '```\na\n```\n\n```\nb'],
    ['a list with a block of code', '- ```\n  a\n  ```\n'],
    ['a table', '| a | b |\n| - | - |\n| 1 | 2 |'],
    ['one with an empty last line', '```\n'],
  ])('does not swallow what follows %s', (_, text) => {
    expect(headingsOf(pageOf(text))).toEqual(['Page', 'Next']);
  });

  test('is neither HTML nor heading nor loaded from elsewhere, whatever it was', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const root = pageOf(text);
        const types = typesIn(root);
        expect(types).not.toContain('html');
        expect(types).not.toContain('image');
        expect(headingsOf(root)).toEqual(['Page', 'Next']);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['fenced', '```python\nif a < b:\n    print("<b>")  # [x](y)\n```'],
    ['with tildes', '~~~\n<b> # x\n~~~'],
    ['in backticks longer than three', '````md\n```\n<b>\n```\n````'],
    ['in a list', '1. Do:\n\n   ```js\n   a < b && `c`\n   ```\n'],
    ['in a list of two digits', '10. Do:\n\n    ```js\n    a < b && `c`\n    ```\n'],
  ])('keeps code %s as it was', (_, text) => {
    expect(codeIn(text)).toHaveLength(1);
    expect(codeIn(safeBody(text))).toEqual(codeIn(text));
  });

  test('keeps lists, tables, emphasis and code within a line', () => {
    const types = typesIn(pageOf('- a *b* **c**\n- `d<e>`\n\n| f |\n| - |\n| g |\n\n1. h\n'));
    for (const type of ['list', 'table', 'emphasis', 'strong', 'inlineCode']) expect(types).toContain(type);
  });

  test('names the language of code and nothing else about it', () => {
    expect(safeBody('```python needs=numpy\nx\n```')).toBe('```python\nx\n```');
  });

  test('keeps comparisons readable', () => {
    expect(safeBody('a < b, 1 <2 and x <= y')).toBe('a < b, 1 <2 and x <= y');
  });

  test('made safe twice is the same as made safe once, for plain Markdown', () => {
    const text = 'A *b* and `c`.\n\n```js\nx < y\n```\n\n- d';
    expect(safeBody(safeBody(text))).toBe(safeBody(text));
  });
});
