"""Under the plan: what was left out and why, folded away, and what more money would buy, on demand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from assessor.gui.parts import Text, add, button, clear, column, row
from assessor.gui.roadmap.blocks import curve_block, left_out_block
from assessor.roadmap.curve import Point
from assessor.roadmap.plan import Roadmap
from assessor.words import _


class Tail(QWidget):
    """`wanted` and `allowed` carry an action that must be done, or may be again; `jumped` a question."""

    wanted = Signal(str)
    allowed = Signal(str)
    jumped = Signal(str)
    curve_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._roadmap: Roadmap | None = None
        self.points: tuple[Point, ...] | None = None
        self._list, self._curve = column(gap=0), column(gap=8)
        self._is_open = False
        self.fold = button("", self._turn, "quiet", icon="list")
        self.trade = button(_("多花钱能换来什么"), self._ask, icon="why")
        self.setLayout(column(row(self.fold, self.trade, None, gap=8), self._list, self._curve, gap=10))

    def show_plan(self, roadmap: Roadmap) -> None:
        """What goes with a new plan; the curve of the old one is gone."""
        self._roadmap, self.points = roadmap, None
        clear(self._curve)
        self.trade.setEnabled(True)
        self._show_list()

    def _turn(self) -> None:
        self._is_open = not self._is_open
        self._show_list()

    def _show_list(self) -> None:
        clear(self._list)
        words = _("收起没有列入的") if self._is_open else _("没有列入的，为什么")
        self.fold.setText(words)
        self.fold.setAccessibleName(words)
        if self._is_open and self._roadmap is not None:
            steps = (self.wanted.emit, self.allowed.emit, self.jumped.emit)
            add(self._list, left_out_block(self._roadmap, *steps))

    def _ask(self) -> None:
        clear(self._curve)
        add(self._curve, Text(_("正在算：从一分不花到全做，每一档都排一遍，要等一会儿…"), "quiet"))
        self.trade.setEnabled(False)
        self.curve_wanted.emit()

    def show_curve(self, points: tuple[Point, ...]) -> None:
        """What was found out about money."""
        self.points = points
        self.trade.setEnabled(True)
        clear(self._curve)
        if self._roadmap is not None:
            add(self._curve, curve_block(self._roadmap, points))
