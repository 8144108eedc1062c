/**
 * The first request: what the ad asks for between the lines, and what each item is to be about. A
 * reading that fails costs nothing but itself: the parser's reading of the ad stands.
 */
import type { Job } from '../../job/types.ts';
import type { MissedLine } from '../../job/missed-lines.ts';
import { problemsOf } from '../../problem.ts';
import { salvage } from '../salvage/salvage.ts';
import { BASELINE } from '../schema.ts';
import type { SuggestedTopic } from '../topics.ts';
import { wireReading } from '../wire.ts';
import type { Answer, Ask, ClimbLog, Defeat } from './types.ts';

export type ReadingClimb = ClimbLog & {
  outcome: 'reached' | Defeat;
  topics: SuggestedTopic[];
  missed: MissedLine[];
};

const INTENT_LENGTH = { min: 5, max: 160 };

export function* climbReading(job: Job): Generator<Ask, ReadingClimb, Answer> {
  const climb: ReadingClimb = {
    outcome: 'unusable',
    topics: [],
    missed: [],
    rung: 'direct',
    repairs: [],
    reasked: 0,
    leftOut: [],
  };
  const first = yield readingAsk('first', '');
  if (first.finish === 'refusal') return { ...climb, outcome: 'refused', rung: 'quarantined' };
  if (take(climb, first, job)) return climb;
  const because = 'The last reply held no usable topics. Reply with one JSON object and nothing around it.';
  const second = yield readingAsk('again', because);
  if (take(climb, second, job)) return { ...climb, rung: 'regenerated' };
  return { ...climb, rung: 'quarantined' };
}

function readingAsk(turn: 'first' | 'again', because: string): Ask {
  return {
    part: 'reading',
    turn,
    topics: [],
    failing: [],
    because,
    schemaName: 'reading',
    schema: wireReading,
    room: turn === 'again' ? 'larger' : 'usual',
  };
}

/** Suggestions that hold are taken one by one; they steer what is written and are no content. */
function take(climb: ReadingClimb, answer: Answer, job: Job): boolean {
  const salvaged = salvage(answer.text, wireReading);
  if (salvaged === undefined) return false;
  const { topics, missed } = Object(salvaged.value) as { topics?: unknown; missed?: unknown };
  climb.repairs.push(...salvaged.repairs);
  climb.rung = salvaged.repairs.length > 0 ? 'salvaged' : answer.isConstrained ? 'direct' : 'parsed';
  const known = new Set([BASELINE, ...job.requirements.map(({ id }) => id)]);
  for (const [index, value] of listOf(topics).entries()) {
    const parsed = wireReading.shape.topics.element.safeParse(value);
    if (!parsed.success) {
      climb.leftOut.push(...problemsOf(parsed.error, value, ['topics', index]).map(({ problem }) => problem));
      continue;
    }
    const { line, intent, ...rest } = parsed.data;
    if (known.has(line) && intent.trim().length < INTENT_LENGTH.min) {
      climb.leftOut.push({
        path: `topics[${index}].intent`,
        message: `expected a few words, found ${JSON.stringify(intent)}`,
      });
    } else if (known.has(line))
      climb.topics.push({ ...rest, serves: line, intent: intent.trim().slice(0, INTENT_LENGTH.max) });
    else
      climb.leftOut.push({
        path: `topics[${index}].line`,
        message: `expected a line of the ad, found ${JSON.stringify(line.slice(0, 60))}`,
      });
  }
  for (const value of listOf(missed)) {
    const parsed = wireReading.shape.missed.element.safeParse(value);
    if (parsed.success) climb.missed.push(parsed.data);
  }
  if (climb.topics.length === 0) return false;
  climb.outcome = 'reached';
  return true;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
