/** What writing one job's draft took: for the report, and for the provenance of the pack. */
import type { ClimbLog, Part, Rung } from '../pack/ladder/types.ts';
import type { Problem } from '../problem.ts';
import type { ModelReply, Usage } from '../provider/types.ts';

export interface JobWriting {
  /** HTTP requests, those that failed as well. */
  attempts: number;
  /** Replies that were asked for: some from the endpoint, some from the vault. */
  replies: number;
  cacheHits: number;
  usage: Usage;
  /** `null` once a part of it is not known. */
  costUsd: number | null;
  /** Parts of the draft by the rung that each reached. */
  rungs: Partial<Record<Rung, number>>;
  /** What the salvage mended, `questions: [2].name: renamed …`. */
  repairs: Problem[];
  /** What a reply brought that nobody asked for. */
  leftOut: Problem[];
  reasked: number;
}

export function newWriting(): JobWriting {
  return {
    attempts: 0,
    replies: 0,
    cacheHits: 0,
    usage: { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 },
    costUsd: 0,
    rungs: {},
    repairs: [],
    leftOut: [],
    reasked: 0,
  };
}

export function addReply(writing: JobWriting, reply: ModelReply): void {
  writing.replies += 1;
  writing.attempts += reply.attempts;
  if (reply.source === 'vault') {
    writing.cacheHits += 1;
    return;
  }
  writing.costUsd = writing.costUsd === null || reply.costUsd === null ? null : writing.costUsd + reply.costUsd;
  const { usage } = reply;
  if (usage === null) return;
  writing.usage.inputTokens += usage.inputTokens;
  writing.usage.cachedInputTokens += usage.cachedInputTokens;
  writing.usage.outputTokens += usage.outputTokens;
}

export function addLog(writing: JobWriting, part: Part, log: ClimbLog): void {
  writing.rungs[log.rung] = (writing.rungs[log.rung] ?? 0) + 1;
  writing.reasked += log.reasked;
  writing.repairs.push(...log.repairs.map(({ path, what }) => ({ path: path === '' ? part : path, message: what })));
  writing.leftOut.push(...log.leftOut);
}
