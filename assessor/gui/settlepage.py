"""Where people said different things: both stand side by side, and a person decides item by item.

What is settled is written at once; one may leave in the middle and go on another day.
"""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QWidget

from assessor.commands import settling
from assessor.commands.settling import Choice, Unsettled, Voice
from assessor.gui.desk import Desk
from assessor.gui.firmtable import firm_of
from assessor.gui.parts import Text, add, button, card, chip, clear, column, panel, restyle, row, scroll, sign
from assessor.report.wording import date_text
from assessor.store.log import Item
from assessor.words import _

_MARKS = "一二三四五六七八九"
_NEXT = (Qt.Key.Key_Down, Qt.Key.Key_J)
_BACK = (Qt.Key.Key_Up, Qt.Key.Key_K)


class SettlePage(QWidget):
    """`opened` carries the assessment's id and a question's id, empty for the assessment as a whole."""

    opened = Signal(int, str)
    left = Signal()

    def __init__(self, desk: Desk, key: int) -> None:
        super().__init__()
        self._desk, self.key = desk, key
        self.cards: dict[Item, SettleCard] = {}
        self._title = Text("", "page", wrap=False)
        self._lead = Text("", "quiet")
        self.back = button(_("回到诊断列表"), self.left.emit)
        self.open = button(_("打开这份诊断"), lambda: self.opened.emit(self.key, ""))
        self._list = column(gap=12)
        self.area: QScrollArea = scroll(
            panel(column(self._list, None, margin=(0, 0, 12, 16))), _("待定的不同答案")
        )
        head = row(self._title, None, self.back, self.open, gap=12)
        self.setLayout(column(head, self._lead, self.area, gap=12, margin=(32, 24, 32, 12)))
        self.load()

    def load(self) -> None:
        """What waits now; what was settled here meanwhile is shown as settled no longer."""
        clear(self._list)
        found = settling.unsettled(self._desk.here, self._desk.store, self.key)
        self.cards = {one.item: SettleCard(one, self.settle, self._answer_anew) for one in found}
        for made in self.cards.values():
            add(self._list, made)
        self._say()

    def take_focus(self) -> None:
        """Where the keyboard begins: the first that waits."""
        first = next((made for made in self.cards.values() if not made.settled), None)
        (first or self.open).setFocus()

    def _say(self) -> None:
        left = sum(not made.settled for made in self.cards.values())
        row_ = self._desk.store.assessment(self.key)
        self._title.setText(
            _("待定的不同答案：还有 {count} 项").format(count=left) if left else _("都定下来了")
        )
        firm = firm_of(row_.firm_name)
        if left:
            lead = _(
                "“{firm}”的这几项，几个人的说法不同。两种都留着，定下来之前按区间计分；"
                "可以随时离开，下次接着定。按 1、2 选，按 O 打开题目。"
            )
        else:
            lead = _("“{firm}”没有待定的项了；谁说过什么仍在每题的历史里。")
        self._lead.setText(lead.format(firm=firm))
        restyle(self.open, "look", "plain" if left else "primary")

    # -- do

    def settle(self, item: Item, choice: Choice) -> None:
        """Let one of the answers hold."""
        settling.settle(self._desk.store, self.key, item, choice.content, self._desk.by)
        self.cards[item].show_settled(choice)
        self._say()
        self.take_focus()

    def _answer_anew(self, item: Item) -> None:
        self.opened.emit(self.key, item[1])

    def _step(self, by: int) -> None:
        every = [made for made in self.cards.values() if not made.settled]
        at = next(
            (
                place
                for place, made in enumerate(every)
                if made.isAncestorOf(self._at()) or made is self._at()
            ),
            0,
        )
        if 0 <= at + by < len(every):
            every[at + by].setFocus()
            self.area.ensureWidgetVisible(every[at + by])

    def _at(self) -> QWidget:
        return self.focusWidget() or self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _NEXT:
            self._step(1)
        elif event.key() in _BACK:
            self._step(-1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SettleCard(QFrame):
    """One item: each answer with who said it, and the choice."""

    def __init__(
        self,
        one: Unsettled,
        settle: Callable[[Item, Choice], object],
        anew: Callable[[Item], object],
    ) -> None:
        super().__init__()
        self.one, self.settled = one, False
        self._settle, self._anew = settle, anew
        self.setProperty("card", "true")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(one.title)
        self.setAccessibleDescription(
            _("；").join(
                _("{value}：{lines}").format(value=place + 1, lines=_("，").join(choice.lines))
                for place, choice in enumerate(one.choices)
            )
        )
        self._down = column(gap=10, margin=(20, 14, 16, 14))
        self.setLayout(self._down)
        self.takes = list(self._buttons())
        self.anew = button(_("都不取，打开题目重答"), lambda: anew(one.item), "link", icon="next")
        self._down.addWidget(_head(one))
        for choice, take in zip(one.choices, self.takes, strict=True):
            self._down.addWidget(_choice_row(choice, take))
        self._down.addLayout(row(self.anew, None))

    def _buttons(self) -> Iterator[QPushButton]:
        for place, choice in enumerate(self.one.choices):
            words = _("取第{mark}种").format(mark=_(_MARKS)[place]) if place < len(_MARKS) else _("取这种")
            name = _("{words}：{lines}").format(words=words, lines=_("，").join(choice.lines))
            made = button(f"{words}　{place + 1}", partial(self._settle, self.one.item, choice), name=name)
            made.setMinimumWidth(132)
            yield made

    def show_settled(self, choice: Choice) -> None:
        """What was decided, in place of the choice."""
        self.settled = True
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        clear(self._down)
        add(self._down, _head(self.one))
        said = Text(choice.lines[0], typed=True).selectable()
        voices = Text(_("；").join(map(voice_text, choice.voices)), "note", typed=True)
        mark = sign("check", "green", 18)
        line = row(mark, column(said, voices, gap=2), gap=8)
        line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        add(self._down, panel(line))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - int(Qt.Key.Key_1)
        if self.settled:
            super().keyPressEvent(event)
        elif 0 <= place < len(self.one.choices):
            self._settle(self.one.item, self.one.choices[place])
        elif event.key() == Qt.Key.Key_O:
            self._anew(self.one.item)
        else:
            super().keyPressEvent(event)


def _head(one: Unsettled) -> QWidget:
    """Which question or fact."""
    line = row(chip(one.item[1]), Text(one.title, "strong", typed=True), gap=8)
    line.setStretch(1, 1)
    return panel(line)


def _choice_row(choice: Choice, take: QPushButton) -> QWidget:
    lines = (Text(line, typed=True).selectable() for line in choice.lines)
    said = Text(_("；").join(map(voice_text, choice.voices)), "note", typed=True)
    line = row(column(*lines, said, gap=2), take, gap=16, margin=(14, 10, 10, 10))
    line.setStretch(0, 1)
    return card(line, soft=True)


def voice_text(voice: Voice) -> str:
    """Who said it, when, and where it comes from: 张三，2026年5月20日 14:03，本机填写."""
    day, clock = voice.at[:10], voice.at[11:16]
    where = _("从文件导入") if voice.imported else _("本机填写")
    return _("，").join(filter(None, (voice.by or _("未署名"), f"{date_text(day)} {clock}".strip(), where)))
