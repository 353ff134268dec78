"""What stands around an answer: a suggested level, figures from a table, doubts, and why it was refused."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from assessor.answers.model import Finding
from assessor.gui.cardhead import ProposalLine
from assessor.gui.parts import Notice, Text, add, clear, column
from assessor.gui.session import Session
from assessor.pack.question import Question
from assessor.report.wording import value_text
from assessor.words import FINDINGS, _, named, sentence

_WANT_REASON = frozenset({"unusual-without-reason", "changed-without-reason"})


@dataclass(frozen=True, slots=True)
class Around:
    """What follows from all answers for one of them."""

    proposal: int | None
    derived: str
    findings: tuple[Finding, ...]

    @property
    def wants_reason(self) -> bool:
        """Whether a doubt would be settled by a reason."""
        return any(finding.code in _WANT_REASON for finding in self.findings)


class Asides:
    """Two places on the card: `above` the editor and `below` it, both empty most of the time."""

    def __init__(self, session: Session, question: Question, confirm: Callable[[], object]) -> None:
        self._session, self._question, self._confirm = session, question, confirm
        self.above, self.below = QWidget(), QWidget()
        self._proposal: ProposalLine | None = None
        self._fault: Text | None = None
        self._shown: tuple[str, tuple[Finding, ...]] = ("", ())
        self._upper, self._lower = column(gap=6), column(gap=6)
        self._doubts = column(gap=4)
        self._lower.addLayout(self._doubts)
        self.above.setLayout(self._upper)
        self.below.setLayout(self._lower)
        self.above.hide()
        self.below.hide()

    def around(self) -> Around:
        """What follows now."""
        session, key = self._session, self._question.id
        return Around(
            session.diagnosis.proposals.get(key),
            self._derived(),
            session.findings_of(key),
        )

    def _derived(self) -> str:
        """What a table says about this question, while nothing was entered directly."""
        session, key = self._session, self._question.id
        table = session.diagnosis.derived.get(key)
        value = session.diagnosis.answers.get(key).value if table else None
        if table is None or value is None:
            return ""
        title = named(session.pack.questions[table]) if table in session.pack.questions else table
        told = _("由“{table}”数出：{value}。直接填写的话，以填写的为准。")
        return told.format(table=title, value=value_text(self._question, value))

    def show(self, around: Around) -> None:
        """Show it."""
        self._show_proposal(around.proposal)
        shown = (around.derived, around.findings)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._doubts)
        if around.derived:
            add(self._doubts, Notice(around.derived, "accent"))
        for finding in around.findings:
            add(self._doubts, Notice(sentence(FINDINGS, finding.code, finding.values), "amber"))
        self._fold()

    def _show_proposal(self, level: int | None) -> None:
        if level is not None:
            if self._proposal is None:
                self._proposal = ProposalLine(self._confirm)
                add(self._upper, self._proposal)
            walk = self._session.pack.crosswalk
            rule = walk.proposals.get(self._question.id) if walk else None
            self._proposal.show_level(level, rule.from_ if rule else ())
        self.above.setVisible(level is not None)

    def say_fault(self, text: str) -> None:
        """Why a value was refused; empty takes it back."""
        if text and self._fault is None:
            self._fault = Text("", "red").selectable()
            self._lower.insertWidget(0, self._fault)
        if self._fault is not None:
            self._fault.setText(text)
            self._fault.setVisible(bool(text))
        self._fold()

    def _fold(self) -> None:
        fault = self._fault is not None and bool(self._fault.text())
        self.below.setVisible(fault or self._shown != ("", ()))
