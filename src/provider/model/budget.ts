/**
 * A hard limit on what a run may spend: the worst case of every request is set aside before it is
 * sent, and what it did cost is settled afterwards. A request that finds no room waits for those in
 * flight, which usually cost less than was set aside; when none is in flight, the run is over.
 */
import { PrepsmithError } from '../../errors.ts';

export interface Budget {
  /** @throws PrepsmithError `budget` when the worst case has no room. */
  reserve(worstUsd: number | null, signal: AbortSignal): Promise<BudgetReservation>;
  spentUsd(): number;
}

export interface BudgetReservation {
  /** `null`: nobody can say what it cost, so all that was set aside stays spent. */
  settle(costUsd: number | null): void;
}

/**
 * @param limitUsd `undefined`: no limit.
 * @param spentBeforeUsd by the run that this one goes on from.
 */
export function createBudget(limitUsd: number | undefined, spentBeforeUsd: number): Budget {
  let spent = spentBeforeUsd;
  let reserved = 0;
  let inFlight = 0;
  let waiting: (() => void)[] = [];
  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const resume of woken) resume();
  };
  const reserveNow = (worst: number): BudgetReservation => {
    reserved += worst;
    inFlight += 1;
    let isOpen = true;
    return {
      settle(costUsd) {
        if (!isOpen) return;
        isOpen = false;
        inFlight -= 1;
        // Sums of fractions leave dust behind.
        reserved = inFlight === 0 ? 0 : reserved - worst;
        spent += costUsd ?? worst;
        wake();
      },
    };
  };
  return {
    spentUsd: () => spent,
    async reserve(worstUsd, signal) {
      const worst = worstUsd ?? 0;
      if (limitUsd === undefined) return reserveNow(worst);
      const hasRoom = () => spent + reserved + worst <= limitUsd;
      while (!hasRoom()) {
        signal.throwIfAborted();
        if (inFlight === 0) throw budgetReached(limitUsd, spent, worst);
        await new Promise<void>((resolve, reject) => {
          const onAbort = () => reject(signal.reason as Error);
          signal.addEventListener('abort', onAbort, { once: true });
          waiting.push(() => {
            signal.removeEventListener('abort', onAbort);
            resolve();
          });
        });
        signal.throwIfAborted();
      }
      return reserveNow(worst);
    },
  };
}

function usd(value: number): string {
  return `$${value.toFixed(4)}`;
}

function budgetReached(limitUsd: number, spentUsd: number, worstUsd: number): PrepsmithError {
  return new PrepsmithError('budget', {
    message: `the budget of ${usd(limitUsd)} has no room for the next request: ${usd(spentUsd)} are spent and it can cost up to ${usd(worstUsd)}; it was not sent`,
    remedy: 'Run it again with a larger --budget: replies that are paid for are kept and not paid again.',
  });
}
