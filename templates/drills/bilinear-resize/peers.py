"""Yardsticks that are used where they are installed: name → () → (convert the arguments, run)."""


def load_opencv():
    import cv2
    import numpy

    cv2.setNumThreads(1)

    def run(image, size):
        return cv2.resize(image, size, interpolation=cv2.INTER_LINEAR)

    return lambda image, height, width, align_corners: (numpy.array(image, float), (width, height)), run


def load_torch():
    import torch

    torch.set_num_threads(1)

    def run(image, size):
        return torch.nn.functional.interpolate(image, size=size, mode="bilinear", align_corners=False)[0, 0]

    def convert(image, height, width, align_corners):
        return torch.tensor(image, dtype=torch.float64)[None, None], (height, width)

    return convert, run


PEERS = {"opencv": load_opencv, "torch": load_torch}
