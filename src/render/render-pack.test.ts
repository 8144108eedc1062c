import fc from 'fast-check';
import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';
import { visit } from 'unist-util-visit';
import { beforeAll, describe, expect, test } from 'vitest';
import { makePack, packPrompt, packQuestion, packRequirement, packTask } from '../../test/support/packs.ts';
import { TEMPLATES_DIR } from '../../test/support/projects.ts';
import { checkLinks } from '../pack/gate/links.ts';
import type { Pack } from '../pack/schema.ts';
import type { DrillShelf } from '../drills/shelf.ts';
import { renderPack } from './render-pack.ts';
import { readTemplateFiles } from '../templates/files.ts';
import type { Templates } from '../templates/compile.ts';
import { compilePackTemplates } from './pack-templates.ts';
import type { RenderedFile } from './types.ts';

const NO_DRILLS: Pick<DrillShelf, 'filesOf'> = { filesOf: () => [] };
const READMES_ALONE: Pick<DrillShelf, 'filesOf'> = {
  filesOf: (id) => [{ path: `drills/${id}/README.md`, text: `# Drill: ${id}\n` }],
};

let templates: Templates;
beforeAll(async () => {
  templates = compilePackTemplates(await readTemplateFiles(TEMPLATES_DIR, 'pack'));
});

function textOf(files: readonly RenderedFile[], path: string): string {
  const file = files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`expected ${path} among ${files.map((each) => each.path).join(', ')}`);
  return file.text;
}

