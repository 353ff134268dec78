"""The first page: every firm and assessment, and the way to a new one."""

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from assessor import commands
from assessor.gui.desk import Desk
from assessor.gui.firms import UNDER, Firms, Found, Index
from assessor.gui.parts import Text, button, column, field, panel, row, sign
from assessor.gui.skin import skin
from assessor.words import _

_WIDTHS = (0, 150, 110, 140, 80, 190)


class FirmTable(QTableView):
    """Enter opens; a double click too."""

    opened = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class FirmCell(QStyledItemDelegate):
    """The firm's name with its code under it; one plain line in the other columns."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, 56)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        look = skin()
        back = None
        if option.state & QStyle.StateFlag.State_Selected:
            back = "accent_soft"
        elif option.state & QStyle.StateFlag.State_MouseOver:
            back = "panel"
        if back:
            painter.fillRect(option.rect, look.colour(back))
        painter.setPen(look.colour("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        box: QRect = option.rect.adjusted(12, 0, -12, 0)
        under = str(index.data(UNDER) or "")
        if index.column() == 0:
            upper = QRect(box.left(), box.top() + 8, box.width(), 22)
            lower = QRect(box.left(), box.top() + 30, box.width(), 18)
            _line(painter, upper, str(index.data()), look.font(bold=True), "ink")
            _line(painter, lower, under, look.font(look.looks.window.note), "quiet")
            return
        right = index.column() == 4
        _line(painter, box, str(index.data()), look.font(), "ink", right=right)


def _line(painter: QPainter, box: QRect, text: str, font: Any, colour: str, *, right: bool = False) -> None:
    painter.setFont(font)
    painter.setPen(skin().colour(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)


class HomePage(QWidget):
    """`opened` carries an assessment's id, `new_wanted` one whose firm is to be taken over, or None."""

    opened = Signal(int)
    new_wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.model, self.found = Firms(desk), Found()
        self.found.setSourceModel(self.model)
        self.search = field(_("搜索企业"), _("搜索企业、代码、行业  /"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(280)
        self.search.textChanged.connect(self._look)
        self.table = self._make_table()
        self.new = button(_("新建诊断"), lambda: self.new_wanted.emit(None), "primary", icon="plus")
        self.sample = button(_("试用示例企业"), self.try_sample)
        self.again = button(_("同一企业再诊断"), self._again, "quiet")
        self.open = button(_("打开"), self._open_current, "quiet")
        self._none = Text(_("没有符合的企业；换个说法，或清空搜索。"), "quiet")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list_page())
        self._stack.addWidget(self._empty_page())
        self.setLayout(column(self._stack))
        self.load()

    def _make_table(self) -> FirmTable:
        made = FirmTable()
        made.setAccessibleName(_("诊断列表"))
        made.setModel(self.found)
        made.setItemDelegate(FirmCell(made))
        made.setShowGrid(False)
        made.setMouseTracking(True)
        made.setTabKeyNavigation(False)
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setSortingEnabled(True)
        made.sortByColumn(5, Qt.SortOrder.DescendingOrder)
        made.verticalHeader().hide()
        made.verticalHeader().setDefaultSectionSize(56)
        head = made.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, wide in enumerate(_WIDTHS):
            if wide:
                made.setColumnWidth(place, wide)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        made.opened.connect(self._open_row)
        made.doubleClicked.connect(lambda index: self._open_row(index.row()))
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(lambda place: self._menu().popup(made.mapToGlobal(place)))
        made.selectionModel().selectionChanged.connect(lambda _now, _was: self._refresh())
        return made

    def _list_page(self) -> QWidget:
        head = row(Text(_("诊断"), "page", wrap=False), None, self.search, self.sample, self.new, gap=12)
        foot = row(Text(_("双击或按 Enter 打开"), "note", wrap=False), None, self.again, self.open, gap=8)
        return panel(column(head, 4, self._none, self.table, foot, gap=12, margin=(32, 24, 32, 12)))

    def _empty_page(self) -> QWidget:
        new = button(_("新建诊断"), lambda: self.new_wanted.emit(None), "primary", icon="plus")
        sample = button(_("试用示例企业"), self.try_sample)
        self._first = new
        middle = column(
            row(None, sign("firm", "accent", 48), None),
            _centred(Text(_("还没有诊断"), "page")),
            _centred(Text(_("新建一份诊断，从企业信息填起；或先打开一家虚构的示例企业看看。"), "quiet")),
            _centred(Text(_("数据只存在本机，随填随存。"), "quiet")),
            8,
            row(None, sample, new, None, gap=12),
            gap=8,
        )
        return panel(column(None, middle, None, None, gap=0, margin=(32, 24, 32, 24)))

    # -- do

    def load(self) -> None:
        """Read the list anew; the line one was at stays marked."""
        self.model.load()
        self._stack.setCurrentIndex(0 if self.model.lines else 1)
        if self.model.lines:
            self.table.selectRow(0)
        self._refresh()

    def take_focus(self) -> None:
        """Where the keyboard begins."""
        (self.table if self.model.lines else self._first).setFocus()

    def _look(self, wanted: str) -> None:
        self.found.look(wanted)
        if self.found.rowCount():
            self.table.selectRow(0)
        self._refresh()

    def _refresh(self) -> None:
        self._none.setVisible(bool(self.model.lines) and not self.found.rowCount())
        chosen = self._current() is not None
        self.again.setEnabled(chosen)
        self.open.setEnabled(chosen)

    def _current(self) -> int | None:
        index = self.table.currentIndex()
        if not index.isValid():
            return None
        return self.model.lines[self.found.mapToSource(index).row()].id

    def _open_row(self, row_number: int) -> None:
        source = self.found.mapToSource(self.found.index(row_number, 0))
        if source.isValid():
            self.opened.emit(self.model.lines[source.row()].id)

    def _open_current(self) -> None:
        key = self._current()
        if key is not None:
            self.opened.emit(key)

    def _again(self) -> None:
        key = self._current()
        if key is not None:
            self.new_wanted.emit(key)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("打开"), self._open_current)
        menu.addAction(_("同一企业再诊断"), self._again)
        return menu

    def try_sample(self) -> None:
        """Take in the first shipped sample and open it."""
        files = commands.samples(self._desk.here)
        if files:
            key = commands.add_sample(self._desk.here, self._desk.store, files[0])
            self.load()
            self.opened.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Slash:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)


def _centred(text: Text) -> Text:
    text.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return text
