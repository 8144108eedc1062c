/** Envelopes that lack something or say that the model stopped early. */
import { usageOf, type Choice, type Completion } from '../completion.ts';
import { countTokens } from '../tokens.ts';
import type { CompletionFault } from './types.ts';

// A field that is undefined is not in the JSON.
function completion(shows: string, change: CompletionFault['change']): CompletionFault {
  return { kind: 'completion', shows, change };
}

/** @param content `null` where the message has none. */
function withContent(of: Completion, content: string | null, finish: Choice['finish_reason']): Completion {
  const [choice] = of.choices;
  const { prompt_tokens: sent, prompt_tokens_details: details } = of.usage;
  return {
    ...of,
    choices: [{ ...choice, message: { ...choice.message, content }, finish_reason: finish }],
    usage: usageOf(sent, countTokens(content ?? ''), details.cached_tokens),
  };
}

function cut(of: Completion, share: number, finish: Choice['finish_reason']): Completion {
  const content = of.choices[0].message.content ?? '';
  return withContent(of, content.slice(0, Math.floor(content.length * share)), finish);
}

export const COMPLETION_FAULTS = {
  'no-choices': completion('an empty list of choices', (of) => ({ ...of, choices: [] })),
  'null-content': completion('content null', (of) => withContent(of, null, 'stop')),
  'empty-content': completion('content of no characters', (of) => withContent(of, '', 'stop')),
  'no-finish-reason': completion('a whole reply without finish_reason', (of) => ({
    ...of,
    choices: [{ ...of.choices[0], finish_reason: undefined }],
  })),
  'no-usage': completion('a whole reply without usage', (of) => ({ ...of, usage: undefined })),
  'length-cut': completion('content cut, with finish_reason length', (of, { share }) => cut(of, share, 'length')),
  'silent-cut': completion('content cut, with finish_reason stop', (of, { share }) => cut(of, share, 'stop')),
  'content-filter': completion('content cut by a filter', (of, { share }) => cut(of, share, 'content_filter')),
  refusal: completion('a refusal and no content', (of) => {
    const refused = withContent(of, null, 'stop');
    const message = { ...refused.choices[0].message, refusal: "I'm sorry, I can't help with that request." };
    return { ...refused, choices: [{ ...refused.choices[0], message }] };
  }),
} as const satisfies Record<string, CompletionFault>;
