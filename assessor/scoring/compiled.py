"""A model compiled to arrays, once per pack version.

Every scored question has finitely many states, numbered from 0; below them stand MISSING and
NOT_APPLICABLE. Tables give milli-points by code, so that one look-up scores an answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from assessor.errors import refuse
from assessor.pack.maturity import PointsModel
from assessor.pack.model import Pack
from assessor.pack.question import MultiQuestion, Question, option_ids
from assessor.words import _

Ints = NDArray[np.int64]

MISSING = -1
NOT_APPLICABLE = -2
TOP_LEVEL = 4


def milli(points: Decimal) -> int:
    """Points in thousandths, exact (the pack check has seen to it)."""
    return int(points * 1000)


@dataclass(frozen=True)
class CompiledModel:
    """Tables end to end: code c of question q stands at `offsets[q] + c`.

    `low` and `high` give the milli-points at the two ends of the interval (they differ at MISSING
    alone), `possible` what the question could give to this firm (nothing where it does not apply).
    `most` is the best of each question, `membership` (Q, D) its dimension. Gates are rows of level,
    milli-points, scenes and binding scenes.
    """

    model: PointsModel
    questions: tuple[Question, ...]
    scenes: tuple[Question, ...]
    offsets: Ints
    low: Ints
    high: Ints
    possible: Ints
    most: Ints
    membership: Ints
    binding: NDArray[np.bool_]
    gate_level: Ints
    gate_score: Ints
    gate_scenes: Ints
    gate_binding: Ints

    @cached_property
    def column(self) -> Mapping[str, int]:
        """Column of a scored question."""
        return {question.id: column for column, question in enumerate(self.questions)}

    @property
    def width(self) -> int:
        """Codes a firm has: questions, then scenes."""
        return len(self.questions) + len(self.scenes)


def compile_model(pack: Pack, model: PointsModel) -> CompiledModel:
    """The arrays of a model; `UserError` when a weight is unknown."""
    unknown = model.unknown_weights()
    if unknown:
        raise refuse("model-weights-unknown", model=model.id, items=_("、").join(unknown))
    leaves = list(model.indicators())
    questions = tuple(pack.questions[leaf.question] for *_above, leaf in leaves)
    tables = [
        _table(question, {key: milli(value) for key, value in (leaf.points or {}).items()})
        for question, (*_above, leaf) in zip(questions, leaves, strict=True)
    ]
    rows = model.gates.rows
    return CompiledModel(
        model=model,
        questions=questions,
        scenes=tuple(pack.questions[scene.id] for scene in model.scenes),
        offsets=_offsets(tables),
        low=_by_code(tables, missing=min),
        high=_by_code(tables, missing=max),
        possible=np.concatenate([_with_codes(table * 0 + table.max(), table.max()) for table in tables]),
        most=_ints([table.max() for table in tables]),
        membership=_ints(
            [[dimension is other for other in model.dimensions] for dimension, *_below in leaves]
        ),
        binding=np.array([scene.binding for scene in model.scenes], dtype=bool),
        gate_level=_ints([gate.level for gate in rows]),
        gate_score=_ints([milli(gate.score) for gate in rows]),
        gate_scenes=_ints([gate.scenes for gate in rows]),
        gate_binding=_ints([gate.binding for gate in rows]),
    )


def _ints(values: Sequence[object]) -> Ints:
    return np.array(values, dtype=np.int64)


def _with_codes(table: Ints, missing: int) -> Ints:
    """A table with the slots of NOT_APPLICABLE (nothing) and MISSING before its states."""
    return np.concatenate([[0, missing], table])


def _by_code(tables: Sequence[Ints], missing: Callable[[Ints], int]) -> Ints:
    return np.concatenate([_with_codes(table, missing(table)) for table in tables])


def _offsets(tables: Sequence[Ints]) -> Ints:
    widths = [len(table) - NOT_APPLICABLE for table in tables]
    return _ints([start - NOT_APPLICABLE for start in (0, *accumulate(widths[:-1]))])


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
