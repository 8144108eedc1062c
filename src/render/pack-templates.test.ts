import { createFixture } from 'fs-fixture';
import { describe, expect, test } from 'vitest';
import { TEMPLATES_DIR } from '../../test/support/projects.ts';
import { PrepsmithError } from '../errors.ts';
import { readTemplateFiles, templatesVersion } from '../templates/files.ts';
import { compilePackTemplates } from './pack-templates.ts';

function render(text: string, view: object): string {
  return compilePackTemplates([{ name: 'page.md', text }]).render('page.md', view);
}

function errorOf(action: () => unknown): PrepsmithError {
  try {
    action();
  } catch (error) {
    if (error instanceof PrepsmithError) return error;
    throw error;
  }
  throw new Error('expected it to be refused');
}

describe('a template whose field is missing is broken, and the message names the field', () => {
  test.each([
    ['written as it is', '{{titel}}'],
    ['in a group', '{{job.titel}}'],
    ['escaped for a line', '{{inline titel}}'],
    ['escaped for a cell', '{{cell titel}}'],
    ['as a body', '{{body titel}}'],
    ['as a list', '{{#each titel}}{{this}}{{/each}}'],
    ['as a condition', '{{#if titel}}yes{{/if}}'],
    ['within a list', '{{#each items}}{{inline titel}}{{/each}}'],
  ])('%s', (_, text) => {
    const error = errorOf(() => render(text, { title: 'A', job: {}, items: [{ text: 'b' }] }));
    expect(error.code).toBe('template-broken');
    expect(error.message).toMatch(/^templates\/pack\/page\.md\.hbs: /);
    expect(error.message).toContain('titel');
  });
});

describe('a template that is no template is refused before anything is rendered', () => {
  test.each([
    ['an unclosed list', '{{#each items}}x'],
    ['a list closed as something else', '{{#each items}}x{{/if}}'],
    ['an unclosed field', '{{title'],
    ['an unknown helper', '{{inlin title}}'],
  ])('%s', (_, text) => {
    const error = errorOf(() => compilePackTemplates([{ name: 'page.md', text }]));
    expect(error.code).toBe('template-broken');
    expect(error.message).toMatch(/^templates\/pack\/page\.md\.hbs: \S/);
    expect(error.message).not.toContain('\n');
  });

  test('the message names the line', () => {
    expect(
      errorOf(() => compilePackTemplates([{ name: 'page.md', text: 'a\nb\n{{#each items}\n' }])).message,
    ).toContain('line 3');
  });

  test('a template that is not there', () => {
    expect(errorOf(() => compilePackTemplates([]).render('page.md', {})).message).toMatchInlineSnapshot(
      `"templates/pack/page.md.hbs: there is no such file"`,
    );
  });
});

describe('what is rendered', () => {
  test('is escaped by the helper that the place needs', () => {
    const view = { text: '# <b> a | b' };
    expect(render('{{inline text}}', view)).toBe(String.raw`\# &lt;b&gt; a \| b` + '\n');
    expect(render('| {{cell text}} |', view)).toBe(String.raw`| \# &lt;b&gt; a \| b |` + '\n');
    expect(render('{{body text}}', view)).toBe('**\\<b> a | b**\n');
  });

  test('shows an empty text as empty', () => {
    expect(render('a{{inline text}}b', { text: '' })).toBe('ab\n');
  });

  test('has no two blank lines in a row, no blanks at line ends, and one newline at the end', () => {
    expect(render('a  \n\n\n\nb\t\n\n{{#each items}}\n\n{{/each}}\n\n', { items: [1, 2] })).toBe('a\n\nb\n');
  });

  test.each(['```', '````', '~~~', '  ```'])('keeps what stands in code behind %s as it is', (fence) => {
    const code = `${fence}text\na  \n\n\n\nb\n${fence}`;
    expect(render(`one\n\n${code}\n\n\n\ntwo`, {})).toBe(`one\n\n${code}\n\ntwo\n`);
  });

  test('does not compile what a text holds', () => {
    expect(render('{{body text}}', { text: '{{secret}} {{#each x}}', secret: 'no' })).toBe('{{secret}} {{#each x}}\n');
  });

  test('does not reach beyond the view', () => {
    expect(errorOf(() => render('{{title.constructor.name}}', { title: 'a' })).code).toBe('template-broken');
  });
});

describe('the version of the templates', () => {
  const files = [
    { name: 'a.md', text: 'x' },
    { name: 'b.md', text: 'y' },
  ];

  test('changes with every text and every name', () => {
    const versions = [
      files,
      [{ name: 'a.md', text: 'x ' }, files[1]],
      [{ name: 'c.md', text: 'x' }, files[1]],
      [files[0]],
      [{ name: 'a.mdx', text: '' }, files[1]],
    ].map((list) => templatesVersion(list.filter((file) => file !== undefined)));
    expect(new Set(versions).size).toBe(versions.length);
    expect(templatesVersion(structuredClone(files))).toBe(versions[0]);
  });
});

describe('the folder of templates', () => {
  test('is read in the order of its names, templates alone', async () => {
    await using fixture = await createFixture({
      'pack/b.md.hbs': 'b',
      'pack/a.md.hbs': 'a',
      'pack/notes.txt': 'no template',
    });
    expect(await readTemplateFiles(fixture.path, 'pack')).toEqual([
      { name: 'a.md', text: 'a' },
      { name: 'b.md', text: 'b' },
    ]);
  });

  test('that is shipped compiles', async () => {
    const files = await readTemplateFiles(TEMPLATES_DIR, 'pack');
    expect(files.map(({ name }) => name)).toContain('README.md');
    expect(() => compilePackTemplates(files)).not.toThrow();
  });
});
