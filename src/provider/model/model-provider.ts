/** Providers that write to order: a model behind an endpoint, and the vault alone (replay). */
import { PrepsmithError } from '../../errors.ts';
import type { ModelProvider, ModelReply, ModelRequest } from '../types.ts';
import type { Complete } from './attempts.ts';
import { usualInputTokens } from './cost.ts';
import type { AttemptLog } from './attempt-log.ts';
import type { PromptWriter } from './prompts.ts';
import type { Completion, Prompt } from './types.ts';
import type { Vault } from './vault.ts';

export interface ModelProviderParts {
  name: string;
  model: string;
  promptVersion: string;
  bankVersion: string;
  prompts: PromptWriter;
  vault: Vault;
  log: AttemptLog;
  /** Ask anew even where the vault has a reply. */
  isFresh: boolean;
  /** A path as a person would type it. */
  shown: (file: string) => string;
}

/** Asks the vault first, then the endpoint; what comes is kept before anybody reads it. */
export function createModelProvider(parts: ModelProviderParts, complete: Complete): ModelProvider {
  return {
    ...frameOf(parts),
    async ask(request, signal) {
      const prompt = parts.prompts.write(request);
      const key = parts.vault.keyOf(prompt);
      const { completion: kept, generation } = parts.vault.find(key, prompt);
      if (kept !== undefined && !parts.isFresh) return fromVault(parts, prompt, key, kept);
      const next = kept === undefined ? generation : generation + 1;
      const sent = withKeptAdvice(parts, request, prompt, key, next);
      const { completion, attempts, usage, costUsd } = await complete(sent, { key, generation: next }, signal);
      parts.vault.store(key, prompt, completion, next);
      return { ...answerOf(completion), key, source: 'model', attempts, usage, costUsd };
    },
  };
}

/** The prompt as it was sent before, if it was; and if not, noted so that it can be sent again like this. */
function withKeptAdvice(
  { vault, prompts }: ModelProviderParts,
  request: ModelRequest,
  prompt: Prompt,
  key: string,
  generation: number,
): Prompt {
  const kept = vault.adviceFor(key, generation);
  if (kept !== undefined) return prompts.write(request, kept);
  if (prompt.advice.length > 0) vault.keepAdvice(key, generation, prompt.advice);
  return prompt;
}

/** Answers from the vault alone. @throws PrepsmithError `reply-unknown`. */
export function createReplayProvider(parts: ModelProviderParts): ModelProvider {
  return {
    ...frameOf(parts),
    ask(request) {
      const prompt = parts.prompts.write(request);
      const key = parts.vault.keyOf(prompt);
      const { completion: kept } = parts.vault.find(key, prompt);
      if (kept !== undefined) return Promise.resolve(fromVault(parts, prompt, key, kept));
      const unknown = new PrepsmithError('reply-unknown', {
        message: `nothing recorded answers the ${request.ask.turn} request for ${request.ask.part} (${key.slice(0, 12)}, model ${parts.model}); the ad, the prompts, the bank or the model differ from those of the recording`,
        remedy: 'Record it with `--provider openai`, or go back to what it was recorded with.',
      });
      return Promise.reject(unknown);
    },
  };
}

function frameOf(parts: ModelProviderParts): Omit<ModelProvider, 'ask'> {
  const { name, model, promptVersion, bankVersion, vault } = parts;
  return {
    kind: 'model',
    name,
    model,
    promptVersion,
    bankVersion,
    constantTexts: parts.prompts.constantTexts,
    lookup(request) {
      const prompt = parts.prompts.write(request);
      const { completion: kept } = vault.find(vault.keyOf(prompt), prompt);
      if (kept !== undefined && !parts.isFresh) return answerOf(kept);
      const sent = [...prompt.messages.map(({ content }) => content), prompt.schemaText];
      return { inputTokens: usualInputTokens(sent) };
    },
    placeOf: (key) => parts.shown(vault.placeOf(key)),
    discard: (keys) => {
      for (const key of keys) vault.discard(key);
    },
    close: () => vault.close(),
  };
}

function fromVault(parts: ModelProviderParts, prompt: Prompt, key: string, completion: Completion): ModelReply {
  const { jobId: job, part, turn } = prompt;
  parts.log.fromVault({ job, part, turn, key });
  return { ...answerOf(completion), key, source: 'vault', attempts: 0, usage: completion.usage, costUsd: 0 };
}

function answerOf({ text, finish, refusal, isConstrained }: Completion) {
  return { text, finish, refusal, isConstrained };
}
