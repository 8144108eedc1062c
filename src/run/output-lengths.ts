/** How long replies usually are, learned from the ledgers of earlier runs: p50 and p90 a part. */
import type { Part } from '../pack/ladder/types.ts';
import { listLedgers, readLedger } from './ledger.ts';

export interface Lengths {
  /** Tokens. */
  p50: number;
  p90: number;
  /** 0: nothing was measured yet, the figures are an assumption. */
  samples: number;
}

/** Before anything was measured: five questions of some 600 tokens, two tasks, eight worksheets. */
const ASSUMED: Record<Part, Lengths> = {
  reading: { p50: 1100, p90: 1700, samples: 0 },
  questions: { p50: 3600, p90: 4800, samples: 0 },
  tasks: { p50: 2200, p90: 3000, samples: 0 },
  behavioural: { p50: 1500, p90: 2100, samples: 0 },
};
const LEDGERS_READ = 20;
const ENOUGH_SAMPLES = 400;

/** @param model only replies of this model count. */
export async function learnOutputLengths(ledgerDir: string, model: string): Promise<Record<Part, Lengths>> {
  const seen: Record<Part, number[]> = { reading: [], questions: [], tasks: [], behavioural: [] };
  for (const file of (await listLedgers(ledgerDir)).slice(0, LEDGERS_READ)) {
    const lines = await readLedger(file);
    if (!lines.some((line) => line.type === 'run' && line.model === model)) continue;
    const parts = new Map<number, Part>();
    for (const line of lines) {
      if (line.type === 'attempt' && line.turn === 'first' && line.part in seen) parts.set(line.n, line.part as Part);
      if (line.type !== 'end-of-attempt' || line.usage === null) continue;
      const part = parts.get(line.n);
      if (part !== undefined) seen[part].push(line.usage.outputTokens);
    }
    if (Object.values(seen).every((lengths) => lengths.length >= ENOUGH_SAMPLES)) break;
  }
  return {
    reading: lengthsOf(seen.reading, ASSUMED.reading),
    questions: lengthsOf(seen.questions, ASSUMED.questions),
    tasks: lengthsOf(seen.tasks, ASSUMED.tasks),
    behavioural: lengthsOf(seen.behavioural, ASSUMED.behavioural),
  };
}

function lengthsOf(samples: readonly number[], assumed: Lengths): Lengths {
  if (samples.length === 0) return assumed;
  const sorted = [...samples].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? assumed.p50;
  return { p50: at(0.5), p90: at(0.9), samples: sorted.length };
}
