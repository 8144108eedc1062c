import math


def average_precision(detections, truths, threshold, interpolation):
    """O(d log d) for the sort and O(d · t) for the matching, label by label."""
    ap = {}
    for label in dict.fromkeys(truth["label"] for truth in truths):
        wanted = [truth for truth in truths if truth["label"] == label]
        ranked = sorted(
            (detection for detection in detections if detection["label"] == label),
            key=lambda detection: rank_of(detection["score"]),
        )
        curve = curve_of(match(ranked, wanted, threshold))
        summarise = eleven_points if interpolation == "11-point" else area_under
        ap[label] = summarise(curve, len(wanted))
    return {"ap": ap, "map": sum(ap.values()) / len(ap) if ap else math.nan}


def rank_of(score):
    """Highest first, NaN last."""
    return (1, 0.0) if math.isnan(score) else (0, -score)


def match(ranked, truths, threshold):
    """Whether each detection, best score first, finds a truth that none before it found."""
    taken, hits = set(), []
    for detection in ranked:
        best, best_iou = None, 0.0
        for index, truth in enumerate(truths):
            if truth["image"] != detection["image"]:
                continue
            iou = overlap(detection["box"], truth["box"])
            if iou > best_iou:
                best, best_iou = index, iou
        is_hit = best is not None and best_iou >= threshold and best not in taken
        if is_hit:
            taken.add(best)
        hits.append(is_hit)
    return hits


def curve_of(hits):
    """(truths found, precision) after each detection."""
    found, curve = 0, []
    for shown, is_hit in enumerate(hits, start=1):
        found += is_hit
        curve.append((found, found / shown))
    return curve


def area_under(curve, truth_count):
    """From the right, so that the best precision beyond a recall is known when it is reached."""
    area = envelope = 0.0
    for place in range(len(curve) - 1, -1, -1):
        found, precision = curve[place]
        before = curve[place - 1][0] if place > 0 else 0
        envelope = max(envelope, precision)
        area += envelope * (found - before)
    return area / truth_count


def eleven_points(curve, truth_count):
    """Levels in whole numbers: 0.1 * 3 is more than 3 / 10."""
    return sum(
        max((precision for found, precision in curve if found * 10 >= step * truth_count), default=0.0)
        for step in range(11)
    ) / 11


def overlap(one, other):
    if not (one[0] < one[2] and one[1] < one[3] and other[0] < other[2] and other[1] < other[3]):
        return 0.0
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / ((one[2] - one[0]) * (one[3] - one[1]) + (other[2] - other[0]) * (other[3] - other[1]) - shared)
