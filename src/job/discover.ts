/**
 * A folder → job sources. Every file is judged alone: a link, an odd name or an unreadable file
 * becomes that entry's failure and the others go on.
 */
import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PrepsmithError } from '../errors.ts';
import { MAX_AD_BYTES } from './decode.ts';
import type { JobSource } from './types.ts';

/** Names that Windows keeps for devices: a folder of that name cannot exist there. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d|my|site)$/i;
const JOB_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/;

/** Ids become folder names: nothing that could leave the output folder passes. */
export function isJobId(id: string): boolean {
  return JOB_ID.test(id) && !RESERVED.test(id);
}

export const JOB_ID_RULE = 'letters, digits, "-" and "_", at most 80, such as acme_backend_engineer';

/** One entry of the folder: either the source of a job or why it cannot be one. */
export type Discovered = { id: string; source: JobSource } | { id: string; error: PrepsmithError };

/** Every `*.txt` of the folder in name order, read only when asked for. */
export async function listJobIds(jobsDir: string): Promise<string[]> {
  const names = await readdir(jobsDir).catch((cause: unknown) => {
    throw new PrepsmithError('usage', {
      message: `${jobsDir}: expected a folder of job ads, found none that can be read`,
      remedy: 'Create it and put one ad a file into it (jobs/acme.txt), or name another folder with --jobs DIR.',
      cause,
    });
  });
  return names
    .filter((name) => name.endsWith('.txt') && !name.startsWith('.'))
    .map((name) => name.slice(0, -'.txt'.length))
    .sort();
}

/** Reads one ad and the overrides beside it. Never throws for what is wrong with this one. */
export async function readJobSource(jobsDir: string, id: string): Promise<Discovered> {
  const file = path.posix.join(jobsDir.replaceAll('\\', '/'), `${id}.txt`);
  try {
    if (!isJobId(id)) throw refused(file, `the name ${JSON.stringify(id)}`, `Rename it: ${JOB_ID_RULE}.`);
    const bytes = await readRegularFile(path.join(jobsDir, `${id}.txt`), file);
    const overridesFile = file.replace(/\.txt$/, '.yaml');
    const overrides = await readRegularFile(path.join(jobsDir, `${id}.yaml`), overridesFile).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    const source: JobSource = { id, file, bytes };
    if (overrides !== undefined) source.overrides = { file: overridesFile, text: new TextDecoder().decode(overrides) };
    return { id, source };
  } catch (error) {
    if (error instanceof PrepsmithError) return { id, error };
    const reason = error instanceof Error ? error.message : String(error);
    return {
      id,
      error: new PrepsmithError('job-file', {
        message: `${file}: cannot be read: ${reason}`,
        remedy: 'Check that the file is there and that you may read it.',
        cause: error,
      }),
    };
  }
}

async function readRegularFile(realPath: string, shown: string): Promise<Uint8Array> {
  const stats = await lstat(realPath);
  if (!stats.isFile()) {
    const found = stats.isSymbolicLink() ? 'a link' : stats.isDirectory() ? 'a folder' : 'a special file';
    throw refused(shown, found, 'Put the ad itself there; links are not followed, because they can point anywhere.');
  }
  if (stats.size > MAX_AD_BYTES) {
    throw refused(
      shown,
      `${stats.size.toLocaleString('en')} bytes (at most ${MAX_AD_BYTES.toLocaleString('en')})`,
      'Keep one ad a file; is this the right file?',
    );
  }
  return readFile(realPath);
}

function refused(file: string, found: string, remedy: string): PrepsmithError {
  return new PrepsmithError('job-file', {
    message: `${file}: expected a plain text file with one ad, found ${found}`,
    remedy,
  });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
