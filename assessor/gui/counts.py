"""How far is it? Numbers of questions asked and settled, by section and in all."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessor.answers.model import AnswerState
from assessor.gui.session import Session
from assessor.pack.question import Question


@dataclass(frozen=True, slots=True)
class Count:
    """Questions asked, no longer blank, seen on site, and doubtful."""

    asked: int
    settled: int
    seen: int
    doubts: int

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to answer."""
        return self.settled >= self.asked


def doubtful_in(session: Session) -> frozenset[str]:
    """Every question that some finding is about."""
    return frozenset(key for finding in session.diagnosis.findings for key in finding.ids)


def count(session: Session, questions: Iterable[Question], doubtful: frozenset[str]) -> Count:
    """The numbers for some questions."""
    states = session.diagnosis.states
    asked = [q.id for q in questions if states.get(q.id) is not AnswerState.NOT_ASKED]
    return Count(
        asked=len(asked),
        settled=sum(states[key] is not AnswerState.UNANSWERED for key in asked),
        seen=sum(session.answers.get(key).verified is not None for key in asked),
        doubts=sum(key in doubtful for key in asked),
    )


def is_open(session: Session, question: Question, *, verified: bool) -> bool:
    """Whether a question still waits for an answer on the side one is filling in."""
    state = session.diagnosis.states[question.id]
    if state in (AnswerState.NOT_ASKED, AnswerState.NOT_APPLICABLE):
        return False
    if verified:
        return session.answers.get(question.id).verified is None
    return state is AnswerState.UNANSWERED
