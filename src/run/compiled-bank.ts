/**
 * The bank, without parsing a megabyte of YAML at every start: the build leaves it compiled, and
 * after an edit it is parsed once and kept under `.prepsmith/cache/`. A cache is only used when it
 * was made from exactly these files by exactly this program; anything else about it is a miss.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import fsExtra from 'fs-extra';
import { bankVersion, parseBank, type Bank, type BankFile } from '../bank/load.ts';
import { PrepsmithError } from '../errors.ts';
import { formatProblem } from '../problem.ts';

interface CompiledBank {
  buildId: string;
  bank: Bank;
}

/**
 * @param caches files to look into, in this order; the last one is written on a miss.
 * @throws PrepsmithError `bank-broken` when a file of the bank cannot be read as what it is.
 */
export async function loadCompiledBank(
  files: readonly BankFile[],
  shownDir: string,
  caches: readonly string[],
  buildId: string | undefined,
): Promise<Bank> {
  const version = bankVersion(files);
  if (buildId !== undefined) {
    for (const cache of caches) {
      const compiled = await readCompiled(cache);
      if (compiled?.buildId === buildId && compiled.bank.version === version) return compiled.bank;
    }
  }
  const parsed = parseBank(files, shownDir);
  if ('problems' in parsed) throw brokenBank(parsed.problems.map(formatProblem));
  const last = caches.at(-1);
  if (buildId !== undefined && last !== undefined) await writeCompiled(last, { buildId, bank: parsed.bank });
  return parsed.bank;
}

async function readCompiled(file: string): Promise<CompiledBank | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isCompiledBank(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The lists are there; what stands in them is vouched for by the version and the build. */
function isCompiledBank(value: unknown): value is CompiledBank {
  const { buildId, bank } = value as { buildId?: unknown; bank?: Record<string, unknown> };
  const lists = ['skills', 'questions', 'tasks', 'prompts', 'examples', 'defects'];
  return (
    typeof buildId === 'string' &&
    typeof bank?.['version'] === 'string' &&
    lists.every((name) => Array.isArray(bank[name]))
  );
}

/** A cache that cannot be written costs time at the next start, nothing else. */
async function writeCompiled(file: string, compiled: CompiledBank): Promise<void> {
  try {
    await fsExtra.ensureDir(path.dirname(file));
    await writeFileAtomic(file, JSON.stringify(compiled));
  } catch {
    // a read-only project still works
  }
}

function brokenBank(problems: string[]): PrepsmithError {
  const [first = 'the bank cannot be read', ...rest] = problems;
  return new PrepsmithError('bank-broken', {
    message: first,
    problems: rest.map((message) => ({ path: '', message })),
    remedy: 'Correct the file; bank/README.md shows the format and `npm run bank:check` checks it.',
  });
}
