"""The middle of the page: one section with all its questions, scrolling as a whole.

Cards are made a few at a time, those wanted first, so that the window stays quick with any pack.
"""

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QPoint, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from assessor.answers.model import Side
from assessor.gui.card import QuestionCard
from assessor.gui.parts import Text, button, column, panel, row, scroll, sign
from assessor.gui.session import Session
from assessor.gui.way import Way
from assessor.pack.question import Question, Section
from assessor.words import _, named

WIDEST = 880
_EDGE = 24
_AT_ONCE = 3
_SPELL_MS = 10


class SectionView(QWidget):
    """`activated` carries the id of the question the person turned to, `history_wanted` asks for its past.

    `left` carries the section when it is done with, `stepped` how many questions to go, where one is
    shown at a time.
    """

    activated = Signal(str)
    history_wanted = Signal(str)
    left = Signal(object)
    stepped = Signal(int)

    def __init__(self, session: Session, section: Section, way: Way) -> None:
        super().__init__()
        self._session, self.section, self._way = session, section, way
        self.cards: dict[str, QuestionCard] = {}
        self._todo: list[Question] = list(section.questions)
        self._entry: Side = "claimed"
        self._at: str | None = None
        self._spell = QTimer(self)
        self._spell.setInterval(0)
        self._spell.timeout.connect(self._build_some)
        self.proposals = ProposalsBar(session)
        self._none = Text(_("这一节没有要问本厂的题。"), "quiet")
        self._on = button("", lambda: self.left.emit(section), icon="next")
        self._back = button(_("上一题"), lambda: self.stepped.emit(-1), icon="back")
        self._next = button(_("下一题"), lambda: self.stepped.emit(1), icon="next")
        self._place = Text("", "quiet", wrap=False)
        self._intro = Text(section.intro, "quiet")
        self._list = column(gap=12)
        self._content = panel(self._column())
        self._content.setMaximumWidth(WIDEST)
        self.area = scroll(self._content, named(section))
        self.setLayout(column(self.area))
        for _number in range(_AT_ONCE):
            self._build_next()
        self._spell.start()
        self.refresh()

    def _column(self) -> QVBoxLayout:
        title = Text(named(self.section), "page")
        head = row(title, self._place)
        head.setStretch(0, 1)
        foot = row(self._back, self._next, None, self._on)
        return column(
            *(head, self._intro, self.proposals, self._none, self._list, foot, None),
            gap=12,
            margin=(_EDGE, 20, _EDGE, 32),
        )

    # -- build

    def _build_next(self) -> None:
        if not self._todo:
            self._spell.stop()
            return
        question = self._todo.pop(0)
        card = QuestionCard(self._session, question)
        card.activated.connect(self.activated)
        card.history_wanted.connect(self.history_wanted)
        card.opened.connect(self._bring_part)
        if self._entry != "claimed":
            card.set_entry(self._entry)
        self.cards[question.id] = card
        self._list.addWidget(card)
        card.setVisible(self._is_seen(question))
        if question.id == self._at:
            card.set_current(True)

    def _build_some(self) -> None:
        """A few cards, then back to whoever is typing."""
        clock = QElapsedTimer()
        clock.start()
        while self._todo and clock.elapsed() < _SPELL_MS:
            self._build_next()
        if not self._todo:
            self._spell.stop()
            self._show_end()

    def card(self, key: str) -> QuestionCard:
        """The card of a question, made now if it is not there yet."""
        while key not in self.cards:
            self._build_next()
        return self.cards[key]

    def build_all(self) -> None:
        """All cards that are still to be made."""
        while self._todo:
            self._build_next()
        self._spell.stop()
        self._show_end()

    # -- show

    def _is_seen(self, question: Question) -> bool:
        return self._way.shows(question) and (not self._way.single or question.id == self._at)

    def _show_end(self) -> None:
        """What comes after the questions; one at a time, the way on only at the last."""
        single, (at, count) = self._way.single, self._way.place(self.section, self._at)
        self._on.setVisible(at == count if single else not self._todo)
        after = self._way.after(self.section)
        words = _("下一节：{title}").format(title=after.title) if after else _("看结果")
        self._on.setText(words)
        self._on.setAccessibleName(words)
        first = next(self._way.shown(), None)
        self._back.setVisible(single and at > 0 and first is not None and first.id != self._at)
        self._next.setVisible(single and at < count)
        self._intro.setVisible(bool(self.section.intro) and not single)
        self._place.setText(_("第 {at} / {count} 题").format(at=at, count=count))
        self._place.setVisible(single and at > 0)

    def refresh(self) -> None:
        """Everything as it stands; what is above the current question does not push it about."""
        asked = {q.id: self._is_seen(q) for q in self.section.questions}
        moves = any(card.isHidden() == asked[key] for key, card in self.cards.items())
        anchor = self._current()
        before = self._top_of(anchor) if anchor is not None and moves else 0
        for key, card in self.cards.items():
            card.setVisible(asked[key])
            if asked[key]:
                card.refresh()
        self._none.setVisible(not any(map(self._way.shows, self.section.questions)))
        self.proposals.show_count(sum(key in self._session.diagnosis.proposals for key in asked))
        self._show_end()
        if anchor is not None and moves and self.isVisible():
            self.settle()
            bar = self.area.verticalScrollBar()
            bar.setValue(bar.value() + self._top_of(anchor) - before)

    def settle(self) -> None:
        """Let the layout take its new heights at once, and the scroll bar its new range."""
        for _round in range(2):  # a label that wraps asks again once it knows its width
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        QCoreApplication.sendEvent(self._content, QEvent(QEvent.Type.LayoutRequest))

    def _current(self) -> QuestionCard | None:
        return self.cards.get(self._at) if self._at is not None else None

    def _top_of(self, card: QuestionCard) -> int:
        return card.mapTo(self.area.viewport(), QPoint(0, 0)).y()

    def set_entry(self, side: Side) -> None:
        """The side that keys and clicks on rows are for."""
        self._entry = side
        for card in self.cards.values():
            card.set_entry(side)

    def set_current(self, question: str | None) -> None:
        """Mark the question one is at."""
        self._at = question
        if self._way.single:
            self._show_one()
        for key, card in self.cards.items():
            if card.is_current != (key == question):
                card.set_current(key == question)

    def _show_one(self) -> None:
        """Only the card one is at; it comes before the others go, so that the focus has where to stay."""
        at = self.card(self._at) if self._at in {q.id for q in self.section.questions} else None
        if at is not None:
            at.refresh()
            at.show()
        for card in self.cards.values():
            if card is not at:
                card.hide()
        self._show_end()

    def bring(self, question: str) -> None:
        """Scroll until the question is in view, its top first."""
        card = self.card(question)
        self.settle()
        bar, high = self.area.verticalScrollBar(), self.area.viewport().height()
        top = self._top_of(card)
        if top < 8:
            bar.setValue(bar.value() + top - 12)
        elif top + card.height() > high - 8:
            bar.setValue(bar.value() + min(top - 12, top + card.height() - high + 12))

    def _bring_part(self, part: QWidget) -> None:
        """Scroll until a part of a card that was just opened is in view."""
        if self.isVisible():
            self.settle()
            self.area.ensureWidgetVisible(part, 0, 44)

    def flush(self) -> None:
        """Hand over at once what was typed."""
        for card in self.cards.values():
            card.flush()


class ProposalsBar(QFrame):
    """How many scenes wait for a yes, and one button for all of them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("notice", "accent")
        self._text = Text("")
        self.confirm: QPushButton = button("", session.confirm_proposals, "primary")
        line = row(sign("info", "accent", 18), self._text, self.confirm, gap=10, margin=(14, 8, 10, 8))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    def show_count(self, count: int) -> None:
        """The number of proposals in this section."""
        self.setVisible(count > 0)
        self._text.setText(_("有 {count} 个场景可按行业场景带出等级，确认后才算数。").format(count=count))
        words = _("全部按建议确认 ({count})").format(count=count)
        self.confirm.setText(words)
        self.confirm.setAccessibleName(words)
