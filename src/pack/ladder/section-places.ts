/** The places that a section's items go to, and what is known of each while a climb goes on. */
import type { Problem } from '../../problem.ts';
import type { SectionName } from '../draft.ts';
import type { Repair } from '../salvage/salvage.ts';
import type { Topic } from '../topics.ts';
import type { WireItem } from '../wire.ts';
import { checkItem, fieldsOfItem, type Checked } from './check-item.ts';
import { readItems } from './read-reply.ts';
import type { EchoSource } from './scan-text.ts';
import { RUNGS, type Answer, type ClimbLog, type FailingItem, type Rung } from './types.ts';

export interface SectionGoal<S extends SectionName = SectionName> {
  section: S;
  topics: readonly Topic[];
  /** Place of the first topic in its section; paths of problems count from the section's start. */
  offset: number;
  echoes: EchoSource;
}

/** A wanted item and what became of it so far. */
export interface Place<S extends SectionName> {
  topic: Topic;
  index: number;
  /** What came for it, as it came. */
  raw?: Readonly<Record<string, unknown>>;
  checked?: Checked<S>;
  /** What its item asks, to be told from the others. */
  saying: string;
  isRegenerated: boolean;
}

export interface Climb<S extends SectionName> extends SectionGoal<S> {
  places: Place<S>[];
  log: ClimbLog;
  last?: Answer;
}

/** Puts what came into its places. A later item never takes the place of one that holds. */
export function takeItems<S extends SectionName>(
  climb: Climb<S>,
  places: readonly Place<S>[],
  answer: Answer,
): 'read' | 'cut-off' | 'unreadable' {
  climb.last = answer;
  const reading = readItems(
    climb.section,
    answer,
    places.map(({ topic }) => topic),
  );
  if (reading === undefined) return answer.finish === 'length' ? 'cut-off' : 'unreadable';
  if (!answer.isConstrained) raise(climb, 'parsed');
  note(climb, reading.repairs);
  climb.log.leftOut.push(...reading.leftOut);
  for (const [topic, raw] of reading.items) {
    const place = places.find((candidate) => candidate.topic === topic);
    if (place !== undefined && place.checked?.item === undefined) take(climb, place, raw);
  }
  if (reading.isCutOff) return 'cut-off';
  return reading.items.size === 0 ? 'unreadable' : 'read';
}

export function take<S extends SectionName>(
  climb: Climb<S>,
  place: Place<S>,
  raw: Readonly<Record<string, unknown>>,
): void {
  place.raw = raw;
  place.checked = checkItem(
    climb.section,
    { ...raw, topic: place.topic.id },
    [climb.section, place.index],
    climb.echoes,
  );
  place.saying = sayingOf(place.checked.item);
  const twin = climb.places.find((other) => other !== place && place.saying !== '' && other.saying === place.saying);
  if (twin === undefined) return;
  place.saying = '';
  const field = climb.section === 'tasks' ? 'name' : 'question';
  const message = `expected another ${field} than that of ${climb.section}[${twin.index}], found the same`;
  place.checked = {
    problems: [{ path: `${climb.section}[${place.index}].${field}`, message }],
    fields: fieldsOfItem(climb.section),
  };
}

/** What an item asks, without case and signs; empty for one that does not hold. */
function sayingOf(item: WireItem | undefined): string {
  if (item === undefined) return '';
  return ('name' in item ? item.name : item.question).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
}

export function failing<S extends SectionName>(climb: Climb<S>): Place<S>[] {
  return climb.places.filter((place) => place.checked?.item === undefined);
}

export function failingItem<S extends SectionName>(climb: Climb<S>, place: Place<S>): FailingItem {
  const fields = place.checked?.fields ?? [];
  return {
    key: `item_${place.index}`,
    topic: place.topic,
    fields: fields.length > 0 ? fields : fieldsOfItem(climb.section),
    problems: problemsOfPlace(climb, place),
    current: place.raw,
  };
}

export function problemsOfPlace<S extends SectionName>(climb: Climb<S>, place: Place<S>): Problem[] {
  const path = `${climb.section}[${place.index}]`;
  return place.checked?.problems ?? [{ path, message: `expected the item for "${place.topic.id}", found nothing` }];
}

export function note<S extends SectionName>(climb: Climb<S>, repairs: readonly Repair[]): void {
  if (repairs.length === 0) return;
  raise(climb, 'salvaged');
  climb.log.repairs.push(...repairs);
}

export function raise<S extends SectionName>({ log }: Climb<S>, rung: Rung): void {
  if (RUNGS.indexOf(rung) > RUNGS.indexOf(log.rung)) log.rung = rung;
}
