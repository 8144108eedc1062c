import { expect, test } from 'vitest';
import { systemClock } from './clock.ts';

test('a sleep ends in time, or when it is aborted', async () => {
  const clock = systemClock();
  const startMs = clock.nowMs();
  await clock.sleep(20, new AbortController().signal);
  expect(clock.nowMs() - startMs).toBeGreaterThan(15);
  const abort = new AbortController();
  const sleep = clock.sleep(60_000, abort.signal);
  abort.abort(new Error('stopped'));
  await expect(sleep).rejects.toThrow('stopped');
  await expect(clock.sleep(60_000, abort.signal)).rejects.toThrow('stopped');
  expect(clock.nowMs() - startMs).toBeLessThan(10_000);
});

test('dates and chance are the machine’s', () => {
  const clock = systemClock();
  expect(Math.abs(clock.epochMs() - Date.now())).toBeLessThan(1000);
  expect(clock.random()).toBeGreaterThanOrEqual(0);
  expect(clock.random()).toBeLessThan(1);
});
