"""Which questions does this firm get, and in what state is each?"""

from collections.abc import Mapping
from dataclasses import dataclass

from assessor.answers.model import Answers, AnswerState, Ratio, Trend, Value
from assessor.pack.condition import Lookup, holds
from assessor.pack.model import Pack
from assessor.pack.question import Question


def lookup_in(answers: Answers) -> Lookup:
    """What conditions see: numbers for ratios in per cent, letters where only a letter was given."""

    def look(item_id: str) -> object:
        return comparable(answers.known(item_id))

    return look


def comparable(value: Value | None) -> object:
    """A value as conditions and rules compare it: shares in per cent, letters where there are no figures."""
    match value:
        case Ratio() if value.share is not None:
            return 100 * value.share
        case Ratio() | Trend():
            return value.letter
        case _:
            return value


def applies(question: Question, answers: Answers) -> bool | None:
    """Whether this firm gets the question; None while that hangs on something not known.

    What an assessor notes on site is not asked in a self-assessment.
    """
    if question.onsite_only and answers.mode == "self":
        return False
    if question.ask_if is None:
        return True
    if question.id not in answers.applicability:
        answers.applicability[question.id] = holds(question.ask_if, lookup_in(answers))
    return answers.applicability[question.id]


def is_asked(question: Question, answers: Answers) -> bool:
    """Whether the question is shown: it applies, or that is not known yet."""
    return applies(question, answers) is not False


def state_of(question: Question, answers: Answers) -> AnswerState:
    """The state of a question, `NOT_ASKED` derived from its condition."""
    if not is_asked(question, answers):
        return AnswerState.NOT_ASKED
    return answers.get(question.id).state


def states(pack: Pack, answers: Answers) -> Mapping[str, AnswerState]:
    """State of every question of the pack, facts left out."""
    return {question.id: state_of(question, answers) for question in pack.asked()}


@dataclass(frozen=True, slots=True)
class Progress:
    """How many questions stand in which state."""

    counts: Mapping[AnswerState, int]

    @property
    def asked(self) -> int:
        """Questions this firm gets."""
        return sum(self.counts.values()) - self.of(AnswerState.NOT_ASKED)

    @property
    def settled(self) -> int:
        """Asked questions that are no longer blank."""
        return self.asked - self.of(AnswerState.UNANSWERED)

    def of(self, state: AnswerState) -> int:
        """Questions in that state."""
        return self.counts.get(state, 0)


def progress(found: Mapping[str, AnswerState]) -> Progress:
    """Count states."""
    counts: dict[AnswerState, int] = {}
    for state in found.values():
        counts[state] = counts.get(state, 0) + 1
    return Progress(counts)
