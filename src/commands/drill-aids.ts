/** What helps on the way: hints, the reference, and a new start. */
import { readFile } from 'node:fs/promises';
import { EXIT_CODES, PrepsmithError } from '../errors.ts';
import type { Language, PrimitiveId } from '../drills/primitive-ids.ts';
import { referenceFile, type DrillTexts } from '../drills/texts.ts';
import { readProgress, resetSolution, writeProgress } from '../drills/workbook.ts';
import { shownPath, type Project } from '../run/project.ts';
import type { Environment } from './environment.ts';

/** The next level; the last one again when all were shown. */
export async function showHint(
  environment: Environment,
  dir: string,
  id: PrimitiveId,
  texts: DrillTexts,
): Promise<number> {
  const progress = await readProgress(dir, id);
  const { hints } = texts[id];
  const level = Math.min(progress.hints + 1, hints.length);
  await writeProgress(dir, id, { ...progress, hints: level });
  environment.stdout(`Hint ${level} of ${hints.length}\n\n${hints[level - 1] ?? ''}`);
  return EXIT_CODES.done;
}

/** @throws PrepsmithError `drill-sealed` before anything was tried. */
export async function reveal(
  environment: Environment,
  project: Project,
  dir: string,
  id: PrimitiveId,
  language: Language,
): Promise<number> {
  const progress = await readProgress(dir, id);
  if (progress[language].attempts === 0) {
    throw new PrepsmithError('drill-sealed', {
      message: `${id}: the reference in ${language} is sealed until you have run a version of your own`,
      remedy: 'Write something, run the drill once without --reveal, and ask again; --hint helps on the way.',
    });
  }
  environment.stdout(await readFile(referenceFile(project.templatesDir, id, language), 'utf8'));
  return EXIT_CODES.done;
}

export async function reset(
  environment: Environment,
  project: Project,
  dir: string,
  id: PrimitiveId,
  language: Language,
  texts: DrillTexts,
): Promise<number> {
  const copy = await resetSolution(dir, id, language, texts);
  environment.stdout(
    copy === undefined
      ? `Nothing to reset: ${id} in ${language} is as it was given.\n`
      : `The stub is back; what you had is in ${shownPath(project, copy)}.\n`,
  );
  return EXIT_CODES.done;
}
