"""Who said what, and when: of one question or of all; an earlier value can be put back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedWidget, QTableView, QWidget

from assessor.commands import visit
from assessor.commands.visit import Said
from assessor.gui.historyrows import HistoryRows, answer_of, title_text
from assessor.gui.parts import Combo, Text, button, column, panel, row
from assessor.gui.session import Session
from assessor.words import _, named

_ROW = 36
_WIDTHS = (132, 240, 0, 96)


class HistoryTable(QTableView):
    """Enter puts back; arrows walk the lines; all other keys are the page's."""

    entered_line = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_line.emit()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)


class HistoryPage(QWidget):
    """`jumped` carries the question or fact to go to; `restored` what was put back, in words."""

    jumped = Signal(str)
    restored = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._item = ""
        self.rows = HistoryRows(session)
        self.which = Combo(_("只看哪一题"))
        self.which.setMinimumWidth(320)
        self.which.activated.connect(lambda _place: self.show_item(str(self.which.currentData() or "")))
        self.table = self._make_table()
        self.none = Text(
            _("还没有修改记录。作答之后，每一步都会记在这里，谁、什么时候、从什么改成什么。"), "quiet"
        )
        self.back = button(_("恢复成这一条"), self.put_back, "primary")
        self.go = button(_("去这一题"), self._go, icon="jump")
        self._lines = QStackedWidget()
        self._lay_out()
        session.changed.connect(self._changed)

    def _make_table(self) -> HistoryTable:
        made = HistoryTable()
        made.setModel(self.rows)
        made.setAccessibleName(_("修改记录"))
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setShowGrid(False)
        made.setProperty("lines", "true")
        made.setTabKeyNavigation(False)
        made.verticalHeader().hide()
        made.verticalHeader().setDefaultSectionSize(_ROW)
        head = made.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        for place, width in enumerate(_WIDTHS):
            if width:
                made.setColumnWidth(place, width)
            else:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        made.entered_line.connect(self.put_back)
        made.doubleClicked.connect(lambda _index: self._go())
        made.selectionModel().currentRowChanged.connect(lambda _new, _old: self._show_line())
        return made

    def _lay_out(self) -> None:
        lead = _("记录只增不减；恢复也是新的一步，可以撤销。↑↓ 选一条，Enter 恢复，Esc 回到题目。")
        head = row(Text(_("修改记录"), "page", wrap=False), None, self.which, gap=12)
        foot = row(self.back, self.go, None, gap=8)
        self._empty = panel(column(self.none, None))
        self._lines.addWidget(self.table)
        self._lines.addWidget(self._empty)
        down = column(head, Text(lead, "quiet"), self._lines, foot, gap=12, margin=(32, 24, 32, 20))
        down.setStretch(2, 1)
        self.setLayout(column(panel(down)))

    # -- show

    def show_item(self, item: str) -> None:
        """The history of one question or fact; of all with an empty name."""
        self._item = item
        self.refresh()

    def refresh(self) -> None:
        """Read the log anew."""
        session = self._session
        self.rows.show_lines(visit.history(session.desk.store, session.key, self._item))
        self._fill_which()
        self._lines.setCurrentWidget(self.table if self.rows.lines else self._empty)
        self.table.selectRow(0)
        self._show_line()

    def _fill_which(self) -> None:
        session = self._session
        seen = {one.item: one for one in visit.history(session.desk.store, session.key)}
        order = {key: place for place, key in enumerate(session.pack.items)}
        self.which.clear()
        self.which.addItem(_("全部题目"), "")
        for item in sorted(seen, key=lambda key: order.get(key, len(order))):
            self.which.addItem(title_text(session, seen[item]), item)
        if self._item and self._item not in seen:
            question = session.pack.items[self._item]
            self.which.addItem(f"{self._item} {named(question)}", self._item)
        self.which.setCurrentIndex(max(0, self.which.findData(self._item)))

    def take_focus(self) -> None:
        """Where the keyboard begins: the newest line."""
        if self.rows.lines:
            self.table.setFocus()
        else:
            self.which.setFocus()

    def line(self) -> Said | None:
        """The line that is marked."""
        index = self.table.currentIndex()
        known = index.isValid() and index.row() < len(self.rows.lines)
        return self.rows.lines[index.row()] if known else None

    def _show_line(self) -> None:
        line = self.line()
        known = line is not None and line.item in self._session.pack.items
        self.go.setEnabled(known)
        stands = line is not None and known and self._stands(line)
        self.back.setEnabled(known and not stands)
        self.back.setText(_("现在就是这个值") if stands else _("恢复成这一条"))
        self.back.setAccessibleName(self.back.text())

    def _stands(self, line: Said) -> bool:
        answers, then = self._session.answers, answer_of(self._session, line, line.after)
        if line.kind == "fact":
            return answers.fact(line.item) == then.value
        return answers.get(line.item) == then

    # -- do

    def put_back(self) -> None:
        """Let the marked line stand again, as a step of its own."""
        line = self.line()
        if line is None or not self.back.isEnabled():
            return
        then = answer_of(self._session, line, line.after)
        if line.kind == "fact":
            self._session.put_fact(line.item, then.value)
        else:
            self._session.put(line.item, then)
        self.restored.emit(_("已恢复：{title}").format(title=title_text(self._session, line)))

    def _go(self) -> None:
        line = self.line()
        if line is not None and self.go.isEnabled():
            self.jumped.emit(line.item)

    def _changed(self, _touched: object) -> None:
        if self.isVisible():
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.jumped.emit(self._item)
        else:
            super().keyPressEvent(event)
