/** The drills as a run takes them: which an ad asks for, and their files, each drill rendered once. */
import { drillsFor } from './drills-for.ts';
import type { PrimitiveId } from './primitive-ids.ts';
import { renderDrill, type DrillFile } from './render-drill.ts';
import type { DrillTexts } from './texts.ts';

export interface DrillShelf {
  /** @param skills ids of bank/skills.yaml. */
  drillsFor(skills: readonly string[]): PrimitiveId[];
  /** Working out what is expected takes some 20 ms a drill: done when a pack first has it. */
  filesOf(id: PrimitiveId): readonly DrillFile[];
}

export function openShelf(texts: DrillTexts): DrillShelf {
  const rendered = new Map<PrimitiveId, readonly DrillFile[]>();
  return {
    drillsFor,
    filesOf(id) {
      const files = rendered.get(id) ?? renderDrill(id, texts);
      rendered.set(id, files);
      return files;
    },
  };
}
