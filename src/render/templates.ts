/** Loads and compiles the Handlebars templates of a folder. Only our own files are ever compiled. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import Handlebars from 'handlebars';
import { PrepsmithError } from '../errors.ts';
import { escapeCell, escapeInline, safeBody } from './escape.ts';

export interface TemplateFile {
  /** `README.md` for `templates/pack/README.md.hbs`. */
  name: string;
  text: string;
}

export interface Templates {
  /** @throws PrepsmithError `template-broken` when a field that it names is missing. */
  render(name: string, view: object): string;
}

const SUFFIX = '.hbs';

export async function readTemplateFiles(templatesDir: string): Promise<TemplateFile[]> {
  const dir = path.join(templatesDir, 'pack');
  const names = (await readdir(dir)).filter((name) => name.endsWith(SUFFIX)).sort();
  return Promise.all(
    names.map(async (name) => ({
      name: name.slice(0, -SUFFIX.length),
      text: await readFile(path.join(dir, name), 'utf8'),
    })),
  );
}

/** sha256 over names and texts, hex. */
export function templatesVersion(files: readonly TemplateFile[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file.name}\0${file.text}\0`);
  return hash.digest('hex');
}

/** @throws PrepsmithError `template-broken` for a template that does not compile. */
export function compileTemplates(files: readonly TemplateFile[]): Templates {
  const engine = Handlebars.create();
  engine.registerHelper({
    inline: (text: string) => escapeInline(text),
    cell: (text: string) => escapeCell(text),
    body: (text: string) => safeBody(text),
  });
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  for (const file of files) {
    try {
      Handlebars.parse(file.text);
      // Markdown is escaped by the helpers above; HTML escapes would show as text in code blocks.
      compiled.set(
        file.name,
        engine.compile(file.text, {
          strict: true,
          noEscape: true,
          knownHelpers: { inline: true, cell: true, body: true },
          knownHelpersOnly: true,
        }),
      );
    } catch (cause) {
      throw broken(file.name, cause);
    }
  }
  return {
    render(name, view) {
      const template = compiled.get(name);
      if (template === undefined) throw broken(name, new Error('there is no such file'));
      try {
        return tidy(template(view));
      } catch (cause) {
        throw broken(name, cause);
      }
    },
  };
}

function broken(name: string, cause: unknown): PrepsmithError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PrepsmithError('template-broken', {
    message: `templates/pack/${name}${SUFFIX}: ${reason.replace(/\s*\n\s*/g, ' ')}`,
    remedy: 'Correct the template; the fields that it may use are those of the view in src/render.',
    cause,
  });
}

/** Never two blank lines in a row outside code, exactly one newline at the end. */
function tidy(text: string): string {
  return `${text
    .split(/(^ {0,3}```[\s\S]*?^ {0,3}```$)/m)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[ \t]+$/gm, '').replace(/\n{3,}/g, '\n\n')))
    .join('')
    .trim()}\n`;
}
