"""Somebody with a pencil: what can be worked out about a few firms from published figures alone?

Knows nothing of how cells are chosen. Each published figure is a row over the firms behind it; the attacker
adds and subtracts rows and looks whom the result speaks of.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.int64]


def pairs(rows: Sequence[Row], most: int = 4) -> Iterator[Row]:
    """Every sum and difference of at most so many figures."""
    for count in range(1, most + 1):
        for chosen in combinations(rows, count):
            for signs in product((1, -1), repeat=count - 1):
                yield sum((sign * row for sign, row in zip(signs, chosen[1:], strict=True)), chosen[0])


def exposed(rows: Sequence[Row], owners: Sequence[int], least: int, most: int = 4) -> list[Row]:
    """The results that speak of some firms, fewer than `least`; `owners` names the firm of each column."""
    who = np.array(owners)
    unique = list({row.tobytes(): row for row in rows}.values())
    return [found for found in pairs(unique, most) if 0 < len(set(who[found != 0].tolist())) < least]


def recovered(rows: Sequence[Row], hidden: Row) -> bool:
    """Whether a hidden figure is any combination of the published ones at all."""
    if not rows:
        return False
    system = np.stack(rows)
    return bool(np.linalg.matrix_rank(np.vstack([system, hidden])) == np.linalg.matrix_rank(system))
