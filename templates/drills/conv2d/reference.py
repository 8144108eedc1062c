def conv2d(image, kernel, mode):
    """Cross-correlation with a zero border. O(H · W · kh · kw)."""
    height, width = len(image), len(image[0]) if image else 0
    rows, columns = len(kernel), len(kernel[0])
    is_same = mode == "same"
    top, left = ((rows - 1) // 2, (columns - 1) // 2) if is_same else (0, 0)
    out_height = height if is_same else height - rows + 1
    out_width = width if is_same else width - columns + 1
    if out_height <= 0 or out_width <= 0:
        return []
    result = []
    for y in range(out_height):
        row = []
        for x in range(out_width):
            total = 0.0
            for i in range(max(0, top - y), min(rows, height + top - y)):
                pixels, taps = image[y + i - top], kernel[i]
                for j in range(max(0, left - x), min(columns, width + left - x)):
                    total += pixels[x + j - left] * taps[j]
            row.append(total)
        result.append(row)
    return result
