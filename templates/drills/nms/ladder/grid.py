import math
from collections import defaultdict

MAX_CELLS = 64  # a box over more cells than this is asked by everybody instead


def nms(boxes, scores, threshold, classes=None):
    """Boxes that overlap share a cell of a grid: each candidate asks the kept boxes of its cells
    alone. Where boxes are of like size and the scene is no denser, O(n log n) for the sort."""
    order = sorted(range(len(boxes)), key=lambda index: rank_of(scores[index]))
    side = mean_side(boxes)
    cells, large, kept = defaultdict(list), [], []
    for candidate in order:
        box = boxes[candidate]
        keys = cells_of(box, side)
        near = kept if keys is None else large + [index for key in keys for index in cells.get(key, ())]
        if any(
            (classes is None or classes[index] == classes[candidate]) and is_above(boxes[index], box, threshold)
            for index in near
        ):
            continue
        kept.append(candidate)
        if keys is None:
            large.append(candidate)
        for key in keys or ():
            cells[key].append(candidate)
    return kept


def rank_of(score):
    return (1, 0.0) if math.isnan(score) else (0, -score)


def is_proper(box):
    return box[0] < box[2] and box[1] < box[3]


def mean_side(boxes):
    sides = [max(box[2] - box[0], box[3] - box[1]) for box in boxes if is_proper(box)]
    return sum(sides) / len(sides) if sides else 1


def cells_of(box, side):
    """None: too many cells."""
    if not is_proper(box):
        return []
    left, top, right, bottom = (math.floor(edge / side) for edge in box)
    if (right - left + 1) * (bottom - top + 1) > MAX_CELLS:
        return None
    return [(x, y) for y in range(top, bottom + 1) for x in range(left, right + 1)]


def is_above(one, other, threshold):
    if not (is_proper(one) and is_proper(other)):
        return False
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return False
    shared = width * height
    union = (one[2] - one[0]) * (one[3] - one[1]) + (other[2] - other[0]) * (other[3] - other[1]) - shared
    return shared / union > threshold
