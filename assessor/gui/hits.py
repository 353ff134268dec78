"""What the search found, under the field it was typed into."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from assessor.gui.parts import Text, column
from assessor.gui.search import Hit, find_questions
from assessor.gui.skin import skin
from assessor.pack.question import Question
from assessor.words import _, named

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Hits(QAbstractListModel):
    """Questions found."""

    def __init__(self) -> None:
        super().__init__()
        self.hits: Sequence[Hit] = ()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = 0) -> Any:
        hit = self.hits[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{hit.question.id} {named(hit.question)}"
        return hit.snippet if role == Qt.ItemDataRole.ToolTipRole else None

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """These instead."""
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()


class HitPainter(QStyledItemDelegate):
    """Title above, the piece of text below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, 52)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        look = skin()
        box: QRect = option.rect.adjusted(8, 4, -8, -4)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, look.colour("accent_soft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, look.colour("line"))
        upper, lower = box.adjusted(0, 0, 0, -22), box.adjusted(0, 22, 0, 0)
        for rect, text, font, colour in (
            (upper, str(index.data()), look.font(bold=True), "ink"),
            (lower, str(index.data(Qt.ItemDataRole.ToolTipRole)), look.font(look.looks.window.note), "quiet"),
        ):
            painter.setFont(font)
            painter.setPen(look.colour(colour))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), shown)


class HitList(QWidget):
    """`taken` carries the id of the question chosen."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.model = Hits()
        self.view = QListView()
        self.view.setAccessibleName(_("找到的题目"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(HitPainter(self.view))
        self.view.setMouseTracking(True)
        self.view.setStyleSheet("background: transparent;")
        self.view.activated.connect(lambda index: self.taken.emit(self.model.hits[index.row()].question.id))
        self.view.clicked.connect(lambda index: self.taken.emit(self.model.hits[index.row()].question.id))
        self._told = Text("", "note")
        self.setLayout(column(self._told, self.view, gap=4, margin=(8, 4, 8, 8)))

    def look(self, questions: Sequence[Question], wanted: str) -> None:
        """Search, and show what was found."""
        hits = find_questions(questions, wanted)
        self.model.show_hits(hits)
        found = _("找到 {count} 题").format(count=len(hits))
        self._told.setText(found if hits else _("没有找到；换个说法，或只写一两个字。"))
        if hits:
            self.view.setCurrentIndex(self.model.index(0))

    def take(self) -> None:
        """Go to the one that is marked."""
        index = self.view.currentIndex()
        if index.isValid() and index.row() < len(self.model.hits):
            self.taken.emit(self.model.hits[index.row()].question.id)

    def step(self, by: int) -> None:
        """The next or the previous one."""
        place = self.view.currentIndex().row() + by
        if 0 <= place < len(self.model.hits):
            self.view.setCurrentIndex(self.model.index(place))
