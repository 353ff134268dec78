"""What became of the files handed in: one after the other, each with what was found and what to do."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QWidget

from assessor.commands import taking
from assessor.commands.taking import TakenIn
from assessor.gui import background
from assessor.gui.desk import Desk
from assessor.gui.firmtable import firm_of
from assessor.gui.parts import (
    SIGNS,
    Text,
    Tone,
    add,
    button,
    chip,
    column,
    panel,
    row,
    scroll,
    sign,
)
from assessor.report.wording import date_text
from assessor.store.store import AssessmentRow
from assessor.words import _

_TONES: dict[str, Tone] = {"accepted": "green", "repaired": "green", "flagged": "amber", "quarantined": "red"}
_STATES = {
    "accepted": "已收进",
    "repaired": "已收进，有几处写法已统一",
    "flagged": "已收进，有几处按未答处理",
    "quarantined": "没有收进",
}
_SHOWN = 8


class ImportPage(QWidget):
    """`opened` and `settle_wanted` carry an assessment's id; `taken` comes after each file."""

    opened = Signal(int)
    settle_wanted = Signal(int)
    left = Signal()
    taken = Signal()

    def __init__(self, desk: Desk, files: Sequence[Path]) -> None:
        super().__init__()
        self._desk = desk
        self._todo = list(files)
        self._all = len(files)
        self._going = False
        self.results: list[TakenIn] = []
        self.cards: list[FileCard] = []
        self._title = Text("", "page", wrap=False)
        self.told = Text("", "quiet", typed=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("导入进度"))
        self.stop = button(_("停止"), self.end)
        self.copy_all = button(_("复制全部回信"), self._copy_all, icon="remark")
        self.back = button(_("回到诊断列表"), self.left.emit, "primary")
        self._list = column(gap=12)
        content = panel(column(self._list, None, margin=(0, 0, 12, 0)))
        self._lay_out(content)
        self.copy_all.hide()
        self._say()

    def _lay_out(self, content: QWidget) -> None:
        head = row(self._title, None, self.copy_all, self.stop, self.back, gap=12)
        area = scroll(content, _("导入结果"), keys=True)
        self.setLayout(column(head, self.told, self.bar, area, gap=12, margin=(32, 24, 32, 12)))

    # -- work

    def begin(self) -> None:
        """Take the files in, one after the other, in the background."""
        self._next()

    def farewell(self) -> str:
        """What to say when one leaves before all is done; empty when all is."""
        left = len(self._todo)
        self._todo.clear()
        return _("已离开导入；还有 {count} 个文件没有导入。").format(count=left) if left else ""

    def end(self) -> None:
        """Stop after the file that is being read."""
        self._all -= len(self._todo)
        self._todo.clear()
        self._say()

    def take_focus(self) -> None:
        """Where the keyboard begins."""
        self.back.setFocus()

    def _next(self) -> None:
        self._going = bool(self._todo)
        self._say()
        if self._todo:
            file = self._todo.pop(0)
            self.told.setText(_("正在读 {file}").format(file=file.name))
            background.start(self, self._done, taking.take_in, self._desk.here, file)

    def _done(self, outcome: background.Outcome) -> None:
        if outcome.error is not None:
            self._going = False
            self.end()
            raise outcome.error
        one: TakenIn = outcome.value
        self.results.append(one)
        self._show(one)
        self.taken.emit()
        self._next()

    def _show(self, one: TakenIn) -> None:
        made = FileCard(one, self.opened.emit, self.settle_wanted.emit, self._put_into)
        self.cards.append(made)
        add(self._list, made)

    def _put_into(self, one: TakenIn, key: int) -> None:
        """A person has said which assessment a part goes into: hand it in once more."""
        place = self.results.index(one)
        self.cards[place].setEnabled(False)
        background.start(self, partial(self._put, place), taking.take_in, self._desk.here, one.file, key)

    def _put(self, place: int, outcome: background.Outcome) -> None:
        if outcome.error is not None:
            raise outcome.error
        self.results[place] = outcome.value
        for made in self.cards:
            self._list.removeWidget(made)
            made.deleteLater()
        self.cards.clear()
        for one in self.results:
            self._show(one)
        self._say()
        self.take_focus()

    def _say(self) -> None:
        done = len(self.results)
        self.bar.setVisible(self._going)
        self.bar.setRange(0, self._all)
        self.bar.setValue(done)
        self.stop.setVisible(self._going and bool(self._todo))
        if self._going:
            self._title.setText(_("正在导入，第 {done} 个，共 {all} 个").format(done=done + 1, all=self._all))
            return
        self._title.setText(_("导入结果"))
        self.told.setText(summary(self.results))
        self.copy_all.setVisible(sum(bool(one.mail) for one in self.results) > 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._going:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _copy_all(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(one.mail for one in self.results if one.mail))
        _mark_copied(self.copy_all)


def summary(results: Sequence[TakenIn]) -> str:
    """How many files came to what, in one line."""
    count = {state: sum(one.state == state for one in results) for state in _STATES}
    said = [_("{n} 个{state}").format(n=n, state=_(_STATES[state])) for state, n in count.items() if n]
    return (
        _("{count} 个文件：{said}。").format(count=len(results), said=_("；").join(said)) if results else ""
    )


class FileCard(QFrame):
    """One file: what it came to, what was found in it, and the next step."""

    def __init__(
        self,
        one: TakenIn,
        open_it: Callable[[int], object],
        settle: Callable[[int], object],
        put_into: Callable[[TakenIn, int], object],
    ) -> None:
        super().__init__()
        self.one = one
        tone = _TONES[one.state]
        state = chip(_("内容已有，没有重复收进") if one.twin else _(_STATES[one.state]), tone)
        self.buttons = list(self._buttons(open_it, settle))
        head = row(Text(one.file.name, "strong", typed=True), state, *self.buttons, gap=10)
        head.setStretch(0, 1)
        lines = column(head, *(Text(line, typed=True).selectable() for line in _outcome(one)), gap=4)
        for remark in one.remarks[:_SHOWN]:
            lines.addWidget(_remark_row(remark))
        if one.remarks[_SHOWN:]:
            more = _("另有 {count} 处，都写在回信里。").format(count=len(one.remarks) - _SHOWN)
            lines.addWidget(Text(more, "note"))
        self.choices = [
            button(choice_text(line), partial(put_into, one, line.id), "small", icon="next")
            for line in one.choices
        ]
        if self.choices:
            lines.addLayout(row(*self.choices, None, gap=8))
        mark = sign(SIGNS[tone], tone, 20)
        line = row(mark, lines, gap=12, margin=(16, 10, 12, 12))
        line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        self.setProperty("card", "true")
        self.setLayout(line)
        self.setAccessibleName(_("{name}：{states}").format(name=one.file.name, states=_(_STATES[one.state])))

    def _buttons(
        self, open_it: Callable[[int], object], settle: Callable[[int], object]
    ) -> Iterator[QPushButton]:
        name = self.one.file.name
        if self.one.mail:
            self.copy = button(
                _("复制回信"), self._copy, "small", name=_("复制给企业的回信：{f}").format(f=name)
            )
            yield self.copy
        if self.one.merged is not None:
            key = self.one.merged.assessment
            if self.one.merged.open:
                yield button(
                    _("去定"), partial(settle, key), "small", name=_("定下不同的答案：{f}").format(f=name)
                )
            yield button(_("打开"), partial(open_it, key), "small", name=_("打开：{f}").format(f=name))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.one.mail)
        _mark_copied(self.copy)


