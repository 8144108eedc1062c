/** The texts of a drill as files of `templates/drills/<id>/`: read once, written nowhere. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PrepsmithError } from '../errors.ts';
import { LANGUAGES, PRIMITIVE_IDS, type Language, type PrimitiveId } from './primitive-ids.ts';

export const EXTENSION: Record<Language, string> = { typescript: 'ts', python: 'py' };

export interface DrillText {
  readme: string;
  /** Three levels, the vaguest first. */
  hints: string[];
  stubs: Record<Language, string>;
}

export type DrillTexts = Record<PrimitiveId, DrillText>;

/** @throws PrepsmithError `template-broken` for a text that is missing. */
export async function readDrillTexts(templatesDir: string): Promise<DrillTexts> {
  const entries = await Promise.all(
    PRIMITIVE_IDS.map(async (id) => [id, await readDrillText(templatesDir, id)] as const),
  );
  return Object.fromEntries(entries) as DrillTexts;
}

async function readDrillText(templatesDir: string, id: PrimitiveId): Promise<DrillText> {
  const read = (...parts: string[]): Promise<string> => readText(drillFile(templatesDir, id, ...parts));
  const [readme, ...hints] = await Promise.all([
    read('README.md'),
    ...[1, 2, 3].map((level) => read('hints', `${level}.md`)),
  ]);
  const [typescript, python] = await Promise.all(LANGUAGES.map((language) => read(`stub.${EXTENSION[language]}`)));
  return { readme: readme ?? '', hints, stubs: { typescript: typescript ?? '', python: python ?? '' } };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new PrepsmithError('template-broken', {
      message: `${file}: expected a text of a drill that can be read`,
      remedy: 'Install prepsmith again, or put the file back.',
      cause,
    });
  }
}

export function drillFile(templatesDir: string, id: PrimitiveId, ...parts: string[]): string {
  return path.join(templatesDir, 'drills', id, ...parts);
}

export function referenceFile(templatesDir: string, id: PrimitiveId, language: Language): string {
  return drillFile(templatesDir, id, `reference.${EXTENSION[language]}`);
}

export interface Rung {
  name: string;
  file: string;
}

/** Other implementations to be measured against, in the order of their names. */
export async function ladderOf(templatesDir: string, id: PrimitiveId, language: Language): Promise<Rung[]> {
  const dir = drillFile(templatesDir, id, 'ladder');
  const names = await readdir(dir).catch(() => []);
  const extension = `.${EXTENSION[language]}`;
  return names
    .filter((name) => name.endsWith(extension))
    .sort()
    .map((name) => ({ name: name.slice(0, -extension.length), file: path.join(dir, name) }));
}
