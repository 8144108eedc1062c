import math


def resize_bilinear(image, height, width, align_corners):
    """O(height · width): places and weights are computed once a row and once a column."""
    columns = places_of(len(image[0]), width, align_corners)
    result = []
    for low_row, high_row, row_weight in places_of(len(image), height, align_corners):
        upper, lower = image[low_row], image[high_row]
        line = []
        for low, high, weight in columns:
            above = upper[low] * (1 - weight) + upper[high] * weight
            below = lower[low] * (1 - weight) + lower[high] * weight
            line.append(above * (1 - row_weight) + below * row_weight)
        result.append(line)
    return result


def places_of(source, target, align_corners):
    """(lower pixel, higher pixel, weight of the higher) for every pixel of the result."""
    places = []
    for at in range(target):
        place = source_of(at, source, target, align_corners)
        low = math.floor(place)
        places.append((low, min(source - 1, low + 1), place - low))
    return places


def source_of(at, source, target, align_corners):
    """Where the centre of a pixel of the result lies in the image."""
    if align_corners:
        return 0.0 if target == 1 else at * (source - 1) / (target - 1)
    return min(source - 1, max(0.0, (at + 0.5) * source / target - 0.5))
