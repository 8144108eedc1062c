/** How well a bank entry fits the lines of one ad. */
import type { Job, Requirement } from '../../job/types.ts';
import { nearness, type Taxonomy } from '../../skills/taxonomy.ts';

export interface Entry {
  id: string;
  skills: readonly string[];
}

/** One skill of one requirement: the unit that gets used up as items are chosen. */
export interface Facet {
  requirement: Requirement;
  skill: string;
}

export interface Fit {
  facet: Facet;
  /** 0 to 1. */
  strength: number;
}

export interface Candidate<E extends Entry> {
  entry: E;
  /** Non-empty. */
  fits: Fit[];
}

/** A skill further back in an entry's list is less of what the entry is about. */
const POSITION_WEIGHT = [1, 0.5, 0.35, 0.25, 0.2, 0.2];

/** Asking for PyTorch says more than asking for machine learning: the deeper the skill, the more a fit is worth. */
const DEPTH_WEIGHT = [0.7, 1];

/** Entries that prepare for at least one line, with every facet that they touch. */
export function findCandidates<E extends Entry>(entries: readonly E[], job: Job, taxonomy: Taxonomy): Candidate<E>[] {
  const facets = job.requirements.flatMap((requirement) =>
    requirement.skills.map((skill): Facet => ({ requirement, skill })),
  );
  const candidates: Candidate<E>[] = [];
  for (const entry of entries) {
    const fits: Fit[] = [];
    for (const facet of facets) {
      const strength = strengthOf(entry, facet.skill, taxonomy);
      if (strength > 0) fits.push({ facet, strength });
    }
    if (fits.length > 0) candidates.push({ entry, fits });
  }
  return candidates;
}

function strengthOf(entry: Entry, wanted: string, taxonomy: Taxonomy): number {
  let best = 0;
  for (const [position, offered] of entry.skills.entries()) {
    best = Math.max(best, nearness(taxonomy, offered, wanted) * (POSITION_WEIGHT[position] ?? 0.2));
  }
  return best * (DEPTH_WEIGHT[taxonomy.lineage(wanted).length - 1] ?? 1);
}
