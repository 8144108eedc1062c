/** The judge's host inside a test. */
import path from 'node:path';
import type { JudgeHost } from '../../src/drills/judge/types.ts';

export const TEMPLATES_DIR = path.resolve(import.meta.dirname, '../../templates');

export const JUDGE_HOST: JudgeHost = {
  nodePath: process.execPath,
  env: process.env,
  killGroup: (pid) => {
    try {
      return process.kill(-pid, 'SIGKILL');
    } catch {
      return false;
    }
  },
};
