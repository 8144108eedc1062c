"""Yardsticks that are used where they are installed: name → () → (convert the arguments, run)."""


def load_numpy():
    import numpy

    def run(boxes, scores, threshold):
        x1, y1, x2, y2 = boxes.T
        areas = (x2 - x1) * (y2 - y1)
        order = numpy.argsort(-scores, kind="stable")
        kept = []
        while order.size > 0:
            best, rest = order[0], order[1:]
            kept.append(int(best))
            width = numpy.minimum(x2[best], x2[rest]) - numpy.maximum(x1[best], x1[rest])
            height = numpy.minimum(y2[best], y2[rest]) - numpy.maximum(y1[best], y1[rest])
            shared = numpy.clip(width, 0, None) * numpy.clip(height, 0, None)
            order = rest[shared / (areas[best] + areas[rest] - shared) <= threshold]
        return kept

    return lambda boxes, scores, threshold: (numpy.array(boxes, float), numpy.array(scores, float), threshold), run


def load_opencv():
    import cv2

    cv2.setNumThreads(1)

    def convert(boxes, scores, threshold):
        sized = [[x1, y1, x2 - x1, y2 - y1] for x1, y1, x2, y2 in boxes]
        return sized, scores, 0.0, threshold

    return convert, cv2.dnn.NMSBoxes


def load_torchvision():
    import torch
    from torchvision.ops import nms

    torch.set_num_threads(1)

    def convert(boxes, scores, threshold):
        return torch.tensor(boxes, dtype=torch.float64), torch.tensor(scores, dtype=torch.float64), threshold

    return convert, nms


PEERS = {"numpy": load_numpy, "opencv": load_opencv, "torchvision": load_torchvision}
