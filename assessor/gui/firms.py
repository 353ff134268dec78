"""The list of assessments as rows for a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from assessor.gui.desk import Desk
from assessor.report.wording import date_text
from assessor.store.store import AssessmentRow
from assessor.words import MODES, _

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
HEADS = ("企业", "行业", "方式", "诊断日期", "已答", "最近保存")
SORT = Qt.ItemDataRole.UserRole
UNDER = int(Qt.ItemDataRole.UserRole) + 1
WAITING = int(Qt.ItemDataRole.UserRole) + 2
"""What waits to be settled, such as `3 项待定`; empty when nothing does."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows, and what it is sorted by."""

    text: str
    order: Any
    under: str = ""


class Firms(QAbstractTableModel):
    """Newest first, as the store gives them: all but those in the trash, or only those."""

    def __init__(self, desk: Desk, *, trashed: bool = False) -> None:
        super().__init__()
        self._desk, self._trashed = desk, trashed
        self.lines: Sequence[AssessmentRow] = ()
        self.waiting: Mapping[int, int] = {}

    def load(self) -> None:
        """Read the list anew."""
        store = self._desk.store
        self.beginResetModel()
        self.lines = store.trashed() if self._trashed else store.assessments()
        self.waiting = store.open_counts()
        self.endResetModel()

    def _waiting_text(self, line: AssessmentRow) -> str:
        count = self.waiting.get(line.id, 0)
        return _("{count} 项待定").format(count=count) if count else ""

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return _(HEADS[section])
            if role == Qt.ItemDataRole.TextAlignmentRole and section == 4:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        cell = self._cell(self.lines[index.row()], index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell.text
        if role == SORT:
            return cell.order
        if role == UNDER:
            return cell.under
        if role == WAITING:
            return self._waiting_text(self.lines[index.row()])
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return _("，").join(filter(None, (cell.text, self._waiting_text(self.lines[index.row()]))))
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 4:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _cell(self, line: AssessmentRow, column: int) -> Cell:
        site = f" · {line.site}" if line.site and line.site != "本部" else ""
        moment = line.changed_at[:16].replace("T", " ")
        cells = (
            Cell(line.firm_name or _("未填企业名称"), line.firm_name, f"{line.uscc}{site}"),
            Cell(self._desk.pack_title(line.pack), line.pack),
            Cell(_(MODES[line.mode]), line.mode),
            Cell(date_text(line.date), line.date),
            Cell(_("{count} 题").format(count=line.answered), line.answered),
            Cell(f"{date_text(moment[:10])} {moment[11:]}", line.changed_at),
        )
        return cells[column]


class Found(QSortFilterProxyModel):
    """Those lines that hold every word looked for, in any column."""

    def __init__(self) -> None:
        super().__init__()
        self._words: tuple[str, ...] = ()
        self.setSortRole(SORT)

    def look(self, wanted: str) -> None:
        """Show only lines with these words."""
        self._words = tuple(wanted.casefold().split())
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        model = self.sourceModel()
        indices = [model.index(row, column) for column in range(model.columnCount())]
        said = " ".join(f"{index.data()} {index.data(UNDER)}" for index in indices).casefold()
        return all(word in said for word in self._words)
