import math


def nms(boxes, scores, threshold, classes=None):
    """Kept indices, highest score first. O(n · kept) after the sort."""
    # sorted is stable: equal scores keep the order of their indices.
    order = sorted(range(len(boxes)), key=lambda index: rank_of(scores[index]))
    kept = []
    for candidate in order:
        is_suppressed = any(
            (classes is None or classes[index] == classes[candidate])
            and overlap(boxes[index], boxes[candidate]) > threshold
            for index in kept
        )
        if not is_suppressed:
            kept.append(candidate)
    return kept


def rank_of(score):
    """Highest first, NaN last. -0.0 == 0.0 as it should."""
    return (1, 0.0) if math.isnan(score) else (0, -score)


def overlap(one, other):
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
