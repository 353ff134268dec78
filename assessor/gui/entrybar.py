"""The line above the questions: which side one fills in, how long a visit, how much at a time."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from assessor.answers.model import Side
from assessor.gui.parts import Text, button, column, fill, row, rule
from assessor.gui.session import Session
from assessor.gui.way import Way
from assessor.report.visit_words import basis_text, minutes_text
from assessor.scoring.visit import LENGTHS
from assessor.words import _

_LENGTHS = {20: "20 分钟", 60: "1 小时"}


class EntryBar(QWidget):
    """Sides and visits only where what was seen on site is recorded too."""

    def __init__(self, session: Session, way: Way, set_entry: Callable[[Side], object]) -> None:
        super().__init__()
        fill(self, "ground")
        self._session, self._way = session, way
        self.claimed = button(_("记企业自报"), lambda: set_entry("claimed"), "tab")
        self.verified = button(_("记现场核实"), lambda: set_entry("verified"), "tab")
        for made in (self.claimed, self.verified):
            made.setCheckable(True)
            made.setToolTip(_("按 V 切换；点右侧的圆点可直接记到那一边"))
        self.visit = button("", self.choose_visit, "small")
        self.left = Text("", "note", wrap=False)
        self.pace = button("", way.toggle_single, "small", icon="list")
        parts = (self.claimed, self.verified, 4, self.visit, self.left, None, self.pace)
        self.setLayout(column(row(*parts, margin=(20, 8, 20, 6)), rule(), gap=0))
        if not session.is_onsite:
            for made in (self.claimed, self.verified, self.visit):
                made.hide()
        way.changed.connect(self.refresh)
        way.paced.connect(self.refresh)
        self.show_entry("claimed")
        self.refresh()

    def show_entry(self, side: Side) -> None:
        """Which side keys and clicks on rows are for."""
        self.claimed.setChecked(side == "claimed")
        self.verified.setChecked(side == "verified")

    def refresh(self) -> None:
        """How much is left on the way, as the answers stand."""
        way, ahead = self._way, self._way.ahead()
        length = _("全部题目") if way.limit is None else _(_LENGTHS[way.limit])
        words = _("走访：{length}").format(length=length) + " ▾"
        self.visit.setText(words)
        self.visit.setAccessibleName(words.removesuffix(" ▾"))
        self.visit.setToolTip(_("按时间挑最能定等级的题（F8）"))
        if ahead.open:
            told = _("剩 {open} 题，{time}").format(open=ahead.open, time=minutes_text(ahead.minutes))
        else:
            told = _("{all} 题都有着落了").format(all=ahead.all)
        self.left.setText(told)
        self.left.setToolTip("\n".join(filter(None, (basis_text(), self._red_text()))))
        self.pace.setText(_("看整节") if way.single else _("一题一屏"))
        self.pace.setAccessibleName(self.pace.text())
        self.pace.setToolTip(_("一题一屏与整节之间切换（F7）"))

    def _red_text(self) -> str:
        count = len(self._way.red_left)
        return _("另有 {count} 道关系红线的题没有排进来。").format(count=count) if count else ""

    def choose_visit(self) -> None:
        """Offer the lengths under the button."""
        if self._session.is_onsite:
            menu = self.visit_menu()
            menu.setActiveAction(menu.actions()[0])
            menu.popup(self.visit.mapToGlobal(QPoint(0, self.visit.height() + 2)))

    def visit_menu(self) -> QMenu:
        """A short visit, a longer one, or everything; the present one can be chosen anew."""
        menu = QMenu(self)
        for minutes in LENGTHS:
            self._offer(menu, minutes, _(_LENGTHS[minutes]))
        self._offer(menu, None, _("全部题目"))
        return menu

    def _offer(self, menu: QMenu, minutes: int | None, words: str) -> None:
        now = minutes == self._way.limit
        said = _("{length}（重新挑题）").format(length=words) if now and minutes is not None else words
        action = menu.addAction(said, lambda: self._way.take(minutes))
        action.setCheckable(True)
        action.setChecked(now)
