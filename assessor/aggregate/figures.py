"""Answers as numbers, one for each question of the pack, so that N firms make one matrix.

levels 0–4 · single, band and trend: the place of the option · multi: one bit for each option ·
yes/no 1 and 0 · numbers as they are · shares in per cent. NaN where there is no value.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assessor.answers.model import Answers, AnswerState, Ratio, Side, Trend, Value
from assessor.answers.reading import trend_of
from assessor.pack.model import Pack
from assessor.pack.question import (
    BoolQuestion,
    LevelQuestion,
    MultiQuestion,
    NumberQuestion,
    Question,
    RatioQuestion,
    SingleQuestion,
    TrendQuestion,
    option_ids,
)

Floats = NDArray[np.float64]
STATE_CODES = {state: code for code, state in enumerate(AnswerState)}
_MOST_BITS = 52


def figures_of(pack: Pack, answers: Answers, side: Side) -> bytes:
    """The answers of a side as float64, in the order of the pack's questions."""
    found = [_figure(question, answers.get(question.id).on(side)) for question in pack.asked()]
    return np.array(found, dtype="<f8").tobytes()


def matrix(rows: Sequence[bytes], columns: int) -> Floats:
    """The figures of N firms, (N, questions)."""
    return np.frombuffer(b"".join(rows), dtype="<f8").reshape(len(rows), columns)


def _figure(question: Question, value: Value | None) -> float:
    if value is None:
        return math.nan
    match question:
        case LevelQuestion() | NumberQuestion() | BoolQuestion():
            return float(value)  # type: ignore[arg-type]  # an int, a Decimal or a bool
        case SingleQuestion():
            return _place(question, str(value))
        case MultiQuestion():
            options = option_ids(question)[:_MOST_BITS]
            chosen = value if isinstance(value, tuple) else ()
            return float(sum(1 << bit for bit, option in enumerate(options) if option in chosen))
        case RatioQuestion():
            return _share(value)
        case TrendQuestion():
            assert isinstance(value, Trend)
            return _place(question, trend_of(question, value) or value.letter or "")
        case _:
            return math.nan


def _place(question: Question, option: str) -> float:
    options = option_ids(question)
    return float(options.index(option)) if option in options else math.nan


def _share(value: Value) -> float:
    share = value.share if isinstance(value, Ratio) else None
    return math.nan if share is None else 100 * float(share)
