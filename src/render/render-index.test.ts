import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';
import { visit } from 'unist-util-visit';
import { beforeAll, describe, expect, test } from 'vitest';
import { makePack, packRequirement } from '../../test/support/packs.ts';
import { TEMPLATES_DIR } from '../../test/support/projects.ts';
import { renderIndex, summarise, type PackSummary } from './render-index.ts';
import { readTemplateFiles } from '../templates/files.ts';
import type { Templates } from '../templates/compile.ts';
import { compilePackTemplates } from './pack-templates.ts';

let templates: Templates;
beforeAll(async () => {
  templates = compilePackTemplates(await readTemplateFiles(TEMPLATES_DIR, 'pack'));
});

function summary(changes: Partial<PackSummary> & { id: string }): PackSummary {
  return { ...summarise(makePack()), title: `Job ${changes.id}`, skills: [], ...changes };
}

const render = (...summaries: PackSummary[]) => renderIndex(summaries, (id) => `Skill ${id}`, templates).text;

describe('the summary of a pack', () => {
  test('counts what is in it', () => {
    expect(summarise(makePack())).toEqual({
      id: 'acme',
      title: 'Backend Engineer',
      company: 'Acme',
      questions: 2,
      tasks: 2,
      behavioural: 1,
      requirements: 4,
      covered: 2,
      skills: ['databases.sql', 'programming.python', 'programming.rust'],
    });
  });

  test('names each skill of the ad once, in order, without those shown on paper', () => {
    const requirements = [
      packRequirement({ id: 'a', skills: ['web.react', 'databases.sql'] }),
      packRequirement({ id: 'b', skills: ['databases.sql', 'paper.degree', 'paper'] }),
    ];
    expect(summarise(makePack({ requirements })).skills).toEqual(['databases.sql', 'web.react']);
  });
});

describe('the index', () => {
  test('lists the packs by id, with what they hold and a link to each', () => {
    const text = render(summary({ id: 'b', company: null }), summary({ id: 'a' }));
    expect(text.split('\n').filter((line) => line.startsWith('| ['))).toEqual([
      '| [Job a](a/README.md) | Acme | 2 | 2 | 1 | 2 of 4 | 2 |',
      '| [Job b](b/README.md) |  | 2 | 2 | 1 | 2 of 4 | 2 |',
    ]);
  });

  test('is the same in whatever order the packs come', () => {
    const packs = ['c', 'a', 'b'].map((id) => summary({ id, skills: ['x', id] }));
    expect(render(...packs.toReversed())).toBe(render(...packs));
  });

  test('shows what several ads ask for, most wanted first, with a mark for each ad', () => {
    const text = render(
      summary({ id: 'a', skills: ['sql', 'go'] }),
      summary({ id: 'b', skills: ['sql', 'go', 'rust'] }),
      summary({ id: 'c', skills: ['sql'] }),
    );
    const rows = text
      .split('\n')
      .filter((line) => line.startsWith('| Skill'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    const mark = rows[0]?.[3];
    expect(rows.map((cells) => [cells[1], cells[2], ...cells.slice(3, -1).map((cell) => cell === mark)])).toEqual([
      ['Skill sql', '3', true, true, true],
      ['Skill go', '2', true, true, false],
    ]);
  });

  test('has no such table when no skill is shared', () => {
    expect(render(summary({ id: 'a', skills: ['x'] }), summary({ id: 'b', skills: ['y'] }))).not.toContain('Skill');
    expect(render()).toContain('0 packs');
  });

  test('shows a hostile title as text, and leads to the pack alone', () => {
    const text = render(summary({ id: 'a', title: 'x](http://evil.example) | <b>', company: '<i>' }));
    const root = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
    const seen: string[] = [];
    visit(root, (node) => {
      if (node.type === 'html') seen.push(node.value);
      if (node.type === 'link') seen.push(`${node.url}: ${toString(node).replaceAll('\u200b', '')}`);
    });
    expect(seen).toEqual(['a/README.md: x](http://evil.example) | <b>']);
  });
});
