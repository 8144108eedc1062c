/**
 * Every reply as it came, kept before anybody reads it: a killed run pays for nothing twice, and
 * what is only read anew costs nothing. A reply is found by what determines it: the model, the
 * messages, the schema and the prompts' version. The room for the reply is no part of that, since
 * more room makes a complete reply no different; one that was cut off answers no request with more.
 *
 * The replies to one ad stand in one file, whatever the job is called.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Completion, Prompt } from './types.ts';
import { openVaultFile, type VaultEntry, type VaultFile } from './vault-file.ts';

/** What a request is besides its prompt. */
export interface VaultIdentity {
  provider: string;
  model: string;
  /** Where replies come from; another endpoint's reply under the same model name is another's. */
  endpoint: string;
  promptVersion: string;
  /** Parameters that change what a model writes. */
  parameters: Readonly<Record<string, unknown>>;
}

export interface Vault {
  keyOf(prompt: Prompt): string;
  find(key: string, prompt: Prompt): Finding;
  /** @throws when it cannot be kept. */
  store(key: string, prompt: Prompt, completion: Completion, generation: number): void;
  /**
   * Advice that goes along with a request is no part of its key, and is kept before the request is
   * sent: after a kill the very same request is sent again, so that an endpoint that remembers it
   * charges once.
   */
  adviceFor(key: string, generation: number): readonly string[] | undefined;
  keepAdvice(key: string, generation: number, advice: readonly string[]): void;
  /** Never served again; a copy for reading stands in `placeOf`. */
  discard(key: string): void;
  placeOf: (key: string) => string;
  /** Everything is on the disk afterwards. */
  close(): Promise<void>;
}

export interface Finding {
  /** A reply that may answer the prompt. */
  completion: Completion | undefined;
  /** Of the reply, or of the next one: what was given up once is not to be repeated to us by an endpoint that remembers. */
  generation: number;
}

/** Ads whose replies are in memory at a time: those being worked on. */
const MAX_OPEN = 160;
const GROUP_LENGTH = 16;

/**
 * @param dir `.prepsmith/vault`.
 * @param fromAnywhere serve replies of any endpoint, for replaying a run elsewhere.
 */
export function openVault(dir: string, identity: VaultIdentity, fromAnywhere = false): Vault {
  const open = new Map<string, VaultFile>();
  const fileOf = (key: string): VaultFile => {
    const group = key.slice(0, GROUP_LENGTH);
    const file = open.get(group) ?? openVaultFile(path.join(dir, group.slice(0, 2), `${group}.jsonl`));
    // The one used last stands last.
    open.delete(group);
    open.set(group, file);
    for (const [oldest, idle] of open) {
      if (open.size <= MAX_OPEN) break;
      open.delete(oldest);
      void idle.close();
    }
    return file;
  };
  const placeOf = (key: string) => path.join(dir, 'unusable', `${key}.txt`);
  return {
    keyOf: (prompt) => keyOf(identity, prompt),
    placeOf,
    find(key, prompt) {
      const entry = fileOf(key).find(key);
      if (entry === undefined) return { completion: undefined, generation: 0 };
      const isOurs = fromAnywhere || entry.request.endpoint === identity.endpoint;
      const isCutOff = entry.completion.finish === 'length' && prompt.maxOutputTokens > entry.request.maxOutputTokens;
      // A replay repeats what led nowhere as well.
      if ((entry.isUsable || fromAnywhere) && isOurs && !isCutOff)
        return { completion: entry.completion, generation: entry.generation };
      return { completion: undefined, generation: entry.generation + 1 };
    },
    store: (key, prompt, completion, generation) =>
      fileOf(key).append(entryOf(identity, key, prompt, completion, generation)),
    adviceFor: (key, generation) => fileOf(key).adviceFor(`${key}-${generation}`),
    keepAdvice: (key, generation, advice) => fileOf(key).keepAdvice(`${key}-${generation}`, advice),
    discard(key) {
      const file = fileOf(key);
      const entry = file.find(key);
      if (entry?.isUsable === true) file.discard(entry, placeOf(key));
    },
    async close() {
      await Promise.all([...open.values()].map((file) => file.close()));
      open.clear();
    },
  };
}

function keyOf({ provider, model, promptVersion, parameters }: VaultIdentity, prompt: Prompt): string {
  const sorted = Object.entries(parameters).sort(([one], [other]) => (one < other ? -1 : 1));
  // An array has one spelling; the schema is made by our own code, always in the same order.
  const parts = [provider, model, promptVersion, sorted, prompt.schemaName, prompt.schemaText, prompt.identity];
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${prompt.adSha256.slice(0, GROUP_LENGTH)}-${hash}`;
}

function entryOf(
  { provider, model, endpoint, promptVersion }: VaultIdentity,
  key: string,
  { jobId: job, part, turn, maxOutputTokens }: Prompt,
  completion: Completion,
  generation: number,
): VaultEntry {
  const request = { provider, model, endpoint, promptVersion, job, part, turn, maxOutputTokens };
  return { key, generation, isUsable: true, request, completion };
}