def choice_text(line: AssessmentRow) -> str:
    """One of several assessments a part could go into."""
    said = _("并入{day}、已答 {count} 题的那份")
    return said.format(day=date_text(line.date), count=line.answered)


def _outcome(one: TakenIn) -> Iterator[str]:
    """What became of it, in a line or two."""
    merged = one.merged
    if merged is None:
        return
    firm = firm_of(one.firm)
    if one.twin:
        yield _("“{firm}”里已有同样的内容，什么也没有改动。").format(firm=firm)
    elif merged.created:
        yield _("新建了“{firm}”的诊断。").format(firm=firm)
    elif not merged.entries and not merged.evidence:
        yield _("属于“{firm}”的诊断；没有新内容。").format(firm=firm)
    else:
        counts = (merged.entries, merged.evidence)
        said = _("并入“{firm}”的诊断：{n} 条记录，{m} 份佐证。")
        yield said.format(firm=firm, n=counts[0], m=counts[1])
    if merged.open:
        yield _("这份诊断有 {count} 项几个人说法不同，都留着，待您定。").format(count=len(merged.open))
    if one.beside is not None:
        day = date_text(one.beside.date)
        yield _("同一企业、同一年度原来就有一份（{day}），那份没有改动。").format(day=day)


def _remark_row(remark: taking.Remark) -> Text:
    """Where, what, and what to do; what was only put right stays in the background."""
    place = f"{remark.place}　" if remark.place else ""
    remedy = _("。{remedy}。").format(remedy=remark.remedy) if remark.remedy else ""
    mark = "·　" if remark.kind != "fault" else ""
    text = Text(
        f"{mark}{place}{remark.text}{remedy}", "body" if remark.kind == "fault" else "note", typed=True
    )
    return text.selectable()


def _mark_copied(made: QPushButton) -> None:
    made.setText(_("已复制"))
