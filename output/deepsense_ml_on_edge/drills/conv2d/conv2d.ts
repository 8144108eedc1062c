/** Rows of pixels, or of taps. */
export type Grid = number[][];

/**
 * Cross-correlation (the kernel is not flipped) of a grey image. 'same' has a zero border and
 * anchors at floor((k - 1) / 2); 'valid' gives [] where the kernel is larger than the image.
 * The whole contract is in drills/conv2d/README.md.
 */
export function conv2d(image: Grid, kernel: Grid, mode: 'same' | 'valid'): Grid {
  // To do: for every place of the result, sum pixel times tap over the window.
  throw new Error('conv2d is not written yet');
}
