/** Tokens → dollars. What is not known is `null`, never zero. */
import type { Usage } from '../types.ts';
import { PRICE_TABLE, type Price } from './price-table.ts';

export type Prices = Readonly<Record<string, Price>>;

const PER_TOKEN = 1_000_000;

/** The price of a model; a dated snapshot (`gpt-5-2026-08-01`) has that of its model. `null`: not known. */
export function priceOf(model: string, overrides: Prices): Price | null {
  const known: Prices = { ...PRICE_TABLE, ...overrides };
  const undated = model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  for (const name of [model, undated]) if (Object.hasOwn(known, name)) return known[name] ?? null;
  return null;
}

/**
 * Where writing into the prompt cache has a price, all fresh input is counted at it: endpoints do
 * not say how much they wrote, and a ledger may err on the dear side only.
 */
export function costUsd(price: Price | null, usage: Usage | null): number | null {
  if (price === null || usage === null) return null;
  const fresh = Math.max(0, usage.inputTokens - usage.cachedInputTokens);
  const input = fresh * (price.cacheWrite ?? price.input) + usage.cachedInputTokens * price.cachedInput;
  return (input + usage.outputTokens * price.output) / PER_TOKEN;
}

/** The most that one attempt can cost: no token cached, the whole room written. */
export function worstCaseUsd(price: Price | null, inputTokens: number, maxOutputTokens: number): number | null {
  return costUsd(price, { inputTokens, cachedInputTokens: 0, outputTokens: maxOutputTokens });
}

/**
 * Never fewer tokens than there are: a token holds at least one byte of UTF-8. The frame of
 * messages and schema comes on top.
 */
export function mostInputTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) + 64;
}

/** What the input usually comes to: four bytes a token, for rate limits and forecasts. */
export function usualInputTokens(texts: readonly string[]): number {
  return Math.ceil(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 4) + 32;
}
