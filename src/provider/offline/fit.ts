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

/** What an entry is about in second place; in third place it only touches a skill. */
const SECOND_WEIGHT = 0.5;
/** Beside a part that the line names, too, the whole field is only the occasion for naming it. */
const UMBRELLA_WEIGHT = 0.35;

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
      const strength = strengthOf(entry, facet.skill, taxonomy) * (isUmbrella(facet, taxonomy) ? UMBRELLA_WEIGHT : 1);
      if (strength > 0) fits.push({ facet, strength });
    }
    if (fits.length > 0) candidates.push({ entry, fits });
  }
  return candidates;
}

/** By the same rule as coverage: the main skill or a part of what is wanted, or the very thing in second place. */
function strengthOf(entry: Entry, wanted: string, taxonomy: Taxonomy): number {
  const [main = '', second] = entry.skills;
  const best = Math.max(nearness(taxonomy, main, wanted), second === wanted ? SECOND_WEIGHT : 0);
  return best * (DEPTH_WEIGHT[taxonomy.lineage(wanted).length - 1] ?? 1);
}

function isUmbrella({ requirement, skill }: Facet, taxonomy: Taxonomy): boolean {
  return requirement.skills.some((other) => other !== skill && taxonomy.lineage(other).includes(skill));
}
