/** Every quote is the exact words of the ad. */
import type { Check } from './types.ts';

export const checkQuoteFidelity: Check = ({ pack, adText }) => {
  if (adText === undefined) return [];
  return pack.requirements.flatMap((requirement, index) =>
    adText.includes(requirement.quote)
      ? []
      : [
          {
            code: 'quote-fidelity',
            severity: 'error' as const,
            path: `requirements[${index}].quote`,
            message: `expected exact words of ${pack.job.source}, found ${JSON.stringify(requirement.quote.slice(0, 60))}`,
            remedy: 'Make the pack anew: the ad has changed, or the quote was edited.',
          },
        ],
  );
};
