"""The menu “更多”: what one does with files, copies and what was thrown away."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QWidget

from assessor.commands import shelf
from assessor.gui.copies import Copies, moment_text
from assessor.gui.desk import Desk
from assessor.gui.errands import Errands
from assessor.gui.firmtable import firm_of
from assessor.gui.icons import icon
from assessor.gui.skin import skin
from assessor.words import _

_FIRM_WIDE = 180


class More(QMenu):
    """Made anew each time, for the firm in hand."""

    def __init__(self, parent: QWidget, desk: Desk, errands: Errands, copies: Copies) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_("更多"))
        self._add("import", _("导入…") + "\tCtrl+O", errands.choose_files)
        blank = self.addMenu(self._icon("file"), _("空白问卷"))
        for info in desk.usable():
            blank.addAction(desk.pack_title(info.id), partial(errands.write_blank, info.id))
        self.addSeparator()
        self._add_exports(errands)
        self.addSeparator()
        self._add("backup", _("备份…"), copies.back_up)
        self._add("restore", _("从备份恢复…"), copies.put_back)
        self._add_copies(desk, copies)
        self.addSeparator()
        self._add("pack", _("安装诊断包或基准包…"), errands.install)
        count = len(desk.store.trashed())
        self._add(
            "trash", _("回收站（{count}）").format(count=count) if count else _("回收站"), errands.show_trash
        )

    def _icon(self, name: str) -> QIcon:
        theme = skin().theme
        return icon(name, theme.quiet, theme.line)

    def _add(self, name: str, words: str, do: Callable[[], object]) -> QAction:
        return self.addAction(self._icon(name), words, do)

    def _add_exports(self, errands: Errands) -> None:
        line = errands.chosen()
        of = _("“{firm}”的").format(firm=self._brief(line.firm_name)) if line else ""
        made = (
            self._add("export", _("导出{of}工作簿…").format(of=of) + "\tCtrl+E", errands.export_book),
            self._add("part", _("导出{of}部分，给同事合并…").format(of=of), errands.export_part),
        )
        for action in made:
            action.setEnabled(line is not None)
        sheet = self._add("list", _("打印{of}走访单…").format(of=of), errands.write_sheet)
        sheet.setEnabled(line is not None and line.mode == "onsite")

    def _brief(self, name: str) -> str:
        return self.fontMetrics().elidedText(firm_of(name), Qt.TextElideMode.ElideRight, _FIRM_WIDE)

    def _add_copies(self, desk: Desk, copies: Copies) -> None:
        """Backups that lie beside, and the way home when one of them is open."""
        if copies.at_a_copy:
            self._add("home", _("回到现有数据"), copies.open_own)
            return
        found = shelf.copies(desk.here)
        if found:
            menu = self.addMenu(self._icon("folder"), _("打开恢复出来的副本"))
            for folder in found:
                words = moment_text(shelf.copied_at(folder))
                menu.addAction(words, partial(copies.open_copy, folder))
