export { iouRows, packBoxes } from './iou';
export { convRows, convSeparableRows } from './conv2d';
export { nms, nmsScratchBytes } from './nms';
