/** `prepsmith add <file or ->`: cleans an ad, shows what was understood, writes `jobs/<id>.txt`. */
import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import fsExtra from 'fs-extra';
import writeFileAtomic from 'write-file-atomic';
import { EXIT_CODES, PrepsmithError } from '../errors.ts';
import { isJobId, JOB_ID_RULE } from '../job/discover.ts';
import { parseCleanedAd, readAd } from '../job/parse.ts';
import type { Job } from '../job/types.ts';
import { openContent, type Knowledge } from '../run/content.ts';
import { prepares } from '../skills/coverage-rules.ts';
import { printJson, setUp, type CommonFlags, type Environment } from './environment.ts';
import { formatTable } from './table.ts';

export interface AddFlags extends CommonFlags {
  id?: string | undefined;
  force?: boolean | undefined;
}

export async function add(environment: Environment, file: string, flags: AddFlags): Promise<number> {
  const { project } = await setUp(environment, flags);
  const bytes = await readInput(environment, file);
  const knowledge = await (await openContent(project)).knowledge();
  const shown = file === '-' ? 'standard input' : file;
  // Where the ad has no title, the name of the file gives one, as it will for `generate`.
  const source = { id: flags.id ?? (file === '-' ? 'new' : path.parse(file).name), file: shown, bytes };
  const ad = readAd(source);
  const job = parseCleanedAd(source, ad, knowledge.matchSkills);
  const id = idFor(job, file, flags.id);
  const target = path.join(project.jobsDir, `${id}.txt`);
  await refuseOverwriting(target, ad.text, flags.force === true);
  await fsExtra.ensureDir(project.jobsDir);
  await writeFileAtomic(target, ad.text);
  const understood = { ...job, id, source: target };
  const coverage = bankCoverage(understood, knowledge);
  if (flags.json === true)
    printJson(environment, {
      version: 1,
      file: target,
      repairs: {
        encoding: ad.encoding,
        repairedRuns: ad.repairedRuns,
        joinedWraps: ad.joinedWraps,
        droppedLines: ad.droppedLines,
      },
      job: understood,
      coverage,
    });
  else show(environment, understood, coverage, [...repairs(ad)]);
  return EXIT_CODES.done;
}

async function readInput(environment: Environment, file: string): Promise<Uint8Array> {
  if (file === '-') return environment.readStdin();
  return readFile(path.resolve(environment.cwd, file)).catch((cause: unknown) => {
    throw new PrepsmithError('usage', {
      message: `${file}: cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      remedy: 'Name a text file with one ad, or - to read it from standard input.',
      cause,
    });
  });
}

/** Asked for, else the name of the file, else company and title. */
function idFor(job: Job, file: string, asked: string | undefined): string {
  if (asked !== undefined) {
    if (isJobId(asked)) return asked;
    throw new PrepsmithError('usage', {
      message: `--id: expected ${JOB_ID_RULE}, found ${JSON.stringify(asked)}`,
      remedy: 'Choose another id.',
    });
  }
  const base = file === '-' ? `${job.company ?? ''} ${job.title}` : path.parse(file).name;
  const id = base
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '_')
    .replace(/^[_-]+|[_-]+$/g, '')
    .slice(0, 60)
    .replace(/[_-]+$/, '');
  if (isJobId(id)) return id;
  throw new PrepsmithError('usage', {
    message: `no id can be made from ${JSON.stringify(base.trim())}`,
    remedy: 'Name one with --id, such as --id acme_backend_engineer.',
  });
}

async function refuseOverwriting(target: string, text: string, isForced: boolean): Promise<void> {
  const stats = await lstat(target).catch(() => undefined);
  if (stats === undefined) return;
  if (!stats.isFile())
    throw new PrepsmithError('usage', {
      message: `${target}: expected a plain file or none, found something else`,
      remedy: 'Move it away, or choose another --id.',
    });
  if (isForced || (await readFile(target, 'utf8')) === text) return;
  throw new PrepsmithError('usage', {
    message: `${target}: there is another ad of that name`,
    remedy: 'Choose another name with --id, or replace it with --force.',
  });
}

interface LineCoverage {
  requirement: string;
  questions: number;
  tasks: number;
  behavioural: number;
}

function bankCoverage(job: Job, { bank, taxonomy }: Knowledge): LineCoverage[] {
  return job.requirements.map(({ id, skills }) => {
    const count = (entries: readonly { skills: string[] }[]) =>
      entries.filter((entry) => prepares(taxonomy, entry.skills, skills)).length;
    return {
      requirement: id,
      questions: count(bank.questions),
      tasks: count(bank.tasks),
      behavioural: count(bank.prompts),
    };
  });
}

function* repairs(ad: {
  encoding: string;
  repairedRuns: number;
  joinedWraps: number;
  droppedLines: string[];
}): Generator<string> {
  if (ad.encoding !== 'utf-8') yield `read as ${ad.encoding}`;
  if (ad.repairedRuns > 0) yield `${counted(ad.repairedRuns, 'run')} of damaged characters repaired`;
  if (ad.joinedWraps > 0) yield `${counted(ad.joinedWraps, 'line')} joined that a terminal had cut`;
  if (ad.droppedLines.length > 0) yield `left out: ${ad.droppedLines.join(', ')}`;
}

function show(
  environment: Environment,
  job: Job,
  coverage: readonly LineCoverage[],
  repaired: readonly string[],
): void {
  environment.stdout(
    `${job.source}: ${job.title}, ${job.company ?? 'company not named'}, level ${job.level}, language ${job.language}\n`,
  );
  if (repaired.length > 0) environment.stdout(`Mended: ${repaired.join('; ')}.\n`);
  const columns = [
    { title: 'kind' },
    { title: 'the ad asks' },
    { title: 'skills' },
    { title: 'in the bank', isNumber: true },
  ];
  const rows = job.requirements.map((requirement, index) => {
    const line = coverage[index];
    const entries = line === undefined ? 0 : line.questions + line.tasks + line.behavioural;
    return [
      requirement.kind,
      shorten(requirement.quote, 58),
      shorten(requirement.skills.join(' '), 44),
      String(entries),
    ];
  });
  environment.stdout(`\n${formatTable(columns, rows)}`);
  environment.stdout(
    `\nNot as it should be? Correct title, company, level or counts in ${job.source.replace(/\.txt$/, '.yaml')}.\nNext: npx prepsmith generate ${job.id}\n`,
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
