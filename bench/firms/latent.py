"""One firm's luck: a maturity factor, and draws that hang on it more or less."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from statistics import NormalDist
from typing import Any

import numpy as np

NORMAL = NormalDist()
LOAD = 0.67
"""Correlation 0.45 between two ordinary scenes."""
CLAIM = 0.30
"""By how much a self-assessment, filled in without evidence, stands above what is seen, in spreads."""


class Latent:
    """Draws of one firm. The firm `number` of a seed is the same however many are drawn."""

    def __init__(self, seed: int, number: int) -> None:
        self._rng = np.random.Generator(np.random.PCG64([seed, number]))
        self._normals = iter(self._rng.standard_normal(1200).tolist())
        self._uniforms = iter(self._rng.random(1200).tolist())
        self.theta: float = next(self._normals)

    def position(self, load: float = LOAD) -> float:
        """Where the firm stands in one respect, in spreads around the middle of its like."""
        return load * self.theta + (1 - load**2) ** 0.5 * self._normal()

    def share(self, load: float = LOAD) -> float:
        """The same as a share of firms below it."""
        return NORMAL.cdf(self.position(load))

    def chance(self, probability: float) -> bool:
        """Yes with that probability, whatever the firm's maturity."""
        return self.uniform() < probability

    def uniform(self, low: float = 0, high: float = 1) -> float:
        """Anything between two ends."""
        try:
            return low + (high - low) * next(self._uniforms)
        except StopIteration:
            self._uniforms = iter(self._rng.random(1200).tolist())
            return self.uniform(low, high)

    def whole(self, low: int, high: int) -> int:
        """A whole number between two ends, both included."""
        return min(high, low + int(self.uniform() * (high - low + 1)))

    def one_of(self, things: Sequence[Any]) -> Any:
        """One of them."""
        return things[min(len(things) - 1, int(self.uniform() * len(things)))]

    def _normal(self) -> float:
        try:
            return float(next(self._normals))
        except StopIteration:
            self._normals = iter(self._rng.standard_normal(1200).tolist())
            return self._normal()


def cut_points(shares: Sequence[float]) -> tuple[float, ...]:
    """Where one class ends and the next begins, on the scale of positions; one fewer than shares."""
    below = np.cumsum([float(share) for share in shares])[:-1] / float(sum(shares))
    return tuple(NORMAL.inv_cdf(min(max(float(part), 1e-9), 1 - 1e-9)) for part in below)


def class_of(position: float, cuts: Sequence[float]) -> int:
    """The class a position falls into."""
    return sum(position > cut for cut in cuts)


def quantile(share: float, percentiles: Sequence[Decimal]) -> float:
    """The value at a share of firms, between P10, P25, P50, P75 and P90; tails as long as the next step."""
    p10, p25, p50, p75, p90 = (float(part) for part in percentiles)
    marks = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
    values = (p10 - (p25 - p10), p10, p25, p50, p75, p90, p90 + (p90 - p75))
    return float(np.interp(share, marks, values))


def rounded(value: float, decimals: int) -> Decimal:
    """A figure as a question takes it."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
