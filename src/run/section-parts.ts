/** A section's topics in the pieces that are asked for one request at a time. */
import { SECTIONS, type SectionName } from '../pack/draft.ts';
import type { Topic } from '../pack/topics.ts';

export interface SectionPart {
  section: SectionName;
  topics: readonly Topic[];
  /** Place of the first topic in its section. */
  offset: number;
}

/** Enough items that the ad is not sent for each, few enough that a reply is not cut off. */
const ITEMS_AT_A_TIME: Record<SectionName, number> = { questions: 5, tasks: 2, behavioural: 8 };

export function sectionParts(topics: Readonly<Record<SectionName, readonly Topic[]>>): SectionPart[] {
  return SECTIONS.flatMap((section) => {
    const size = ITEMS_AT_A_TIME[section];
    const all = topics[section];
    return all.flatMap((_, offset) =>
      offset % size === 0 ? [{ section, offset, topics: all.slice(offset, offset + size) }] : [],
    );
  });
}
