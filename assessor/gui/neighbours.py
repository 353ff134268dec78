"""What did others do? Windows on the same data show each other's answers; what differs waits for a person.

Takes what the store tells of other windows' commits, and gives it to the page that is open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from assessor.commands import shelf
from assessor.gui.desk import Desk
from assessor.gui.settlepage import SettlePage
from assessor.gui.trashpage import TrashPage
from assessor.gui.watch import Watch
from assessor.gui.work import Work
from assessor.store.store import Changes
from assessor.words import _

if TYPE_CHECKING:
    from assessor.gui.window import Window


class Neighbours(QObject):
    """Belongs to the window, as long as its data are open. `wanted` asks to settle what differs."""

    wanted = Signal(int)

    def __init__(self, window: Window, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self.watch = Watch(desk.store, self)
        self.watch.changed.connect(self._take)

    def end(self) -> None:
        """The data are put down."""
        self.watch.stop()
        self.deleteLater()

    def begin(self, work: Work) -> None:
        """An assessment was opened."""
        work.session.changed.connect(self._after_change)
        self.show_unsettled()

    # -- other windows

    def _take(self, changes: Changes) -> None:
        """Another window committed something: show it."""
        window = self._window
        if window.work is not None:
            self._take_at_work(window.work, changes)
        elif isinstance(window.guest, TrashPage | SettlePage):
            window.guest.load()
        elif window.home is not None and window.stack.currentWidget() is window.home:
            window.home.load()

    def _take_at_work(self, work: Work, changes: Changes) -> None:
        session, banner = work.session, self._window.banner
        row = next((each for each in self._desk.store.assessments() if each.id == session.key), None)
        if row is None:
            self._tell_discarded(session.key)
        elif row.pack_digest != session.row.pack_digest:
            self._window.open_assessment(session.key)
            banner.say(_("另一个窗口把这份诊断换到了新版问卷，已重新打开。"), "amber")
        elif session.key in changes.items:
            session.take_in(changes.items[session.key])
            self.show_unsettled()

    def _tell_discarded(self, key: int) -> None:
        said = _("另一个窗口已把这份诊断移到回收站；这里填的仍会保存。")
        self._window.banner.say(said, "amber", _("取回"), lambda: shelf.bring_back(self._desk.store, key))

    # -- differing answers

    def _after_change(self, _touched: object) -> None:
        if self._window.unsettled.isVisible():
            self.show_unsettled()

    def show_unsettled(self) -> None:
        """Say how many items of the open assessment wait for a decision, with the way there."""
        work, line = self._window.work, self._window.unsettled
        if work is None:
            return
        key = work.session.key
        count = len(self._desk.store.open_items(key))
        if not count:
            line.hide()
            return
        said = _("有 {count} 项，几个人的说法不同，还没有定；定下来之前按区间计分。")
        line.say(said.format(count=count), "amber", _("去定"), lambda: self.wanted.emit(key))
