"""The one scoring function: codes of N firms → points, scenes and levels of N firms.

Integers throughout, so every threshold is exact. Low and high ends come from the same code:
what is missing takes its least or its most.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assessor.scoring.compiled import MISSING, TOP_LEVEL, CompiledModel, Ints


@dataclass(frozen=True)
class End:
    """One end of the interval for N firms.

    `questions` (N, Q) and `dimensions` (N, D) in milli-points, `score` (N); `scenes` (N, S) levels;
    `reached` (N, G) scenes and `bound` (N, G) binding scenes at or above each gate's level;
    `level` (N) is 0 where no gate is passed.
    """

    questions: Ints
    dimensions: Ints
    score: Ints
    scenes: Ints
    reached: Ints
    bound: Ints
    level: Ints


@dataclass(frozen=True)
class Scores:
    """Both ends of the interval."""

    low: End
    high: End


def score(compiled: CompiledModel, codes: Ints) -> Scores:
    """Score N firms; `codes` is (N, questions + scenes) as `encode` makes them."""
    split = len(compiled.questions)
    question_codes, scene_codes = codes[:, :split], codes[:, split:]
    answered = question_codes >= 0
    at = compiled.offsets + np.where(answered, question_codes, 0)
    points = np.where(answered, compiled.points[at], 0)
    missing = question_codes == MISSING
    scenes = np.maximum(scene_codes, 0)
    return Scores(
        low=_end(compiled, np.where(missing, compiled.least, points), scenes),
        high=_end(
            compiled,
            np.where(missing, compiled.most, points),
            np.where(scene_codes == MISSING, TOP_LEVEL, scenes),
        ),
    )


def _end(compiled: CompiledModel, questions: Ints, scenes: Ints) -> End:
    members: NDArray[np.int64] = np.zeros(
        (len(compiled.questions), len(compiled.model.dimensions)), dtype=np.int64
    )
    members[np.arange(len(compiled.questions)), compiled.dimension_of] = 1
    dimensions = questions @ members
    total = dimensions.sum(axis=1)
    at_level = scenes[:, :, None] >= compiled.gate_level
    reached = at_level.sum(axis=1)
    bound = at_level[:, compiled.binding].sum(axis=1)
    passed = (
        (total[:, None] >= compiled.gate_score)
        & (reached >= compiled.gate_scenes)
        & (bound >= compiled.gate_binding)
    )
    level = np.where(passed, compiled.gate_level, 0).max(axis=1)
    return End(questions, dimensions, total, scenes, reached, bound, level)
