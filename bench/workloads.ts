/** The inputs that every peer gets, from a seed, as raw little-endian files, so that Python and C read the same bytes. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';

export const IMAGE = { height: 1080, width: 1920 } as const;

export interface Workload {
  readonly id: string;
  readonly primitive: 'iou' | 'nms' | 'conv2d';
  /** Boxes, or the side of the filter. */
  readonly size: number;
  readonly separable?: boolean;
  readonly padding?: 'same' | 'valid';
  /** Absolute paths of f32 files. */
  readonly files: readonly string[];
}

export type Random = () => number;

/** mulberry32: uniform in [0, 1). */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type MakeBox = () => readonly [number, number, number, number];

/** Boxes anywhere in a square. */
function scattered(random: Random, extent: number, side: () => number): MakeBox {
  return () => {
    const [x, y] = [random() * extent, random() * extent];
    return [x, y, x + side(), y + side()];
  };
}

/** Detections of 250 objects, each shifted and scaled a little, in a full-HD frame. */
function clustered(random: Random): MakeBox {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const objects = Array.from({ length: 250 }, (): [number, number, number, number] => {
    const [x, y] = [random() * IMAGE.width, random() * IMAGE.height];
    return [x, y, 20 + random() * 100, 20 + random() * 100];
  });
  return () => {
    const [cx, cy, w, h] = objects[Math.floor(random() * objects.length)]!;
    const [x, y] = [cx + 5 * normal(), cy + 5 * normal()];
    const [halfWidth, halfHeight] = [(w / 2) * Math.exp(0.2 * normal()), (h / 2) * Math.exp(0.2 * normal())];
    return [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight];
  };
}

export function makeWorkloads(dir: string, seed: number): Workload[] {
  const random = seeded(seed);
  const save = (name: string, values: Float32Array): string => {
    const file = path.join(dir, `${name}.f32`);
    writeFileSync(file, values);
    return file;
  };
  const boxes = (name: string, n: number, make: MakeBox): string =>
    save(name, Float32Array.from(Array.from({ length: n }, make).flat()));
  const numbers = (name: string, n: number): string =>
    save(
      name,
      Float32Array.from({ length: n }, () => random() - 0.5),
    );

  const iou = (id: string, n: number, extent: number): Workload => {
    const make = scattered(random, extent, () => 8 + random() * 120);
    return { id, primitive: 'iou', size: n, files: [boxes(`${id}-a`, n, make), boxes(`${id}-b`, n, make)] };
  };
  const nms = (id: string, n: number, make: MakeBox): Workload => {
    const scores = Float32Array.from({ length: n }, random);
    return { id, primitive: 'nms', size: n, files: [boxes(`${id}-boxes`, n, make), save(`${id}-scores`, scores)] };
  };
  const image = numbers('image', IMAGE.height * IMAGE.width);
  const conv = (size: number, padding: 'same' | 'valid', separable = false): Workload => {
    const id = separable ? `conv-sep${size}-${padding}` : `conv-${size}x${size}-${padding}`;
    const taps = numbers(id, separable ? size : size * size);
    return { id, primitive: 'conv2d', size, padding, separable, files: [image, taps] };
  };
  const sides = () => 8 + random() * 56;
  const logSides = () => 5 * 200 ** random();
  return [
    iou('iou-1000', 1000, 1000),
    iou('iou-1000-crowded', 1000, 60),
    iou('iou-4000', 4000, 1000),
    ...[1000, 10_000, 50_000].map((n) => nms(`nms-${n / 1000}k-sparse`, n, scattered(random, 2500, sides))),
    ...[1000, 10_000, 50_000].map((n) => nms(`nms-${n / 1000}k-clustered`, n, clustered(random))),
    ...[1000, 10_000, 50_000].map((n) =>
      nms(`nms-${n / 1000}k-mixed`, n, scattered(random, 40 * Math.sqrt(n), logSides)),
    ),
    ...[3, 5, 7].map((size) => conv(size, 'same')),
    conv(15, 'same', true),
    ...[3, 5, 7].map((size) => conv(size, 'valid')),
  ];
}
