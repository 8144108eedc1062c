/** Lines of an ad that the parser did not take for requirements, but a reader says are some. */
import { requirementId, type SkillMatcher } from './requirements.ts';
import type { Job, Requirement, RequirementKind } from './types.ts';

export interface MissedLine {
  quote: string;
  kind: RequirementKind;
}

/** More than this is no reading of an ad but a copy of it. */
const MAX_MISSED = 12;
const QUOTE_LENGTH = { min: 8, max: 400 };

/**
 * Adds the lines whose words stand in the ad exactly once as written and that no requirement
 * holds yet; everything else is left out, because a quote that the ad does not contain is invented.
 */
export function withMissedLines(job: Job, missed: readonly MissedLine[], matchSkills: SkillMatcher): Job {
  const requirements = [...job.requirements];
  const taken = new Set(requirements.map((requirement) => requirement.id));
  for (const { quote: said, kind } of missed.slice(0, MAX_MISSED)) {
    const quote = said.trim();
    const start = job.text.indexOf(quote);
    const end = start + quote.length;
    const isUsable = quote.length >= QUOTE_LENGTH.min && quote.length <= QUOTE_LENGTH.max && !quote.includes('\n');
    if (
      !isUsable ||
      start === -1 ||
      job.text.includes(quote, start + 1) ||
      requirements.some((known) => start < known.end && known.start < end)
    )
      continue;
    const skills = matchSkills(quote);
    requirements.push({ id: requirementId(quote, taken), quote, start, end, kind, section: '', skills });
  }
  return { ...job, requirements: requirements.sort(byPosition) };
}

function byPosition(one: Requirement, other: Requirement): number {
  return one.start - other.start;
}
