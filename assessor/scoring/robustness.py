"""How much hangs on weights and gates that are judgement? (`ronghe-index.md` §4)"""

from dataclasses import dataclass

import numpy as np

from assessor.answers.model import SIDES, Answers
from assessor.pack.maturity import IndexModel
from assessor.pack.model import Pack
from assessor.scoring.index import encode_index, index_score, part_values, stages
from assessor.scoring.index_verdict import compiled_index

DRAWS = 10_000
SPREAD = 0.30
SHIFTS = (-5.0, 0.0, 5.0)
_SEED = 20_260_401


@dataclass(frozen=True, slots=True)
class Robustness:
    """The low end's score under other reasonable weights (P5, P95), and its stage when gates move.

    `low` and `high` are None when there is no score. `kept` gives, for each line drawn, the share of
    draws in which the firm stays on its side of it.
    """

    draws: int
    low: float | None
    high: float | None
    stages: tuple[int, ...]
    kept: tuple[float, ...] = ()

    @property
    def steady(self) -> bool:
        """Whether the stage is the same under all shifts of the gates."""
        return len(set(self.stages)) == 1


def robustness(
    pack: Pack, model: IndexModel, answers: Answers, lines: tuple[float, ...] = (), draws: int = DRAWS
) -> Robustness:
    """Draw the part weights w·g, g Gamma with mean 1 and spread 0.30, renormalised; move the gates.

    The generator is the old frozen one: NumPy keeps its stream, distributions included, between
    versions, while those of `Generator` may change with any release.
    """
    compiled = compiled_index(pack, model)
    side = SIDES.index(answers.headline)
    values = part_values(compiled, encode_index(pack, compiled, answers, SIDES))
    low = values.shares()[side : side + 1]
    shape = 1 / SPREAD**2
    drawn = np.random.RandomState(_SEED).gamma(shape, 1 / shape, (draws, low.shape[1]))
    weights = compiled.weights * drawn
    weights *= compiled.weights.sum() / weights.sum(axis=1, keepdims=True)
    least = float(model.least_weight)
    own = float(index_score(low, compiled.weights[None, :], least)[0, 0])
    scores = index_score(low, weights, 0.0)[0]
    moved = tuple(int(stages(model, low, values.applicable[side : side + 1], shift)[0]) for shift in SHIFTS)
    if np.isnan(own):
        return Robustness(draws, None, None, moved)
    kept = tuple(float(((scores >= line) == (own >= line)).mean()) for line in lines)
    p5, p95 = (float(value) for value in np.percentile(scores, [5, 95]))
    return Robustness(draws, p5, p95, moved, kept)
