/**
 * Whole packs from a small bank of their own, compared file by file with `expected/`.
 * `npm run golden:update` writes what is made now; read the diff before committing it.
 */
import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readTree, REPO_DIR } from '../support/cli.ts';
import { runInProcess } from '../support/in-process.ts';

const GOLDEN_DIR = path.join(REPO_DIR, 'test', 'golden');
const EXPECTED_DIR = path.join(GOLDEN_DIR, 'expected');

it('makes the packs that are written down, byte for byte', async () => {
  const made = await runInProcess({ jobsDir: path.join(GOLDEN_DIR, 'jobs'), bankDir: path.join(GOLDEN_DIR, 'bank') });
  onTestFinished(() => made.remove());
  expect(made.report.jobs.map((job) => [job.id, job.state])).toEqual([
    ['acme_vision', 'made'],
    ['klinik_backend', 'made'],
  ]);
  if (process.env['UPDATE_GOLDEN'] !== undefined) {
    await rm(EXPECTED_DIR, { recursive: true, force: true });
    await cp(made.outDir, EXPECTED_DIR, { recursive: true });
  }
  expect(made.tree).toEqual(await readTree(EXPECTED_DIR));
});
