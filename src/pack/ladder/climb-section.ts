/**
 * One section (or a part of it) from the first request to items that hold. Written as a generator:
 * it yields what to ask and is given the answer, so that the same climb is driven by a model, by
 * stored replies or by a person, and a climb that was interrupted is repeated from its replies.
 *
 * At most nine requests, usually one: the list; what was cut off, in smaller and smaller pieces, or the
 * list anew when it could not be read; the failing fields; the failing items anew. Each differs from
 * every one before it.
 */
import type { Problem } from '../../problem.ts';
import type { SectionName } from '../draft.ts';
import { wireRepair, wireSection, type WireItem } from '../wire.ts';
import { readRepair } from './read-reply.ts';
import {
  failing,
  failingItem,
  note,
  problemsOfPlace,
  raise,
  take,
  takeItems,
  type Climb,
  type Place,
  type SectionGoal,
} from './section-places.ts';
import type { Answer, Ask, ClimbLog, Defeat } from './types.ts';

export type SectionClimb<S extends SectionName = SectionName> = ClimbLog &
  ({ outcome: 'reached'; items: WireItem<S>[] } | { outcome: Defeat; problems: Problem[]; refusal: string | null });

export function* climbSection<S extends SectionName>(goal: SectionGoal<S>): Generator<Ask, SectionClimb<S>, Answer> {
  const climb: Climb<S> = {
    ...goal,
    places: goal.topics.map((topic, index) => ({
      topic,
      index: goal.offset + index,
      saying: '',
      isRegenerated: false,
    })),
    log: { rung: 'direct', repairs: [], reasked: 0, leftOut: [] },
  };
  const first = yield listAsk(climb, climb.places, 'first', '', 'usual');
  const defeat = refusalOf(first);
  if (defeat !== undefined) return givenUp(climb, defeat, first.refusal);
  const reading = takeItems(climb, climb.places, first);
  if (reading !== 'read') yield* writeMissing(climb, reading);
  yield* mendFields(climb);
  yield* writeFailing(climb);
  if (failing(climb).length > 0) return givenUp(climb, defeatOf(climb.last), climb.last?.refusal ?? null);
  const items = climb.places.flatMap(({ checked }) => checked?.item ?? []);
  return { outcome: 'reached', items, ...climb.log };
}

/** After a reply that ended early or could not be read: what did not come, in smaller pieces where that helps. */
function* writeMissing<S extends SectionName>(
  climb: Climb<S>,
  reading: 'cut-off' | 'unreadable',
): Generator<Ask, void, Answer> {
  if (climb.places.every((place) => place.raw !== undefined)) return;
  raise(climb, 'regenerated');
  if (reading === 'unreadable') {
    yield* writeAgain(climb, climb.places, UNREADABLE, 'usual');
    return;
  }
  // What is left, if some came; half of what was asked for, if nothing did; more room, if that was one item.
  let size = climb.places.length;
  let before = climb.places.length;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const missing = climb.places.filter((place) => place.raw === undefined);
    if (missing.length === 0) return;
    const isStuck = missing.length === before;
    size = Math.min(size, missing.length);
    const isLastResort = isStuck && size === 1;
    if (isStuck) size = Math.ceil(size / 2);
    yield* writeAgain(
      climb,
      missing.slice(0, size),
      isLastResort ? MORE_ROOM : CUT_OFF,
      isLastResort ? 'larger' : 'usual',
    );
    if (isLastResort) return;
    before = missing.length;
  }
}

const UNREADABLE = 'The last reply could not be read as JSON. Reply with one JSON object and nothing around it.';
const CUT_OFF = 'The last reply ended before it was complete; this is a part of what did not come.';
/** Other words than `CUT_OFF`: the room is no part of a reply's key in the vault. */
const MORE_ROOM = 'The last reply ended before it was complete; there is more room for this one.';
/** Enough for one item a request after the first has brought the first of five. */
const MAX_ROUNDS = 6;

function* writeAgain<S extends SectionName>(
  climb: Climb<S>,
  places: readonly Place<S>[],
  because: string,
  room: Ask['room'],
): Generator<Ask, void, Answer> {
  const answer = yield listAsk(climb, places, 'again', because, room);
  for (const place of places) place.isRegenerated = true;
  takeItems(climb, places, answer);
}

/** Only the failing fields, with the reason for each. */
function* mendFields<S extends SectionName>(climb: Climb<S>): Generator<Ask, void, Answer> {
  // What was asked for twice and never came is not asked for a third time.
  const items = failing(climb)
    .filter((place) => place.raw !== undefined || !place.isRegenerated)
    .map((place) => failingItem(climb, place));
  if (items.length === 0) return;
  raise(climb, 're-asked');
  climb.log.reasked += items.length;
  const schema = wireRepair(climb.section, new Map(items.map(({ key, fields }) => [key, fields])));
  const answer = yield {
    part: climb.section,
    turn: 'repair',
    topics: [],
    failing: items,
    because: '',
    schemaName: `${climb.section}_repair`,
    schema,
    room: 'usual',
  };
  const { fields, repairs } = readRepair(answer.text, schema);
  note(climb, repairs);
  for (const { key, topic } of items) {
    const place = climb.places.find((candidate) => candidate.topic === topic);
    const mended = fields.get(key);
    if (place !== undefined && mended !== undefined) take(climb, place, { ...place.raw, ...mended });
  }
}

/** The last resort, once an item: written anew, without what went wrong before it. */
function* writeFailing<S extends SectionName>(climb: Climb<S>): Generator<Ask, void, Answer> {
  const places = failing(climb).filter((place) => !place.isRegenerated);
  if (places.length === 0) return;
  raise(climb, 'regenerated');
  const because = places
    .flatMap((place) => problemsOfPlace(climb, place))
    .slice(0, MAX_REASONS)
    .map(({ path, message }) => `${path}: ${message}`)
    .join('\n');
  yield* writeAgain(climb, places, `Earlier attempts did not hold:\n${because}`, 'usual');
}

/** Enough to see what went wrong; more would crowd the request. */
const MAX_REASONS = 12;

function listAsk<S extends SectionName>(
  climb: Climb<S>,
  places: readonly Place<S>[],
  turn: 'first' | 'again',
  because: string,
  room: Ask['room'],
): Ask {
  return {
    part: climb.section,
    turn,
    topics: places.map(({ topic }) => topic),
    failing: [],
    because,
    schemaName: climb.section,
    schema: wireSection(climb.section),
    room,
  };
}

/** A model that refuses says so at once, and would say it again. */
function refusalOf({ finish, text }: Answer): Defeat | undefined {
  if (finish === 'refusal') return 'refused';
  return finish === 'filtered' && text.trim() === '' ? 'filtered' : undefined;
}

/** What stopped the last reply is more to the point than what was missing in it. */
function defeatOf(last: Answer | undefined): Defeat {
  if (last?.finish === 'refusal') return 'refused';
  return last?.finish === 'filtered' ? 'filtered' : 'unusable';
}

function givenUp<S extends SectionName>(climb: Climb<S>, outcome: Defeat, refusal: string | null): SectionClimb<S> {
  raise(climb, 'quarantined');
  const problems = failing(climb).flatMap((place) => problemsOfPlace(climb, place));
  return { ...climb.log, outcome, problems, refusal };
}
