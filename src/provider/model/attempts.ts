/**
 * One prompt → one completion, however many HTTP requests it takes. Each waits for a slot, for its
 * turn under the rate limits and for room in the budget; each is written down. A 429 is waiting and
 * not an attempt; other passing failures are tried a few times; what would fail every job stops the
 * run.
 */
import { createHash } from 'node:crypto';
import { PrepsmithError } from '../../errors.ts';
import type { Clock } from '../limits/clock.ts';
import type { RateGate } from '../limits/rate-gate.ts';
import type { Slots } from '../limits/slots.ts';
import type { Usage } from '../types.ts';
import type { AttemptLog } from './attempt-log.ts';
import type { Budget } from './budget.ts';
import { costUsd, mostInputTokens, usualInputTokens, worstCaseUsd } from './cost.ts';
import type { Price } from './price-table.ts';
import { AttemptError, type AttemptFailure, type ChatClient, type Completion, type Prompt } from './types.ts';

export interface AttemptTools {
  client: ChatClient;
  clock: Clock;
  gate: RateGate;
  slots: Slots;
  budget: Budget;
  log: AttemptLog;
  price: Price | null;
  attemptTimeoutMs: number;
  /** Typical length of a reply, for the tokens set aside under the rate limit. */
  expectedOutputTokens(prompt: Prompt): number;
}

/** Names the reply: an endpoint that remembers repeats it for the same name, and charges once. */
export interface WantedReply {
  key: string;
  generation: number;
}

export interface Completed {
  completion: Completion;
  attempts: number;
  usage: Usage | null;
  costUsd: number | null;
}

const MAX_ATTEMPTS = 4;
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;
/** As many requests in a row that end alike, after all their attempts, mean that the endpoint is down. */
const MAX_FAILED_REQUESTS = 4;

/**
 * @param signal send nothing more; what is under way is waited for and kept.
 * @throws PrepsmithError `reply-failed` for this job, `provider` or `budget` for the run.
 */
export type Complete = (prompt: Prompt, wanted: WantedReply, signal: AbortSignal) => Promise<Completed>;

export function createComplete(tools: AttemptTools): Complete {
  let failedInARow = 0;
  return async (prompt, wanted, signal) => {
    const total: Completed = { completion: NOTHING_YET, attempts: 0, usage: null, costUsd: 0 };
    let unreadable = 0;
    for (let counted = 1; ;) {
      const name = `${wanted.key.slice(0, 40)}-${wanted.generation}-${unreadable}${adviceMark(prompt)}`;
      const result = await tools.slots.run(() => attempt(tools, prompt, wanted.key, name, signal), signal);
      total.attempts += 1;
      addTo(total, result.usage, result.costUsd);
      if ('completion' in result) {
        failedInARow = 0;
        return { ...total, completion: result.completion };
      }
      const { error } = result;
      if (error.failure === 'rate-limited') continue;
      if (STOPS_THE_RUN.has(error.failure)) throw runStopped(error);
      if (error.failure === 'rejected') throw requestRejected(error);
      if (counted >= MAX_ATTEMPTS) {
        failedInARow += 1;
        throw failedInARow >= MAX_FAILED_REQUESTS
          ? endpointDown(error, failedInARow)
          : attemptsExhausted(error, counted);
      }
      // What came whole and was no completion would be repeated under the same name.
      if (error.failure === 'no-completion') unreadable += 1;
      await tools.clock.sleep(backoffMs(tools.clock, counted, error), signal);
      counted += 1;
    }
  };
}

/** Other advice makes another body, and an endpoint that remembers refuses another body under the same name. */
function adviceMark({ advice }: Prompt): string {
  return advice.length === 0 ? '' : `-${createHash('sha256').update(JSON.stringify(advice)).digest('hex').slice(0, 8)}`;
}

const NOTHING_YET: Completion = {
  text: '',
  finish: 'unknown',
  refusal: null,
  isConstrained: false,
  usage: null,
  servedBy: null,
};

const STOPS_THE_RUN: ReadonlySet<AttemptFailure> = new Set(['auth', 'quota', 'not-found']);

type AttemptResult = { usage: Usage | null; costUsd: number | null } & (
  | { completion: Completion }
  | { error: AttemptError }
);

