"""Weights, ids and signs given by a formula that the C# tests compute too, to the bit, so that no fixture needs to store them.

Number i of the array named n is the murmur3 finalizer of FNV-1a(n) + i * 0x9E3779B9, all in 32 bits.
Its upper 24 bits u give the multiple (u - 2**23) / 2**24 of a power of two in [-1/2, 1/2): exact in float32 and in float64.
"""

import numpy as np

MASK = np.uint64(0xFFFFFFFF)


def fnv1a(name):
    h = 0x811C9DC5
    for byte in name.encode("utf-8"):
        h = ((h ^ byte) * 0x01000193) & 0xFFFFFFFF
    return h


def bits(name, count):
    x = (np.uint64(fnv1a(name)) + np.arange(count, dtype=np.uint64) * np.uint64(0x9E3779B9)) & MASK
    x ^= x >> np.uint64(16)
    x = (x * np.uint64(0x85EBCA6B)) & MASK
    x ^= x >> np.uint64(13)
    x = (x * np.uint64(0xC2B2AE35)) & MASK
    x ^= x >> np.uint64(16)
    return x


def uniform(name, count):
    """Multiples of 2**-24 in [-1/2, 1/2)."""
    return ((bits(name, count) >> np.uint64(8)).astype(np.float64) - 2.0**23) / 2.0**24


def ids(name, count, bound):
    return (bits(name, count) % np.uint64(bound)).astype(np.int64)


def signs(name, count):
    """Eight vectors of -1 and +1, (8, count): bit k of the lowest byte."""
    b = bits("sign:" + name, count)
    return np.stack([np.where((b >> np.uint64(k)) & np.uint64(1), 1.0, -1.0) for k in range(8)])


def value(name, shape, matrix_scale=1):
    """The value of a parameter or running statistic, by the last parts of its name: computed in float64, rounded once to float32."""
    return initial(name, shape, matrix_scale).astype(np.float32).astype(np.float64)


def initial(name, shape, matrix_scale):
    u = uniform(name, int(np.prod(shape))).reshape(shape)
    owner, last = ("." + name).rsplit(".", 2)[1:]
    if last == "gain":
        return 1 + u / 2
    if last == "bias" or last == "running_mean":
        return u / 2
    if last == "alpha":
        return 0.5 + u / 4
    if last == "residual_scale":
        return 0.5 + u / 2
    if last in ("running_variance", "running_square"):
        return 1 + u
    if last == "running_gradient":
        return u / 16
    if owner in ("embed", "pos_embed"):
        return 2 * u
    return matrix_scale * u
