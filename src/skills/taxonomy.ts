/** The taxonomy as a tree: who is whose parent, and how near two skills are. */
import type { Skill } from '../bank/schema.ts';

export interface Taxonomy {
  skill(id: string): Skill | undefined;
  /** The skill itself first, then its parent, up to the root. */
  lineage(id: string): readonly string[];
}

export function buildTaxonomy(skills: readonly Skill[]): Taxonomy {
  const byId = new Map(skills.map((skill) => [skill.id, skill]));
  const lineages = new Map<string, string[]>();
  const lineage = (id: string): string[] => {
    const known = lineages.get(id);
    if (known !== undefined) return known;
    const chain: string[] = [];
    // A loop in hand-written parents ends the chain instead of the program.
    for (let at: string | undefined = id; at !== undefined && !chain.includes(at); at = byId.get(at)?.parent)
      chain.push(at);
    lineages.set(id, chain);
    return chain;
  };
  return { skill: (id) => byId.get(id), lineage };
}

/** How well content about `offered` prepares for `wanted`. */
export const NEARNESS = { same: 1, part: 0.8, none: 0 } as const;

/**
 * 1 for the skill itself, 0.8 for a part of it (asking for "deep learning" allows a question on
 * backpropagation), 0 otherwise: asking for PostgreSQL is not asking for MongoDB.
 */
export function nearness(taxonomy: Taxonomy, offered: string, wanted: string): number {
  if (offered === wanted) return NEARNESS.same;
  return taxonomy.lineage(offered).includes(wanted) ? NEARNESS.part : NEARNESS.none;
}
