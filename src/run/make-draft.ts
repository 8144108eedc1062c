/** `Job` → `Draft`: chosen from the bank, or written by a model. */
import { PrepsmithError } from '../errors.ts';
import type { Job } from '../job/types.ts';
import { readSection, SECTIONS, type Draft, type SectionName } from '../pack/draft.ts';
import { formatProblem, type Problem } from '../problem.ts';
import type { BankProvider } from '../provider/types.ts';
import type { Knowledge } from './content.ts';
import { forecastJob } from './forecast.ts';
import { newWriting } from './job-writing.ts';
import type { OpenProvider } from './open-provider.ts';
import type { JobResult } from './report.ts';
import type { RunContext } from './run-context.ts';
import { writeDraft } from './write-draft.ts';

export interface MadeDraft {
  job: Job;
  draft: Draft;
  /** Items of the reply that did not hold and were left out. */
  dropped: Problem[];
}

/** @throws PrepsmithError. What it took stands in `result`, also then. */
export async function makeDraft(
  context: RunContext,
  opened: OpenProvider,
  knowledge: Knowledge,
  job: Job,
  result: JobResult,
): Promise<MadeDraft> {
  const { provider } = opened;
  if (provider.kind === 'bank') return chooseDraft(provider, job, context.signal);
  const skillName = (id: string) => knowledge.taxonomy.skill(id)?.name ?? id;
  const tools = { matchSkills: knowledge.matchSkills, skillName };
  if (opened.forecast !== undefined) {
    const { lookup, constantTexts } = provider;
    result.forecast = forecastJob({ ...tools, ...opened.forecast, lookup, constantTexts }, job);
  }
  const writing = newWriting();
  result.writing = writing;
  const written = await withinTime(context, (signal) => writeDraft({ ...tools, provider }, job, writing, signal));
  return { ...written, dropped: [] };
}

/** @throws PrepsmithError `timeout`; requests under way by then are kept all the same. */
async function withinTime<T>(
  { signal, jobTimeoutMs }: RunContext,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(jobTimeoutMs);
  try {
    return await work(AbortSignal.any([signal, deadline]));
  } catch (error) {
    if (!deadline.aborted || error !== deadline.reason) throw error;
    throw new PrepsmithError('timeout', {
      message: `not finished after ${Math.round(jobTimeoutMs / 60_000)} minutes; nothing was published`,
      remedy:
        'Run it again: replies that came are kept. A longer time can be given in prepsmith.yaml (timeouts: {jobMinutes: 120}).',
      cause: error,
    });
  }
}

async function chooseDraft(provider: BankProvider, job: Job, signal: AbortSignal): Promise<MadeDraft> {
  const draft: Draft = { tasks: [], questions: [], behavioural: [] };
  const dropped: Problem[] = [];
  for (const section of SECTIONS) {
    signal.throwIfAborted();
    const reply = await provider.ask({ job, section }, signal);
    const reading = readSection(section, reply.text);
    if (reading.items.length === 0 && reading.problems.length > 0) throw unusableReply(section, reading.problems);
    Object.assign(draft, { [section]: reading.items });
    dropped.push(...reading.problems);
  }
  return { job, draft, dropped };
}

function unusableReply(section: SectionName, problems: readonly Problem[]): PrepsmithError {
  const [first, ...rest] = problems;
  return new PrepsmithError('reply-invalid', {
    message: `nothing of the reply for ${section} holds; nothing was published: ${first === undefined ? 'it is empty' : formatProblem(first)}`,
    problems: rest,
    remedy: 'Run it again; the last good pack is as it was.',
  });
}
