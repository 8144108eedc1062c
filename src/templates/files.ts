/** The templates as files: read and hashed, not yet compiled. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export interface TemplateFile {
  /** `README.md` for `README.md.hbs`. */
  name: string;
  text: string;
}

export const TEMPLATE_SUFFIX = '.hbs';

/** @param folder one of those below `templates/`. */
export async function readTemplateFiles(templatesDir: string, folder: string): Promise<TemplateFile[]> {
  const dir = path.join(templatesDir, folder);
  const names = (await readdir(dir)).filter((name) => name.endsWith(TEMPLATE_SUFFIX)).sort();
  return Promise.all(
    names.map(async (name) => ({
      name: name.slice(0, -TEMPLATE_SUFFIX.length),
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
