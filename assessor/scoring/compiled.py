"""A model compiled to arrays, once per pack version.

Every scored question has finitely many states, numbered from 0; its row in `points` gives
milli-points by state. One code per question and firm is all the engine needs.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from assessor.errors import refuse
from assessor.pack.maturity import MaturityModel
from assessor.pack.model import Pack
from assessor.pack.question import MultiQuestion, Question, option_ids

Ints = NDArray[np.int64]

MISSING = -1
NOT_APPLICABLE = -2
TOP_LEVEL = 4


def milli(points: Decimal) -> int:
    """Points in thousandths, exact (the pack check has seen to it)."""
    return int(points * 1000)


@dataclass(frozen=True)
class CompiledModel:
    """`points` holds all tables end to end; question q, state s stands at `offsets[q] + s`.

    `least` and `most` are the range of a question that is missing, `dimension_of` its dimension's
    index. Gates are rows of level, milli-points, scenes and binding scenes.
    """

    model: MaturityModel
    questions: tuple[Question, ...]
    scenes: tuple[Question, ...]
    points: Ints
    offsets: Ints
    least: Ints
    most: Ints
    dimension_of: Ints
    binding: NDArray[np.bool_]
    gate_level: Ints
    gate_score: Ints
    gate_scenes: Ints
    gate_binding: Ints

    @property
    def width(self) -> int:
        """Codes a firm has: questions, then scenes."""
        return len(self.questions) + len(self.scenes)


def compile_model(pack: Pack, model: MaturityModel) -> CompiledModel:
    """The arrays of a model; `UserError` when a weight is unknown."""
    unknown = model.unknown_weights()
    if unknown:
        raise refuse("model-weights-unknown", model=model.id, items="、".join(unknown))
    leaves = list(model.indicators())
    questions = tuple(pack.questions[leaf.question] for _, _, leaf in leaves)
    tables = [
        _table(question, {key: milli(value) for key, value in (leaf.points or {}).items()})
        for question, (_, _, leaf) in zip(questions, leaves, strict=True)
    ]
    rows = model.gates.rows
    return CompiledModel(
        model=model,
        questions=questions,
        scenes=tuple(pack.questions[scene.id] for scene in model.scenes),
        points=np.concatenate(tables),
        offsets=_ints([0, *accumulate(len(table) for table in tables)][:-1]),
        least=_ints([table.min() for table in tables]),
        most=_ints([table.max() for table in tables]),
        dimension_of=_ints([model.dimensions.index(dimension) for dimension, _, _ in leaves]),
        binding=np.array([scene.binding for scene in model.scenes], dtype=bool),
        gate_level=_ints([gate.level for gate in rows]),
        gate_score=_ints([milli(gate.score) for gate in rows]),
        gate_scenes=_ints([gate.scenes for gate in rows]),
        gate_binding=_ints([gate.binding for gate in rows]),
    )


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def scored_options(question: Question) -> tuple[str, ...]:
    """The options that have a state of their own; in a multi question all but "none"."""
    if isinstance(question, MultiQuestion):
        return tuple(option.id for option in question.options if not option.none)
    return option_ids(question)


def _table(question: Question, points: dict[str, int]) -> Ints:
    single = _ints([points[option] for option in scored_options(question)])
    if not isinstance(question, MultiQuestion):
        return single
    ticked = np.arange(1 << len(single))[:, None] >> np.arange(len(single)) & 1
    sums: Ints = ticked @ single
    return sums
