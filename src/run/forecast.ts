/**
 * What a job will take before anything is sent: the climbs are walked with the replies that the
 * vault has, and what they lack is counted. Lengths of replies come from earlier runs.
 */
import type { Job } from '../job/types.ts';
import { withMissedLines } from '../job/missed-lines.ts';
import { climbReading } from '../pack/ladder/climb-reading.ts';
import { climbSection } from '../pack/ladder/climb-section.ts';
import { echoSource } from '../pack/ladder/scan-text.ts';
import type { Part } from '../pack/ladder/types.ts';
import { planTopics } from '../pack/topics.ts';
import { costUsd } from '../provider/model/cost.ts';
import type { Price } from '../provider/model/price-table.ts';
import type { Lookup } from '../provider/types.ts';
import { driveLookups } from './drive-climb.ts';
import type { Lengths } from './output-lengths.ts';
import { sectionParts } from './section-parts.ts';
import type { WriteTools } from './write-draft.ts';

export interface Forecast {
  /** Requests that have to be sent; replies in the vault cost nothing. */
  calls: number;
  inputTokens: number;
  /** Median and 90th percentile of what such replies took before. */
  outputTokens: number;
  outputTokensP90: number;
  /** `null`: no price is known. */
  costUsd: number | null;
  costUsdP90: number | null;
}

export function noForecast(): Forecast {
  return { calls: 0, inputTokens: 0, outputTokens: 0, outputTokensP90: 0, costUsd: 0, costUsdP90: 0 };
}

/** What is not known makes the sum unknown. */
function sum(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}

export function addForecast(one: Forecast, other: Forecast): Forecast {
  return {
    calls: one.calls + other.calls,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    outputTokensP90: one.outputTokensP90 + other.outputTokensP90,
    costUsd: sum(one.costUsd, other.costUsd),
    costUsdP90: sum(one.costUsdP90, other.costUsdP90),
  };
}

export interface ForecastTools extends Omit<WriteTools, 'provider'> {
  lookup: Lookup;
  constantTexts: readonly string[];
  lengths: Record<Part, Lengths>;
  price: Price | null;
}

/** Sends nothing. */
export function forecastJob(tools: ForecastTools, job: Job): Forecast {
  let forecast = noForecast();
  const missing = (part: Part, inputTokens: number) => {
    forecast = addForecast(forecast, oneCall(tools, part, inputTokens));
  };
  const reading = driveLookups(tools.lookup, job, climbReading(job), (tokens) => missing('reading', tokens));
  const read = reading === undefined ? job : withMissedLines(job, reading.missed, tools.matchSkills);
  const topics = planTopics(read, reading?.topics ?? [], tools.skillName);
  const echoes = echoSource([job.text, ...tools.constantTexts]);
  for (const part of sectionParts(topics)) {
    const climb = climbSection({ ...part, echoes });
    driveLookups(tools.lookup, read, climb, (tokens) => missing(part.section, tokens));
  }
  return forecast;
}

function oneCall({ lengths, price }: ForecastTools, part: Part, inputTokens: number): Forecast {
  const { p50, p90 } = lengths[part];
  const cost = (outputTokens: number) => costUsd(price, { inputTokens, cachedInputTokens: 0, outputTokens });
  return {
    calls: 1,
    inputTokens,
    outputTokens: p50,
    outputTokensP90: p90,
    costUsd: cost(p50),
    costUsdP90: cost(p90),
  };
}
