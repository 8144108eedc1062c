/** What the ladder is to reach, as the ratio of medians in one run. */

export interface Target {
  readonly workload: string;
  readonly rung: string;
  readonly peer: string;
  readonly atMost: number;
}

const SPREADS = ['sparse', 'clustered', 'mixed'] as const;
const NMS = ['1k', '10k', '50k'].flatMap((n) => SPREADS.map((spread) => `nms-${n}-${spread}`));
const CONV = ['conv-3x3-same', 'conv-5x5-same', 'conv-7x7-same', 'conv-sep15-same'] as const;

function of(workload: string, rung: string, peer: string, atMost: number): Target {
  return { workload, rung: `prepsmith ${rung}`, peer, atMost };
}

export const TARGETS: readonly Target[] = [
  of('iou-1000', 'wasm', 'torch', 0.04),
  of('iou-1000-crowded', 'wasm', 'torch', 0.04),
  of('iou-4000', 'wasm', 'torch', 0.022),
  of('iou-1000', 'branch-free', 'torch', 0.62),
  of('iou-1000-crowded', 'branch-free', 'torch', 0.62),
  of('iou-4000', 'branch-free', 'torch', 0.31),
  of('iou-1000', 'threads', 'prepsmith wasm', 0.55),
  of('iou-4000', 'threads', 'prepsmith wasm', 0.55),
  ...NMS.map((workload) => of(workload, 'grid', 'onnxruntime-node', 0.33)),
  of('nms-10k-sparse', 'grid', 'torch', 0.01),
  ...NMS.map((workload) => of(workload, 'wasm', 'onnxruntime-node', 0.2)),
  ...NMS.map((workload) => of(workload, 'wasm', 'C', 2)),
  ...CONV.map((workload) => of(workload, 'wasm', 'opencv-js', 0.33)),
  ...CONV.map((workload, index) => of(workload, 'wasm, relaxed', 'cv2', [1.3, 1.65, 2, 1.6][index]!)),
  ...CONV.map((workload, index) => of(workload, 'wasm', 'cv2', [1.3, 1.65, 2, 1.6][index]!)),
  ...CONV.map((workload) => of(workload, 'threads', 'cv2', 1)),
  ...CONV.map((workload) => of(workload, 'threads, relaxed', 'cv2', 1)),
  ...CONV.map((workload) => of(workload, 'row-ring', 'cv2', 9.5)),
];
