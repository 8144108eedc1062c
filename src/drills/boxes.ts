/** Boxes as the drills write them, and random ones. */
import type { Arbitrary } from 'fast-check';
import type { FastCheck } from './primitive.ts';
import type { Random } from './random.ts';

/** x1, y1, x2, y2 in pixels; half-open: [x1, x2) × [y1, y2). */
export type Box = readonly [number, number, number, number];

/** A proper box of sides 1/64 to `side` inside a square of `extent`. */
export function randomBox(random: Random, extent: number, side: number): Box {
  const x = random.fraction(0, extent);
  const y = random.fraction(0, extent);
  return [x, y, x + random.fraction(0, side) + 1 / 64, y + random.fraction(0, side) + 1 / 64];
}

/** To the nearest 32-bit numbers, which kernels and libraries compute with: all sides get the same boxes. */
export function inFloat32([x1, y1, x2, y2]: Box): Box {
  return [Math.fround(x1), Math.fround(y1), Math.fround(x2), Math.fround(y2)];
}

/** So many boxes a cluster as a detector gives them: shifted by a little, all of one object. */
export function clusteredBoxes(random: Random, count: number, perCluster: number, extent: number): Box[] {
  const boxes: Box[] = [];
  while (boxes.length < count) {
    const [x1, y1] = randomBox(random, extent, 1);
    const width = random.fraction(20, 60);
    const height = random.fraction(20, 60);
    for (let member = 0; member < perCluster && boxes.length < count; member += 1) {
      const [dx, dy] = [random.fraction(-8, 8), random.fraction(-8, 8)];
      boxes.push([x1 + dx, y1 + dy, x1 + dx + width, y1 + dy + height]);
    }
  }
  return boxes;
}

/** Small whole coordinates, so that boxes meet often; degenerate and inverted ones among them. */
export function boxArbitrary(fc: FastCheck): Arbitrary<Box> {
  const coordinate = fc.integer({ min: -4, max: 12 });
  return fc.tuple(coordinate, coordinate, coordinate, coordinate);
}
