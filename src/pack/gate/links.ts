/**
 * Every relative link and fragment of the rendered files leads somewhere, and no two headings of
 * a file share a text. Fragments follow the slug rules of GitHub (github-slugger).
 */
import path from 'node:path/posix';
import GithubSlugger from 'github-slugger';
import { markdownLines, splitCodeSpans } from '../../markdown/code.ts';
import type { Check, Finding } from './types.ts';

interface Outline {
  headings: string[];
  slugs: Set<string>;
  links: string[];
}

export const checkLinks: Check = ({ files }) => {
  const outlines = new Map(
    files.filter((file) => file.path.endsWith('.md')).map((file) => [file.path, outlineOf(file.text)]),
  );
  const paths = new Set(files.map((file) => file.path));
  const findings: Finding[] = [];
  const report = (file: string, message: string) =>
    findings.push({
      code: 'links',
      severity: 'error',
      path: file,
      message,
      remedy: 'This is a defect of the template that renders the file; report it.',
    });
  for (const [file, outline] of outlines) {
    const seen = new Set<string>();
    for (const heading of outline.headings) {
      if (seen.has(heading)) report(file, `expected headings that differ, found "${heading}" twice`);
      seen.add(heading);
    }
    for (const link of outline.links) {
      const [target = '', fragment] = link.split('#', 2);
      const resolved = target === '' ? file : path.join(path.dirname(file), target);
      // The index above the pack's folder is rendered apart.
      if (resolved.startsWith('..')) continue;
      if (!paths.has(resolved)) report(file, `expected a link to a file of the pack, found "${link}"`);
      else if (fragment !== undefined && outlines.get(resolved)?.slugs.has(decoded(fragment)) === false) {
        report(file, `expected a link to a heading, found "${link}"`);
      }
    }
  }
  return findings;
};

/** A fragment that cannot be decoded is no heading's. */
function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** Headings and relative links outside code; enough of Markdown for what the templates write. */
export function outlineOf(markdown: string): Outline {
  const slugger = new GithubSlugger();
  const outline: Outline = { headings: [], slugs: new Set(), links: [] };
  let paragraph = '';
  const endParagraph = () => {
    for (const piece of splitCodeSpans(paragraph)) if (!piece.isCode) outline.links.push(...relativeLinks(piece.text));
    paragraph = '';
  };
  for (const line of markdownLines(markdown)) {
    const heading = line.isCode ? undefined : /^ {0,3}#{1,6} +(.+?)(?: +#+)?$/.exec(line.text)?.[1];
    if (line.isCode || heading !== undefined || line.text.trim() === '') endParagraph();
    if (heading !== undefined) {
      const text = plainHeading(heading);
      outline.headings.push(text);
      outline.slugs.add(slugger.slug(text));
    }
    // A code span may go on over the end of a line, but not over that of a paragraph.
    if (!line.isCode) paragraph += `${line.text}\n`;
  }
  endParagraph();
  return outline;
}

function relativeLinks(text: string): string[] {
  const links = [...text.matchAll(/(?<!\\)\]\(\s*<?([^)\s>]+)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g)];
  return links.map((match) => match[1] ?? '').filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target));
}

function plainHeading(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(?<!\\)`/g, '')
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>~&])/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
