"""Runs one function of one module for the judge: a request a line on standard input, a reply a
line on standard output. What the function prints is caught and sent with the reply.

usage: runner.py <module file> <function> <memory limit in MB, 0 for none>
A function written `peers:<name>` is the yardstick of that name in PEERS of the module.
"""
import gc
import importlib.util
import io
import json
import math
import os
import signal
import sys
import threading
import time
import traceback

PRINT_LIMIT = 8192
FILE, FUNCTION, MEMORY_MB = sys.argv[1], sys.argv[2], int(sys.argv[3])
NAMES = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}

replies = os.fdopen(os.dup(1), "w", encoding="utf-8")


class Capture(io.TextIOBase):
    def __init__(self):
        self.text = ""

    def writable(self):
        return True

    def write(self, text):
        self.text += text[: max(0, PRINT_LIMIT - len(self.text))]
        return len(text)


captured = Capture()
sys.stdout = captured
sys.stderr = captured


def reply(message):
    message["printed"] = captured.text
    replies.write(json.dumps(message) + "\n")
    replies.flush()


def limit_memory():
    try:
        import resource
    except ImportError:
        return  # Windows: the judge watches the process from outside
    size = MEMORY_MB * 1024 * 1024
    try:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ValueError, OSError):
        pass  # macOS refuses; the judge watches there, too


def watch_parent():
    """An endless loop must not outlive the judge."""
    parent = os.getppid()

    def watch():
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def decode(value):
    if isinstance(value, str):
        return NAMES.get(value, value)
    if isinstance(value, list):
        return [decode(part) for part in value]
    if isinstance(value, dict):
        return {key: decode(part) for key, part in value.items()}
    return value


def encode(value, place):
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        return "-0" if value == 0 and math.copysign(1, value) < 0 else value
    if isinstance(value, (list, tuple)):
        return [encode(part, f"{place}[{index}]") for index, part in enumerate(value)]
    if isinstance(value, dict):
        return {str(key): encode(part, f"{place}.{key}") for key, part in value.items()}
    if hasattr(value, "tolist"):
        return encode(value.tolist(), place)
    raise TypeError(f"{place} is a {type(value).__name__}; expected numbers, lists or a dict of them")


def canonical(value):
    return json.dumps(encode(value, "an argument"))


def failure(error):
    answer = {"state": "threw", "message": f"{type(error).__name__}: {error}"}
    if isinstance(error, SyntaxError) and error.lineno is not None:
        answer["line"] = error.lineno
    for frame in traceback.extract_tb(error.__traceback__):
        if os.path.abspath(frame.filename) == os.path.abspath(FILE):
            answer["line"] = frame.lineno
    return answer


def consume(result):
    if isinstance(result, (int, float)):
        return result
    try:
        return len(result)
    except TypeError:
        return 0


class Runner:
    def __init__(self, subject, convert):
        self.subject = subject
        self.convert = convert
        self.prepared = []
        self.sink = 0

    def call(self, request):
        args = decode(request["args"])
        before = canonical(args)
        value = encode(self.subject(*args), "the result")
        return {"state": "returned", "value": value, "hasChangedInput": canonical(args) != before}

    def prepare(self, request):
        self.prepared = self.convert(*decode(request["args"]))
        return {"state": "returned", "value": encode(self.subject(*self.prepared), "the result")}

    def sample(self, request):
        subject, args, total = self.subject, self.prepared, 0
        gc.collect()
        started = time.perf_counter()
        for _ in range(request["iterations"]):
            total += consume(subject(*args))
        elapsed = time.perf_counter() - started
        self.sink = total
        return {"state": "returned", "value": elapsed * 1000}


def load():
    sys.dont_write_bytecode = True
    sys.path.insert(0, os.path.dirname(os.path.abspath(FILE)))
    spec = importlib.util.spec_from_file_location("solution", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if FUNCTION.startswith("peers:"):
        convert, subject = module.PEERS[FUNCTION[len("peers:") :]]()
        return Runner(subject, convert)
    subject = getattr(module, FUNCTION, None)
    if not callable(subject):
        raise AttributeError(f"expected a function {FUNCTION}, found none")
    return Runner(subject, lambda *args: args)


def main():
    watch_parent()
    if MEMORY_MB > 0:
        limit_memory()
    try:
        runner = load()
    except BaseException as error:
        reply(failure(error))
        return
    reply({"state": "ready"})
    for line in sys.stdin:
        captured.text = ""
        try:
            request = json.loads(line)
            answer = getattr(runner, request["op"])(request)
        except MemoryError:
            answer = {"state": "threw", "message": f"MemoryError: more than the {MEMORY_MB} MB that a drill may use"}
        except Exception as error:
            answer = failure(error)
        reply(answer)


main()
