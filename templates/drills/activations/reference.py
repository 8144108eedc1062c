import math

SCALE = 1.0507009873554805
ALPHA = 1.6732632423543772


def activation(name, x, options):
    if name == "softmax":
        return softmax(x)
    if name == "maxout":
        return maxout(x, options["pieces"])
    function = FUNCTIONS[name]
    pairs = [(math.nan, math.nan) if math.isnan(value) else function(value, options, at) for at, value in enumerate(x)]
    result = {"y": [y for y, _ in pairs], "dy": [dy for _, dy in pairs]}
    if name == "parametric-relu":
        result["dSlope"] = [0.0 if value > 0 else value for value in x]
    return result


def sigmoid(x):
    """exp of what is not positive alone: math.exp raises OverflowError above 709."""
    small = math.exp(-abs(x))
    return 1 / (1 + small) if x >= 0 else small / (1 + small)


def softplus(x):
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def logistic(x, options, at):
    s = sigmoid(x)
    return s, s * (1 - s)


def hyperbolic_tangent(x, options, at):
    t = math.tanh(x)
    return t, 1 - t * t


def sloped(x, slope):
    return (x, 1.0) if x > 0 else (slope * x, slope)


def randomised(x, options, at):
    slopes = options.get("slopes")
    return sloped(x, slopes[at] if slopes else (options["low"] + options["high"]) / 2)


def exponential_unit(x, alpha):
    return (x, 1.0) if x > 0 else (alpha * math.expm1(x), alpha * math.exp(x))


def scaled_exponential_unit(x, options, at):
    y, dy = exponential_unit(x, ALPHA)
    return SCALE * y, SCALE * dy


def gelu(x, options, at):
    cdf = 0.5 * (1 + math.erf(x / math.sqrt(2)))
    density = math.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)
    return x * cdf, cdf + x * density


def swish(x, options, at):
    s = sigmoid(x)
    return x * s, s + x * s * (1 - s)


def mish(x, options, at):
    t = math.tanh(softplus(x))
    return x * t, t + x * (1 - t * t) * sigmoid(x)


FUNCTIONS = {
    "step": lambda x, options, at: (0.0 if x < 0 else 1.0, 0.0),
    "sigmoid": logistic,
    "tanh": hyperbolic_tangent,
    "relu": lambda x, options, at: sloped(x, 0.0),
    "leaky-relu": lambda x, options, at: sloped(x, options["slope"]),
    "parametric-relu": lambda x, options, at: sloped(x, options["slope"]),
    "randomised-leaky-relu": randomised,
    "elu": lambda x, options, at: exponential_unit(x, options["alpha"]),
    "selu": scaled_exponential_unit,
    "softplus": lambda x, options, at: (softplus(x), sigmoid(x)),
    "gelu": gelu,
    "swish": swish,
    "mish": mish,
}


def maxout(x, pieces):
    y, dy = [], []
    for start in range(0, len(x), pieces):
        group = x[start : start + pieces]
        best = max(group)
        first = group.index(best)
        y.append(best)
        dy.extend(1.0 if index == first else 0.0 for index in range(len(group)))
    return {"y": y, "dy": dy}


def softmax(x):
    if not x:
        return {"y": [], "dy": []}
    if any(math.isnan(value) for value in x):
        return {"y": [math.nan] * len(x), "dy": [[math.nan] * len(x) for _ in x]}
    highest = max(x)
    powers = [math.exp(value - highest) for value in x]
    total = sum(powers)
    y = [power / total for power in powers]
    return {"y": y, "dy": [[one * ((row == column) - other) for column, other in enumerate(y)] for row, one in enumerate(y)]}
