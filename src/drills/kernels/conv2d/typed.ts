/**
 * Rung 2: typed arrays, and the test for the border once a row and column of taps instead of once a tap: a tap is a
 * shifted image, of which a rectangle is added to the sum.
 */
import { emptyPlane, place } from './plane.ts';
import type { Padding, Plane } from './plane.ts';

export function conv2dTyped(image: Plane, filter: Plane, padding: Padding): Plane {
  const { height, width, top, left } = place(image, filter, padding);
  const sums = new Float64Array(width);
  const out = emptyPlane({ height, width });
  for (let y = 0; y < height; y += 1) {
    sums.fill(0);
    for (let ky = Math.max(0, top - y); ky < Math.min(filter.height, image.height + top - y); ky += 1) {
      const row = (y + ky - top) * image.width;
      for (let kx = 0; kx < filter.width; kx += 1) {
        const tap = filter.data[ky * filter.width + kx]!;
        const shift = kx - left;
        const end = Math.min(width, image.width - shift);
        for (let x = Math.max(0, -shift); x < end; x += 1) sums[x]! += tap * image.data[row + x + shift]!;
      }
    }
    out.data.set(sums, y * width);
  }
  return out;
}
