/** What the headers of a reply say about waiting and about limits. */
import { limitsOf, type Limits } from './limits.ts';

/** The part of `Headers` that is read here; names are asked for in lower case. */
export interface HeaderSource {
  get(name: string): string | null;
}

/** Nobody waits longer than this on a server's word: a date in another year is a mistake, and a run has an end. */
const LONGEST_MS = 10 * 60_000;

const NUMBER = /^\d+(?:\.\d+)?$/u;
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|[dhms]))+$/u;
const DURATION_PART = /(\d+(?:\.\d+)?)(ms|[dhms])/gu;
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** RFC 9110, 5.6.7: the one form of a date that servers may send today. */
const IMF_FIXDATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/u;

/**
 * How many milliseconds the server asks to wait, at most 10 minutes: `retry-after-ms`, else `Retry-After` (seconds or
 * an HTTP date; one in the past is 0), else when what has run out (`x-ratelimit-remaining-*` is 0) is there again.
 * `undefined` when it says nothing, or nothing that can be read. Never throws.
 *
 * @param epochMs now, to compare an HTTP date with.
 */
export function retryAfterMs(headers: HeaderSource, epochMs: number): number | undefined {
  const waitMs = millisecondsIn(headers) ?? secondsOrDateIn(headers, epochMs) ?? resetIn(headers);
  return waitMs === undefined ? undefined : Math.min(Math.max(0, waitMs), LONGEST_MS);
}

/**
 * Limits by the minute that the server states (`x-ratelimit-limit-requests`, `-tokens`). Some servers state them by
 * the day under the same names, so they bound what is sent and never show that as much is allowed.
 */
export function limitsIn(headers: HeaderSource): Limits {
  return limitsOf(numberIn(headers, 'x-ratelimit-limit-requests'), numberIn(headers, 'x-ratelimit-limit-tokens'));
}

function millisecondsIn(headers: HeaderSource): number | undefined {
  return numberIn(headers, 'retry-after-ms');
}

function secondsOrDateIn(headers: HeaderSource, epochMs: number): number | undefined {
  const seconds = numberIn(headers, 'retry-after');
  if (seconds !== undefined) return seconds * 1000;
  const text = textIn(headers, 'retry-after');
  if (!IMF_FIXDATE.test(text)) return undefined;
  const dateMs = Date.parse(text);
  return Number.isNaN(dateMs) ? undefined : dateMs - epochMs;
}

/** Both may have run out: the later one counts. */
function resetIn(headers: HeaderSource): number | undefined {
  const waits = ['requests', 'tokens'].flatMap((unit) => {
    if (numberIn(headers, `x-ratelimit-remaining-${unit}`) !== 0) return [];
    return durationMs(textIn(headers, `x-ratelimit-reset-${unit}`)) ?? [];
  });
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** `6m0s`, `1.5s`, `20ms`. A bare number is not read: some servers mean seconds, others a date. */
function durationMs(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  const parts = [...text.matchAll(DURATION_PART)];
  return parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (UNIT_MS[unit] ?? 0), 0);
}

function numberIn(headers: HeaderSource, name: string): number | undefined {
  const text = textIn(headers, name);
  return NUMBER.test(text) ? Number(text) : undefined;
}

function textIn(headers: HeaderSource, name: string): string {
  return headers.get(name)?.trim() ?? '';
}
