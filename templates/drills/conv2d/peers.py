"""Yardsticks that are used where they are installed: name → () → (convert the arguments, run).

All of them for mode "same" and odd kernels, which is what the bench measures.
"""


def load_numpy():
    import numpy

    def run(image, kernel):
        rows, columns = kernel.shape
        padded = numpy.pad(image, ((rows // 2, rows // 2), (columns // 2, columns // 2)))
        height, width = image.shape
        total = numpy.zeros_like(image)
        for i in range(rows):
            for j in range(columns):
                total += padded[i : i + height, j : j + width] * kernel[i, j]
        return total

    return lambda image, kernel, mode: (numpy.array(image, float), numpy.array(kernel, float)), run


def load_opencv():
    import cv2
    import numpy

    cv2.setNumThreads(1)

    def run(image, kernel):
        return cv2.filter2D(image, -1, kernel, borderType=cv2.BORDER_CONSTANT)

    return lambda image, kernel, mode: (numpy.array(image, float), numpy.array(kernel, float)), run


def load_torch():
    import torch

    torch.set_num_threads(1)

    def convert(image, kernel, mode):
        return torch.tensor(image, dtype=torch.float64)[None, None], torch.tensor(kernel, dtype=torch.float64)[None, None]

    def run(image, kernel):
        return torch.nn.functional.conv2d(image, kernel, padding="same")[0, 0]

    return convert, run


PEERS = {"numpy": load_numpy, "opencv": load_opencv, "torch": load_torch}
