/** The drills there are; the pack's schema takes this list and nothing else of the room. */
export const PRIMITIVE_IDS = ['iou', 'nms', 'conv2d', 'average-precision', 'activations', 'bilinear-resize'] as const;
export type PrimitiveId = (typeof PRIMITIVE_IDS)[number];

export const LANGUAGES = ['typescript', 'python'] as const;
export type Language = (typeof LANGUAGES)[number];
