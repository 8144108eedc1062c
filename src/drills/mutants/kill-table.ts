/** Which mistakes the cases find: every mutant of a reference, judged as a reader's solution is. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildCases } from '../build-cases.ts';
import { judgeCases } from '../judge/judge-cases.ts';
import { LIMITS, prepareProgram } from '../judge/program.ts';
import { openSession } from '../judge/session.ts';
import type { JudgeHost } from '../judge/types.ts';
import type { Mutant, Primitive } from '../primitive.ts';
import { referenceFile } from '../texts.ts';

export interface MutantResult {
  mutant: Mutant;
  /** Names of the cases that found it. */
  killedBy: string[];
}

export interface KillTable {
  results: MutantResult[];
  killed: number;
  /** Without the equivalent ones. */
  counted: number;
}

export async function killTable(host: JudgeHost, templatesDir: string, primitive: Primitive): Promise<KillTable> {
  const reference = await readFile(referenceFile(templatesDir, primitive.id, 'typescript'), 'utf8');
  const dir = await mkdtemp(path.join(tmpdir(), 'prepsmith-mutants-'));
  try {
    const results: MutantResult[] = [];
    for (const mutant of primitive.mutants) {
      const file = path.join(dir, 'mutant.ts');
      await writeFile(file, applyMutant(reference, mutant));
      results.push({ mutant, killedBy: await casesThatFail(host, templatesDir, primitive, file) });
    }
    const counted = results.filter(({ mutant }) => mutant.equivalent === undefined);
    return { results, counted: counted.length, killed: counted.filter(({ killedBy }) => killedBy.length > 0).length };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** @throws Error when the text does not occur exactly once: the mutant says nothing then. */
export function applyMutant(reference: string, { mistake, find, replace }: Mutant): string {
  const parts = reference.split(find);
  if (parts.length !== 2)
    throw new Error(`"${mistake}": expected its text once, found it ${parts.length - 1} times: ${find}`);
  return parts.join(replace);
}

async function casesThatFail(
  host: JudgeHost,
  templatesDir: string,
  primitive: Primitive,
  file: string,
): Promise<string[]> {
  const functionName = primitive.functionName.typescript;
  await using prepared = await prepareProgram(host, templatesDir, { language: 'typescript', file, functionName });
  const session = openSession(host, prepared.program, LIMITS);
  try {
    const results = await judgeCases(session, buildCases(primitive), primitive.tolerance);
    return results.filter(({ verdict }) => verdict.state !== 'passed').map((result) => result.case.name);
  } finally {
    await session.close();
  }
}
