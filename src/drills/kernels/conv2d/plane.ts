/** Images and filters of one channel, and where a filter lies on an image. */

/** height × width numbers, row by row. */
export interface Plane {
  readonly data: Float32Array;
  readonly height: number;
  readonly width: number;
}

/** 'same': as large as the image, zeros beyond its border. 'valid': only where the filter lies wholly inside. */
export type Padding = 'same' | 'valid';

/** Size of the output, and how many rows and columns the filter of output pixel (0, 0) reaches beyond the image. */
export interface Placement {
  readonly height: number;
  readonly width: number;
  readonly top: number;
  readonly left: number;
}

/** An even filter has its anchor before the middle, at floor((k − 1) / 2), as `padding='same'` of torch. */
export function place(image: Omit<Plane, 'data'>, filter: Omit<Plane, 'data'>, padding: Padding): Placement {
  if (filter.height < 1 || filter.width < 1) throw new RangeError('a filter has at least one row and one column');
  if (padding === 'same') {
    const top = Math.floor((filter.height - 1) / 2);
    const left = Math.floor((filter.width - 1) / 2);
    return { height: image.height, width: image.width, top, left };
  }
  const height = image.height - filter.height + 1;
  const width = image.width - filter.width + 1;
  const isEmpty = height <= 0 || width <= 0;
  return { height: isEmpty ? 0 : height, width: isEmpty ? 0 : width, top: 0, left: 0 };
}

/** Zeros to be filled by a kernel. */
export function emptyPlane(size: Omit<Plane, 'data'>): Plane {
  return { data: new Float32Array(size.height * size.width), height: size.height, width: size.width };
}
