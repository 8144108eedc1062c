/** Tokens by a rule that a client can work out as well: four characters each. */
import type { ChatRequest } from './chat-request.ts';

const CHARS_PER_TOKEN = 4;
const CACHE_BLOCK_TOKENS = 128;
const CACHE_MIN_TOKENS = 1024;

export function countTokens(text: string): number {
  return Math.ceil(text.length / CHARS_PER_TOKEN);
}

export function cutToTokens(text: string, tokens: number): string {
  return text.slice(0, tokens * CHARS_PER_TOKEN);
}

/** The messages alone: neither roles nor the schema count. */
export function promptText({ messages }: Pick<ChatRequest, 'messages'>): string {
  return messages.map(({ content }) => content).join('');
}

interface Block {
  next: Map<string, Block>;
}

/** Remembers every prompt block by block, so a look-up costs the prompt and not the history. */
export class PrefixCache {
  readonly #roots = new Map<string, Block>();

  /** How many tokens of this prompt an earlier one began with; this one is remembered too. */
  read(request: Pick<ChatRequest, 'model' | 'messages' | 'schema'>): number {
    const prompt = promptText(request);
    const size = CACHE_BLOCK_TOKENS * CHARS_PER_TOKEN;
    // The schema stands before the messages, so another schema is another prefix.
    let block = childOf(this.#roots, `${request.model} ${JSON.stringify(request.schema ?? null)}`).block;
    let cached = 0;
    for (let at = 0; at + size <= prompt.length; at += size) {
      const child = childOf(block.next, prompt.slice(at, at + size));
      if (child.isKnown) cached += CACHE_BLOCK_TOKENS;
      block = child.block;
    }
    return cached < CACHE_MIN_TOKENS ? 0 : cached;
  }
}

function childOf(blocks: Map<string, Block>, text: string): { block: Block; isKnown: boolean } {
  const known = blocks.get(text);
  if (known !== undefined) return { block: known, isKnown: true };
  const block = { next: new Map<string, Block>() };
  blocks.set(text, block);
  return { block, isKnown: false };
}
