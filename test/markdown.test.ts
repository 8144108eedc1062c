/**
 * The published Markdown, judged by others: every link by a Markdown parser and GitHub's slug
 * rules, the style by markdownlint.
 */
import path from 'node:path';
import GithubSlugger from 'github-slugger';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';
import { lint } from 'markdownlint/promise';
import { visit } from 'unist-util-visit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPO_DIR } from './support/cli.ts';
import { runInProcess, type InProcessRun } from './support/in-process.ts';

let run: InProcessRun;
let files: [string, string][];

beforeAll(async () => {
  run = await runInProcess({ jobsDir: path.join(REPO_DIR, 'jobs') });
  files = Object.entries(run.tree).filter(([name]) => name.endsWith('.md'));
});
afterAll(() => run.remove());

interface Outline {
  headings: string[];
  slugs: Set<string>;
  links: string[];
  html: string[];
}

function outline(markdown: string): Outline {
  const slugger = new GithubSlugger();
  const result: Outline = { headings: [], slugs: new Set(), links: [], html: [] };
  visit(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }), (node) => {
    if (node.type === 'heading') {
      result.headings.push(toString(node));
      result.slugs.add(slugger.slug(toString(node)));
    }
    if (node.type === 'link' || node.type === 'image') result.links.push(node.url);
    if (node.type === 'html') result.html.push(node.value);
  });
  return result;
}

describe('the published Markdown', () => {
  it('has no link that leads nowhere and no two headings of one text in a file', () => {
    const outlines = new Map(files.map(([name, text]) => [name, outline(text)]));
    expect(outlines.size).toBeGreaterThan(60);
    let links = 0;
    for (const [name, { headings, links: targets }] of outlines) {
      expect(new Set(headings).size, name).toBe(headings.length);
      for (const link of targets.filter((target) => !/^[a-z]+:/.test(target))) {
        links += 1;
        const [file = '', fragment] = link.split('#');
        const target = file === '' ? name : path.posix.join(path.posix.dirname(name), file);
        const there = target.endsWith('pack.yaml') ? { slugs: new Set<string>() } : outlines.get(target);
        expect(there, `${name}: ${link}`).toBeDefined();
        if (fragment !== undefined) expect(there?.slugs.has(fragment), `${name}: ${link}`).toBe(true);
      }
    }
    expect(links).toBeGreaterThan(500);
  });

  it('holds no HTML but the folds of the hints', () => {
    for (const [name, text] of files) {
      const strange = outline(text).html.filter(
        (html) => !/^(?:<details><summary>Hint \d<\/summary>|<\/details>)$/.test(html.trim()),
      );
      expect(strange, name).toEqual([]);
    }
  });

  it('is clean under markdownlint', async () => {
    const results = await lint({ strings: Object.fromEntries(files), config: LINT_RULES });
    const complaints = Object.entries(results).flatMap(([name, list]) =>
      list.map(
        (item) =>
          `${name}:${item.lineNumber} ${item.ruleNames.join('/')} ${item.errorContext ?? item.errorDetail ?? ''}`,
      ),
    );
    expect(complaints).toEqual([]);
  });
});

const LINT_RULES = {
  default: true,
  // Paragraphs are one line each: diffs follow sentences, not columns.
  MD013: false,
  // Tabs in code are data.
  MD010: { code_blocks: false },
  // A numbered list goes on after a code block.
  MD029: false,
  // Hints are folded with <details>, which Markdown has no sign for.
  MD033: { allowed_elements: ['details', 'summary'] },
};
