/** Which drills an ad asks for. */
import { PRIMITIVE_IDS, type PrimitiveId } from './primitive-ids.ts';
import { primitiveOf } from './registry.ts';

/** @param skills ids of bank/skills.yaml; a skill asks for the drills of all skills above it, too. */
export function drillsFor(skills: readonly string[]): PrimitiveId[] {
  return PRIMITIVE_IDS.filter((id) =>
    primitiveOf(id).skills.some((asked) => skills.some((skill) => skill === asked || skill.startsWith(`${asked}.`))),
  );
}
