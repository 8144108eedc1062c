/**
 * Every relative link and fragment of the rendered files leads somewhere, and no two headings of
 * a file share a text. Fragments follow the slug rules of GitHub (github-slugger).
 */
import path from 'node:path/posix';
import GithubSlugger from 'github-slugger';
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
      else if (fragment !== undefined && outlines.get(resolved)?.slugs.has(decodeURIComponent(fragment)) === false) {
        report(file, `expected a link to a heading, found "${link}"`);
      }
    }
  }
  return findings;
};

/** Headings and relative links outside code; enough of Markdown for what the templates write. */
export function outlineOf(markdown: string): Outline {
  const slugger = new GithubSlugger();
  const outline: Outline = { headings: [], slugs: new Set(), links: [] };
  const prose = markdown.replace(/^( *)(```+|~~~+)[^\n]*\n[\s\S]*?^\1\2[ \t]*$/gm, '');
  for (const line of prose.split('\n')) {
    const heading = /^#{1,6} +(.+?)(?: +#+)?$/.exec(line)?.[1];
    if (heading !== undefined) {
      const text = plainHeading(heading);
      outline.headings.push(text);
      outline.slugs.add(slugger.slug(text));
    }
    for (const match of line.replace(/(`+)(?!`).*?\1/g, '').matchAll(/(?<!\\)\]\(([^)\s]+)\)/g)) {
      const target = match[1] ?? '';
      if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) outline.links.push(target);
    }
  }
  return outline;
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
