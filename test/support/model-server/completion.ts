/** The `chat.completion` object. */
import type { ChatRequest } from './chat-request.ts';
import { countTokens, cutToTokens, promptText } from './tokens.ts';

export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  prompt_tokens_details: { cached_tokens: number };
}

export interface Choice {
  index: number;
  message: { role: 'assistant'; content: string | null; refusal: string | null };
  finish_reason: 'stop' | 'length' | 'content_filter';
}

export interface Completion {
  id: string;
  object: 'chat.completion';
  created: number;
  model: string;
  choices: [Choice];
  usage: Usage;
}

/** @param content cut, with finish_reason `length`, where it is longer than the request allows. */
export function makeCompletion(
  request: ChatRequest,
  content: string,
  { index, cachedTokens, nowMs }: { index: number; cachedTokens: number; nowMs: number },
): Completion {
  const isCut = request.maxTokens !== undefined && countTokens(content) > request.maxTokens;
  const kept = isCut ? cutToTokens(content, request.maxTokens ?? 0) : content;
  return {
    id: `chatcmpl-test${index}`,
    object: 'chat.completion',
    created: Math.floor(nowMs / 1000),
    model: request.model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: kept, refusal: null },
        finish_reason: isCut ? 'length' : 'stop',
      },
    ],
    usage: usageOf(countTokens(promptText(request)), countTokens(kept), cachedTokens),
  };
}

export function usageOf(promptTokens: number, completionTokens: number, cachedTokens: number): Usage {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens },
  };
}
