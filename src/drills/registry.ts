/** Every drill there is. A primitive that is missing here, or has no folder, does not compile. */
import { ACTIVATION_FUNCTIONS } from './activations/drill.ts';
import { AVERAGE_PRECISION } from './average-precision/drill.ts';
import { BILINEAR_RESIZE } from './bilinear-resize/drill.ts';
import { CONV2D } from './conv2d/drill.ts';
import { IOU } from './iou/drill.ts';
import { NMS } from './nms/drill.ts';
import { PRIMITIVE_IDS, type PrimitiveId } from './primitive-ids.ts';
import type { Primitive } from './primitive.ts';

const PRIMITIVES = {
  iou: IOU,
  nms: NMS,
  conv2d: CONV2D,
  'average-precision': AVERAGE_PRECISION,
  activations: ACTIVATION_FUNCTIONS,
  'bilinear-resize': BILINEAR_RESIZE,
} satisfies Record<PrimitiveId, Primitive>;

export function primitiveOf(id: PrimitiveId): Primitive {
  return PRIMITIVES[id];
}

export function allPrimitives(): Primitive[] {
  return PRIMITIVE_IDS.map(primitiveOf);
}
