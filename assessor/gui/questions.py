"""The questionnaire: sections at the left, one section's questions in the middle, help at the right."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from assessor.answers.model import Side
from assessor.gui.counts import is_open
from assessor.gui.entrybar import EntryBar
from assessor.gui.factview import FactView
from assessor.gui.guide import GuideBar, is_wanted
from assessor.gui.helppane import HelpPane
from assessor.gui.nav import FACTS, NavPane
from assessor.gui.parts import column, panel, row, rule
from assessor.gui.presses import Presses
from assessor.gui.section import SectionView
from assessor.gui.session import Session
from assessor.gui.skin import skin
from assessor.gui.strip import Strip
from assessor.gui.way import Way
from assessor.pack.question import Question, Section

FOLD_BELOW = 1100
HELP_FROM = 980
WIDE_HELP_FROM = 1500
_KEPT = 3


class QuestionsPage(QWidget):
    """`results_wanted` asks for the next page, `history_wanted` for the history of a question."""

    results_wanted = Signal()
    history_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.entry: Side = "claimed"
        self.current: str | None = None
        self._home_of = {q.id: section.id for section in session.pack.sections for q in section.questions}
        self.views: dict[str, SectionView | FactView] = {}
        self.way = Way(session)
        self.way.setParent(self)
        self.nav = NavPane(session, self.way)
        self.help = HelpPane(self.toggle_help)
        self.help_wanted = True
        self.strip = Strip(self.results_wanted.emit)
        self.stack = QStackedWidget()
        self.bar = EntryBar(session, self.way, self.set_entry)
        self._middle = column(self.bar, self.stack, gap=0)
        middle = panel(self._middle)
        across = row(self.nav, middle, self.help, gap=0)
        across.setStretch(1, 1)
        self.setLayout(column(across, rule(), self.strip, gap=0))
        self.presses = Presses(self)
        self._wire()
        self.refresh(())
        self._show_score()
        self.open_at_first()

    def _wire(self) -> None:
        self.nav.chosen.connect(self.open_section)
        self.nav.found.connect(self._go_to_found)
        self.session.scored.connect(self._show_score)
        self.session.changed.connect(self.refresh)
        self.way.changed.connect(self._way_changed)
        self.way.paced.connect(self._pace_changed)
        self.session.failed.connect(lambda _error: self.refresh(self.session.unsaved))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        skin().changing.connect(self.let_go_hidden)
        app.focusChanged.connect(self._focus_moved)

    # -- show

    def refresh(self, touched: object) -> None:
        """Everything as it stands after a change."""
        self.nav.refresh()
        self.bar.refresh()
        view = self.stack.currentWidget()
        if isinstance(view, SectionView | FactView):
            view.refresh()
        if self.current is not None and not self.session.asked(self.question(self.current)):
            self._set_current(None)
        elif self.current is not None:
            self._show_help(self.question(self.current))

    def _show_score(self) -> None:
        self.strip.show_verdict(self.session.verdict)

    def question(self, key: str) -> Question:
        """A question by its id."""
        return self.session.pack.questions[key]

    def _view(self, section: str) -> SectionView | FactView:
        if section not in self.views:
            self.views[section] = self._make_view(section)
            self.stack.addWidget(self.views[section])
        self.views[section] = self.views.pop(section)  # the one used last stands last
        for old in list(self.views)[:-_KEPT]:
            self._let_go(old)
        return self.views[section]

    def _let_go(self, section: str) -> None:
        view = self.views.pop(section)
        view.flush()
        self.stack.removeWidget(view)
        view.deleteLater()

    def let_go_hidden(self) -> None:
        """Keep only the section one sees."""
        for key, view in list(self.views.items()):
            if view is not self.stack.currentWidget():
                self._let_go(key)

    def _make_view(self, key: str) -> SectionView | FactView:
        if key == FACTS:
            facts = FactView(self.session)
            facts.turned.connect(self._turned_to_fact)
            return facts
        section = next(section for section in self.session.pack.sections if section.id == key)
        view = SectionView(self.session, section, self.way)
        view.left.connect(self._go_on)
        view.stepped.connect(self.step)
        view.activated.connect(self.activate)
        view.history_wanted.connect(self.history_wanted)
        view.set_entry(self.entry)
        view.set_current(self.current)
        return view

    # -- walk

    def open_at_first(self) -> None:
        """Begin at the first question that still waits, else at the first of all."""
        waiting = self._next_open(None)
        if waiting is not None:
            self.go_to(waiting.id)
            return
        first = next(self.way.shown(), None)
        self.open_section(self._home_of[first.id] if first else self.session.pack.sections[0].id)

    def _go_on(self, section: Section) -> None:
        after = self.way.after(section)
        if after is None:
            self.results_wanted.emit()
        else:
            self.open_section(after.id)

    def take_focus(self) -> None:
        """Where the keyboard begins: the question one is at."""
        if self.current is not None:
            self.go_to(self.current)

    def open_section(self, key: str) -> None:
        """Show a section from its top."""
        view = self._view(key)
        view.refresh()
        self.stack.setCurrentWidget(view)
        self.nav.show_section(key)
        view.area.verticalScrollBar().setValue(0)
        if isinstance(view, FactView):
            self._set_current(None)
            self._show_help(self.session.pack.facts[0])
            return
        first = next(filter(self.way.shows, view.section.questions), None)
        self._set_current(first.id if first else None)
        if first:
            view.card(first.id).setFocus()

    def go_to(self, key: str) -> None:
        """Turn to a question or fact, wherever it stands."""
        if key not in self._home_of:
            self._go_to_fact(key)
            return
        if self.way.let_in(key):
            self.refresh(())
        view = self._view(self._home_of[key])
        if self.stack.currentWidget() is not view:
            view.refresh()
            self.stack.setCurrentWidget(view)
            self.nav.show_section(self._home_of[key])
        self._set_current(key)
        if isinstance(view, SectionView):
            if self.isVisible():
                QCoreApplication.sendPostedEvents(view)
            view.bring(key)
            view.card(key).setFocus()

    def _go_to_found(self, key: str) -> None:
        self._fold()
        self.go_to(key)

    def _go_to_fact(self, key: str) -> None:
        self.open_section(FACTS)
        view = self.views[FACTS]
        if isinstance(view, FactView) and key in view.form.rows:
            made = view.form.rows[key]
            view.area.ensureWidgetVisible(made)
            made.field.first().setFocus()

    def step(self, by: int) -> None:
        """The next or previous question of the whole questionnaire."""
        asked = [q.id for q in self.way.shown()]
        place = asked.index(self.current) + by if self.current in asked else 0
        if 0 <= place < len(asked):
            self.go_to(asked[place])

    def next_open(self) -> None:
        """The next question that waits for an answer; from the end it begins anew."""
        found = self._next_open(self.current)
        if found is not None:
            self.go_to(found.id)

    def _next_open(self, after: str | None) -> Question | None:
        every = list(self.way.shown())
        start = next((place + 1 for place, q in enumerate(every) if q.id == after), 0)
        ring = [*every[start:], *every[:start]]
        verified = self.entry == "verified"
        return next((q for q in ring if q.id != after and is_open(self.session, q, verified=verified)), None)

    def activate(self, key: str) -> None:
        """The person turned to a question with the mouse or by Tab."""
        if key != self.current:
            self._set_current(key)

    def _set_current(self, key: str | None) -> None:
        self.current = key
        for view in self.views.values():
            if isinstance(view, SectionView):
                view.set_current(key)
        if key is not None:
            self._show_help(self.question(key))

    def _show_help(self, question: Question) -> None:
        if self.help_wanted:
            self.help.show_question(self.session.pack, self.session.answers, question)

    def _turned_to_fact(self, key: str) -> None:
        fact = next(fact for fact in self.session.pack.facts if fact.id == key)
        self._show_help(fact)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        view = self.stack.currentWidget()
        if new is None or not isinstance(view, SectionView) or not view.isAncestorOf(new):
            return
        for key, card in view.cards.items():
            if card is new or card.isAncestorOf(new):
                self.activate(key)

    # -- sides, panes

    def set_entry(self, side: Side) -> None:
        """Which side keys and clicks on rows are for."""
        self.entry = side
        self.bar.show_entry(side)
        for view in self.views.values():
            if isinstance(view, SectionView):
                view.set_entry(side)

    def show_guide(self) -> None:
        """Three cards for a firm's first time, above the questions."""
        if is_wanted(self.session, self.way):
            self._middle.insertWidget(1, GuideBar(self.session, self.way))

    def toggle_entry(self) -> None:
        """The other side, where there are two."""
        if self.session.is_onsite:
            self.set_entry("claimed" if self.entry == "verified" else "verified")

    def choose_visit(self) -> None:
        """Offer visits of several lengths, where one is on site."""
        self.bar.choose_visit()

    def toggle_single(self) -> None:
        """One question a screen, or the whole section again."""
        self.way.toggle_single()

    def _way_changed(self) -> None:
        """Other questions are on the page; one that is gone is left for the first that waits."""
        self.refresh(())
        if self.way.limit is not None:
            self.set_entry("verified")
        at = self.current
        if at is None or not self.way.shows(self.question(at)):
            self.open_at_first()

    def _pace_changed(self) -> None:
        for view in self.views.values():
            view.refresh()
        self.take_focus()

    def toggle_help(self) -> None:
        """Fold the help away, or bring it back."""
        self.help_wanted = not self.help.isVisible()
        self.help.setVisible(self.help_wanted)
        if self.help_wanted and self.current is not None:
            self._show_help(self.question(self.current))

    def flush(self) -> None:
        """Hand over at once what was typed anywhere."""
        for view in self.views.values():
            view.flush()

    # -- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.presses.take(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
        if (event.oldSize().width() < HELP_FROM) != (self.width() < HELP_FROM):
            self.help.setVisible(self.help_wanted and self.width() >= HELP_FROM)

    def _fold(self) -> None:
        """Panes as wide as the window allows: rings at the left where it is narrow."""
        self.nav.fold(self.width() < FOLD_BELOW)
        self.help.set_wide(self.width() >= WIDE_HELP_FROM)

    def focus_search(self) -> None:
        """Put the cursor into the search."""
        self.nav.fold(False)
        self.nav.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.nav.search.selectAll()
