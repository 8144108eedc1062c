/**
 * Publishes two versions of one pack in turn, for ever: a process to be killed at any moment.
 * Usage: publish-loop.ts <project folder>. Prints a dot once it has started.
 */
import path from 'node:path';
import type { Project } from '../../src/run/project.ts';
import { publish } from '../../src/run/publish.ts';
import { LOOP_JOB, versionOf } from './publish-versions.ts';

const rootDir = process.argv[2] ?? '';
const project: Project = {
  rootDir,
  jobsDir: path.join(rootDir, 'jobs'),
  outDir: path.join(rootDir, 'output'),
  bankDir: path.join(rootDir, 'bank'),
  templatesDir: path.join(rootDir, 'templates'),
  compiledBankFile: path.join(rootDir, 'bank.json'),
  buildId: undefined,
};
const host = { pid: process.pid, isAlive: () => true, now: () => performance.now(), epochMs: () => 0 };
process.stdout.write('.');
for (let turn = 0; ; turn += 1) {
  const oldPaths = versionOf(turn + 1).map((file) => file.path);
  await publish(project, host, { jobId: LOOP_JOB, files: versionOf(turn), manifest: undefined, oldPaths });
}
