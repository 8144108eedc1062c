/** Puts every question of a climb to a provider until the climb ends. */
import type { Job } from '../job/types.ts';
import type { Answer, Ask } from '../pack/ladder/types.ts';
import type { Lookup, ModelProvider, ModelReply } from '../provider/types.ts';

/** @param onReply told of every reply, also of those that lead nowhere. */
export async function driveClimb<C>(
  provider: ModelProvider,
  job: Job,
  climb: Generator<Ask, C, Answer>,
  signal: AbortSignal,
  onReply: (reply: ModelReply) => void,
): Promise<C> {
  let step = climb.next();
  while (step.done !== true) {
    signal.throwIfAborted();
    const reply = await provider.ask({ job, ask: step.value }, signal);
    onReply(reply);
    step = climb.next(reply);
  }
  return step.value;
}

/**
 * The same with the replies that are there: ends at the first one that is not.
 * @param onMissing told how many tokens the request has that would be sent.
 * @returns `undefined` when a reply was missing.
 */
export function driveLookups<C>(
  lookup: Lookup,
  job: Job,
  climb: Generator<Ask, C, Answer>,
  onMissing: (inputTokens: number) => void,
): C | undefined {
  let step = climb.next();
  while (step.done !== true) {
    const found = lookup({ job, ask: step.value });
    if ('inputTokens' in found) {
      onMissing(found.inputTokens);
      return undefined;
    }
    step = climb.next(found);
  }
  return step.value;
}
