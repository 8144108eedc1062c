"""Peers that Python has, one a process: python.py <peer> <library>. Speaks the protocol of serve.ts."""
import ctypes
import json
import statistics
import sys
import time
from array import array

PEER = sys.argv[1]
H, W = 1080, 1920
THRESHOLD = 0.5
WARM_UP_S = 1.2
SLOW_MS = 300

np = cv2 = torch = torchvision = ndimage = library = None
if PEER == "c":
    library = ctypes.CDLL(sys.argv[2])
else:
    import numpy as np
if PEER == "cv2":
    import cv2
    cv2.setNumThreads(1)
if PEER == "torch":
    import torch
    import torchvision
    torch.set_num_threads(1)
if PEER == "scipy":
    from scipy import ndimage


def version():
    modules = {"cv2": cv2, "torch": torch, "numpy": np}
    if PEER == "c":
        return "gcc -O3 -march=native"
    if PEER == "scipy":
        import scipy
        return scipy.__version__
    text = modules[PEER].__version__
    return text + ", torchvision " + torchvision.__version__ if PEER == "torch" else text


def c_nms(work):
    boxes, scores = (array("f") for _ in range(2))
    for values, name in ((boxes, work["files"][0]), (scores, work["files"][1])):
        with open(name, "rb") as file:
            values.frombytes(file.read())
    n = work["size"]
    kept = array("i", bytes(4 * n))
    at = [ctypes.c_void_p(values.buffer_info()[0]) for values in (boxes, scores, kept)]
    threshold = ctypes.c_double(THRESHOLD)
    def run():
        return library.nms_grid(at[0], at[1], n, threshold, at[2])
    return run, lambda count, keep=(boxes, scores): kept[:count]


def numpy_iou(a, b, out):
    """In blocks of rows that stay in the cache, into a given matrix."""
    area_a = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])
    area_b = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    columns = [np.ascontiguousarray(b[:, i]) for i in range(4)]
    rows = 16
    w, h = (np.empty((rows, len(b)), np.float32) for _ in range(2))
    for start in range(0, len(a), rows):
        part = a[start:start + rows]
        k = len(part)
        ww, hh, oo = w[:k], h[:k], out[start:start + k]
        np.minimum(part[:, 2, None], columns[2], out=ww)
        np.maximum(part[:, 0, None], columns[0], out=oo)
        np.subtract(ww, oo, out=ww)
        np.maximum(ww, 0, out=ww)
        np.minimum(part[:, 3, None], columns[3], out=hh)
        np.maximum(part[:, 1, None], columns[1], out=oo)
        np.subtract(hh, oo, out=hh)
        np.maximum(hh, 0, out=hh)
        np.multiply(ww, hh, out=ww)
        np.add(area_a[start:start + k, None], area_b, out=oo)
        np.subtract(oo, ww, out=oo)
        np.divide(ww, oo, out=oo)
    return out


def prepare_iou(work, a, b):
    a, b = a.reshape(-1, 4), b.reshape(-1, 4)
    if PEER == "torch":
        ta, tb = torch.from_numpy(a), torch.from_numpy(b)
        return lambda: torchvision.ops.box_iou(ta, tb), lambda r: r.numpy()
    if PEER == "numpy":
        out = np.empty((len(a), len(b)), np.float32)
        return lambda: numpy_iou(a, b, out), lambda r: r
    return None


def prepare_nms(work, boxes, scores):
    boxes = boxes.reshape(-1, 4)
    if PEER == "torch":
        tb, ts = torch.from_numpy(boxes), torch.from_numpy(scores)
        return lambda: torchvision.ops.nms(tb, ts, THRESHOLD), lambda r: r.numpy().astype(np.int32)
    if PEER == "cv2" and work["size"] <= 10000:
        rects = np.concatenate([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]], 1).astype(np.float64)
        return (lambda: cv2.dnn.NMSBoxes(rects, scores, 0.0, THRESHOLD)), lambda r: np.asarray(r, np.int32)
    return None


def prepare_conv(work, image, taps):
    image = image.reshape(H, W)
    k, valid = work["size"], work["padding"] == "valid"
    taps = taps if work["separable"] else taps.reshape(k, k)
    edge = k // 2
    crop = (lambda r: r[edge:H - edge, edge:W - edge]) if valid else (lambda r: r)
    contiguous = np.ascontiguousarray
    if PEER == "cv2":
        border = cv2.BORDER_CONSTANT
        if work["separable"]:
            return lambda: cv2.sepFilter2D(image, -1, taps, taps, borderType=border), contiguous
        return lambda: crop(cv2.filter2D(image, -1, taps, borderType=border)), contiguous
    if PEER == "scipy" and not valid:
        if work["separable"]:
            def separable():
                rows = ndimage.correlate1d(image, taps, axis=1, mode="constant")
                return ndimage.correlate1d(rows, taps, axis=0, mode="constant")
            return separable, contiguous
        return lambda: ndimage.correlate(image, taps, mode="constant"), contiguous
    if PEER == "torch":
        picture = torch.from_numpy(image)[None, None]
        pad = 0 if valid else edge
        if work["separable"]:
            line = torch.from_numpy(taps)
            column, row = line[None, None, :, None], line[None, None, None, :]
            conv = torch.nn.functional.conv2d
            return lambda: conv(conv(picture, row, padding=(0, pad)), column, padding=(pad, 0)), lambda r: r.numpy()
        weight = torch.from_numpy(taps)[None, None]
        return lambda: torch.nn.functional.conv2d(picture, weight, padding=pad), lambda r: r.numpy()
    return None


def prepare(work):
    if PEER == "c":
        return c_nms(work) if work["primitive"] == "nms" else None
    inputs = [np.fromfile(name, np.float32) for name in work["files"]]
    return {"iou": prepare_iou, "nms": prepare_nms, "conv2d": prepare_conv}[work["primitive"]](work, *inputs)


def time_ms(run):
    started = time.perf_counter()
    result = run()
    return (time.perf_counter() - started) * 1000, result


def warm_up(run):
    times, started = [], time.perf_counter()
    while time.perf_counter() - started < WARM_UP_S:
        times.append(time_ms(run)[0])
        if len(times) >= 40:
            before, now = statistics.median(times[-14:-7]), statistics.median(times[-7:])
            if abs(now - before) < 0.03 * before:
                return


def answer(value):
    print("@" + json.dumps(value), flush=True)


answer({"ready": True, "version": version()})
ready = {}
for line in sys.stdin:
    request = json.loads(line)
    if "prepare" in request:
        work = request["prepare"]
        prepared = prepare(work)
        if prepared is not None:
            run, to_output = prepared
            if PEER == "torch":
                torch.set_grad_enabled(False)
            warm_up(run)
            ready[work["id"]] = run
            with open(request["out"], "wb") as file:
                file.write(to_output(run()).tobytes())
        answer({"prepared": prepared is not None})
        continue
    times = []
    run = ready.get(request["measure"])
    if run is not None:
        cpu = time.process_time()
        first = time_ms(run)[0]
        if first <= SLOW_MS:
            cpu = time.process_time()
        started = time.perf_counter()
        if first > SLOW_MS:
            times.append(first)
        while first <= SLOW_MS and (len(times) < 3 or (time.perf_counter() - started) * 1000 < request["forMs"]):
            times.append(time_ms(run)[0])
        answer({"times": times, "cpuMs": (time.process_time() - cpu) * 1000 / len(times)})
        continue
    answer({})
