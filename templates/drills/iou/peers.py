"""Yardsticks that are used where they are installed: name → () → (convert the arguments, run)."""


def load_numpy():
    import numpy

    def run(a, b):
        width = numpy.minimum(a[:, None, 2], b[None, :, 2]) - numpy.maximum(a[:, None, 0], b[None, :, 0])
        height = numpy.minimum(a[:, None, 3], b[None, :, 3]) - numpy.maximum(a[:, None, 1], b[None, :, 1])
        shared = numpy.clip(width, 0, None) * numpy.clip(height, 0, None)
        area_a = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])
        area_b = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
        return shared / (area_a[:, None] + area_b[None, :] - shared)

    return lambda a, b: (numpy.array(a, float), numpy.array(b, float)), run


def load_torchvision():
    import torch
    from torchvision.ops import box_iou

    torch.set_num_threads(1)
    return lambda a, b: (torch.tensor(a, dtype=torch.float64), torch.tensor(b, dtype=torch.float64)), box_iou


PEERS = {"numpy": load_numpy, "torchvision": load_torchvision}
