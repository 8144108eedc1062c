import { describe, expect, test } from 'vitest';
import { limitsIn, retryAfterMs } from './retry-after.ts';

const NOW_MS = Date.UTC(2026, 0, 5, 12, 0, 0);
const wait = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), NOW_MS);

describe('how long to wait', () => {
  test.each([
    [{ 'retry-after-ms': '1500' }, 1500],
    [{ 'retry-after-ms': '0.5' }, 0.5],
    [{ 'Retry-After': '20' }, 20_000],
    [{ 'Retry-After': ' 0.25 ' }, 250],
    [{ 'Retry-After': '0' }, 0],
    [{ 'Retry-After': 'Mon, 05 Jan 2026 12:00:30 GMT' }, 30_000],
    [{ 'Retry-After': 'Mon, 05 Jan 2026 11:59:30 GMT' }, 0],
    [{ 'Retry-After': 'Tue, 05 Jan 2027 12:00:00 GMT' }, 600_000],
    [{ 'Retry-After': '86400' }, 600_000],
    [{ 'retry-after-ms': '1500', 'Retry-After': '20' }, 1500],
    [{ 'retry-after-ms': 'soon', 'Retry-After': '20' }, 20_000],
  ])('%j is %d ms', (headers, expected) => {
    expect(wait(headers)).toBe(expected);
  });

  test.each([
    {},
    { 'Retry-After': '' },
    { 'Retry-After': '-5' },
    { 'Retry-After': '1e3' },
    { 'Retry-After': 'Infinity' },
    { 'Retry-After': 'soon' },
    { 'Retry-After': '2026-01-05T12:00:30Z' },
    { 'Retry-After': 'Mon, 99 Jan 2026 12:00:30 GMT' },
    { 'retry-after-ms': 'NaN' },
  ])('%j says nothing', (headers) => {
    expect(wait(headers)).toBeUndefined();
  });

  test.each([
    ['1s', 1000],
    ['6m0s', 360_000],
    ['20ms', 20],
    ['2m59.5s', 179_500],
    ['1h0m0s', 600_000],
  ])('what has run out is there again after %s', (reset, expected) => {
    expect(wait({ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': reset })).toBe(expected);
  });

  test('of what is left, the reset means nothing', () => {
    expect(wait({ 'x-ratelimit-remaining-tokens': '7', 'x-ratelimit-reset-tokens': '9s' })).toBeUndefined();
    expect(wait({ 'x-ratelimit-reset-tokens': '9s' })).toBeUndefined();
  });

  test('when both have run out, the later one counts', () => {
    const requests = { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '2s' };
    const tokens = { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '9s' };
    expect(wait({ ...requests, ...tokens })).toBe(9000);
    expect(wait({ ...requests, ...tokens, 'Retry-After': '3' })).toBe(3000);
  });

  test.each(['60', 'soon', '', '1s later'])('a reset of "%s" is not read', (reset) => {
    expect(wait({ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': reset })).toBeUndefined();
  });
});

describe('limits that a server states', () => {
  test.each([
    [{}, {}],
    [{ 'x-ratelimit-limit-requests': '500' }, { requestsPerMinute: 500 }],
    [{ 'x-ratelimit-limit-tokens': '30000' }, { tokensPerMinute: 30_000 }],
    [{ 'x-ratelimit-limit-requests': '0', 'x-ratelimit-limit-tokens': 'many' }, {}],
    [{ 'x-ratelimit-limit-requests': '-1', 'x-ratelimit-limit-tokens': '1' }, { tokensPerMinute: 1 }],
  ])('%j', (headers, expected) => {
    expect(limitsIn(new Headers(headers))).toEqual(expected);
  });
});
