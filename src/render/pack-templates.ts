/** The templates of a pack's files: Markdown, where every text is escaped for the place it stands in. */
import { markdownLines } from '../markdown/code.ts';
import { compileTemplates, type Templates } from '../templates/compile.ts';
import type { TemplateFile } from '../templates/files.ts';
import { escapeCell, escapeInline } from './escape.ts';
import { safeBody } from './safe-body.ts';

export const PACK_TEMPLATES = 'pack';

/** @throws PrepsmithError `template-broken`. */
export function compilePackTemplates(files: readonly TemplateFile[]): Templates {
  return compileTemplates(files, {
    folder: PACK_TEMPLATES,
    helpers: { inline: escapeInline, cell: escapeCell, body: safeBody },
    finish: tidy,
  });
}

/** Never two blank lines in a row outside code, exactly one newline at the end. */
function tidy(text: string): string {
  const kept: string[] = [];
  for (const line of markdownLines(text)) {
    const shown = line.isCode ? line.text : line.text.trimEnd();
    if (line.isCode || shown !== '' || kept.at(-1) !== '') kept.push(shown);
  }
  return `${kept.join('\n').trim()}\n`;
}
