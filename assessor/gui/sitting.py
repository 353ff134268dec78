"""What goes with data that are open: the desk, who runs errands at it, and who listens to other windows."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QPoint

from assessor.errors import Problem
from assessor.gui import background
from assessor.gui.banner import problems_line
from assessor.gui.copies import Copies
from assessor.gui.desk import Desk, look_around
from assessor.gui.errands import Errands
from assessor.gui.homepage import HomePage
from assessor.gui.menu import More
from assessor.gui.neighbours import Neighbours
from assessor.gui.stage import Stage
from assessor.words import _

_LOST = ("store-corrupt", "store-rescued")


class Sitting(QObject):
    """Belongs to the window. `own` is the data one works on, while a copy of them is open instead."""

    def __init__(self, stage: Stage, desk: Desk, own: Path | None) -> None:
        super().__init__(stage)
        self._stage, self.desk = stage, desk
        self.errands = Errands(stage, desk)
        self.copies = Copies(stage, desk, own)
        self.neighbours = Neighbours(stage, desk)
        for part in (self.errands, self.copies, self.neighbours):
            part.setParent(self)
        self.neighbours.wanted.connect(self.errands.show_unsettled)
        self.errands.installed.connect(self._look_for_packs)
        self.copies.note()
        self._tell(desk.store.notices())

    def use(self, desk: Desk) -> None:
        """Go on with other packs."""
        self.desk = self.errands.desk = desk

    def end(self) -> None:
        """Put the data down."""
        self.neighbours.end()
        self.desk.store.close()
        self.deleteLater()

    def make_home(self) -> HomePage:
        """The list of assessments, with all that can be asked of it."""
        stage, home = self._stage, HomePage(self.desk)
        home.opened.connect(stage.assessment_wanted)
        home.new_wanted.connect(stage.new_wanted)
        home.settle_wanted.connect(self.errands.show_unsettled)
        home.discarded.connect(self.errands.discard)
        home.dropped.connect(self.errands.take_in)
        home.import_wanted.connect(self.errands.choose_files)
        home.backup_wanted.connect(self.copies.back_up)
        home.backup_refused.connect(self.copies.refuse)
        return home

    def show_more(self) -> None:
        """The menu of what one does with files, under its button."""
        menu = More(self._stage, self.desk, self.errands, self.copies)
        menu.setActiveAction(menu.actions()[0])
        made = self._stage.top.more
        menu.popup(made.mapToGlobal(QPoint(made.width() - menu.sizeHint().width(), made.height() + 2)))

    def _tell(self, notices: Sequence[Problem]) -> None:
        """What was found at opening; where something was lost, the way to a backup."""
        if not notices:
            return
        lost = any(one.code in _LOST for one in notices)
        step, do = (_("从备份恢复…"), self.copies.put_back) if lost else ("", None)
        self._stage.banner.say(problems_line(notices), "amber", step, do)

    def _look_for_packs(self) -> None:
        """Packs have come: offer them too."""
        background.start(self, self._found_packs, look_around, self.desk.here.data)

    def _found_packs(self, outcome: background.Outcome) -> None:
        if outcome.error is not None:
            raise outcome.error
        self._stage.packs_found.emit(replace(self.desk, packs=outcome.value.packs))
