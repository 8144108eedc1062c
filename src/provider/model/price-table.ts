/**
 * List prices of OpenAI's chat models, standard tier, US dollars per million tokens, as published
 * at https://developers.openai.com/api/docs/pricing. In force on 2026-11-05;
 * models that the page no longer lists keep the last price that it gave. `prices` in prepsmith.yaml
 * goes before this table.
 *
 * Requests of more than 272,000 input tokens cost more with the newest models; prepsmith's are
 * below a tenth of that. A model that charges for writing into the prompt cache has `cacheWrite`;
 * that of gpt-6.1-sol and gpt-6-astra was not seen and stands at the ratio of the others, 1.25 × input.
 */

export interface Price {
  input: number;
  cachedInput: number;
  output: number;
  cacheWrite?: number | undefined;
}

export const PRICE_TABLE = {
  'gpt-6.1-sol': { input: 2, cachedInput: 0.1, output: 10, cacheWrite: 2.5 },
  'gpt-6.1-terra': { input: 1, cachedInput: 0.05, output: 5, cacheWrite: 1.25 },
  'gpt-6-astra': { input: 10, cachedInput: 1, output: 50, cacheWrite: 12.5 },
  'gpt-6-sol': { input: 2, cachedInput: 0.2, output: 10, cacheWrite: 2.5 },
  'gpt-6-luna': { input: 0.1, cachedInput: 0.01, output: 0.5, cacheWrite: 0.125 },
  'gpt-5.6-sol': { input: 4, cachedInput: 0.4, output: 20 },
  'gpt-5.6-terra': { input: 2, cachedInput: 0.2, output: 12 },
  'gpt-5.6-luna': { input: 0.2, cachedInput: 0.02, output: 1.2 },
  'gpt-5.5': { input: 5, cachedInput: 0.5, output: 30 },
  'gpt-5.4': { input: 2.5, cachedInput: 0.25, output: 15 },
  'gpt-5.4-mini': { input: 0.75, cachedInput: 0.075, output: 4.5 },
  'gpt-5.4-nano': { input: 0.2, cachedInput: 0.02, output: 1.25 },
  'gpt-5.1': { input: 1.25, cachedInput: 0.125, output: 10 },
  'gpt-5': { input: 1.25, cachedInput: 0.125, output: 10 },
  'gpt-5-mini': { input: 0.25, cachedInput: 0.025, output: 2 },
  'gpt-5-nano': { input: 0.05, cachedInput: 0.005, output: 0.4 },
  'gpt-4.1': { input: 2, cachedInput: 0.5, output: 8 },
  'gpt-4.1-mini': { input: 0.4, cachedInput: 0.1, output: 1.6 },
  'gpt-4.1-nano': { input: 0.1, cachedInput: 0.025, output: 0.4 },
  'gpt-4o': { input: 2.5, cachedInput: 1.25, output: 10 },
  'gpt-4o-mini': { input: 0.15, cachedInput: 0.075, output: 0.6 },
} as const satisfies Record<string, Price>;
