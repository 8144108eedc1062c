/** `Job` + `Draft` → `Pack`: works out what covers each line of the ad and what is a gap. */
import type { PrimitiveId } from '../drills/primitive-ids.ts';
import type { Job, Requirement } from '../job/types.ts';
import { BASELINE, drillItem, PACK_FORMAT, type Pack, type PackRequirement } from './schema.ts';
import { planStudy } from './study-plan.ts';
import type { Draft } from './draft.ts';

/** What assembling needs to know about skills; the taxonomy and the shelf of drills answer it. */
export interface CoverageRules {
  /** Whether content on `itemSkills` prepares for a requirement that names `requirementSkills`. */
  prepares(itemSkills: readonly string[], requirementSkills: readonly string[]): boolean;
  /** Why nothing prepares for this line, and what to do instead. */
  gapFor(requirement: Requirement): string;
  /** The drills that skills ask for. */
  drillsFor(skills: readonly string[]): PrimitiveId[];
}

export function assemblePack(job: Job, draft: Draft, provenance: Pack['provenance'], rules: CoverageRules): Pack {
  const pack = {
    format: PACK_FORMAT,
    job: {
      id: job.id,
      title: job.title,
      company: job.company,
      level: job.level,
      source: job.source,
      sha256: job.sha256,
      language: job.language,
    },
    requirements: job.requirements.map((requirement) => coverage(requirement, draft, rules)),
    ...draft,
    drills: rules.drillsFor(job.requirements.flatMap(({ skills }) => skills)),
    provenance,
  } satisfies Omit<Pack, 'studyPlan'>;
  const { provenance: made, drills, ...content } = pack;
  return { ...content, drills, studyPlan: planStudy(pack), provenance: made };
}

/** Enough to find one's way; a broad line is touched by half the pack. */
const MAX_HELPING = 3;

/**
 * Items that name the line come first, then those whose skills prepare for it as well, then the
 * drills. A drill alone covers nothing: it exercises a function, and a line asks for more.
 */
function coverage(requirement: Requirement, draft: Draft, rules: CoverageRules): PackRequirement {
  const base = { id: requirement.id, quote: requirement.quote, kind: requirement.kind, skills: requirement.skills };
  const items = [...draft.questions, ...draft.tasks, ...draft.behavioural];
  const naming = items.filter((item) => item.serves === requirement.id);
  const helping = items.filter(
    (item) =>
      item.serves !== requirement.id && item.serves !== BASELINE && rules.prepares(item.skills, requirement.skills),
  );
  const coveredBy = [...naming, ...helping.slice(0, MAX_HELPING)].map((item) => item.id);
  if (coveredBy.length === 0) return { ...base, gap: rules.gapFor(requirement) };
  return { ...base, coveredBy: [...coveredBy, ...rules.drillsFor(requirement.skills).map(drillItem)] };
}
