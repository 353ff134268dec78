"""Which editor answers which kind of question?"""

from collections.abc import Callable

from assessor.answers.model import Side
from assessor.gui.editors.base import Editor
from assessor.gui.editors.number import NumberSide, RatioSide, TrendSide
from assessor.gui.editors.oneside import OneSide, SidedEditor, WordsSide
from assessor.gui.editors.options import OptionsEditor
from assessor.gui.editors.table import TableSide
from assessor.pack.question import (
    NumberQuestion,
    Question,
    RatioQuestion,
    TableQuestion,
    TextQuestion,
    TrendQuestion,
)
from assessor.words import SIDES, _, named

_SIDES_OF: dict[type, Callable[..., OneSide]] = {
    NumberQuestion: NumberSide,
    RatioQuestion: RatioSide,
    TrendQuestion: TrendSide,
    TableQuestion: TableSide,
    TextQuestion: lambda question, side: WordsSide(
        f"{named(question)}（{_(SIDES[side])}）", question.max_length
    ),
}


def make_editor(question: Question, sides: tuple[Side, ...]) -> Editor:
    """The editor of a question, for one side or both."""
    make = _SIDES_OF.get(type(question))
    if make is None:
        return OptionsEditor(question, sides)
    return SidedEditor(lambda side: make(question, side), sides)
