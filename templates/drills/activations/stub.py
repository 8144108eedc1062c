def activation(name, x, options):
    """A function of the table in drills/activations/README.md and its derivative: {"y": …, "dy": …},
    an entry for every entry of `x`. At a kink the derivative is the one from the left; nothing
    overflows. `options` is a dict with slope, alpha, low, high, slopes or pieces.
    """
    # To do: one small function a name that returns y and dy. math.erf helps with gelu.
    raise NotImplementedError("activation is not written yet")
