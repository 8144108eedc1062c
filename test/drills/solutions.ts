/** Solutions as files, judged the way the command does it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildCases } from '../../src/drills/build-cases.ts';
import { judgeCases, type CaseResult } from '../../src/drills/judge/judge-cases.ts';
import { LIMITS, prepareProgram } from '../../src/drills/judge/program.ts';
import { openSession } from '../../src/drills/judge/session.ts';
import type { Limits, Session } from '../../src/drills/judge/types.ts';
import type { Language } from '../../src/drills/primitive-ids.ts';
import type { Primitive } from '../../src/drills/primitive.ts';
import { EXTENSION } from '../../src/drills/texts.ts';
import { JUDGE_HOST, TEMPLATES_DIR } from './host.ts';

/** Opens a session on a file, and closes it after `use`. */
export async function withFile<T>(
  solution: { language: Language; file: string; functionName: string },
  use: (session: Session) => Promise<T>,
  limits: Limits = LIMITS,
): Promise<T> {
  await using prepared = await prepareProgram(JUDGE_HOST, TEMPLATES_DIR, solution);
  const session = openSession(JUDGE_HOST, prepared.program, limits);
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}

/** The same for a text: its function is called `solve`. */
export async function withText<T>(
  language: Language,
  text: string,
  use: (session: Session) => Promise<T>,
  limits?: Limits,
): Promise<T> {
  const dir = await mkdtemp(path.join(tmpdir(), 'prepsmith-solution-'));
  try {
    const file = path.join(dir, `solution.${EXTENSION[language]}`);
    await writeFile(file, text);
    return await withFile({ language, file, functionName: 'solve' }, use, limits);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

export async function judgeFile(primitive: Primitive, language: Language, file: string): Promise<CaseResult[]> {
  const functionName = primitive.functionName[language];
  return withFile({ language, file, functionName }, (session) =>
    judgeCases(session, buildCases(primitive), primitive.tolerance),
  );
}

export function namesOf(results: readonly CaseResult[], isWanted: (isPassed: boolean) => boolean): string[] {
  return results.filter(({ verdict }) => isWanted(verdict.state === 'passed')).map((result) => result.case.name);
}
