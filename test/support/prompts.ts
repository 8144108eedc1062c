/** A request to a model, without a template behind it. */
import type { Completion, Prompt } from '../../src/provider/model/types.ts';
import { toStrictJsonSchema, wireSection } from '../../src/pack/wire.ts';

/** For two items, as the test model understands it. */
export function makePrompt(changes: Partial<Prompt> = {}): Prompt {
  const items = JSON.stringify([{ topic: 'joins' }, { topic: 'locks' }]);
  const messages = [
    { role: 'system' as const, content: 'You write interview questions.' },
    { role: 'user' as const, content: `Reply in JSON.\n<<<ITEMS\n${items}\nITEMS>>>` },
  ];
  const schema = changes.schema ?? toStrictJsonSchema(wireSection('questions'));
  return {
    jobId: 'acme',
    adSha256: 'ab'.repeat(32),
    part: 'questions',
    turn: 'first',
    messages,
    advice: [],
    identity: messages.map(({ content }) => content),
    schemaName: 'questions',
    schema,
    schemaText: JSON.stringify(schema),
    maxOutputTokens: 4000,
    ...changes,
  };
}

export function makeCompletion(changes: Partial<Completion> = {}): Completion {
  return {
    text: '{"questions": []}',
    finish: 'stop',
    refusal: null,
    isConstrained: true,
    usage: { inputTokens: 100, cachedInputTokens: 0, outputTokens: 20 },
    servedBy: 'test-model',
    ...changes,
  };
}
