/** The items that were read out of Markdown → the group of lists that was asked for. */
import { endsInsideFence } from '../../markdown/code.ts';
import { groupFrom, type ItemDraft } from './markdown-draft.ts';
import { itemShape, realItems, stopsShort } from './markdown-meaning.ts';
import type { GroupShape } from './shape.ts';
import { groupOf, listOf, type Group } from './tree.ts';

export interface MarkdownReading {
  group: Group;
  isCut: boolean;
}

/**
 * Markdown has no end that could be missing. What shows that it was cut off is a fence that is open
 * at the end, or a last sentence that stops short where all other items end theirs.
 * @returns `undefined` when there is no item.
 */
export function assemble(
  drafts: ReadonlyMap<string, readonly ItemDraft[]>,
  shape: GroupShape,
  source: string,
): MarkdownReading | undefined {
  const group = groupOf();
  let isCut = endsInsideFence(source);
  for (const [section, all] of drafts) {
    const field = shape.fields.get(section);
    const element = itemShape(field);
    const items = realItems(all, group);
    const groups = element === undefined ? [] : items.map((item) => groupFrom(item, element, source));
    const [only] = groups;
    const last = groups.at(-1);
    if (last === undefined || only === undefined) continue;
    isCut ||= stopsShort(items, source);
    last.isOpen = isCut;
    group.members.push({ key: section, value: field?.kind === 'group' ? only : listOf(groups) });
  }
  return group.members.length === 0 ? undefined : { group, isCut };
}
