"""What the window is made of, and what those who work for it may ask of it.

It shows one page at a time and lets go of the last one properly; which page comes when, the window decides.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from assessor.gui import ask
from assessor.gui.banner import Banner
from assessor.gui.busyline import BusyLine
from assessor.gui.parts import Text, column, panel, rule
from assessor.gui.topbar import TopBar
from assessor.words import _

if TYPE_CHECKING:  # heavy: the window paints itself before any of these is loaded
    from assessor.gui.homepage import HomePage
    from assessor.gui.newpage import NewPage
    from assessor.gui.prefs import Prefs
    from assessor.gui.work import Work


class Stage(QMainWindow):
    """Top bar, lines under it, and a stack of pages. The signals ask the window for what only it can do."""

    home_wanted = Signal(object)
    """An assessment's id to be marked in the list, or None."""
    new_wanted = Signal(object)
    """An assessment's id whose firm is to be taken over, or None."""
    assessment_wanted = Signal(int)
    question_wanted = Signal(int, str)
    data_wanted = Signal(object, object)
    """Another data folder, and the one to come back to, or None."""
    packs_found = Signal(object)
    more_wanted = Signal()
    keys_wanted = Signal()
    language_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.prefs: Prefs | None = None
        self.home: HomePage | None = None
        self.new: NewPage | None = None
        self.work: Work | None = None
        self.guest: QWidget | None = None
        """A page made anew for each visit, such as the trash."""
        self._farewell: Callable[[], str] = str
        self.furnish()

    def furnish(self) -> None:
        """Make the bar, the lines under it and the empty stack, in the language now spoken."""
        self.setWindowTitle(_("万企融合诊断"))
        self.top = TopBar(
            self._want_home,
            self.turn_to,
            self.keys_wanted.emit,
            self.more_wanted.emit,
            self.language_wanted.emit,
        )
        self.top.more.hide()
        self.banner = Banner()
        self.busy = BusyLine(self.banner)
        self.copy_note, self.unsettled = Banner(), Banner()
        self.stack = QStackedWidget()
        self.waiting = Text(_("正在打开…"), "quiet")
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(panel(column(None, self.waiting, None)))
        lines = (self.copy_note, self.busy, self.banner, self.unsettled)
        down = column(self.top, rule(), *lines, self.stack, gap=0)
        down.setStretchFactor(self.stack, 1)
        self.setCentralWidget(panel(down))

    def _want_home(self) -> None:
        self.home_wanted.emit(None)

    @property
    def at_home(self) -> bool:
        """Whether one sees the list of assessments."""
        return self.home is not None and self.stack.currentWidget() is self.home

    def in_hand(self) -> int | None:
        """The assessment that is open, or marked in the list."""
        if self.work is not None:
            return self.work.session.key
        return self.home.current() if self.home is not None and self.at_home else None

    def turn_to(self, name: str) -> None:
        """One of the pages of the open assessment."""
        if self.work is not None:
            self.work.turn_to(name)

    def visit(self, page: QWidget, title: str, farewell: Callable[[], str] = str) -> bool:
        """Show a page that is let go when one leaves it; `farewell` may have something to say then."""
        if not self.let_go():
            page.deleteLater()
            return False
        self.guest, self._farewell = page, farewell
        self.stack.addWidget(page)
        self.top.show_title(title)
        self.stack.setCurrentWidget(page)
        return True

    def let_go(self) -> bool:
        """Leave what is open; not while something is unsaved, unless told to."""
        self._end_visit()
        if self.work is None:
            return True
        self.work.questions.flush()
        unsaved = len(self.work.session.unsaved)
        if unsaved and not ask.leave_unsaved(self, unsaved):
            return False
        self.work.end()
        if self.prefs is not None:
            self.prefs.help = self.work.questions.help_wanted
        self._remove(self.work)
        self.work = None
        self.banner.hide()
        self.unsettled.hide()
        return True

    def _end_visit(self) -> None:
        if self.guest is None:
            return
        said = self._farewell()
        self._remove(self.guest)
        self.guest = None
        if said:
            self.banner.say(said, "amber")

    def forget_pages(self) -> None:
        """Let go of the pages that are kept; they are made anew when wanted."""
        for page in (self.home, self.new):
            if page is not None:
                self._remove(page)
        self.home, self.new = None, None

    def _remove(self, page: QWidget) -> None:
        self.stack.removeWidget(page)
        page.deleteLater()

    def save_all(self) -> None:
        """Write whatever is not on the disk yet."""
        if self.work is not None:
            self.work.questions.flush()
            if self.work.session.unsaved:
                self.work.session.retry()
