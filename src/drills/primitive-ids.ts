/** The drills there are. The pack takes this file and nothing else of the room, so it imports nothing. */
export const PRIMITIVE_IDS = ['iou', 'nms', 'conv2d', 'average-precision', 'activations', 'bilinear-resize'] as const;
export type PrimitiveId = (typeof PRIMITIVE_IDS)[number];

export const PRIMITIVE_TITLES: Readonly<Record<PrimitiveId, string>> = {
  iou: 'Intersection over union (IoU)',
  nms: 'Non-maximum suppression (NMS)',
  conv2d: '2D convolution',
  'average-precision': 'Average precision (AP and mAP)',
  activations: 'Activation functions and their derivatives',
  'bilinear-resize': 'Bilinear resize',
};

export const LANGUAGES = ['typescript', 'python'] as const;
export type Language = (typeof LANGUAGES)[number];
