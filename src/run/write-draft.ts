/**
 * `Job` → `Draft` through a model: reads the ad, plans the topics, then has every section written in
 * parts that fail and are mended apart. The ladder says what to ask; this drives it.
 */
import { PrepsmithError } from '../errors.ts';
import { withMissedLines } from '../job/missed-lines.ts';
import type { Job } from '../job/types.ts';
import type { Draft, SectionName } from '../pack/draft.ts';
import { climbReading } from '../pack/ladder/climb-reading.ts';
import { climbSection, type SectionClimb } from '../pack/ladder/climb-section.ts';
import { echoSource, type EchoSource } from '../pack/ladder/scan-text.ts';
import { toItems } from '../pack/ladder/to-items.ts';
import type { Answer, Ask, ClimbLog, Part } from '../pack/ladder/types.ts';
import { planTopics, type Topic } from '../pack/topics.ts';
import { formatProblem } from '../problem.ts';
import type { ModelProvider } from '../provider/types.ts';
import type { SkillMatcher } from '../skills/match.ts';
import { driveClimb } from './drive-climb.ts';
import { addLog, addReply, type JobWriting } from './job-writing.ts';
import { sectionParts, type SectionPart } from './section-parts.ts';

export interface WriteTools {
  provider: ModelProvider;
  matchSkills: SkillMatcher;
  /** Skill id → its name. */
  skillName: (id: string) => string;
}

export interface WrittenDraft {
  /** With the lines that only the model saw. */
  job: Job;
  draft: Draft;
}

/**
 * @param writing told what happened, also when this throws.
 * @throws PrepsmithError; the first section that cannot be written ends the job.
 */
export async function writeDraft(
  tools: WriteTools,
  job: Job,
  writing: JobWriting,
  signal: AbortSignal,
): Promise<WrittenDraft> {
  const reading = await climbAndNote(tools, job, climbReading(job), 'reading', writing, signal);
  // What led nowhere is not asked for again tonight, but the next night may.
  if (reading.climb.outcome !== 'reached') tools.provider.discard(reading.keys);
  const read = withMissedLines(job, reading.climb.missed, tools.matchSkills);
  const topics = planTopics(read, reading.climb.topics, tools.skillName);
  const echoes = echoSource([job.text, ...tools.provider.constantTexts]);
  const halt = new AbortController();
  const either = AbortSignal.any([signal, halt.signal]);
  const parts = sectionParts(topics);
  const written = await Promise.allSettled(
    parts.map((part) =>
      writePart(tools, read, part, echoes, writing, either).catch((error: unknown) => {
        // Nothing is published without it: what was not sent yet would be paid for nothing.
        halt.abort(error);
        throw error;
      }),
    ),
  );
  signal.throwIfAborted();
  const failure = written.find((result) => result.status === 'rejected');
  if (failure !== undefined) throw halt.signal.reason ?? failure.reason;
  return { job: read, draft: draftOf(tools, read, parts, written, topics) };
}

async function writePart(
  tools: WriteTools,
  job: Job,
  part: SectionPart,
  echoes: EchoSource,
  writing: JobWriting,
  signal: AbortSignal,
): Promise<SectionClimb> {
  const goal = climbSection({ ...part, echoes });
  const { climb, keys } = await climbAndNote(tools, job, goal, part.section, writing, signal);
  if (climb.outcome === 'reached') return climb;
  tools.provider.discard(keys);
  throw quarantined(part.section, climb, tools.provider.placeOf(keys.at(-1) ?? ''));
}

async function climbAndNote<C extends ClimbLog>(
  { provider }: WriteTools,
  job: Job,
  steps: Generator<Ask, C, Answer>,
  part: Part,
  writing: JobWriting,
  signal: AbortSignal,
): Promise<{ climb: C; keys: string[] }> {
  const keys: string[] = [];
  const climb = await driveClimb(provider, job, steps, signal, (reply) => {
    keys.push(reply.key);
    addReply(writing, reply);
  });
  addLog(writing, part, climb);
  return { climb, keys };
}

function draftOf(
  tools: WriteTools,
  job: Job,
  parts: readonly SectionPart[],
  written: readonly PromiseSettledResult<SectionClimb>[],
  topics: Record<SectionName, Topic[]>,
): Draft {
  const origin = `${tools.provider.name}:${tools.provider.model ?? ''}`;
  const itemsOf = <S extends SectionName>(section: S): Draft[S] => {
    const items = written.flatMap((result, index) =>
      parts[index]?.section === section && result.status === 'fulfilled' && result.value.outcome === 'reached'
        ? result.value.items
        : [],
    );
    return toItems(section, items as never, topics[section], job, origin);
  };
  return { tasks: itemsOf('tasks'), questions: itemsOf('questions'), behavioural: itemsOf('behavioural') };
}

function quarantined(
  section: Part,
  climb: Exclude<SectionClimb, { outcome: 'reached' }>,
  place: string,
): PrepsmithError {
  const [first, ...rest] = climb.problems;
  if (climb.outcome === 'refused' || climb.outcome === 'filtered') {
    const said = climb.refusal === null ? '' : `: ${JSON.stringify(climb.refusal.slice(0, 160))}`;
    return new PrepsmithError('reply-refused', {
      message: `the model ${climb.outcome === 'refused' ? 'refuses to write' : 'was stopped by a content filter while writing'} ${section}${said}; nothing was published`,
      remedy: `Read the ad for what may have caused it, or try another model. The reply is kept in ${place}.`,
    });
  }
  return new PrepsmithError('reply-invalid', {
    message: `no reply for ${section} holds, after all that can be tried; nothing was published: ${first === undefined ? 'there is nothing in it' : formatProblem(first)}`,
    problems: rest,
    remedy: `Run it again, or try another model. The last reply is kept in ${place}.`,
  });
}
