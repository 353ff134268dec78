"""Where does a plan start? The answers as planning sees them, and the size the prices are read at."""

from dataclasses import dataclass, replace
from typing import Literal

from assessor.answers.effective import effective
from assessor.answers.firm import Size, size_class
from assessor.answers.model import Answer, Answers
from assessor.answers.state import applies
from assessor.errors import refuse
from assessor.pack.model import Pack

OfferSize = Literal["micro", "small", "medium"]


@dataclass(frozen=True, eq=False)
class Situation:
    """The firm at the start. `offered` is the column prices are read from: large firms read medium."""

    pack: Pack
    answers: Answers
    size: Size
    offered: OfferSize


def situation(pack: Pack, answers: Answers) -> Situation:
    """The start of a plan; `UserError` when the firm's size is not known."""
    size = size_class(answers)
    if size is None:
        raise refuse("roadmap-size-unknown")
    return Situation(pack, planning_answers(pack, answers), size, "medium" if size == "large" else size)


def planning_answers(pack: Pack, answers: Answers) -> Answers:
    """Every answer as seen on site where it was, else as claimed; the same on both sides.

    Tables and caps are worked in already, so these are scored as they are. Which questions apply is
    settled here once: no action makes a question apply or fall away.
    """
    seen = effective(pack, answers)
    items = {name: _settled(answer) for name, answer in seen.items.items()}
    settled = replace(seen, items=items)
    for question in pack.asked():
        applies(question, seen)
    settled.applicability.update(seen.applicability)
    return settled


def _settled(answer: Answer) -> Answer:
    value = answer.verified if answer.verified is not None else answer.value
    return answer if value is None else replace(answer, value=value, verified=value)
