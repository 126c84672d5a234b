"""Random numbers for the compiled kernels: small, quick, and the same for a seed on every machine."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

# Without numba's reference counts (``_nrt``): the kernels get every array from outside and keep none, and counting two
# dozen arrays at each inlined call takes longer than the calls themselves. They may not allocate.
WHOLE: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False}
"""How a kernel that is called from Python is compiled."""
PART: dict[str, Any] = {**WHOLE, "inline": "always"}
"""How what it is made of is compiled."""
_SIZE = 4096
WAITS: NDArray[np.float64] = -np.log((np.arange(_SIZE) + 0.5) / _SIZE)
"""Exponentially distributed thresholds by the upper bits of a random word; the first entry stands for the tail."""


def seeded(seed: int) -> NDArray[np.uint64]:
    """Return the state of a generator: one word, never nought."""
    return np.array([(seed * 0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D) % (1 << 64) or 1], np.uint64)


@njit(**PART)
def draw(chance):  # type: ignore[no-untyped-def]
    """Return 32 random bits."""
    word = chance[0]
    word ^= word << np.uint64(13)
    word ^= word >> np.uint64(7)
    word ^= word << np.uint64(17)
    chance[0] = word
    return word >> np.uint64(32)


@njit(**PART)
def below(chance, bound):  # type: ignore[no-untyped-def]
    """Return a random whole number from 0 to ``bound`` - 1."""
    return np.int64((draw(chance) * np.uint64(bound)) >> np.uint64(32))


@njit(**PART)
def patience(chance, waits, temperature):  # type: ignore[no-untyped-def]
    """Return by how much a change may make things dearer and still be taken (Metropolis), drawn before it is known."""
    slack = 0.0
    pick = draw(chance) >> np.uint64(20)
    while pick == 0:
        # An exponential wait begins anew after any time: the tail is the table once more.
        slack += 8.317766166719343
        pick = draw(chance) >> np.uint64(20)
    return temperature * (slack + waits[pick])
