"""The first page: every firm and assessment, and the way to a new one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QWidget

from assessor import commands
from assessor.commands import shelf
from assessor.gui.banner import Banner
from assessor.gui.desk import Desk
from assessor.gui.firms import Firms, Found
from assessor.gui.firmtable import FirmTable
from assessor.gui.parts import Text, button, card, column, field, panel, row, sign
from assessor.report.wording import date_text
from assessor.words import _


class HomePage(QWidget):
    """`opened` carries an assessment's id, `new_wanted` one whose firm is to be taken over, or None.

    `settle_wanted` and `discarded` carry an assessment's id, `dropped` the files let fall on the page.
    """

    opened = Signal(int)
    new_wanted = Signal(object)
    settle_wanted = Signal(int)
    discarded = Signal(int)
    dropped = Signal(object)
    import_wanted = Signal()
    backup_wanted = Signal()
    backup_refused = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.model, self.found = Firms(desk), Found()
        self.found.setSourceModel(self.model)
        self.search = field(_("搜索企业"), _("搜索企业、代码、行业  /"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(280)
        self.search.textChanged.connect(self._look)
        self.search.setAcceptDrops(False)
        self.table = FirmTable(self.found, _("诊断列表"))
        self._wire_table()
        self.reminder = Banner(inset=True)
        self.reminder.closed.connect(self.backup_refused)
        self.new = button(_("新建诊断"), lambda: self.new_wanted.emit(None), "primary", icon="plus")
        self.sample = button(_("试用示例企业"), self.try_sample)
        self.again = button(_("同一企业再诊断"), self._again, "quiet")
        self.open = button(_("打开"), self._open_current, "quiet")
        self.settle = button(_("定下不同的答案"), self._settle_current, "link", icon="next")
        self.away = button(_("移到回收站"), self._discard_current, "quiet", icon="trash")
        self._none = Text(_("没有符合的企业；换个说法，或清空搜索。"), "quiet")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list_page())
        self._stack.addWidget(self._empty_page())
        self.setLayout(column(self._stack))
        self._drop = self._make_drop()
        self.setAcceptDrops(True)
        self.load()

    def _wire_table(self) -> None:
        table = self.table
        table.opened.connect(self._open_row)
        table.deleted.connect(lambda _row: self._discard_current())
        table.waiting.connect(lambda _row: self._settle_current())
        table.customContextMenuRequested.connect(lambda place: self._menu().popup(table.mapToGlobal(place)))
        table.selectionModel().selectionChanged.connect(lambda _now, _was: self._refresh())

    def _list_page(self) -> QWidget:
        head = row(Text(_("诊断"), "page", wrap=False), None, self.search, self.sample, self.new, gap=12)
        hint = Text(_("按 Enter 打开，按 Del 移到回收站；文件可以直接拖进来"), "note", wrap=False)
        foot = row(hint, None, self.settle, self.away, self.again, self.open, gap=8)
        return panel(
            column(head, 4, self.reminder, self._none, self.table, foot, gap=12, margin=(32, 24, 32, 12))
        )

    def _empty_page(self) -> QWidget:
        new = button(_("新建诊断"), lambda: self.new_wanted.emit(None), "primary", icon="plus")
        sample = button(_("试用示例企业"), self.try_sample)
        take = button(_("导入文件"), self.import_wanted.emit, icon="import")
        self._first = new
        middle = column(
            row(None, sign("firm", "accent", 48), None),
            _centred(Text(_("还没有诊断"), "page")),
            _centred(Text(_("新建一份诊断，从企业信息填起；或先打开一家虚构的示例企业看看。"), "quiet")),
            _centred(Text(_("已有填好的工作簿或同事的部分，导入即可，也可以把文件拖到这里。"), "quiet")),
            _centred(Text(_("数据只存在本机，随填随存。"), "quiet")),
            8,
            row(None, sample, take, new, None, gap=12),
            gap=8,
        )
        return panel(column(None, middle, None, None, gap=0, margin=(32, 24, 32, 24)))

    # -- do

    def load(self, key: int | None = None) -> None:
        """Read the list anew; the line one was at (or `key`) is marked, and what one sees stays."""
        was, bar = key or self.current(), self.table.verticalScrollBar()
        height = bar.value()
        self.model.load()
        self._stack.setCurrentIndex(0 if self.model.lines else 1)
        if self.model.lines:
            self._mark(was)
            bar.setValue(height)
        self._refresh()

    def _mark(self, key: int | None) -> None:
        places = {line.id: place for place, line in enumerate(self.model.lines)}
        source = self.model.index(places[key], 0) if key in places else None
        place = self.found.mapFromSource(source).row() if source is not None else 0
        self.table.selectRow(max(place, 0))

    def remind(self, overdue: shelf.Overdue | None) -> None:
        """Say that a backup is due, or take it back."""
        if overdue is None:
            self.reminder.hide()
            return
        last = _("上次备份是 {date}").format(date=date_text(overdue.last[:10])) if overdue.last else ""
        said = _("新填的答案已有 {days} 天没有备份").format(days=overdue.days)
        text = _("，").join(filter(None, (said, last or _("还从来没有备份过"))))
        self.reminder.say(_("{text}。").format(text=text), "amber", _("立即备份"), self.backup_wanted.emit)

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
        key = self.current()
        for made in (self.again, self.open, self.away):
            made.setEnabled(key is not None)
        count = self.model.waiting.get(key or 0, 0)
        self.settle.setVisible(bool(count))
        words = _("定下 {count} 项不同的答案").format(count=count)
        self.settle.setText(words)
        self.settle.setAccessibleName(words)

    def current(self) -> int | None:
        """The assessment that is marked in the list."""
        index = self.table.currentIndex()
        if not index.isValid():
            return None
        return self.model.lines[self.found.mapToSource(index).row()].id

    def _open_row(self, row_number: int) -> None:
        source = self.found.mapToSource(self.found.index(row_number, 0))
        if source.isValid():
            self.opened.emit(self.model.lines[source.row()].id)

    def _open_current(self) -> None:
        key = self.current()
        if key is not None:
            self.opened.emit(key)

    def _again(self) -> None:
        key = self.current()
        if key is not None:
            self.new_wanted.emit(key)

    def _settle_current(self) -> None:
        key = self.current()
        if key is not None:
            self.settle_wanted.emit(key)

    def _discard_current(self) -> None:
        key = self.current()
        if key is not None:
            self.discarded.emit(key)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("打开"), self._open_current)
        menu.addAction(_("同一企业再诊断"), self._again)
        if self.model.waiting.get(self.current() or 0):
            menu.addAction(self.settle.text(), self._settle_current)
        menu.addSeparator()
        menu.addAction(_("移到回收站") + "\tDel", self._discard_current)
        return menu

    def try_sample(self) -> None:
        """Take in the first shipped sample and open it."""
        files = commands.samples(self._desk.here)
        if files:
            key = commands.add_sample(self._desk.here, self._desk.store, files[0])
            self.load()
            self.opened.emit(key)

    # -- files let fall on the page

    def _make_drop(self) -> QFrame:
        """Seen while files are held over the page."""
        words = _centred(Text(_("松开鼠标，导入这些文件"), "section"))
        made = card(column(None, row(None, sign("import", "accent", 32), None), words, None, gap=12))
        made.setProperty("card", "drop")
        made.setParent(self)
        made.hide()
        return made

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event):
            event.acceptProposedAction()
            self._drop.setGeometry(self.rect().adjusted(16, 16, -16, -16))
            self._drop.show()
            self._drop.raise_()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop.hide()
        event.acceptProposedAction()
        self.dropped.emit(files_of(event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drop.setGeometry(self.rect().adjusted(16, 16, -16, -16))

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


def files_of(event: QDropEvent) -> Sequence[Path]:
    """The files of this machine that are held over, or let fall."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
