import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costUsd, mostInputTokens, priceOf, usualInputTokens, worstCaseUsd } from './cost.ts';
import { PRICE_TABLE } from './price-table.ts';

const PRICE = { input: 2, cachedInput: 0.5, output: 8 };

describe('a price', () => {
  test('is that of the table, of a dated snapshot as well', () => {
    expect(priceOf('gpt-5-mini', {})).toBe(PRICE_TABLE['gpt-5-mini']);
    expect(priceOf('gpt-5-mini-2025-08-07', {})).toBe(PRICE_TABLE['gpt-5-mini']);
  });

  test('of one’s own goes before it', () => {
    expect(priceOf('gpt-5-mini', { 'gpt-5-mini': PRICE })).toBe(PRICE);
    expect(priceOf('llama-local', { 'llama-local': PRICE })).toBe(PRICE);
  });

  test('of a model that nobody knows is not known, whatever it is called', () => {
    for (const model of ['llama-local', 'constructor', '__proto__', 'gpt-5-mini-preview', ''])
      expect(priceOf(model, {})).toBeNull();
  });
});

describe('a cost', () => {
  test('counts cached input apart, and never twice', () => {
    expect(costUsd(PRICE, { inputTokens: 1_000_000, cachedInputTokens: 400_000, outputTokens: 250_000 })).toBeCloseTo(
      1.2 + 0.2 + 2,
      9,
    );
  });

  test('counts fresh input as written into the cache where that has a price', () => {
    expect(
      costUsd({ ...PRICE, cacheWrite: 2.5 }, { inputTokens: 1_000_000, cachedInputTokens: 0, outputTokens: 0 }),
    ).toBe(2.5);
  });

  test('is not known without a price or without usage, and nothing for a model that is free', () => {
    const usage = { inputTokens: 10, cachedInputTokens: 0, outputTokens: 10 };
    expect(costUsd(null, usage)).toBeNull();
    expect(costUsd(PRICE, null)).toBeNull();
    expect(worstCaseUsd(null, 10, 10)).toBeNull();
    expect(costUsd({ input: 0, cachedInput: 0, output: 0 }, usage)).toBe(0);
  });

  test('is never more than the worst case that was set aside', () => {
    const tokens = fc.nat(100_000);
    const rate = fc.double({ min: 0, max: 50, noNaN: true });
    const price = fc.record({ input: rate, output: rate, share: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(price, tokens, tokens, tokens, (rates, input, cached, output) => {
        const known = { input: rates.input, cachedInput: rates.input * rates.share, output: rates.output };
        const usage = { inputTokens: input, cachedInputTokens: Math.min(cached, input), outputTokens: output };
        expect(costUsd(known, usage)).toBeLessThanOrEqual((worstCaseUsd(known, input, output) ?? 0) * (1 + 1e-12));
      }),
    );
  });
});

test('the most tokens that a text can have is never less than its bytes, and its usual number is a quarter of them', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
      const bytes = Buffer.byteLength(texts.join(''));
      expect(mostInputTokens(texts)).toBeGreaterThanOrEqual(bytes);
      expect(usualInputTokens(texts)).toBeGreaterThanOrEqual(bytes / 4);
      expect(usualInputTokens(texts)).toBeLessThanOrEqual(mostInputTokens(texts));
    }),
  );
});

test('every price of the table is one: input dearer than cached input, output dearer than input', () => {
  for (const [model, price] of Object.entries(PRICE_TABLE)) {
    expect({
      model,
      isSound: price.cachedInput > 0 && price.cachedInput < price.input && price.input < price.output,
    }).toEqual({ model, isSound: true });
  }
});
