/**
 * The seam between prepsmith and whatever writes content. A provider answers one request with one
 * reply; it neither checks shapes nor publishes. Errors it throws are PrepsmithErrors.
 */
import type { Job } from '../job/types.ts';
import type { SectionName } from '../pack/draft.ts';
import type { Answer, Ask } from '../pack/ladder/types.ts';

interface Named {
  name: string;
  /** `null` where there is no model. */
  model: string | null;
  /** What the content depends on besides the job: recorded in the pack. */
  promptVersion: string | null;
  bankVersion: string | null;
}

/** Finished items, chosen from the bank. */
export interface BankProvider extends Named {
  kind: 'bank';
  /** JSON text: `{"questions": [...]}` with items of a pack. */
  ask(request: { job: Job; section: SectionName }, signal: AbortSignal): Promise<{ text: string }>;
}

export interface ModelRequest {
  job: Job;
  ask: Ask;
}

/** Tokens as the endpoint counted them; cached ones are part of the input. */
export interface Usage {
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
}

export interface ModelReply extends Answer {
  /** Names the reply in the vault. */
  key: string;
  source: 'model' | 'vault';
  /** HTTP requests that it took; 0 from the vault. */
  attempts: number;
  /** Of all attempts; `null` when an endpoint does not say. */
  usage: Usage | null;
  /** `null` when the price is not known; 0 from the vault. */
  costUsd: number | null;
}

/** Text that somebody or something writes to order; the ladder makes items of it. */
/** What is there already, or how many tokens asking for it would send. */
export type Lookup = (request: ModelRequest) => Answer | { inputTokens: number };

export interface ModelProvider extends Named {
  kind: 'model';
  /** @param signal send nothing more; a request that is under way is waited for, because it is paid for. */
  ask(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
  /** Looks without asking. */
  lookup: Lookup;
  /** These replies led nowhere: they are kept for reading and answer no later request. */
  discard(keys: readonly string[]): void;
  /** What is sent whatever the job: a reply made of it is an echo. */
  constantTexts: readonly string[];
  /** Where a reply that was discarded can be read. */
  placeOf: (key: string) => string;
  /** Everything that came is on the disk afterwards. */
  close(): Promise<void>;
}

export type Provider = BankProvider | ModelProvider;
