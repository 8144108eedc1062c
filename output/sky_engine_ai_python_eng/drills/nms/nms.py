def nms(boxes, scores, threshold, classes=None):
    """Indices of the boxes kept, highest score first.

    A box is [x1, y1, x2, y2], half-open. Only IoU > threshold suppresses; ties go to the lower
    index; a NaN score comes last; with classes, a box suppresses its own class alone.
    The whole contract is in drills/nms/README.md.
    """
    # To do: sort the indices, walk through them, and keep what no kept box overlaps too much.
    raise NotImplementedError("nms is not written yet")
