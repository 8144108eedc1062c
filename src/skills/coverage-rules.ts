/** The taxonomy's answers to "does this prepare for that?" and "what if nothing does?". */
import type { Requirement } from '../job/types.ts';
import { nearness, type Taxonomy } from './taxonomy.ts';

/**
 * An item prepares for a line when what it is mainly about is asked for there or is a part of that,
 * or when it is about the very thing in second place.
 */
export function prepares(
  taxonomy: Taxonomy,
  itemSkills: readonly string[],
  requirementSkills: readonly string[],
): boolean {
  const [main, second] = itemSkills;
  return requirementSkills.some(
    (wanted) => second === wanted || (main !== undefined && nearness(taxonomy, main, wanted) > 0),
  );
}

/** Advice of the taxonomy where it has some; otherwise says which skills the bank lacks. */
export function gapFor(taxonomy: Taxonomy, requirement: Requirement): string {
  const skills = requirement.skills.map((id) => taxonomy.skill(id)).filter((skill) => skill !== undefined);
  const advice = [...new Set(skills.flatMap((skill) => skill.advice ?? []))];
  if (advice.length > 0) return advice.join(' ');
  if (skills.length > 0) {
    const names = skills.map((skill) => skill.name).join(', ');
    return `Nothing in this pack prepares for it (${names}). Write half a page instead: where it came up, what was decided and why, what the result was in figures; then explain it aloud in two minutes.`;
  }
  return 'This line names no skill that a question could be tied to. Have one situation ready that shows it, with a figure, and ask in the interview what it means from day to day.';
}
