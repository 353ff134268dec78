"""A list of things: rows to add, fill in and take out."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from assessor.answers.model import Side, Value
from assessor.gui.editors.figures import figure_of, figure_text
from assessor.gui.editors.oneside import OneSide
from assessor.gui.parts import Combo, button, column, row
from assessor.gui.skin import skin
from assessor.pack.question import Column, TableQuestion
from assessor.words import SIDES, _, named

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROW, _HEAD = 36, 36
_NARROWEST = 96


class Rows(QAbstractTableModel):
    """The rows as raw values, column id → cell."""

    edited = Signal()

    def __init__(self, question: TableQuestion) -> None:
        super().__init__()
        self.columns: Sequence[Column] = question.columns
        self.rows: list[dict[str, Any]] = []

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        head = self.columns[section]
        unit = _("（{unit}）").format(unit=_(head.unit)) if head.unit else ""
        return f"{_(head.title)}{unit}{' *' if head.required else ''}"

    def data(self, index: Index, role: int = 0) -> Any:
        head = self.columns[index.column()]
        cell = self.rows[index.row()].get(head.id)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return _shown(cell)
        if role == Qt.ItemDataRole.TextAlignmentRole and head.kind == "number":
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def setData(self, index: Index, value: Any, role: int = 0) -> bool:
        head = self.columns[index.column()]
        self.rows[index.row()][head.id] = _cell(head, str(value))
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def add(self) -> int:
        """One more row at the end; its number."""
        place = len(self.rows)
        self.beginInsertRows(QModelIndex(), place, place)
        self.rows.append({})
        self.endInsertRows()
        return place

    def take_out(self, place: int) -> None:
        """Without one row."""
        self.beginRemoveRows(QModelIndex(), place, place)
        del self.rows[place]
        self.endRemoveRows()
        self.edited.emit()

    def show_rows(self, rows: list[dict[str, Any]]) -> None:
        """These rows instead."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def raw(self) -> list[dict[str, Any]] | None:
        """What the rows say, empty cells and rows left out."""
        full = [{key: cell for key, cell in each.items() if cell not in (None, "")} for each in self.rows]
        return [each for each in full if each] or None


def _shown(cell: Any) -> str:
    if isinstance(cell, bool):
        return _("是") if cell else _("否")
    if isinstance(cell, Decimal):
        return figure_text(cell)
    return "" if cell is None else str(cell)


def _cell(head: Column, text: str) -> Any:
    plain = text.strip()
    if not plain:
        return None
    if head.kind == "number":
        return figure_of(plain)
    if head.kind == "bool":
        return {_("是"): True, _("否"): False}.get(plain, plain)
    return plain


class Cells(QStyledItemDelegate):
    """Lists where a cell has few possible values."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        head = model.columns[index.column()] if isinstance(model, Rows) else None
        words = _choices(head) if head else []
        if not words:
            made = super().createEditor(parent, option, index)
            made.setAccessibleName(_(head.title) if head else "")
            return made
        combo = Combo(_(head.title) if head else "")
        combo.setParent(parent)
        combo.addItems(["", *words])
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data()))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        else:
            super().setModelData(editor, model, index)


def _choices(head: Column) -> list[str]:
    if head.kind == "bool":
        return [_("是"), _("否")]
    return list(head.options) if head.kind == "single" else []


class TableSide(OneSide):
    """The table with its two buttons."""

    def __init__(self, question: TableQuestion, side: Side) -> None:
        super().__init__()
        self.model = Rows(question)
        self.model.edited.connect(lambda: self.tell(self.model.raw()))
        self.view = _table(
            self.model, _("{title}（{sides}）").format(title=named(question), sides=_(SIDES[side]))
        )
        add = button(
            _("加一行"), self._add, icon="plus", name=_("{title}：加一行").format(title=named(question))
        )
        self._out = button(
            _("删去所选行"),
            self._take_out,
            "quiet",
            name=_("{title}：删去所选行").format(title=named(question)),
        )
        self.view.selectionModel().selectionChanged.connect(self._refresh)
        self.model.modelReset.connect(self._refresh)
        self.view.horizontalScrollBar().rangeChanged.connect(self._refresh)
        self.setLayout(column(self.view, row(add, self._out, None), gap=8))
        self._refresh()

    def fill(self, value: Value | None) -> None:
        rows = [dict(each) for each in value if not isinstance(each, str)] if isinstance(value, tuple) else []
        self.model.show_rows(rows)

    def fields(self) -> Sequence[QWidget]:
        return (self.view,)

    def _add(self) -> None:
        place = self.model.add()
        self._refresh()
        index = self.model.index(place, 0)
        self.view.setCurrentIndex(index)
        self.view.setFocus()
        self.view.edit(index)

    def _take_out(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self.model.take_out(index.row())
            self._refresh()

    def _refresh(self, *_ignored: object) -> None:
        self._out.setEnabled(self.view.currentIndex().isValid())
        across = self.view.horizontalScrollBar()
        bar = across.sizeHint().height() if across.maximum() > 0 else 0
        shown = min(len(self.model.rows), 8)
        self.view.setVisible(shown > 0)
        self.view.setFixedHeight(_HEAD + shown * _ROW + bar + 6)


def _table(model: Rows, name: str) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.setItemDelegate(Cells(view))
    view.setAccessibleName(name)
    view.setProperty("boxed", "true")
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(
        QAbstractItemView.EditTrigger.DoubleClicked
        | QAbstractItemView.EditTrigger.AnyKeyPressed
        | QAbstractItemView.EditTrigger.SelectedClicked
        | QAbstractItemView.EditTrigger.EditKeyPressed
    )
    view.verticalHeader().setDefaultSectionSize(_ROW)
    view.verticalHeader().setFixedWidth(32)
    head = view.horizontalHeader()
    head.setFixedHeight(_HEAD)
    head.setStretchLastSection(True)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    look = skin()
    metrics = QFontMetrics(look.font(look.looks.window.note))
    for place in range(model.columnCount()):
        words = str(model.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole))
        view.setColumnWidth(place, max(_NARROWEST, metrics.horizontalAdvance(words) + 32))
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setTabKeyNavigation(False)  # Tab leaves the table; arrows walk in it
    return view
