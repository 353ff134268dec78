"""What was thrown away: back into the list with one key, or gone for good after a question."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from assessor.commands import shelf
from assessor.gui import ask
from assessor.gui.desk import Desk
from assessor.gui.firms import Firms, Found
from assessor.gui.firmtable import FirmTable, firm_of
from assessor.gui.parts import Text, button, column, panel, row
from assessor.store.store import AssessmentRow
from assessor.words import _


class TrashPage(QWidget):
    """`restored` carries the name of the firm that came back, `left` asks for the list of assessments."""

    restored = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.model, self.found = Firms(desk, trashed=True), Found()
        self.found.setSourceModel(self.model)
        self.table = FirmTable(self.found, _("回收站中的诊断"))
        self.table.opened.connect(lambda _row: self.restore())
        self.table.deleted.connect(lambda _row: self.erase())
        table = self.table
        table.customContextMenuRequested.connect(lambda place: self._menu().popup(table.mapToGlobal(place)))
        self.table.selectionModel().selectionChanged.connect(lambda _now, _was: self._refresh())
        self.none = Text(_("回收站是空的。"), "quiet")
        self.back = button(_("回到诊断列表"), self.left.emit)
        self.put_back = button(_("恢复"), self.restore, "primary", icon="restore")
        self.gone = button(_("彻底删除"), self.erase, "quiet", icon="trash")
        self.empty = button(_("清空回收站"), self.erase_all, "quiet")
        self._lay_out()
        self.load()

    def _lay_out(self) -> None:
        head = row(Text(_("回收站"), "page", wrap=False), None, self.back, self.put_back, gap=12)
        lead = Text(_("这里的诊断没有丢失任何内容，恢复后和原来一样；只有“彻底删除”才会真的删掉。"), "quiet")
        hint = Text(_("按 Enter 恢复，按 Del 彻底删除"), "note", wrap=False)
        self._foot = panel(row(hint, None, self.gone, self.empty, gap=8))
        page = column(head, lead, self.none, self.table, self._foot, None, gap=12, margin=(32, 24, 32, 12))
        page.setStretch(3, 1000)
        self.setLayout(column(panel(page)))

    def load(self) -> None:
        """Read the list anew."""
        self.model.load()
        if self.model.lines:
            self.table.selectRow(0)
        self._refresh()

    def take_focus(self) -> None:
        """Where the keyboard begins."""
        (self.table if self.model.lines else self.back).setFocus()

    def _refresh(self) -> None:
        some = bool(self.model.lines)
        self.none.setVisible(not some)
        for part in (self.table, self._foot, self.put_back):
            part.setVisible(some)
        chosen = self._current() is not None
        for made in (self.put_back, self.gone):
            made.setEnabled(chosen)

    def _current(self) -> AssessmentRow | None:
        index = self.table.currentIndex()
        return self.model.lines[self.found.mapToSource(index).row()] if index.isValid() else None

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("恢复"), self.restore)
        menu.addAction(_("彻底删除") + "\tDel", self.erase)
        return menu

    # -- do

    def restore(self) -> None:
        """Put the marked one back into the list."""
        row_ = self._current()
        if row_ is not None:
            shelf.bring_back(self._desk.store, row_.id)
            self.load()
            self.take_focus()
            self.restored.emit(firm_of(row_.firm_name))

    def erase(self) -> None:
        """Delete the marked one for good, after a question that names what will be lost."""
        row_ = self._current()
        if row_ is not None:
            self._erase([row_], _("彻底删除“{firm}”的这份诊断？").format(firm=firm_of(row_.firm_name)))

    def erase_all(self) -> None:
        """Delete all for good, after the same question."""
        rows = list(self.model.lines)
        if rows:
            self._erase(rows, _("彻底删除回收站里的 {count} 份诊断？").format(count=len(rows)))

    def _erase(self, rows: list[AssessmentRow], what: str) -> None:
        if ask.erase_for_good(self, what, loss_text(shelf.loss_of(self._desk.store, rows))):
            shelf.erase(self._desk.store, *(one.id for one in rows))
            self.load()
            self.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def loss_text(loss: shelf.Loss) -> str:
    """What will be lost, for the question before."""
    size = (
        f"{max(1, round(loss.bytes / 1024)):,} KB"
        if loss.bytes < 1 << 20
        else f"{loss.bytes / (1 << 20):.1f} MB"
    )
    evidence = (
        _("{count} 份佐证材料（{size}）").format(count=loss.evidence, size=size) if loss.evidence else ""
    )
    parts = [
        _("{count} 题答案").format(count=loss.answers),
        _("{count} 条填写记录").format(count=loss.entries),
        evidence,
    ]
    lost = _("、").join(part for part in parts if part)
    return _("将永远失去 {lost}，无法撤销。以前做的备份和给过同事的部分不受影响。").format(lost=lost)
