/** The command line for a solution of one language. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PrepsmithError } from '../../errors.ts';
import type { Language } from '../primitive-ids.ts';
import { stripTypes } from './strip-types.ts';
import type { JudgeHost, Limits, Program } from './types.ts';

export const LIMITS: Limits = { loadMs: 15_000, callMs: 3000, memoryMb: 1024 };
/** Yardsticks come from outside and are no reader's code. */
export const PEER_LIMITS: Limits = { loadMs: 30_000, callMs: 60_000, memoryMb: 0 };

/** What a child may know of the environment: where programs are and where to put temporary files. No keys. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'PYENV_ROOT',
  'PYENV_VERSION',
  'VIRTUAL_ENV',
  'LANG',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
];

export interface Solution {
  language: Language;
  /** Where it is; lines of messages refer to it. */
  file: string;
  functionName: string;
}

export interface PreparedProgram extends AsyncDisposable {
  program: Program;
}

/** @throws PrepsmithError `drill-source` for TypeScript that cannot be read. */
export async function prepareProgram(
  host: JudgeHost,
  templatesDir: string,
  solution: Solution,
): Promise<PreparedProgram> {
  if (solution.language === 'python') {
    return {
      program: pythonProgram(host, templatesDir, solution, LIMITS),
      [Symbol.asyncDispose]: async () => undefined,
    };
  }
  const source = await readFile(solution.file, 'utf8');
  requireOneFile(source, path.basename(solution.file));
  const text = await stripTypes(source, path.basename(solution.file));
  const dir = await mkdtemp(path.join(tmpdir(), 'prepsmith-drill-'));
  const module = path.join(dir, 'solution.mjs');
  await writeFile(module, text);
  return {
    program: nodeProgram(host, templatesDir, module, solution.functionName),
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }),
  };
}

/** It runs from a folder of its own, where its neighbours are not. */
function requireOneFile(source: string, shownFile: string): void {
  const neighbour = source.match(/^\s*(?:import|export)\b[^;]*?from\s+['"](\.{1,2}\/[^'"]+)['"]/m)?.[1];
  if (neighbour === undefined) return;
  throw new PrepsmithError('drill-source', {
    message: `${shownFile}: expected a solution in one file, found an import of ${JSON.stringify(neighbour)}`,
    remedy: 'Put what it needs into the file itself; modules of Node can be imported.',
  });
}

/** @param module an ES module, or `-` for the measuring of the machine alone. */
export function nodeProgram(host: JudgeHost, templatesDir: string, module: string, functionName: string): Program {
  return runnerProgram(host, templatesDir, module, [functionName]);
}

/**
 * A kernel of ours as a side of the bench: it may take and give other types than the drill.
 * @param exported the name of a `KernelRung` of the module.
 */
export function kernelProgram(host: JudgeHost, templatesDir: string, module: string, exported: string): Program {
  return runnerProgram(host, templatesDir, module, [exported, 'adapted']);
}

function runnerProgram(host: JudgeHost, templatesDir: string, module: string, rest: readonly string[]): Program {
  const runner = path.join(templatesDir, 'drills', 'judge', 'runner.mjs');
  return {
    command: host.nodePath,
    args: [`--max-old-space-size=${LIMITS.memoryMb / 2}`, runner, module, ...rest],
    env: environmentOf(host),
    cwd: module === '-' ? tmpdir() : path.dirname(module),
  };
}

export function pythonProgram(host: JudgeHost, templatesDir: string, solution: Solution, limits: Limits): Program {
  const runner = path.join(templatesDir, 'drills', 'judge', 'runner.py');
  return {
    command: host.env['PREPSMITH_PYTHON'] ?? 'python3',
    args: ['-X', 'utf8', runner, solution.file, solution.functionName, String(limits.memoryMb)],
    env: {
      ...environmentOf(host),
      PYTHONHASHSEED: '0',
      PYTHONDONTWRITEBYTECODE: '1',
      OPENBLAS_NUM_THREADS: '1',
      OMP_NUM_THREADS: '1',
    },
    cwd: path.dirname(solution.file),
  };
}

function environmentOf(host: JudgeHost): Record<string, string> {
  return Object.fromEntries(
    PASSED_ON.flatMap((name) => {
      const value = host.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
