import { describe, expect, it } from 'vitest';
import { compareValues } from '../judge/compare.ts';
import type { Arguments, Value } from '../primitive.ts';
import type { PrimitiveId } from '../primitive-ids.ts';
import { createRandom } from '../random.ts';
import { primitiveOf } from '../registry.ts';
import { KERNEL_RUNGS } from './kernel-rungs.ts';
import type { KernelRung } from './rungs/kernel-rung.ts';
import * as conv2d from './rungs/conv2d.ts';
import * as iou from './rungs/iou.ts';
import * as nms from './rungs/nms.ts';

const MODULES: Partial<Record<PrimitiveId, object>> = { iou, nms, conv2d };
const SIZES: Partial<Record<PrimitiveId, number>> = { iou: 33, nms: 150, conv2d: 144 };

const all = Object.entries(KERNEL_RUNGS).flatMap(([id, rungs]) =>
  Object.entries(rungs).map(([name, exported]) => [id as PrimitiveId, name, exported] as const),
);

describe('the kernel ladder', () => {
  it('has no rung that the bench does not show', () => {
    expect(all.map(([id, , exported]) => `${id} ${exported}`).sort()).toEqual(
      Object.entries(MODULES)
        .flatMap(([id, module]) => Object.keys(module).map((exported) => `${id} ${exported}`))
        .sort(),
    );
  });

  it.each(all)('%s: %s gives what the drill asks for, twice', async (id, _, exported) => {
    const primitive = primitiveOf(id);
    const args = primitive.bench.input(SIZES[id] ?? 16, createRandom(3));
    const module = MODULES[id] as Record<string, KernelRung<Arguments, unknown[], Value>>;
    const rung = module[exported];
    if (rung === undefined) throw new Error(`expected an export ${exported}`);
    const prepared = await rung.prepare(...args);
    for (let time = 0; time < 2; time += 1) {
      const value = rung.restore(rung.run(...prepared), ...args);
      expect(compareValues(primitive.oracle(args), value, { absolute: 1e-6, relative: 1e-5 })).toBeUndefined();
    }
  });
});
