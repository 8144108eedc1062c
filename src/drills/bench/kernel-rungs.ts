/** The kernel ladder beside the reader's version: which rungs a drill has, and how each is run. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { kernelProgram } from '../judge/program.ts';
import type { JudgeHost } from '../judge/types.ts';
import type { PrimitiveId } from '../primitive-ids.ts';
import type { ExtraRung } from './sides.ts';

/** What the names of all of them begin with. */
export const KERNEL_PREFIX = 'kernel: ';

/** Name → export of `rungs/<primitive>.ts`, in the order in which an interview talks them through. */
export const KERNEL_RUNGS: Readonly<Partial<Record<PrimitiveId, Readonly<Record<string, string>>>>> = {
  iou: {
    'naive objects': 'naive',
    'typed arrays': 'typed',
    'branch-free': 'branchFree',
    sweep: 'sweep',
    wasm: 'wasm',
    'wasm, 2 threads': 'threads',
  },
  nms: { 'naive objects': 'naive', 'typed arrays': 'typed', grid: 'grid', 'wasm grid': 'wasm' },
  conv2d: {
    'naive rows': 'naive',
    'typed arrays': 'typed',
    'ring of rows': 'rowRing',
    wasm: 'wasm',
    'wasm, 2 threads': 'threads',
  },
};

/** They run in processes of their own, so only what the build has compiled: from source there are none. */
export function kernelRungs(host: JudgeHost, templatesDir: string, id: PrimitiveId): ExtraRung[] {
  const file = fileURLToPath(new URL(`rungs/${id}.js`, import.meta.url));
  if (!existsSync(file)) return [];
  return Object.entries(KERNEL_RUNGS[id] ?? {}).map(([name, exported]) => ({
    name: `${KERNEL_PREFIX}${name}`,
    program: kernelProgram(host, templatesDir, file, exported),
  }));
}
