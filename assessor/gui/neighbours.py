"""What did others do? Windows on the same data show each other's answers; what differs waits for a person.

Takes what the store tells of other windows' commits, and gives it to the page that is open.
"""

from PySide6.QtCore import QObject, Signal

from assessor.commands import shelf
from assessor.gui.desk import Desk
from assessor.gui.settlepage import SettlePage
from assessor.gui.stage import Stage
from assessor.gui.trashpage import TrashPage
from assessor.gui.watch import Watch
from assessor.gui.work import Work
from assessor.store.store import Changes
from assessor.words import _


class Neighbours(QObject):
    """Belongs to the window, as long as its data are open. `wanted` asks to settle what differs."""

    wanted = Signal(int)

    def __init__(self, stage: Stage, desk: Desk) -> None:
        super().__init__(stage)
        self._stage, self._desk = stage, desk
        self.watch = Watch(desk.store, self)
        self.watch.changed.connect(self._take)

    def end(self) -> None:
        """The data are put down."""
        self.watch.stop()

    def begin(self, work: Work) -> None:
        """An assessment was opened."""
        work.session.changed.connect(self._after_change)
        self.show_unsettled()

    # -- other windows

    def _take(self, changes: Changes) -> None:
        """Another window committed something: show it."""
        stage = self._stage
        if stage.work is not None:
            self._take_at_work(stage.work, changes)
        elif isinstance(stage.guest, TrashPage | SettlePage):
            stage.guest.load()
        elif stage.home is not None and stage.at_home:
            stage.home.load()

    def _take_at_work(self, work: Work, changes: Changes) -> None:
        session, banner = work.session, self._stage.banner
        row = next((each for each in self._desk.store.assessments() if each.id == session.key), None)
        if row is None:
            self._tell_discarded(session.key)
        elif row.pack_digest != session.row.pack_digest:
            self._stage.assessment_wanted.emit(session.key)
            banner.say(_("另一个窗口把这份诊断换到了新版问卷，已重新打开。"), "amber")
        elif session.key in changes.items:
            session.take_in(changes.items[session.key])
            self.show_unsettled()

    def _tell_discarded(self, key: int) -> None:
        said = _("另一个窗口已把这份诊断移到回收站；这里填的仍会保存。")
        self._stage.banner.say(said, "amber", _("取回"), lambda: shelf.bring_back(self._desk.store, key))

    # -- differing answers

    def _after_change(self, _touched: object) -> None:
        if self._stage.unsettled.isVisible():
            self.show_unsettled()

    def show_unsettled(self) -> None:
        """Say how many items of the open assessment wait for a decision, with the way there."""
        work, line = self._stage.work, self._stage.unsettled
        if work is None:
            return
        key = work.session.key
        count = len(self._desk.store.open_items(key))
        if not count:
            line.hide()
            return
        said = _("有 {count} 项，几个人的说法不同，还没有定；定下来之前按区间计分。")
        line.say(said.format(count=count), "amber", _("去定"), lambda: self.wanted.emit(key))
