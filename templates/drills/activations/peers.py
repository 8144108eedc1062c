"""Yardsticks that are used where they are installed: name → () → (convert the arguments, run).

All of them for mish, which is what the bench measures.
"""


def load_numpy():
    import numpy

    def run(x):
        small = numpy.exp(-numpy.abs(x))
        sigmoid = numpy.where(x >= 0, 1 / (1 + small), small / (1 + small))
        t = numpy.tanh(numpy.maximum(x, 0) + numpy.log1p(small))
        return {"y": x * t, "dy": t + x * (1 - t * t) * sigmoid}

    return lambda name, x, options: (numpy.array(x, float),), run


def load_torch():
    import torch

    torch.set_num_threads(1)

    def run(x):
        x = x.detach().requires_grad_(True)
        y = torch.nn.functional.mish(x)
        y.sum().backward()
        return {"y": y, "dy": x.grad}

    return lambda name, x, options: (torch.tensor(x, dtype=torch.float64),), run


PEERS = {"numpy": load_numpy, "torch": load_torch}
