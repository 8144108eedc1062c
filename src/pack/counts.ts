/** How many items of each section a pack has. */
import type { Counts } from '../job/types.ts';
import type { SectionName } from './draft.ts';

export interface Bounds {
  min: number;
  max: number;
}

const USUAL: Record<SectionName, Bounds> = {
  questions: { min: 12, max: 20 },
  tasks: { min: 3, max: 5 },
  behavioural: { min: 5, max: 8 },
};

/** An exact number asked for in `<id>.yaml` replaces both bounds. */
export function boundsOf(counts: Counts, section: SectionName): Bounds {
  const asked = counts[section];
  return asked === undefined ? USUAL[section] : { min: asked, max: asked };
}
