def average_precision(detections, truths, threshold, interpolation):
    """{"ap": {label: number}, "map": number}, as Pascal VOC counts.

    A detection is a dict of image, label, score and box; a truth the same without score; a box is
    [x1, y1, x2, y2], half-open. interpolation is "all-point" or "11-point".
    The whole contract is in drills/average-precision/README.md.
    """
    # To do: mark each detection as right or wrong, best score first; then summarise the curve.
    raise NotImplementedError("average_precision is not written yet")
