"""What is asked in a visit of 20 minutes, an hour, or as long as it takes, and in which order?

Chosen by what narrows the verdict most per minute, walked in the order of the questionnaire, which is
the order in which material flows. Takes answers as they are stored.
"""

from collections.abc import Collection
from dataclasses import dataclass

from assessor.answers.effective import effective
from assessor.answers.model import Answers, AnswerState
from assessor.answers.rules import expression
from assessor.answers.state import state_of
from assessor.pack.model import Pack
from assessor.pack.question import Question, Section
from assessor.scoring.narrowing import minutes_for, visit

LENGTHS = (20, 60)
"""Minutes of the visits on offer besides the whole."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One section on the way, with the questions asked there."""

    section: Section
    questions: tuple[Question, ...]

    @property
    def minutes(self) -> int:
        """Time to ask and look; `expert`, from the kinds of question alone."""
        return sum(map(minutes_for, self.questions))


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """The way through the plant. `red_left`: blank questions a red line hangs on that found no room."""

    limit: int | None
    stops: tuple[Stop, ...]
    red_left: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """All of them, in walking order."""
        return tuple(question for stop in self.stops for question in stop.questions)

    @property
    def minutes(self) -> int:
        """Time all stops take."""
        return sum(stop.minutes for stop in self.stops)


def visit_plan(pack: Pack, answers: Answers, limit: int | None) -> VisitPlan:
    """A visit of so many minutes; None takes everything that still waits on the side that counts."""
    counted = effective(pack, answers)
    open_now = [question.id for question in pack.asked() if waits(question, counted)]
    chosen = open_now if limit is None else [one.question.id for one in visit(pack, counted, limit)]
    red = red_line_questions(pack)
    left = tuple(key for key in open_now if key in red and key not in chosen)
    return VisitPlan(limit, stops_of(pack, chosen), left)


def stops_of(pack: Pack, chosen: Collection[str]) -> tuple[Stop, ...]:
    """Some questions by section, in walking order; ids the pack doesn't have are passed over."""
    found = []
    for section in pack.sections:
        questions = tuple(question for question in section.questions if question.id in chosen)
        if questions:
            found.append(Stop(section, questions))
    return tuple(found)


def waits(question: Question, answers: Answers) -> bool:
    """Whether a question is still to be asked, on site: to be looked at; `answers` as `effective` gives."""
    state = state_of(question, answers)
    if state in (AnswerState.NOT_ASKED, AnswerState.NOT_APPLICABLE):
        return False
    if answers.headline == "verified":
        return answers.get(question.id).verified is None
    return state is AnswerState.UNANSWERED


def red_line_questions(pack: Pack) -> frozenset[str]:
    """Questions that some red line looks at."""
    ids = (key for line in pack.rules.red_lines for key in expression(line.when).ids)
    return frozenset(key for key in ids if key in pack.questions)
