def iou(a, b):
    """The IoU of every box of `a` with every box of `b`: a row a box of `a`, a column a box of `b`.

    A box is [x1, y1, x2, y2], half-open: the width is x2 - x1. A box without area (degenerate,
    inverted) or with NaN has IoU 0 with every box. The whole contract is in drills/iou/README.md.
    """
    # To do: compute the shared area of each pair, and divide it by the area that either covers.
    raise NotImplementedError("iou is not written yet")
