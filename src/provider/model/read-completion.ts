/** The body of a reply → a completion, from endpoints that leave out whatever they can. */
import { z } from 'zod';
import { retryAfterMs } from '../limits/retry-after.ts';
import type { Usage } from '../types.ts';
import { AttemptError, type Completion } from './types.ts';

const usageSchema = z.object({
  prompt_tokens: z.number().nonnegative(),
  completion_tokens: z.number().nonnegative(),
  prompt_tokens_details: z.object({ cached_tokens: z.number().nonnegative().nullish() }).nullish(),
});

/** Only what is needed, and as little of it as possible: compatible endpoints leave much out. */
const completionSchema = z.object({
  model: z.string().nullish(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
});

/**
 * @param isConstrained whether the endpoint was held to the schema.
 * @throws AttemptError `no-completion` for a body that is none.
 */
export function readCompletion(body: string, isConstrained: boolean, headers: Headers, epochMs: number): Completion {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    const found = body.trim() === '' ? 'nothing' : JSON.stringify(body.trim().slice(0, 60));
    throw new AttemptError('no-completion', `expected a completion as JSON, found ${found}`, { status: 200, cause });
  }
  const usage = usageOf(value);
  const parsed = completionSchema.safeParse(value);
  const choice = parsed.data?.choices[0];
  if (parsed.data === undefined || choice === undefined) {
    const message = `expected a completion with a choice, found ${JSON.stringify(body.slice(0, 80))}`;
    const retryAfter = retryAfterMs(headers, epochMs);
    throw new AttemptError('no-completion', message, { status: 200, usage, retryAfterMs: retryAfter });
  }
  const { content, refusal } = choice.message;
  const isRefusal = typeof refusal === 'string' && refusal !== '';
  return {
    text: content ?? '',
    finish: isRefusal ? 'refusal' : finishOf(choice.finish_reason),
    refusal: isRefusal ? refusal : null,
    isConstrained,
    usage,
    servedBy: parsed.data.model ?? null,
  };
}

function finishOf(reason: string | null | undefined): Completion['finish'] {
  if (reason === 'stop' || reason === 'length') return reason;
  return reason === 'content_filter' ? 'filtered' : 'unknown';
}

function usageOf(value: unknown): Usage | null {
  const parsed = usageSchema.safeParse(Reflect.get(Object(value), 'usage'));
  if (!parsed.success) return null;
  const { prompt_tokens, completion_tokens, prompt_tokens_details } = parsed.data;
  return {
    inputTokens: prompt_tokens,
    cachedInputTokens: Math.min(prompt_tokens, prompt_tokens_details?.cached_tokens ?? 0),
    outputTokens: completion_tokens,
  };
}
