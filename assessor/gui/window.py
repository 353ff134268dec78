"""The window: top bar, banner, and one page at a time. It opens empty and fills once things are loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from assessor.errors import UserError
from assessor.gui import ask, background
from assessor.gui.banner import Banner, error_line
from assessor.gui.parts import Text, column, panel, rule
from assessor.gui.prefs import Prefs
from assessor.gui.skin import skin
from assessor.gui.topbar import TopBar
from assessor.words import _

if TYPE_CHECKING:  # heavy: the window paints itself before any of these is loaded
    from assessor.gui.desk import Desk, Shelf
    from assessor.gui.homepage import HomePage
    from assessor.gui.newpage import NewPage
    from assessor.gui.work import Work


def look_around(data: Path | None) -> Shelf:
    """Load what is heavy, then look for packs; done in the background."""
    from assessor.gui import desk

    return desk.look_around(data)


class Window(QMainWindow):
    """`ready` comes once the list of assessments is there."""

    ready = Signal()
    painted = Signal()
    """Once, when it has been seen for the first time."""

    def __init__(self, data: Path | None) -> None:
        super().__init__()
        self._data = data
        self._is_painted = False
        self.desk: Desk | None = None
        self.prefs: Prefs | None = None
        self.home: HomePage | None = None
        self.new: NewPage | None = None
        self.work: Work | None = None
        self.setWindowTitle(_("万企融合诊断"))
        self.resize(1280, 800)
        self.setMinimumSize(900, 600)
        self.top = TopBar(self.show_home, self.turn_to, self.show_keys)
        self.banner = Banner()
        self.stack = QStackedWidget()
        self._waiting_text = Text(_("正在打开…"), "quiet")
        self._waiting_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(panel(column(None, self._waiting_text, None)))
        down = column(self.top, rule(), self.banner, self.stack, gap=0)
        down.setStretch(3, 1)
        self.setCentralWidget(panel(down))
        self._keys()

    def _keys(self) -> None:
        steps: dict[str, Callable[[], object]] = {
            "F2": lambda: self.turn_to("results"),
            "F3": lambda: self.turn_to("questions"),
            "Ctrl+P": lambda: self.turn_to("report"),
            "Ctrl+N": self._next_or_new,
            "Ctrl+W": self.show_home,
        }
        for keys, step in steps.items():
            QShortcut(QKeySequence(keys), self).activated.connect(step)

    # -- load

    def load(self) -> None:
        """Begin loading; the window stays alive meanwhile."""
        background.start(self, self._loaded, look_around, self._data)

    def _loaded(self, outcome: background.Outcome) -> None:
        if outcome.error is not None:
            raise outcome.error
        from assessor.gui.desk import Desk

        self.desk = Desk.open(outcome.value)
        self._remember(Prefs(self.desk.here.data))
        for problem in self.desk.store.notices():
            self.banner.say(f"{problem.what}。{problem.remedy}", "amber")
        self.show_home()
        self.ready.emit()

    def _remember(self, prefs: Prefs) -> None:
        """Look as the person left it, and take note of changes."""
        self.prefs = prefs
        if prefs.theme != skin().choice:
            skin().choose(prefs.theme)
        if not prefs.place.isEmpty():
            self.restoreGeometry(prefs.place)
        skin().changed.connect(self._note_theme)

    def _note_theme(self) -> None:
        if self.prefs is not None:
            self.prefs.theme = skin().choice

    # -- pages

    def show_home(self) -> None:
        """The list of assessments."""
        if self.desk is None or not self._let_go():
            return
        from assessor.gui.homepage import HomePage

        if self.home is None:
            self.home = HomePage(self.desk)
            self.home.opened.connect(self.open_assessment)
            self.home.new_wanted.connect(self.show_new)
            self.stack.addWidget(self.home)
        self.home.load()
        self.top.show_nothing()
        self.stack.setCurrentWidget(self.home)
        self.home.take_focus()

    def show_new(self, assessment: int | None = None) -> None:
        """The form for a new assessment, perhaps with the firm of an earlier one."""
        if self.desk is None or not self._let_go():
            return
        from assessor.gui.newpage import NewPage

        if self.new is None:
            self.new = NewPage(self.desk)
            self.new.started.connect(self.open_assessment)
            self.new.left.connect(self.show_home)
            self.stack.addWidget(self.new)
        self.top.show_title(_("新建诊断"))
        self.stack.setCurrentWidget(self.new)
        self.new.prepare(assessment)

    def open_assessment(self, key: int) -> None:
        """An assessment at its first open question."""
        if self.desk is None or not self._let_go():
            return
        from assessor.gui.session import Session
        from assessor.gui.work import Work

        session = Session(self.desk, key)
        self.work = Work(session)
        if self.prefs is not None and not self.prefs.help:
            self.work.questions.toggle_help()
        session.setParent(self.work)
        session.saved.connect(self._saved)
        session.failed.connect(self._not_saved)
        session.changed.connect(self._show_title)
        session.rebased.connect(lambda said: self._open_anew(key, said))
        self.work.turned.connect(self.top.show_tab)
        self.stack.addWidget(self.work)
        self.stack.setCurrentWidget(self.work)
        self._show_title()
        self.top.show_saved(None, 0)
        self.turn_to("questions")
        self.work.questions.take_focus()

    def _open_anew(self, key: int, said: str) -> None:
        """The same assessment under another version of its pack."""
        self.open_assessment(key)
        if self.work is not None:
            self.work.toast.say(said, "green")

    def _let_go(self) -> bool:
        """Leave the assessment that is open; not while something is unsaved, unless told to."""
        if self.work is None:
            return True
        self.work.questions.flush()
        unsaved = len(self.work.session.unsaved)
        if unsaved and not ask.leave_unsaved(self, unsaved):
            return False
        self.work.end()
        if self.prefs is not None:
            self.prefs.help = self.work.questions.help_wanted
        self.stack.removeWidget(self.work)
        self.work.deleteLater()
        self.work = None
        self.banner.hide()
        return True

    def turn_to(self, name: str) -> None:
        """One of the three pages of the open assessment."""
        if self.work is not None:
            self.work.turn_to(name)

    def _next_or_new(self) -> None:
        if self.work is not None:
            self.work.questions.next_open()
        elif self.home is not None and self.stack.currentWidget() is self.home:
            self.show_new()

    def show_keys(self) -> None:
        """The sheet of all keys."""
        from assessor.gui.keys import KeySheet

        KeySheet(self).open()

    # -- tell

    def _show_title(self, _touched: object = None) -> None:
        if self.work is not None:
            session = self.work.session
            trade = session.desk.pack_title(session.pack.id)
            self.top.show_assessment(f"{session.firm_name or _('未填企业名称')} · {trade}")

    def _saved(self, moment: object) -> None:
        if self.work is not None:
            session = self.work.session
            self.top.show_saved(session.saved_at, len(session.unsaved))

    def _not_saved(self, error: UserError) -> None:
        if self.work is not None:
            session = self.work.session
            self.top.show_saved(session.saved_at, len(session.unsaved))
            self.banner.say(error_line(error), "red", _("重试"), session.retry)

    def tell_error(self, error: UserError) -> None:
        """A failure of the world, as one line."""
        if self.desk is None:
            self._waiting_text.setText(_("没有打开。原因见上方，改好后点“重试”。"))
            self.banner.say(error_line(error), "red", _("重试"), self.load)
        else:
            self.banner.say(error_line(error), "red")

    def save_all(self) -> None:
        """Write whatever is not on the disk yet."""
        if self.work is not None:
            self.work.questions.flush()
            if self.work.session.unsaved:
                self.work.session.retry()

    # -- Qt

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest and not self._is_painted:
            self._is_painted = True
            self.painted.emit()
        return done

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._let_go():
            event.ignore()
            return
        if self.prefs is not None:
            self.prefs.place = self.saveGeometry()
            self.prefs.flush()
            skin().changed.disconnect(self._note_theme)
            self.prefs = None
        if self.desk is not None:
            self.desk.store.close()
            self.desk = None
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Question and self.work is not None:
            self.show_keys()
        elif event.key() == Qt.Key.Key_Escape and self.banner.isVisible():
            self.banner.hide()
        else:
            super().keyPressEvent(event)
