"""One question on the page: what is asked, how it is answered, and what is doubtful about the answer.

What is seldom needed (notices, fields beside the answer, buttons) is made when it is needed first.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QEnterEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.answers.model import Answer, AnswerState, Side
from assessor.answers.state import lookup_in
from assessor.answers.value import parse_value
from assessor.errors import Problem
from assessor.gui.actions import ActionBar
from assessor.gui.asides import Asides
from assessor.gui.cardhead import CardHead
from assessor.gui.editors.kinds import make_editor
from assessor.gui.editors.oneside import SidedEditor
from assessor.gui.extras import Extras
from assessor.gui.frame import CardFrame
from assessor.gui.parts import Text, column
from assessor.gui.prooftools import has_proof, take_data
from assessor.gui.session import Session, with_value
from assessor.pack.question import Question
from assessor.words import _, named

_STATES = frozenset({"unknown", "declined", "not_applicable"})
_FOOT = 30


class QuestionCard(CardFrame):
    """`activated` carries the question's id when one turns to it; `history_wanted` asks for its past."""

    activated = Signal(str)
    history_wanted = Signal(str)
    opened = Signal(object)
    """Carries the part of the card that was opened and wants to be seen."""

    def __init__(self, session: Session, question: Question) -> None:
        super().__init__()
        self.session, self.question = session, question
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setAccessibleName(
            _("{id} {title}。{ask}").format(id=question.id, title=named(question), ask=question.ask)
        )
        self._entry: Side = "claimed"
        self._asks_reason = False
        self._seen: object = None
        sides: tuple[Side, ...] = ("claimed", "verified") if session.is_onsite else ("claimed",)
        self.head = CardHead(question, session.retry)
        self.editor = make_editor(question, sides)
        self.editor.entered.connect(self._entered)
        self.asides = Asides(session, question, self.confirm_proposal)
        self._extras: Extras | None = None
        self._bar: ActionBar | None = None
        self._foot = QWidget()
        self._foot.setFixedHeight(_FOOT)
        self._down: QVBoxLayout = column(
            self.head,
            Text(question.ask),
            self.asides.above,
            self.editor,
            self.asides.below,
            self._foot,
            gap=8,
            margin=(20, 12, 20, 6),
        )
        self.setLayout(self._down)
        self.refresh()

    # -- show

    @property
    def answer(self) -> Answer:
        """The answer as it stands."""
        return self.session.answers.get(self.question.id)

    @property
    def extras(self) -> Extras:
        """Reason, remark and evidence; made when first wanted."""
        if self._extras is None:
            self._extras = Extras(self.session, self.question)
            self._extras.edited.connect(self._extra)
            self._down.insertWidget(self._down.indexOf(self._foot), self._extras)
        return self._extras

    def refresh(self) -> None:
        """Show the answer with all that follows from it; nothing is done when nothing changed."""
        answer, unsaved = self.answer, self.question.id in self.session.unsaved
        around = self.asides.around()
        seen = (answer, unsaved, around, self._asks_reason)
        if seen == self._seen:
            return
        self._seen = seen
        self.head.show_answer(answer, unsaved=unsaved)
        self.editor.show_answer(answer, around.proposal)
        self.asides.show(around)
        if answer.state is AnswerState.NOT_APPLICABLE:
            self._asks_reason = False
        needed = self._asks_reason or around.wants_reason
        if self._extras is not None or needed or answer.reason or answer.remark or answer.evidence:
            self.extras.show_answer(answer, reason_needed=needed)
        if self._bar is not None:
            self._bar.show_answer(answer, asks_reason=self._asks_reason)

    def set_current(self, is_current: bool) -> None:
        """Whether this is the question one is at."""
        super().set_current(is_current)
        self._show_bar()

    def set_entry(self, side: Side) -> None:
        """The side that keys are for."""
        self._entry = side
        self.editor.set_entry(side)

    def _show_bar(self) -> None:
        wanted = self.is_current or self.underMouse()
        if wanted and self._bar is None:
            self._bar = ActionBar(self.question, self.editor.letters(), self.act, self._sure)
            self._foot.setLayout(column(self._bar))
            self._bar.show_answer(self.answer, asks_reason=self._asks_reason)
        if self._bar is not None:
            self._bar.setVisible(wanted)

    # -- answer

    def _entered(self, side: Side, raw: Any) -> None:
        """Take a raw value if it can be one; else say why not, and keep what stood before."""
        self.activated.emit(self.question.id)
        value, problems = None, list[Problem]()
        if raw is not None:
            look = lookup_in(self.session.answers)
            value, problems = parse_value(self.question, raw, look)
        self._show_problems(side, problems)
        if problems:
            return
        new = with_value(self.answer, side == "verified", value)
        self._asks_reason = False
        self._put(new)

    def _show_problems(self, side: Side, problems: list[Problem]) -> None:
        told = [replace(each, values={**each.values, "id": named(self.question)}) for each in problems]
        said = _("；").join(
            _("{what}。{remedy}").format(what=problem.what, remedy=problem.remedy) for problem in told
        )
        self.asides.say_fault(_("没有保存：{why}").format(why=said) if said else "")
        self.editor.show_problem(side, bool(said))

    def _put(self, answer: Answer) -> None:
        """Show it at once; what follows from it comes when the session tells of it."""
        if answer == self.answer:
            self._seen = None
            self.refresh()
            return
        self.session.put(self.question.id, answer)
        self._seen = None  # a step back may come before the session has told of this one
        self.editor.show_answer(self.answer)

    def _extra(self, change: Callable[[Answer], Answer]) -> None:
        new = change(self.answer)
        if self._asks_reason and new.reason:
            self._asks_reason = False
            new = replace(new, value=None, state=AnswerState.NOT_APPLICABLE)
        self._put(new)

    def confirm_proposal(self) -> bool:
        """Accept what the trade's scenes suggest; whether there was something to accept."""
        level = self.session.diagnosis.proposals.get(self.question.id)
        if level is None:
            return False
        self.activated.emit(self.question.id)
        self.session.put(self.question.id, self.session.as_proposed(self.question.id, level))
        return True

    def _sure(self, degree: int) -> None:
        self._put(replace(self.answer, sure=None if self.answer.sure == degree else degree))

    # -- act

    def press(self, key: str) -> bool:
        """A key for the editor; whether it meant something."""
        return self.editor.press(key)

    def take(self, data: QMimeData) -> bool:
        """Files or a picture that were dropped or pasted here, as evidence; whether there were any."""
        if not has_proof(data):
            return False
        self.activated.emit(self.question.id)
        self.extras.reveal("evidence")
        self.opened.emit(self.extras)
        return take_data(self.session, self.question.id, data)

    def is_beside(self, widget: QWidget) -> bool:
        """Whether a field belongs to what stands beside the answer."""
        return self._extras is not None and self._extras.isAncestorOf(widget)

    def act(self, name: str) -> None:
        """One of the actions, by name."""
        self.activated.emit(self.question.id)
        if name in ("remark", "evidence"):
            self.extras.open(name)
            self.opened.emit(self.extras)
        elif name == "history":
            self.history_wanted.emit(self.question.id)
        elif name == "clear":
            self._clear()
        elif name in _STATES:
            self._state(AnswerState(name))

    def _clear(self) -> None:
        kept = replace(self.answer, value=None, verified=None, state=AnswerState.UNANSWERED)
        self._asks_reason = False
        self._show_problems(self._entry, [])
        if isinstance(self.editor, SidedEditor):
            self.editor.reset(kept)
        self._put(kept)

    def _state(self, state: AnswerState) -> None:
        if self.answer.state is state or (self._asks_reason and state is AnswerState.NOT_APPLICABLE):
            state = AnswerState.UNANSWERED
        elif state is AnswerState.NOT_APPLICABLE and not self._may_not_apply():
            return
        self._asks_reason = False
        self._show_problems(self._entry, [])
        self._put(replace(self.answer, value=None, state=state))

    def _may_not_apply(self) -> bool:
        """Whether the state can be taken now: where the pack allows it, and only with a reason."""
        if not self.question.may_not_apply:
            said = _("这一题不能选“不适用”：没有开展请选最低一级，不清楚请选“不清楚”。")
            self.asides.say_fault(said)
            return False
        if self.answer.reason:
            return True
        self._asks_reason = True
        self.refresh()
        self.extras.reason.setPlaceholderText(_("为什么不适用？写一句后生效"))
        self.extras.open("reason")
        return False

    def flush(self) -> None:
        """Hand over at once what was typed."""
        self.editor.flush()
        if self._extras is not None:
            self._extras.flush()

    # -- Qt

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.activated.emit(self.question.id)
        super().mousePressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_proof(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.set_target(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.set_target(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.set_target(False)
        if self.take(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_bar()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_bar()
