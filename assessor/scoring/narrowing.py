"""Which questions would narrow the verdict most? So that a visit can be short, long or whole.

Each blank question is set to its lowest state while everything else that is missing stays at its
highest; what the upper end loses is what hangs on that question. All variants are scored in one call.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assessor.answers.model import Answers
from assessor.pack.model import Pack
from assessor.pack.question import (
    LevelQuestion,
    MultiQuestion,
    Question,
    RatioQuestion,
    TableQuestion,
    TrendQuestion,
)
from assessor.scoring.compiled import MISSING, NOT_APPLICABLE, CompiledModel, Ints
from assessor.scoring.encode import encode
from assessor.scoring.engine import score
from assessor.scoring.index import (
    CompiledIndex,
    encode_index,
    index_score,
    part_values,
    stages,
    unknown_weights,
)
from assessor.scoring.index_verdict import compiled_index
from assessor.scoring.result import compiled_model

MINUTES: Mapping[type, int] = {
    LevelQuestion: 4,
    MultiQuestion: 3,
    RatioQuestion: 4,
    TrendQuestion: 4,
    TableQuestion: 15,
}
OTHER_MINUTES = 2
"""Time to ask and look, in minutes: `expert`, from the kind of question alone."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What hangs on one blank question: points by model, and models whose upper level hangs on it."""

    question: Question
    points: Mapping[str, float]
    levels: tuple[str, ...]
    minutes: int

    @property
    def worth(self) -> tuple[int, float]:
        """Sort key: levels at stake, then points a minute."""
        return len(self.levels), sum(self.points.values()) / self.minutes


def minutes_for(question: Question) -> int:
    """Time to ask and look."""
    return MINUTES.get(type(question), OTHER_MINUTES)


def narrowing(pack: Pack, answers: Answers) -> tuple[Narrowing, ...]:
    """Blank questions by what hangs on them, most first; `answers` as `effective` gives them."""
    points: dict[str, dict[str, float]] = {}
    levels: dict[str, list[str]] = {}
    for model in pack.models:
        if not model.unknown_weights():
            found = _of_points(compiled_model(pack, model.id), answers)
            _collect(model.id, found, points, levels)
    for index in pack.indexes:
        if not unknown_weights(pack, index):
            _collect(index.id, _of_index(pack, compiled_index(pack, index), answers), points, levels)
    blanks = [
        Narrowing(pack.questions[name], gains, tuple(levels.get(name, ())), minutes_for(pack.questions[name]))
        for name, gains in points.items()
    ]
    order = {question.id: place for place, question in enumerate(pack.asked())}
    return tuple(sorted(blanks, key=lambda one: (*(-part for part in one.worth), order[one.question.id])))


def visit(pack: Pack, answers: Answers, minutes: int) -> tuple[Narrowing, ...]:
    """The blank questions that fit a visit of so many minutes, most worth first."""
    chosen, left = [], minutes
    for one in narrowing(pack, answers):
        if one.minutes <= left:
            chosen.append(one)
            left -= one.minutes
    return tuple(chosen)


Found = Mapping[str, tuple[float, bool]]


def _collect(
    model: str, found: Found, points: dict[str, dict[str, float]], levels: dict[str, list[str]]
) -> None:
    for name, (width, level) in found.items():
        if width > 0 or level:
            points.setdefault(name, {})[model] = width
        if level:
            levels.setdefault(name, []).append(model)


def _of_points(compiled: CompiledModel, answers: Answers) -> Found:
    base = encode(compiled, answers, answers.headline)
    blank = np.flatnonzero(base == MISSING)
    rows = np.repeat(base[None, :], len(blank) + 1, axis=0)
    lowest = _lowest(compiled)
    rows[np.arange(1, len(rows)), blank] = lowest[blank]
    high = score(compiled, rows).high
    names = [question.id for question in (*compiled.questions, *compiled.scenes)]
    return {
        names[int(column)]: (
            float(high.score[0] - high.score[row]) / 1000,
            bool(high.level[row] < high.level[0]),
        )
        for row, column in enumerate(blank, 1)
    }


def _lowest(compiled: CompiledModel) -> Ints:
    """The state of fewest points of each question; level 0 for scenes."""
    ends = [*(compiled.offsets[1:] + NOT_APPLICABLE), len(compiled.low)]
    states = [
        int(compiled.low[start:end].argmin()) for start, end in zip(compiled.offsets, ends, strict=True)
    ]
    return np.array(states + [0] * len(compiled.scenes), dtype=np.int64)


def _of_index(pack: Pack, compiled: CompiledIndex, answers: Answers) -> Found:
    codes = encode_index(pack, compiled, answers, [answers.headline])
    names: Sequence[str] = [
        question.id for question in (*compiled.point_questions(), *compiled.share_questions, *compiled.scenes)
    ]
    lowest = _lowest(compiled.points)
    low_codes = [lowest[column] for column in compiled.point_columns]
    low = np.concatenate([low_codes, np.zeros(len(compiled.share_questions) + len(compiled.scenes))])
    base = np.concatenate([codes.points, codes.shares, codes.scenes], axis=1).astype(float)[0]
    blank = np.flatnonzero(base == MISSING)
    rows = np.repeat(base[None, :], len(blank) + 1, axis=0)
    rows[np.arange(1, len(rows)), blank] = low[blank]
    first, second = len(compiled.point_columns), len(compiled.point_columns) + len(compiled.share_questions)
    varied = replace(
        codes,
        points=rows[:, :first].astype(np.int64),
        shares=rows[:, first:second],
        scenes=rows[:, second:].astype(np.int64),
        scene_weights=np.repeat(codes.scene_weights, len(rows), axis=0),
    )
    values = part_values(compiled, varied)
    high = values.shares(high=True)
    least = float(compiled.model.least_weight)
    scores = index_score(high, compiled.weights[None, :], least)[:, 0]
    level = stages(compiled.model, high, values.applicable)
    return {
        names[int(column)]: (float(np.nan_to_num(scores[0] - scores[row])), bool(level[row] < level[0]))
        for row, column in enumerate(blank, 1)
    }
