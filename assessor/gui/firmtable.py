"""The table of assessments, as the first page and the trash show it."""

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from assessor.gui.firms import UNDER, WAITING, Found, Index
from assessor.gui.icons import paint_icon
from assessor.gui.skin import skin
from assessor.words import _

_WIDTHS = (0, 150, 130, 140, 110, 190)
_HEIGHT = 56
_NARROW = 960


class FirmTable(QTableView):
    """`opened` comes with Enter or a double click, `deleted` with Del, `waiting` with a click on the mark."""

    opened = Signal(int)
    deleted = Signal(int)
    waiting = Signal(int)

    def __init__(self, model: Found, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setModel(model)
        cell = FirmCell(self)
        cell.waiting.connect(self.waiting)
        self.setItemDelegate(cell)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSortingEnabled(True)
        self.sortByColumn(5, Qt.SortOrder.DescendingOrder)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_HEIGHT)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, wide in enumerate(_WIDTHS):
            if wide:
                self.setColumnWidth(place, wide)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the firm's name goes before the time of the last change."""
        self.setColumnHidden(5, self.width() < _NARROW)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.opened.emit(index.row())
        elif event.key() == Qt.Key.Key_Delete and index.isValid():
            self.deleted.emit(index.row())
        else:
            super().keyPressEvent(event)


class FirmCell(QStyledItemDelegate):
    """The firm's name with its code under it, and what waits to be settled; a plain line elsewhere."""

    waiting = Signal(int)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, _HEIGHT)

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
        if index.column():
            _line(painter, box, str(index.data()), look.font(), "ink", right=index.column() == 4)
            return
        mark = mark_of(option.rect, index)
        if mark is not None:
            _mark(painter, mark, str(index.data(WAITING)))
            box.setRight(mark.left() - 12)
        under = str(index.data(UNDER) or "")
        upper = QRect(box.left(), box.top() + 8, box.width(), 22) if under else box
        lower = QRect(box.left(), box.top() + 30, box.width(), 18)
        _line(painter, upper, str(index.data()), look.font(bold=True), "ink")
        _line(painter, lower, under, look.font(look.looks.window.note), "quiet")

    def editorEvent(self, event: QEvent, model: Any, option: Any, index: QModelIndex) -> bool:  # type: ignore[override]
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            mark = mark_of(option.rect, index)
            if mark is not None and mark.contains(event.position().toPoint()):
                self.waiting.emit(index.row())
                return True
        return super().editorEvent(event, model, option, index)


def mark_of(cell: QRect, index: Index) -> QRect | None:
    """Where in its cell the mark of what waits lies; None where nothing waits."""
    text = str(index.data(WAITING) or "")
    if index.column() or not text:
        return None
    look = skin()
    wide = QFontMetrics(look.font(look.looks.window.note)).horizontalAdvance(text) + 38
    return QRect(cell.right() - wide - 12, cell.top() + (cell.height() - 26) // 2, wide, 26)


def _mark(painter: QPainter, box: QRect, text: str) -> None:
    look = skin()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(look.colour("amber"))
    painter.setBrush(look.colour("amber_soft"))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    paint_icon(painter, "doubt", look.theme.amber, QRectF(box.left() + 7, box.top() + 5, 16, 16))
    painter.setFont(look.font(look.looks.window.note))
    painter.drawText(box.adjusted(27, 0, -6, 0), int(Qt.AlignmentFlag.AlignVCenter), text)
    painter.restore()


def _line(painter: QPainter, box: QRect, text: str, font: Any, colour: str, *, right: bool = False) -> None:
    painter.setFont(font)
    painter.setPen(skin().colour(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)


def firm_of(name: str) -> str:
    """How a firm is called in a sentence."""
    return name or _("未填企业名称")