async function attempt(
  tools: AttemptTools,
  prompt: Prompt,
  key: string,
  idempotencyKey: string,
  signal: AbortSignal,
): Promise<AttemptResult> {
  const { client, clock, gate, slots, budget, log, price } = tools;
  const sent = [...prompt.messages.map(({ content }) => content), prompt.schemaText];
  const expected = usualInputTokens(sent);
  const worst = worstCaseUsd(price, mostInputTokens(sent), prompt.maxOutputTokens);
  const money = await budget.reserve(worst, signal);
  // Last of all: a request that has its turn is sent at once, or the rate would not be what was counted.
  const turn = await gate.reserve(expected + tools.expectedOutputTokens(prompt), signal).catch((error: unknown) => {
    money.settle(0);
    throw error;
  });
  const { jobId: job, part, turn: askTurn } = prompt;
  const end = log.begin({ job, part, turn: askTurn, key, worstUsd: worst, expectedInputTokens: expected });
  const startedMs = clock.nowMs();
  const settle = (
    outcome: Parameters<typeof end>[0]['outcome'],
    status: number | null,
    usage: Usage | null,
    isFree: boolean,
  ) => {
    const cost = isFree ? 0 : costUsd(price, usage);
    turn.settle(usage === null ? undefined : usage.inputTokens + usage.outputTokens);
    money.settle(cost);
    end({ outcome, status, usage, costUsd: cost, durationMs: Math.round(clock.nowMs() - startedMs) });
    return cost;
  };
  try {
    // A request that is under way is paid for: only time ends it, and what comes is kept.
    const { completion, limits } = await client.complete(
      prompt,
      idempotencyKey,
      AbortSignal.timeout(tools.attemptTimeoutMs),
    );
    gate.learn(limits);
    gate.succeeded(turn);
    slots.succeeded();
    return { completion, usage: completion.usage, costUsd: settle('reply', 200, completion.usage, false) };
  } catch (thrown) {
    if (!(thrown instanceof AttemptError)) {
      settle('no-completion', null, null, false);
      throw thrown;
    }
    if (thrown.failure === 'rate-limited') {
      gate.rateLimited(thrown.retryAfterMs, turn);
      slots.rateLimited();
    }
    gate.learn(thrown.limits);
    return {
      error: thrown,
      usage: thrown.usage,
      costUsd: settle(thrown.failure, thrown.status, thrown.usage, !thrown.mayCost),
    };
  }
}

/** An attempt whose cost nobody knows makes the sum unknown. */
function addTo(total: Completed, usage: Usage | null, cost: number | null): void {
  total.costUsd = total.costUsd === null || cost === null ? null : total.costUsd + cost;
  if (usage === null) return;
  const before = total.usage ?? { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 };
  total.usage = {
    inputTokens: before.inputTokens + usage.inputTokens,
    cachedInputTokens: before.cachedInputTokens + usage.cachedInputTokens,
    outputTokens: before.outputTokens + usage.outputTokens,
  };
}

/** Exponential with full jitter on the upper half; what the endpoint asks for goes first. */
function backoffMs(clock: Clock, counted: number, error: AttemptError): number {
  const base = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (counted - 1));
  return Math.max(error.retryAfterMs ?? 0, base * (0.5 + clock.random() / 2));
}

function attemptsExhausted(error: AttemptError, attempts: number): PrepsmithError {
  return new PrepsmithError('reply-failed', {
    message: `no reply after ${attempts} attempts; the last one: ${error.message}`,
    remedy: 'Run it again later; replies that came are kept and not paid again.',
    cause: error,
  });
}

function endpointDown(error: AttemptError, requests: number): PrepsmithError {
  return new PrepsmithError('provider', {
    message: `${requests} requests in a row ended without a reply, so no more are sent; the last one: ${error.message}`,
    remedy: 'Check the endpoint (OPENAI_BASE_URL) and the network, then run it again; replies that came are kept.',
    cause: error,
  });
}

function requestRejected(error: AttemptError): PrepsmithError {
  return new PrepsmithError('reply-failed', {
    message: `the endpoint rejects the request: ${error.message}`,
    remedy:
      'Try another model (--model); if the request is too long for it, shorten the ad or ask for fewer items in <id>.yaml.',
    cause: error,
  });
}

function runStopped(error: AttemptError): PrepsmithError {
  const remedies: Partial<Record<AttemptFailure, string>> = {
    auth: 'Check OPENAI_API_KEY (and that it belongs to OPENAI_BASE_URL); `--provider offline` needs none.',
    quota: 'The account has no credit left: add some, or run with --provider offline.',
    'not-found': 'Check --model and OPENAI_BASE_URL (it usually ends in /v1).',
  };
  return new PrepsmithError('provider', {
    message: error.message,
    remedy: remedies[error.failure] ?? 'See the message.',
    cause: error,
  });
}
