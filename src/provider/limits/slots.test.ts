import { describe, expect, test } from 'vitest';
import { manualClock } from '../../../test/support/manual-clock.ts';
import { createSlots } from './slots.ts';

const NEVER = new AbortController().signal;

function throwAtOnce(): Promise<never> {
  throw new Error('at once');
}

describe('slots', () => {
  test('run as many as there are slots, first come first served', async () => {
    const clock = manualClock();
    const slots = createSlots(clock, 3);
    const order: number[] = [];
    let active = 0;
    let most = 0;
    const tasks = Array.from({ length: 10 }, async (_, index) =>
      slots.run(async () => {
        order.push(index);
        most = Math.max(most, ++active);
        await clock.sleep(100, NEVER);
        active -= 1;
        return index;
      }, NEVER),
    );
    expect(await clock.until(Promise.all(tasks))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(most).toBe(3);
    expect(slots.state()).toEqual({ active: 0, pending: 0, concurrency: 3 });
  });

  test('a task that fails frees its slot and rejects as it did', async () => {
    const slots = createSlots(manualClock(), 1);
    await expect(slots.run(async () => Promise.reject(new Error('boom')), NEVER)).rejects.toThrow('boom');
    await expect(slots.run(throwAtOnce, NEVER)).rejects.toThrow('at once');
    await expect(slots.run(async () => Promise.resolve('next'), NEVER)).resolves.toBe('next');
  });

  test('what is aborted while it is queued rejects at once and never runs', async () => {
    const clock = manualClock();
    const slots = createSlots(clock, 1);
    const running = slots.run(async () => clock.sleep(1000, NEVER), NEVER);
    const abort = new AbortController();
    let hasRun = false;
    const queued = slots.run(async () => {
      hasRun = true;
      return Promise.resolve();
    }, abort.signal);
    await clock.advance(10);
    expect(slots.state()).toEqual({ active: 1, pending: 1, concurrency: 1 });
    abort.abort(new Error('stopped'));
    await expect(queued).rejects.toThrow('stopped');
    expect(clock.nowMs()).toBe(10);
    expect(slots.state()).toMatchObject({ active: 1, pending: 0 });
    await clock.until(running);
    await expect(slots.run(async () => Promise.resolve('next'), NEVER)).resolves.toBe('next');
    await expect(slots.run(async () => Promise.resolve(), abort.signal)).rejects.toThrow('stopped');
    expect(hasRun).toBe(false);
  });

  test('halve once an episode, down to 1, and come back one by one', async () => {
    const clock = manualClock();
    const slots = createSlots(clock, 8);
    for (let burst = 0; burst < 5; burst += 1) slots.rateLimited();
    expect(slots.state().concurrency).toBe(4);
    await clock.advance(15_000);
    slots.rateLimited();
    expect(slots.state().concurrency).toBe(2);
    for (const concurrency of [1, 1]) {
      await clock.advance(15_000);
      slots.rateLimited();
      expect(slots.state().concurrency).toBe(concurrency);
    }
    slots.succeeded();
    expect(slots.state().concurrency).toBe(2);
    slots.succeeded();
    expect(slots.state().concurrency).toBe(2);
    for (let success = 0; success < 100; success += 1) slots.succeeded();
    expect(slots.state().concurrency).toBe(8);
  });

  test('fewer slots let the running tasks end, and more start the waiting ones', async () => {
    const clock = manualClock();
    const slots = createSlots(clock, 4);
    const tasks = Array.from({ length: 8 }, async () => slots.run(async () => clock.sleep(100, NEVER), NEVER));
    await clock.advance(50);
    slots.rateLimited();
    expect(slots.state()).toEqual({ active: 4, pending: 4, concurrency: 2 });
    await clock.advance(60);
    expect(slots.state()).toMatchObject({ active: 2, pending: 2 });
    slots.succeeded();
    slots.succeeded();
    await clock.advance(1);
    expect(slots.state()).toEqual({ active: 3, pending: 1, concurrency: 3 });
    await clock.until(Promise.all(tasks));
  });
});
