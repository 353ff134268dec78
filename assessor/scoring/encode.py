"""One firm's answers as codes: the only place where values become states."""

from collections.abc import Callable

import numpy as np

from assessor.answers.model import Answers, AnswerState, Ratio, Side, Trend, Value
from assessor.answers.reading import band_of, trend_of
from assessor.answers.state import applies
from assessor.pack.question import (
    LevelQuestion,
    MultiQuestion,
    Question,
    RatioQuestion,
    SingleQuestion,
    TrendQuestion,
)
from assessor.scoring.compiled import MISSING, NOT_APPLICABLE, CompiledModel, Ints, scored_options


def encode(compiled: CompiledModel, answers: Answers, side: Side) -> Ints:
    """Codes of one firm, questions then scenes."""
    asked = (*compiled.questions, *compiled.scenes)
    return np.array([code_of(question, answers, side) for question in asked], dtype=np.int64)


def code_of(question: Question, answers: Answers, side: Side) -> int:
    """The state of one question on one side, or MISSING or NOT_APPLICABLE."""
    gap = gap_of(question, answers, side)
    return _CODES[type(question)](question, answers.get(question.id).on(side)) if gap is None else gap


def gap_of(question: Question, answers: Answers, side: Side) -> int | None:
    """MISSING or NOT_APPLICABLE, None where there is a value.

    A condition that hangs on something unknown makes the question missing, whatever was answered.
    "Does not apply" is about scope and holds on both sides, unless a value was seen on site.
    """
    asked = applies(question, answers)
    if asked is None:
        return MISSING
    answer = answers.get(question.id)
    value = answer.on(side)
    if not asked or (value is None and answer.state is AnswerState.NOT_APPLICABLE):
        return NOT_APPLICABLE
    return MISSING if value is None else None


def _trend_code(question: TrendQuestion, value: Trend) -> int:
    return scored_options(question).index(trend_of(question, value) or value.letter or "")


def _ratio_code(question: RatioQuestion, value: Ratio) -> int:
    return scored_options(question).index(band_of(question, value) or value.letter or "")


def _multi_code(question: MultiQuestion, value: tuple[str, ...]) -> int:
    return sum(1 << bit for bit, option in enumerate(scored_options(question)) if option in value)


_CODES: dict[type, Callable[..., int]] = {
    LevelQuestion: lambda question, value: int(value),
    SingleQuestion: lambda question, value: scored_options(question).index(value),
    MultiQuestion: _multi_code,
    RatioQuestion: _ratio_code,
    TrendQuestion: _trend_code,
}


def level_of(value: Value | None) -> int | None:
    """The rung of a level answer."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
