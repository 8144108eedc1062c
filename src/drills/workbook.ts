/**
 * The reader's own folder, `output/<job>/my/drills/<id>/`: the file that is filled in, and what
 * was tried so far. Nothing in it is ever written over; a reset keeps what was there beside.
 */
import { access, copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { PrepsmithError } from '../errors.ts';
import type { Language, PrimitiveId } from './primitive-ids.ts';
import { solutionName } from './render-drill.ts';
import type { DrillTexts } from './texts.ts';

const PROGRESS_FILE = 'progress.json';

const benchRunSchema = z.object({
  /** sha256 of the solution, the first 12 digits. */
  solution: z.string(),
  size: z.number(),
  unit: z.string(),
  medianMs: z.number(),
  exponent: z.number(),
  ratio: z.number(),
});
export type BenchRun = z.infer<typeof benchRunSchema>;

const languageSchema = z.object({
  /** Runs of something other than the stub. */
  attempts: z.number().int().default(0),
  passed: z.number().int().default(0),
  cases: z.number().int().default(0),
  bench: z.array(benchRunSchema).default([]),
});

const progressSchema = z.object({
  /** Levels of hints that were shown. */
  hints: z.number().int().default(0),
  typescript: languageSchema.default({ attempts: 0, passed: 0, cases: 0, bench: [] }),
  python: languageSchema.default({ attempts: 0, passed: 0, cases: 0, bench: [] }),
});
export type DrillProgress = z.infer<typeof progressSchema>;

export interface Workbook {
  dir: string;
  solution: string;
  /** Whether this run made the file. */
  isNew: boolean;
}

/** Makes what is missing. The README comes with the pack; without one, it is put here. */
export async function openWorkbook(
  packDir: string,
  id: PrimitiveId,
  language: Language,
  texts: DrillTexts,
): Promise<Workbook> {
  const dir = workbookDir(packDir, id);
  await mkdir(dir, { recursive: true });
  if (!(await exists(path.join(packDir, 'drills', id, 'README.md')))) {
    await writeNew(path.join(dir, 'README.md'), texts[id].readme);
  }
  const solution = path.join(dir, solutionName(id, language));
  return { dir, solution, isNew: await writeNew(solution, texts[id].stubs[language]) };
}

export function workbookDir(packDir: string, id: PrimitiveId): string {
  return path.join(packDir, 'my', 'drills', id);
}

/** The stub again; what was written stays beside it. @returns the name of the copy. */
export async function resetSolution(
  packDir: string,
  id: PrimitiveId,
  language: Language,
  texts: DrillTexts,
): Promise<string | undefined> {
  const dir = workbookDir(packDir, id);
  const solution = path.join(dir, solutionName(id, language));
  if (!(await exists(solution))) return undefined;
  const stub = texts[id].stubs[language];
  if ((await readFile(solution, 'utf8')) === stub) return undefined;
  const copy = await freeName(solution);
  await copyFile(solution, copy);
  await replaceFile(solution, stub);
  return copy;
}

async function freeName(file: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = `${file}.${number}.bak`;
    if (!(await exists(name))) return name;
  }
}

/** @throws PrepsmithError `drill-source` when somebody broke the file. */
export async function readProgress(packDir: string, id: PrimitiveId): Promise<DrillProgress> {
  const file = path.join(workbookDir(packDir, id), PROGRESS_FILE);
  const text = await readFile(file, 'utf8').catch(() => '{}');
  try {
    return progressSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new PrepsmithError('drill-source', {
      message: `${file}: expected what prepsmith wrote about earlier runs, found something else`,
      remedy: 'Correct the file, or delete it: your solutions are not in it.',
      cause,
    });
  }
}

export async function writeProgress(packDir: string, id: PrimitiveId, progress: DrillProgress): Promise<void> {
  await writeWorkbookFile(packDir, id, PROGRESS_FILE, `${JSON.stringify(progress, undefined, 2)}\n`);
}

/** For what prepsmith keeps there itself: results, chart, progress. */
export async function writeWorkbookFile(packDir: string, id: PrimitiveId, name: string, text: string): Promise<string> {
  const file = path.join(workbookDir(packDir, id), name);
  await mkdir(path.dirname(file), { recursive: true });
  await replaceFile(file, text);
  return file;
}

/** Whole or not at all: a run that is killed leaves the old bytes. */
async function replaceFile(file: string, text: string): Promise<void> {
  const staged = `${file}.new`;
  await writeFile(staged, text);
  await rename(staged, file);
}

/** @returns false when there was a file already. */
async function writeNew(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
