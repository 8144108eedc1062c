/** Where things are. Every path a run uses comes from here. */
import { createHash } from 'node:crypto';
import path from 'node:path';

export interface Project {
  /** Folder with `.prepsmith/`; paths in messages are relative to it. */
  rootDir: string;
  jobsDir: string;
  outDir: string;
  /** Part of the installation: `bank/`, `templates/`, and what the build made of them. */
  bankDir: string;
  templatesDir: string;
  compiledBankFile: string;
  /** Changes with every build of the program; `undefined` when it runs from source. */
  buildId: string | undefined;
}

export function stateDir(project: Project): string {
  return path.join(project.rootDir, '.prepsmith');
}

/** A folder of manifests for each output folder, so that two outputs never mix. */
export function manifestFile(project: Project, jobId: string): string {
  const key = createHash('sha256').update(path.resolve(project.outDir)).digest('hex').slice(0, 12);
  return path.join(stateDir(project), 'manifests', key, `${jobId}.json`);
}

export function packDir(project: Project, jobId: string): string {
  return path.join(project.outDir, jobId);
}

/** A path as a person would type it: relative to the root where that is shorter, with `/`. */
export function shownPath(project: Project, file: string): string {
  const relative = path.relative(project.rootDir, path.resolve(project.rootDir, file));
  return (relative.startsWith('..') ? file : relative).replaceAll('\\', '/');
}

/** A path that may be published: inside the project as it is, outside of it no more than its folder's name. */
export function publishedPath(project: Project, file: string): string {
  const full = path.resolve(project.rootDir, file);
  const relative = path.relative(project.rootDir, full);
  const isInside = !relative.startsWith('..') && !path.isAbsolute(relative);
  return (isInside ? relative : path.join(path.basename(path.dirname(full)), path.basename(full))).replaceAll(
    '\\',
    '/',
  );
}
