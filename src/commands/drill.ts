/** `prepsmith drill <job> [primitive]`: runs the reader's own implementation against cases, rules and the clock. */
import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { JudgeHost } from '../drills/judge/types.ts';
import { LANGUAGES, PRIMITIVE_IDS, type Language, type PrimitiveId } from '../drills/primitive-ids.ts';
import { primitiveOf } from '../drills/registry.ts';
import { changesOf } from '../drills/file-changes.ts';
import { readDrillTexts } from '../drills/texts.ts';
import { openWorkbook, readProgress } from '../drills/workbook.ts';
import { EXIT_CODES, PrepsmithError } from '../errors.ts';
import { packDir, shownPath, type Project } from '../run/project.ts';
import { readPublishedPack } from '../run/run-job.ts';
import { reveal, reset, showHint } from './drill-aids.ts';
import { benchDrill } from './drill-bench.ts';
import { judgeDrill, showJudgement, type DrillTarget } from './drill-judge.ts';
import { printJson, setUp, type CommonFlags, type Environment } from './environment.ts';
import { formatTable } from './table.ts';

export interface DrillFlags extends CommonFlags {
  lang?: string | undefined;
  hint?: boolean | undefined;
  reveal?: boolean | undefined;
  reset?: boolean | undefined;
  watch?: boolean | undefined;
  bench?: boolean | undefined;
}

export async function drill(
  environment: Environment,
  judge: JudgeHost,
  job: string,
  primitive: string | undefined,
  flags: DrillFlags,
): Promise<number> {
  const { project: relative } = await setUp(environment, flags);
  const project = { ...relative, outDir: path.resolve(relative.rootDir, relative.outDir) };
  const language = languageOf(flags.lang);
  const jobId = await packOf(project, job);
  const dir = packDir(project, jobId);
  if (primitive === undefined) return showDrills(environment, project, jobId, flags);
  const id = primitiveIdOf(primitive);
  const texts = await readDrillTexts(project.templatesDir);
  if (flags.hint === true) return showHint(environment, dir, id, texts);
  if (flags.reveal === true) return reveal(environment, project, dir, id, language);
  if (flags.reset === true) return reset(environment, project, dir, id, language, texts);
  const workbook = await openWorkbook(dir, id, language, texts);
  const target: DrillTarget = {
    project,
    judge: { ...judge, signal: environment.signal },
    jobId,
    packDir: dir,
    primitive: primitiveOf(id),
    language,
    workbook,
    texts,
  };
  if (workbook.isNew && flags.json !== true) {
    environment.stderr(
      `Made ${shownPath(project, workbook.solution)}: write your version there. It is never overwritten.\n`,
    );
  }
  return flags.watch === true ? watchDrill(environment, target, flags) : runDrill(environment, target, flags);
}

async function runDrill(environment: Environment, target: DrillTarget, flags: DrillFlags): Promise<number> {
  const judgement = await judgeDrill(target);
  if (environment.signal.aborted) return EXIT_CODES.interrupted;
  if (flags.bench === true && judgement.isPassed) return benchDrill(environment, target, flags);
  showJudgement(environment, target, judgement, flags);
  if (flags.bench === true)
    environment.stderr('No bench before all cases pass: the time of a wrong answer says nothing.\n');
  return judgement.isPassed ? EXIT_CODES.done : EXIT_CODES.findings;
}

function languageOf(given: string | undefined): Language {
  const names: Record<string, Language> = {
    typescript: 'typescript',
    ts: 'typescript',
    python: 'python',
    py: 'python',
  };
  const language = names[(given ?? 'typescript').toLowerCase()];
  if (language !== undefined) return language;
  throw new PrepsmithError('usage', {
    message: `--lang: expected ${LANGUAGES.join(' or ')}, found ${JSON.stringify(given)}`,
    remedy: 'An example: --lang python.',
  });
}

function primitiveIdOf(given: string): PrimitiveId {
  const id = PRIMITIVE_IDS.find((known) => known === given);
  if (id !== undefined) return id;
  throw new PrepsmithError('usage', {
    message: `expected a drill, found ${JSON.stringify(given)}`,
    remedy: `The drills: ${PRIMITIVE_IDS.join(', ')}.`,
  });
}

/** A pack is enough: its ad may be gone. @throws PrepsmithError `usage` when there is none. */
async function packOf(project: Project, given: string): Promise<string> {
  const id = path.basename(given.replace(/[\\/]+$/, '')).replace(/\.txt$/, '');
  const hasPack = await access(path.join(project.outDir, id, 'pack.yaml')).then(
    () => true,
    () => false,
  );
  if (hasPack && id !== '') return id;
  const entries = await readdir(project.outDir, { withFileTypes: true }).catch(() => []);
  const known = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  throw new PrepsmithError('usage', {
    message: `expected a job with a pack in ${shownPath(project, project.outDir)}/, found ${JSON.stringify(given)}`,
    remedy:
      known.length === 0
        ? 'Make the packs first: `npx prepsmith generate`.'
        : `Jobs with a pack: ${known.sort().slice(0, 20).join(', ')}. Others: \`npx prepsmith generate <job>\` first.`,
  });
}

/** `–` before anything was tried. */
function stateOf({ attempts, passed, cases }: { attempts: number; passed: number; cases: number }): string {
  return attempts === 0 ? '–' : `${passed} of ${cases}`;
}

async function showDrills(
  environment: Environment,
  project: Project,
  jobId: string,
  flags: DrillFlags,
): Promise<number> {
  const pack = await readPublishedPack(project, jobId);
  const asked = new Set(pack.drills);
  const drills = await Promise.all(
    PRIMITIVE_IDS.map(async (id) => ({
      id,
      title: primitiveOf(id).title,
      isAsked: asked.has(id),
      progress: await readProgress(packDir(project, jobId), id),
    })),
  );
  if (flags.json === true) {
    printJson(environment, { version: 1, job: jobId, drills });
    return EXIT_CODES.done;
  }
  environment.stdout(
    formatTable(
      [{ title: 'drill' }, { title: 'what' }, { title: 'in the pack' }, { title: 'typescript' }, { title: 'python' }],
      drills.map(({ id, title, isAsked, progress }) => [
        id,
        title,
        isAsked ? 'yes' : 'no',
        stateOf(progress.typescript),
        stateOf(progress.python),
      ]),
    ),
  );
  const [first = 'iou'] = asked;
  environment.stdout(`\nStart one: npx prepsmith drill ${jobId} ${first} --lang typescript (or python).\n`);
  return EXIT_CODES.done;
}

/** Again at every change, until Ctrl-C. */
async function watchDrill(environment: Environment, target: DrillTarget, flags: DrillFlags): Promise<number> {
  const run = async (): Promise<number> => {
    const judgement = await judgeDrill(target).catch((error: unknown) => {
      if (error instanceof PrepsmithError) return error;
      throw error;
    });
    if (judgement instanceof PrepsmithError) {
      environment.stdout(`${judgement.message}\n→ ${judgement.remedy}\n`);
      return EXIT_CODES.findings;
    }
    showJudgement(environment, target, judgement, flags);
    return judgement.isPassed ? EXIT_CODES.done : EXIT_CODES.findings;
  };
  let exitCode = await run();
  for await (const _ of changesOf(target.workbook.solution, environment.signal)) exitCode = await run();
  return exitCode;
}
