/** What the requests of a run come to so far, for the progress line and the report. */
import type { AttemptLog } from '../provider/model/attempt-log.ts';

export interface Activity {
  /** Sent, those that failed as well. */
  requests: number;
  inFlight: number;
  fromVault: number;
  inputTokens: number;
  outputTokens: number;
  /** Of what is known. */
  costUsd: number;
  /** Requests whose cost nobody knows. */
  unknownCosts: number;
  rateLimited: number;
}

/** @returns a log that passes everything on, and the sums. */
export function countActivity(log: AttemptLog): { log: AttemptLog; activity: Activity } {
  const activity: Activity = {
    requests: 0,
    inFlight: 0,
    fromVault: 0,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: 0,
    unknownCosts: 0,
    rateLimited: 0,
  };
  return {
    activity,
    log: {
      begin(start) {
        const end = log.begin(start);
        activity.requests += 1;
        activity.inFlight += 1;
        return (outcome) => {
          end(outcome);
          activity.inFlight -= 1;
          activity.inputTokens += outcome.usage?.inputTokens ?? 0;
          activity.outputTokens += outcome.usage?.outputTokens ?? 0;
          activity.costUsd += outcome.costUsd ?? 0;
          if (outcome.costUsd === null) activity.unknownCosts += 1;
          if (outcome.outcome === 'rate-limited') activity.rateLimited += 1;
        };
      },
      fromVault(reply) {
        log.fromVault(reply);
        activity.fromVault += 1;
      },
    },
  };
}
