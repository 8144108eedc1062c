def resize_bilinear(image, height, width, align_corners):
    """The image at another size, as rows: half-pixel centres, or the corners held in place.

    The whole contract is in drills/bilinear-resize/README.md.
    """
    # To do: find where each pixel of the result lies in the image, and weigh its four neighbours.
    raise NotImplementedError("resize_bilinear is not written yet")
