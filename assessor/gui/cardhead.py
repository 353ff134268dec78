"""The top of a question: its number and title, its state, and the level that is suggested."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from assessor.answers.model import Answer, AnswerState
from assessor.gui.parts import Text, button, row, sign
from assessor.gui.skin import skin
from assessor.pack.question import LevelQuestion, Question
from assessor.words import STATES, _, named

_HIGH, _PAD, _GAP = 28, 6, 8


class Word(NamedTuple):
    """A short word in a small box: colours of the box and of the word."""

    text: str
    back: str = "panel"
    front: str = "quiet"


class CardHead(QWidget):
    """Number, title and what they are; at the right the state when it is no plain answer."""

    def __init__(self, question: Question, retry: Callable[[], object]) -> None:
        super().__init__()
        self._question, self._retry = question, retry
        self._again: QPushButton | None = None
        self._right: Sequence[Word] = ()
        self.setFixedHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, _HIGH)

    def show_answer(self, answer: Answer, *, unsaved: bool) -> None:
        """Which state the answer is in, and whether it is on the disk."""
        words: list[Word] = []
        if answer.state not in (AnswerState.ANSWERED, AnswerState.UNANSWERED):
            words.append(Word(_(STATES[answer.state.value])))
        if unsaved:
            words.append(Word(_("未保存"), "red_soft", "red"))
        if words != list(self._right):
            self._right = words
            self.update()
        if unsaved and self._again is None:
            name = _("{title}：重新保存").format(title=named(self._question))
            self._again = button(_("重试"), self._retry, "small", name=name)
            self.setLayout(row(None, self._again))
        if self._again is not None:
            self._again.setVisible(unsaved)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = skin()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = self._box(painter, 0, Word(self._question.id)) + _GAP
        font = look.font(look.looks.window.section, bold=True)
        painter.setFont(font)
        painter.setPen(look.colour("ink"))
        wide = QFontMetricsF(font).horizontalAdvance(named(self._question))
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(x, 0, wide + 2, _HIGH), middle, named(self._question))
        if isinstance(self._question, LevelQuestion) and self._question.core:
            self._box(painter, x + wide + _GAP, Word(_("核心"), "accent_soft", "accent"))
        right = float(self.width())
        if self._again is not None and self._again.isVisible():
            right = self._again.x() - _GAP
        for word in reversed(self._right):
            right -= self._wide(word)
            self._box(painter, right, word)
            right -= _GAP
        painter.end()

    @staticmethod
    def _wide(word: Word) -> float:
        look = skin()
        return QFontMetricsF(look.font(look.looks.window.note)).horizontalAdvance(word.text) + 2 * _PAD

    def _box(self, painter: QPainter, x: float, word: Word) -> float:
        """Draw a word in its box; where it ends."""
        look = skin()
        wide = self._wide(word)
        box = QRectF(x, (_HIGH - 20) / 2, wide, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(word.back))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(look.font(look.looks.window.note))
        painter.setPen(look.colour(word.front))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word.text)
        return x + wide


class ProposalLine(QFrame):
    """The level that other answers suggest, with the one step that accepts it."""

    def __init__(self, confirm: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("notice", "accent")
        self._text = Text("", wrap=False)
        self.confirm = button(_("确认建议 P"), confirm, "small", name=_("确认建议等级"))
        line = row(sign("info", "accent"), self._text, None, self.confirm, gap=8, margin=(12, 4, 8, 4))
        self.setLayout(line)

    def show_level(self, level: int, scenes: tuple[str, ...]) -> None:
        """The suggestion."""
        self._text.setText(_("建议 {level} 级（按 {scenes}）").format(level=level, scenes=_run(scenes)))


def _run(scenes: tuple[str, ...]) -> str:
    """T04, T05, T06 → T04—T06 when they follow each other."""
    numbers = [int(each[1:]) for each in scenes if each[1:].isdigit()]
    follow = len(numbers) == len(scenes) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return f"{scenes[0]}—{scenes[-1]}" if follow else _("、").join(scenes)