function parse(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

function headingsOf(markdown: string): string[] {
  const headings: string[] = [];
  visit(parse(markdown), 'heading', (node) => {
    headings.push(`${'#'.repeat(node.depth)} ${toString(node)}`);
  });
  return headings;
}

function linkFindings(pack: Pack): string[] {
  const files = [...renderPack(pack, templates, NO_DRILLS), { path: 'pack.yaml', text: '' }];
  return checkLinks({ pack, adText: undefined, files }).map(({ path, message }) => `${path}: ${message}`);
}

describe('a rendered pack', () => {
  test('has one file for each view, and one folder for each task', () => {
    expect(renderPack(makePack(), templates, NO_DRILLS).map(({ path }) => path)).toEqual([
      'README.md',
      'questions.md',
      'answers.md',
      'behavioural.md',
      'coverage.md',
      'tasks/t-python/README.md',
      'tasks/t-service/README.md',
    ]);
  });

  test('is the same from the same pack', () => {
    expect(renderPack(makePack(), templates, NO_DRILLS)).toEqual(
      renderPack(structuredClone(makePack()), templates, NO_DRILLS),
    );
  });

  test('ends every file with one newline and no line with a blank', () => {
    for (const { path, text } of renderPack(makePack(), templates, NO_DRILLS)) {
      expect(text, path).toMatch(/[^\n]\n$/);
      expect(text, path).not.toMatch(/[ \t]$/m);
    }
  });

  test('shows every text of the pack', () => {
    const all = renderPack(makePack(), templates, NO_DRILLS)
      .map(({ text }) => text)
      .join('\n');
    const { questions, tasks, behavioural, requirements } = makePack();
    for (const text of [
      ...questions.flatMap(({ question, spoken, why, mistake, rubric }) => [
        question,
        spoken,
        why,
        mistake,
        rubric.strong,
      ]),
      ...questions.flatMap(({ followUps }) => followUps.map(({ answer }) => answer)),
      ...tasks.flatMap((task) => [
        task.name,
        task.objective,
        task.problemStatement,
        ...task.requirements,
        ...task.hints,
      ]),
      ...behavioural.flatMap(({ question, intent, worksheet }) => [question, intent, worksheet.action]),
      ...requirements.flatMap(({ quote, gap }) => [quote, gap ?? '']),
    ])
      expect(all).toContain(text);
  });

  test('has the same headings whatever its texts are', () => {
    const evil = '# x\n\n<h1>y</h1>\n\n```\n\n# z';
    const good = renderPack(makePack(), templates, NO_DRILLS);
    const bad = renderPack(
      makePack({
        questions: makePack().questions.map((question) => ({
          ...question,
          answer: evil,
          question: evil,
          spoken: evil,
        })),
        tasks: makePack().tasks.map((task) => ({ ...task, problemStatement: evil, objective: evil, hints: [evil] })),
        behavioural: [packPrompt({ id: 'b-background', question: evil, intent: evil })],
      }),
      templates,
      NO_DRILLS,
    );
    for (const { path } of good) expect(headingsOf(textOf(bad, path))).toEqual(headingsOf(textOf(good, path)));
  });

  test('keeps the questions without their answers apart from the answers', () => {
    const files = renderPack(makePack(), templates, NO_DRILLS);
    expect(textOf(files, 'questions.md')).not.toContain('The whole answer.');
    expect(textOf(files, 'questions.md')).not.toContain('In one sentence');
    expect(textOf(files, 'answers.md')).toContain('The whole answer.');
  });

  test('says of a gap what to do instead', () => {
    expect(textOf(renderPack(makePack(), templates, NO_DRILLS), 'coverage.md')).toMatch(
      /\| The line of rust \| nice to have \| \*\*gap:\*\* Nothing here prepares for it; .* \|/,
    );
  });

  test('shows the story of somebody else only where there is one', () => {
    const example = { title: 'A title', situation: 'S.', task: 'T.', action: 'A.', result: 'R.', lesson: 'L.' };
    const withStory = renderPack(
      makePack({ behavioural: [packPrompt({ id: 'b-background', example })] }),
      templates,
      NO_DRILLS,
    );
    expect(textOf(withStory, 'behavioural.md')).toContain("Somebody else's story, to show the shape: A title.");
    expect(textOf(renderPack(makePack(), templates, NO_DRILLS), 'behavioural.md')).not.toContain('Somebody else');
  });

  test('names its drills with a link and the command, in the order of the pack, and holds their files', () => {
    const pack = makePack({ drills: ['nms', 'iou'] });
    const files = renderPack(pack, templates, READMES_ALONE);
    expect(files.slice(-2).map(({ path }) => path)).toEqual(['drills/nms/README.md', 'drills/iou/README.md']);
    const readme = textOf(files, 'README.md');
    expect(readme).toContain('1 STAR worksheets, with 2 drills to implement, at mid level');
    expect(readme).toContain(
      '| D2 | [Intersection over union (IoU)](drills/iou/README.md) | `npx prepsmith drill acme iou` |',
    );
    expect(checkLinks({ pack, adText: undefined, files: [...files, { path: 'pack.yaml', text: '' }] })).toEqual([]);
  });

  test('without drills does not speak of any', () => {
    const all = renderPack(makePack(), templates, NO_DRILLS);
    expect(all.filter(({ text }) => /drill/i.test(text))).toEqual([]);
  });

  test('of nothing but gaps still renders', () => {
    const empty = makePack({
      requirements: makePack().requirements.slice(2),
      tasks: [],
      questions: [],
      behavioural: [],
      studyPlan: [],
    });
    expect(renderPack(empty, templates, NO_DRILLS)).toHaveLength(5);
    expect(linkFindings(empty)).toEqual([]);
  });
});

describe('the links of a rendered pack', () => {
  test('all lead somewhere', () => {
    expect(linkFindings(makePack())).toEqual([]);
  });

  const title = fc.oneof(
    fc.constantFrom(
      'C++ / C# Developer (m/f/d)',
      'Engineer at www.acme.com',
      'See https://acme.com/jobs',
      '[Remote] Engineer',
      '`Go` engineer',

      '# 1 Engineer',
      '1. Engineer',
      'a_b __c__ *d*',
      'R&D <Lead>',
      'Entwickler für KI',
      'エンジニア',
      'a | b',
      'Engineer #',
      '- x',
      '&lt; x',
    ),
    fc.string({ minLength: 1 }),
    fc.string({ unit: 'grapheme', minLength: 1 }),
  );

  test('all lead somewhere whatever the job is called', () => {
    fc.assert(
      fc.property(
        title.map((text) => text.trim()).filter((text) => text !== ''),
        (text) => {
          expect(linkFindings(makePack({ job: { ...makePack().job, title: text } }))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('all lead somewhere whatever the texts are', () => {
    const text = fc
      .array(
        fc.constantFrom(
          '[a](b.md)',
          '![a](b.png)',
          '[a](#b)',
          '[a]: b.md',
          '[a][b]',
          '](x)',
          '`',
          '``',
          '```',
          '~~~',
          '\n',
          '\n\n',
          '# a',
          '<a href="b.md">',
          '|',
          'x',
          ' ',
        ),
        { minLength: 1, maxLength: 8 },
      )
      .map((pieces) => pieces.join('').trim())
      .filter((joined) => joined !== '');
    fc.assert(
      fc.property(text, text, text, (one, two, three) => {
        const pack = makePack({
          requirements: [packRequirement({ id: 'sql', quote: one, coveredBy: ['q'] })],
          questions: [packQuestion({ id: 'q', serves: 'sql', question: two, answer: three, mistake: one })],
          tasks: [packTask({ id: 't', name: one, problemStatement: two, hints: [three] })],
          behavioural: [packPrompt({ id: 'b', question: three, intent: two })],
          studyPlan: [{ when: 'today', minutes: 6, items: ['q', 't', 'b'] }],
        });
        expect(linkFindings(pack)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the gate sees the links that a Markdown parser sees', () => {
  test.each(['README.md', 'questions.md', 'answers.md', 'behavioural.md', 'coverage.md', 'tasks/t-python/README.md'])(
    'in %s',
    (path) => {
      const text = textOf(renderPack(makePack(), templates, NO_DRILLS), path);
      const links: string[] = [];
      visit(parse(text), 'link', (node) => {
        links.push(node.url);
      });
      expect(links.length).toBeGreaterThan(0);
      // Taken away one after the other, each is missed by the gate exactly when nothing is left of it.
      for (const link of new Set(links)) {
        const broken = text.replaceAll(`](${link})`, '](gone.md)');
        const found = checkLinks({ pack: makePack(), adText: undefined, files: [{ path, text: broken }] });
        expect(found.filter(({ message }) => message.includes('gone.md'))).toHaveLength(
          links.filter((other) => other === link).length,
        );
      }
    },
  );
});
