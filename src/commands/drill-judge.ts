/** One judgement of the reader's file: cases, then the rules for random input. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buildCases } from '../drills/build-cases.ts';
import { judgeCases, type CaseResult } from '../drills/judge/judge-cases.ts';
import { LIMITS, prepareProgram } from '../drills/judge/program.ts';
import { outcomeLines, reportCases, reportProperties } from '../drills/judge/report.ts';
import { openSession } from '../drills/judge/session.ts';
import type { JudgeHost, Outcome } from '../drills/judge/types.ts';
import type { Language } from '../drills/primitive-ids.ts';
import type { Primitive } from '../drills/primitive.ts';
import { checkProperties, type PropertyResult } from '../drills/properties/check-properties.ts';
import type { DrillTexts } from '../drills/texts.ts';
import { readProgress, writeProgress, type Workbook } from '../drills/workbook.ts';
import { shownPath, type Project } from '../run/project.ts';
import { printJson, type CommonFlags, type Environment } from './environment.ts';

/** The same inputs every time: a counterexample that was shown can be worked on. */
const PROPERTY_OPTIONS = { seed: 20_260_101, runs: 60 };

export interface DrillTarget {
  project: Project;
  judge: JudgeHost;
  jobId: string;
  packDir: string;
  primitive: Primitive;
  language: Language;
  workbook: Workbook;
  texts: DrillTexts;
}

export interface Judgement {
  isPassed: boolean;
  cases: CaseResult[];
  properties: PropertyResult[];
  /** Why no case could be run. */
  failure?: Exclude<Outcome, { state: 'returned' }>;
}

/** @throws PrepsmithError `drill-source` for TypeScript that cannot be read. */
export async function judgeDrill(target: DrillTarget): Promise<Judgement> {
  const { judge, project, primitive, language, workbook } = target;
  const solution = { language, file: workbook.solution, functionName: primitive.functionName[language] };
  await using prepared = await prepareProgram(judge, project.templatesDir, solution);
  const session = openSession(judge, prepared.program, LIMITS);
  try {
    const failure = await session.load();
    if (failure !== undefined && failure.state !== 'returned') {
      return { isPassed: false, cases: [], properties: [], failure };
    }
    const cases = await judgeCases(session, buildCases(primitive), primitive.tolerance);
    const arePassed = cases.every(({ verdict }) => verdict.state === 'passed');
    const properties = arePassed ? await checkProperties(session, primitive, PROPERTY_OPTIONS) : [];
    if (judge.signal?.aborted !== true) await noteAttempt(target, cases);
    return {
      isPassed: arePassed && properties.every(({ counterexample }) => counterexample === undefined),
      cases,
      properties,
    };
  } finally {
    await session.close();
  }
}

/** Running the stub is no attempt. */
async function noteAttempt(
  { packDir, primitive, language, workbook, texts }: DrillTarget,
  cases: readonly CaseResult[],
): Promise<void> {
  if ((await readFile(workbook.solution, 'utf8')) === texts[primitive.id].stubs[language]) return;
  const progress = await readProgress(packDir, primitive.id);
  const before = progress[language];
  const passed = cases.filter(({ verdict }) => verdict.state === 'passed').length;
  await writeProgress(packDir, primitive.id, {
    ...progress,
    [language]: { ...before, attempts: before.attempts + 1, passed, cases: cases.length },
  });
}

export async function solutionHash(target: DrillTarget): Promise<string> {
  return createHash('sha256')
    .update(await readFile(target.workbook.solution))
    .digest('hex')
    .slice(0, 12);
}

export function showJudgement(
  environment: Environment,
  target: DrillTarget,
  judgement: Judgement,
  flags: CommonFlags,
): void {
  const { primitive, language, workbook, project } = target;
  const file = shownPath(project, workbook.solution);
  if (flags.json === true) return printJson(environment, jsonOf(target, judgement, file));
  const context = { primitive, language, file };
  const lines = [`${primitive.id} · ${language} · ${file}`, ''];
  if (judgement.failure !== undefined)
    lines.push('FAILED  the file does not load', ...outcomeLines(context, judgement.failure), '', '0 cases run.');
  else lines.push(...reportCases(context, judgement.cases));
  if (judgement.properties.length > 0) lines.push(...reportProperties(context, judgement.properties));
  lines.push(nextStep(target, judgement));
  environment.stdout(`${lines.join('\n')}\n`);
}

function nextStep({ jobId, primitive, language }: DrillTarget, { isPassed }: Judgement): string {
  const command = `npx prepsmith drill ${jobId} ${primitive.id} --lang ${language}`;
  return isPassed
    ? `→ Now how fast: ${command} --bench`
    : `→ Correct the file and run \`${command}\` again; --hint helps, --watch runs at every save.`;
}

function jsonOf(
  { jobId, primitive, language }: DrillTarget,
  { isPassed, cases, properties, failure }: Judgement,
  file: string,
): object {
  return {
    version: 1,
    job: jobId,
    drill: primitive.id,
    language,
    file,
    isPassed,
    ...(failure === undefined ? {} : { failure }),
    cases: cases.map(({ case: { uuid, name, rule }, number, verdict }) => ({ number, uuid, name, rule, verdict })),
    properties,
  };
}
