def iou(a, b):
    """One row a box of `a`, one column a box of `b`. O(n·m), which is the size of the answer."""
    return [[overlap(one, other) for other in b] for one in a]


def overlap(one, other):
    # min and max of Python pass NaN or drop it by its place: ask before.
    if not (is_proper(one) and is_proper(other)):
        return 0.0
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (area_of(one) + area_of(other) - shared)


def is_proper(box):
    """False for a box without area and for NaN."""
    return box[0] < box[2] and box[1] < box[3]


def area_of(box):
    return (box[2] - box[0]) * (box[3] - box[1])
