def conv2d(image, kernel, mode):
    """Cross-correlation (the kernel is not flipped) of a grey image, as rows of numbers.

    mode "same" has a zero border and anchors at (k - 1) // 2; "valid" gives [] where the kernel is
    larger than the image. The whole contract is in drills/conv2d/README.md.
    """
    # To do: for every place of the result, sum pixel times tap over the window.
    raise NotImplementedError("conv2d is not written yet")
