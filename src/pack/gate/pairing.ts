/** Ids are unique, and everything that refers to an item or a requirement refers to one that is there. */
import { BASELINE, itemsOf } from '../schema.ts';
import type { Check, Finding } from './types.ts';

export const checkPairing: Check = ({ pack }) => {
  const findings: Finding[] = [];
  const report = (path: string, message: string, remedy: string) =>
    findings.push({ code: 'pairing', severity: 'error', path, message, remedy });
  const items = itemsOf(pack);
  const itemIds = new Set<string>();
  for (const item of items) {
    if (itemIds.has(item.id))
      report(
        `${item.section}: ${item.id}`,
        `expected an id of its own, found "${item.id}" twice`,
        'Rename one of the two.',
      );
    itemIds.add(item.id);
  }
  const requirementIds = new Set<string>();
  for (const [index, requirement] of pack.requirements.entries()) {
    if (requirementIds.has(requirement.id))
      report(
        `requirements[${index}].id`,
        `expected an id of its own, found "${requirement.id}" twice`,
        'Rename one of the two.',
      );
    requirementIds.add(requirement.id);
  }
  for (const item of items) {
    if (item.serves === BASELINE || requirementIds.has(item.serves)) continue;
    report(
      `${item.section}: ${item.id}.serves`,
      `expected the id of a requirement or "${BASELINE}", found "${item.serves}"`,
      'Name the line of the ad that it serves.',
    );
  }
  for (const [index, requirement] of pack.requirements.entries()) {
    const covering = new Set(requirement.coveredBy ?? []);
    for (const id of covering) {
      if (!itemIds.has(id))
        report(
          `requirements[${index}].coveredBy`,
          `expected ids of items of this pack, found "${id}"`,
          'Remove it, or add the item.',
        );
    }
    for (const item of items) {
      if (item.serves === requirement.id && !covering.has(item.id)) {
        report(
          `requirements[${index}].coveredBy`,
          `expected "${item.id}", which names this line, found it missing`,
          'Add it, or correct what the item serves.',
        );
      }
    }
  }
  for (const [index, block] of pack.studyPlan.entries()) {
    for (const id of block.items) {
      if (!itemIds.has(id))
        report(
          `studyPlan[${index}].items`,
          `expected ids of items of this pack, found "${id}"`,
          'Remove it from the plan.',
        );
    }
  }
  return findings;
};
