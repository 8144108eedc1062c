/** What a server allows within a minute. A field that is missing is not known. */
export interface Limits {
  requestsPerMinute?: number;
  tokensPerMinute?: number;
}

/** The lower of both, field by field. */
export function tightest(one: Limits, other: Limits): Limits {
  return limitsOf(
    lower(one.requestsPerMinute, other.requestsPerMinute),
    lower(one.tokensPerMinute, other.tokensPerMinute),
  );
}

/** Leaves out what cannot be a limit: a server that states 0, a negative number or nonsense states nothing. */
export function limitsOf(requestsPerMinute: number | undefined, tokensPerMinute: number | undefined): Limits {
  return {
    ...(isLimit(requestsPerMinute) ? { requestsPerMinute } : {}),
    ...(isLimit(tokensPerMinute) ? { tokensPerMinute } : {}),
  };
}

function isLimit(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value > 0;
}

function lower(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}
