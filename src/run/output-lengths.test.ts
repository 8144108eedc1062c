import { createFixture } from 'fs-fixture';
import { describe, expect, test } from 'vitest';
import type { Ask, Part } from '../pack/ladder/types.ts';
import { openLedger } from './ledger.ts';
import { learnOutputLengths } from './output-lengths.ts';

interface Sample {
  outputTokens: number | null;
  part?: Part;
  turn?: Ask['turn'];
}

async function learn(runs: { model?: string; samples: Sample[] }[], model = 'test-model') {
  await using fixture = await createFixture({});
  const dir = fixture.getPath('ledger');
  for (const [index, run] of runs.entries()) {
    const host = { pid: 1, isAlive: () => false, now: () => 0, epochMs: () => 1000 * index };
    const ledger = openLedger(dir, host, {
      provider: 'openai',
      model: run.model ?? 'test-model',
      budgetUsd: null,
      spentBeforeUsd: 0,
    });
    for (const { outputTokens, part = 'questions', turn = 'first' } of run.samples) {
      const usage = outputTokens === null ? null : { inputTokens: 1, cachedInputTokens: 0, outputTokens };
      ledger.begin({ job: 'a', part, turn, key: 'k', worstUsd: null, expectedInputTokens: 1 })({
        outcome: 'reply',
        status: 200,
        usage,
        costUsd: null,
        durationMs: 1,
      });
    }
    ledger.end('done');
  }
  return await learnOutputLengths(dir, model);
}

const tens = Array.from({ length: 10 }, (_, index) => ({ outputTokens: (index + 1) * 100 }));

describe('lengths of replies', () => {
  test('are assumed where nothing was measured, and say so', async () => {
    const lengths = await learn([]);
    for (const { p50, p90, samples } of Object.values(lengths)) {
      expect(samples).toBe(0);
      expect(p50).toBeLessThan(p90);
    }
  });

  test('are measured over first requests of this model, part by part', async () => {
    const other: Sample[] = [
      { outputTokens: 9999, turn: 'repair' },
      { outputTokens: 9999, turn: 'again' },
      { outputTokens: null },
      { outputTokens: 70, part: 'tasks' },
    ];
    const lengths = await learn([
      { samples: [...tens, ...other] },
      { model: 'another', samples: [{ outputTokens: 9999 }] },
    ]);
    expect(lengths.questions).toEqual({ p50: 600, p90: 1000, samples: 10 });
    expect(lengths.tasks).toEqual({ p50: 70, p90: 70, samples: 1 });
    expect(lengths.behavioural.samples).toBe(0);
  });

  test('are those of the newest twenty ledgers', async () => {
    const old = { samples: [{ outputTokens: 9999 }] };
    const recent = Array.from({ length: 20 }, () => ({ samples: [{ outputTokens: 100 }] }));
    expect((await learn([old, ...recent])).questions).toEqual({ p50: 100, p90: 100, samples: 20 });
  });
});
