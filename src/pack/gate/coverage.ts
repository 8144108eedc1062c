/** No line of the ad is left out in silence, and every must that can be prepared for is served. */
import { isCovered } from '../schema.ts';
import type { Check, Finding } from './types.ts';

/** A gap has to say why and what instead; a word or two cannot. */
const MIN_GAP_LENGTH = 40;

export const checkCoverage: Check = ({ pack }) => {
  const findings: Finding[] = [];
  for (const [index, requirement] of pack.requirements.entries()) {
    if (isCovered(requirement)) continue;
    const path = `requirements[${index}]`;
    if ((requirement.gap ?? '').length < MIN_GAP_LENGTH) {
      findings.push({
        code: 'coverage',
        severity: 'error',
        path: `${path}.gap`,
        message: `expected why nothing prepares for this line and what to do instead, found ${JSON.stringify(requirement.gap)}`,
        remedy: 'Write the reason and an alternative.',
      });
    }
    const isOnPaper = requirement.skills.length > 0 && requirement.skills.every((skill) => skill.startsWith('paper'));
    if (requirement.kind === 'must' && !isOnPaper) {
      findings.push({
        code: 'must-coverage',
        severity: 'warning',
        path,
        message: `a must that nothing serves: ${JSON.stringify(requirement.quote.slice(0, 80))}`,
        remedy: 'Add an entry for its skills to the bank, or prepare for it as the gap says.',
      });
    }
  }
  return findings;
};
