/**
 * Several files replaced as one.
 *
 * 1. The new texts are written to a folder of their own beside the packs, and flushed.
 * 2. A journal is written there: from then on the new pack is the one that counts.
 * 3. The files are renamed into place in one synchronous go, and the folder is removed.
 *
 * A kill before 2 leaves the old pack; a kill after it is completed by the next command that
 * writes (`recoverPublishes`).
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { open, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import fsExtra from 'fs-extra';
import { z } from 'zod';
import { PrepsmithError } from '../errors.ts';
import { isJobId } from '../job/discover.ts';
import type { Host } from './host.ts';
import { innerPathSchema, isInnerPath } from './inner-path.ts';
import { packDir, type Project } from './project.ts';

const STAGING_PREFIX = '.publishing-';
const JOURNAL = 'journal.json';
const journalSchema = z.strictObject({
  jobId: z.string().refine(isJobId),
  renames: z.array(innerPathSchema),
  deletes: z.array(innerPathSchema),
});
type Journal = z.infer<typeof journalSchema>;

/** What has to hold before a single file is touched. */
export function refuseUnsafe(dir: string, names: readonly string[]): void {
  for (const name of names) {
    if (!isInnerPath(name))
      throw refused(
        dir,
        `expected files inside the folder of the pack, found "${name}"`,
        'This is a defect of prepsmith; report it.',
      );
    const target = path.join(dir, name);
    if (lstatSync(target, { throwIfNoEntry: false })?.isDirectory() === true)
      throw refused(
        target,
        'expected a file or nothing, found a folder',
        'Move the folder away; your own files belong into my/.',
      );
    for (let folder = path.dirname(target); ; folder = path.dirname(folder)) {
      refuseNonFolder(folder);
      if (folder === dir || folder === path.dirname(folder)) break;
    }
  }
}

/** A link where a folder is expected would carry the files out of the output folder. */
function refuseNonFolder(folder: string): void {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats === undefined || stats.isDirectory()) return;
  const found = stats.isSymbolicLink() ? 'a link' : 'a file';
  throw refused(
    folder,
    `expected a folder, found ${found}`,
    'Replace it by a folder; links are not followed, because they can point anywhere.',
  );
}

function refused(place: string, found: string, remedy: string): PrepsmithError {
  return new PrepsmithError('publish', { message: `${place}: ${found}`, remedy });
}

/** @param files what is to be written, with paths inside the pack's folder. */
export async function stage(
  project: Project,
  host: Host,
  jobId: string,
  files: readonly { path: string; text: string }[],
  deletes: string[],
): Promise<void> {
  const staging = path.join(project.outDir, `${STAGING_PREFIX}${jobId}-${host.pid}`);
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  try {
    await writeAllFlushed(files.map(({ text }, index) => ({ file: path.join(staging, String(index)), text })));
    const journal: Journal = { jobId, renames: files.map((file) => file.path), deletes };
    writeFlushed(path.join(staging, `${JOURNAL}.tmp`), JSON.stringify(journal));
    renameSync(path.join(staging, `${JOURNAL}.tmp`), path.join(staging, JOURNAL));
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    throw error;
  }
  complete(project, staging);
}

/** Together: disks flush fifty files in the time of five. None is still being written when this throws. */
async function writeAllFlushed(files: readonly { file: string; text: string }[]): Promise<void> {
  const outcomes = await Promise.allSettled(
    files.map(async ({ file, text }) => {
      await using handle = await open(file, 'w');
      await handle.writeFile(text);
      await handle.sync();
    }),
  );
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

function writeFlushed(file: string, text: string): void {
  const handle = openSync(file, 'w');
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Carries a journal out; done twice it does the same once. */
function complete(project: Project, staging: string): void {
  const journal = journalSchema.parse(JSON.parse(readFileSync(path.join(staging, JOURNAL), 'utf8')));
  const dir = packDir(project, journal.jobId);
  refuseUnsafe(dir, [...journal.renames, ...journal.deletes]);
  for (const [index, name] of journal.renames.entries()) {
    const target = path.join(dir, name);
    mkdirSync(path.dirname(target), { recursive: true });
    const staged = path.join(staging, String(index));
    if (existsSync(staged)) renameSync(staged, target);
  }
  for (const name of journal.deletes) {
    rmSync(path.join(dir, name), { force: true });
    removeIfEmpty(path.dirname(path.join(dir, name)), dir);
  }
  rmSync(staging, { recursive: true, force: true });
}

/** And the folders above it that are empty then. */
function removeIfEmpty(folder: string, stopAt: string): void {
  if (folder === stopAt || !folder.startsWith(stopAt)) return;
  try {
    fsExtra.rmdirSync(folder);
    removeIfEmpty(path.dirname(folder), stopAt);
  } catch {
    // it holds something of the reader's
  }
}

/** Finishes what a killed run had decided and removes what it had not. @returns the ids completed. */
export async function recoverPublishes(project: Project, host: Host): Promise<string[]> {
  const entries = await readdir(project.outDir).catch(() => []);
  const recovered: string[] = [];
  for (const entry of entries.filter((name) => name.startsWith(STAGING_PREFIX))) {
    const pid = Number(/-(\d+)$/.exec(entry)?.[1]);
    if (pid !== host.pid && host.isAlive(pid)) continue;
    const staging = path.join(project.outDir, entry);
    const text = await readFile(path.join(staging, JOURNAL), 'utf8').catch(() => undefined);
    if (text === undefined || !isJournal(text)) rmSync(staging, { recursive: true, force: true });
    else if (tryToComplete(project, staging)) recovered.push(entry.slice(STAGING_PREFIX.length).replace(/-\d+$/, ''));
  }
  return recovered;
}

/** What cannot be completed now (a full disk, a link in the way) stays for the next command. */
function tryToComplete(project: Project, staging: string): boolean {
  try {
    complete(project, staging);
    return true;
  } catch {
    return false;
  }
}

function isJournal(text: string): boolean {
  try {
    return journalSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
