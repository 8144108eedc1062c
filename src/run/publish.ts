/**
 * Rendered files → the folder of a pack, all or nothing. What differs from what is there goes
 * through `staging.ts`; what a person edited is copied aside first. `my/` is not among the files,
 * so nothing here can touch it.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fsExtra from 'fs-extra';
import { PrepsmithError } from '../errors.ts';
import { PACK_FILE } from '../pack/file.ts';
import type { Host } from './host.ts';
import { sha256, type Manifest } from './manifest.ts';
import { packDir, stateDir, type Project } from './project.ts';
import { refuseUnsafe, stage } from './staging.ts';

export interface PublishOutcome {
  /** Paths inside the pack's folder. */
  written: string[];
  deleted: string[];
  /** Copies of files that were not as prepsmith had left them. */
  kept: string[];
}

export interface PublishRequest {
  jobId: string;
  files: readonly { path: string; text: string }[];
  /** What was published before; tells edited files from old ones. */
  manifest: Manifest | undefined;
  /** Generated files of the old pack; those that the new one lacks are deleted. */
  oldPaths: readonly string[];
}

/** @throws PrepsmithError `publish` when the folder cannot be written; the old pack is untouched then. */
export async function publish(project: Project, host: Host, request: PublishRequest): Promise<PublishOutcome> {
  const dir = packDir(project, request.jobId);
  try {
    refuseUnsafe(
      dir,
      request.files.map((file) => file.path),
    );
    const current = await readCurrent(dir, [...request.files.map((file) => file.path), ...request.oldPaths]);
    const changed = request.files.filter((file) => current.get(file.path) !== file.text);
    const wanted = new Set(request.files.map((file) => file.path));
    const deleted = [...new Set(request.oldPaths)].filter((old) => !wanted.has(old) && current.get(old) !== undefined);
    const outcome: PublishOutcome = { written: changed.map((file) => file.path), deleted, kept: [] };
    if (changed.length === 0 && deleted.length === 0) return outcome;
    outcome.kept = await keepEdited(project, request, current, [...outcome.written, ...deleted]);
    refuseUnsafe(dir, [...outcome.written, ...deleted]);
    await stage(project, host, request.jobId, changed, deleted);
    return outcome;
  } catch (cause) {
    if (cause instanceof PrepsmithError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PrepsmithError('publish', {
      message: `${dir}: cannot be written: ${reason}`,
      remedy: 'Check that the folder may be written and the disk is not full; the old pack is as it was.',
      cause,
    });
  }
}

async function readCurrent(dir: string, paths: readonly string[]): Promise<Map<string, string | undefined>> {
  const entries = await Promise.all(
    [...new Set(paths)].map(
      async (name) => [name, await readFile(path.join(dir, name), 'utf8').catch(() => undefined)] as const,
    ),
  );
  return new Map(entries);
}

/**
 * A file that somebody edited is copied aside before it is replaced. Without a manifest only
 * `pack.yaml` is kept: the others are renders of it.
 */
async function keepEdited(
  project: Project,
  request: PublishRequest,
  current: ReadonlyMap<string, string | undefined>,
  touched: readonly string[],
): Promise<string[]> {
  const kept: string[] = [];
  for (const name of touched) {
    const text = current.get(name);
    if (text === undefined) continue;
    const published = request.manifest?.files[name]?.sha256;
    const isReaders = name === PACK_FILE && request.manifest?.isEdited === true;
    if (!isReaders && published === sha256(text)) continue;
    const copy = path.join(
      stateDir(project),
      'replaced',
      request.jobId,
      `${sha256(text).slice(0, 8)}-${name.replaceAll('/', '-')}`,
    );
    await fsExtra.ensureDir(path.dirname(copy));
    await fsExtra.copyFile(path.join(packDir(project, request.jobId), name), copy);
    kept.push(copy);
  }
  return kept;
}
