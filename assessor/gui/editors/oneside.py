"""Fields for one side of an answer, and the editor that sets claimed and verified under each other."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from assessor.answers.model import Answer, Side, Value
from assessor.answers.value import raw_value
from assessor.gui.editors.base import Editor, Line
from assessor.gui.optionrow import paint_mark
from assessor.gui.parts import button, column, restyle, row
from assessor.gui.skin import skin
from assessor.words import SIDES, _


class OneSide(QWidget):
    """Fields for one value. What is half typed is never overwritten while the value stays the same."""

    entered = Signal(object)
    is_short = False
    """Whether two of its kind fit on one line."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Value | None = None

    def show_value(self, value: Value | None) -> None:
        """Show a value, unless it is the one shown already."""
        if value != self._shown:
            self._shown = value
            self.fill(value)

    def reset(self, value: Value | None) -> None:
        """Show a value whatever was typed."""
        self._shown = value
        self.fill(value)

    def fill(self, value: Value | None) -> None:
        """Put the value into the fields."""
        raise NotImplementedError

    def tell(self, raw: Any) -> None:
        """Hand over what the fields say."""
        if raw is None:
            self._shown = None
        self.entered.emit(raw)

    def fields(self) -> Sequence[QWidget]:
        """The fields, the first one first."""
        return ()

    def mark(self, is_wrong: bool) -> None:
        """Show the fields as refused or as good."""
        for each in self.fields():
            restyle(each, "fault", "true" if is_wrong else "false")

    def letters(self) -> frozenset[str]:
        """Letters that choose something here."""
        return frozenset()

    def press(self, key: str) -> bool:
        """A letter of those."""
        return False

    def flush(self) -> None:
        """Hand over at once what was typed."""
        for each in self.fields():
            if isinstance(each, Line):
                each.flush()


class SideLabel(QWidget):
    """The hollow or filled mark with its words."""

    def __init__(self, side: Side, words: str = "") -> None:
        super().__init__()
        self._side: Side = side
        self._words = words or _(SIDES[side])
        look = skin()
        wide = QFontMetrics(look.font(look.looks.window.note)).horizontalAdvance(self._words)
        self.setFixedSize(22 + wide + 2, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = skin()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, QPointF(8, 10), self._side, on=True, radius=5.0)
        painter.setFont(look.font(look.looks.window.note))
        painter.setPen(look.colour("quiet"))
        painter.drawText(self.rect().adjusted(22, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self._words)
        painter.end()


class SidedEditor(Editor):
    """One set of fields a side."""

    def __init__(self, make: Callable[[Side], OneSide], sides: tuple[Side, ...]) -> None:
        super().__init__()
        self._sides = sides
        self._entry: Side = "claimed"
        self._answer = Answer()
        self.parts: dict[Side, OneSide] = {side: make(side) for side in sides}
        self._same: QPushButton | None = None
        for side, part in self.parts.items():
            part.entered.connect(lambda raw, side=side: self.entered.emit(side, raw))
        self.setLayout(self._lay_out())

    def _lay_out(self) -> QLayout:
        """Short fields stand beside each other, long ones under each other."""
        if len(self._sides) == 1:
            only = self.parts[self._sides[0]]
            return row(only, None) if only.is_short else column(only)
        self._same = button(_("与自报相同"), self._take_claimed, "small")
        claimed, verified = self.parts["claimed"], self.parts["verified"]
        if claimed.is_short:
            line: QLayout = row(
                *(SideLabel("claimed"), claimed, 12, SideLabel("verified"), verified, self._same, None), gap=8
            )
            return line
        return column(
            *(SideLabel("claimed"), claimed, 8, row(SideLabel("verified"), self._same, None), verified), gap=6
        )

    def _take_claimed(self) -> None:
        value = self._answer.value
        if value is not None:
            self.entered.emit("verified", raw_value(value))

    def show_answer(self, answer: Answer, proposal: int | None = None) -> None:
        self._answer = answer
        for side, part in self.parts.items():
            part.show_value(answer.on(side))
        if self._same is not None:
            self._same.setEnabled(answer.value is not None and answer.value != answer.verified)

    def reset(self, answer: Answer) -> None:
        """Show the answer, whatever is half typed."""
        self._answer = answer
        for side, part in self.parts.items():
            part.reset(answer.on(side))

    def show_problem(self, side: Side, is_wrong: bool) -> None:
        self.parts[side].mark(is_wrong)

    def set_entry(self, side: Side) -> None:
        self._entry = side if side in self.parts else "claimed"

    def letters(self) -> frozenset[str]:
        return self.parts[self._entry].letters()

    def press(self, key: str) -> bool:
        """A letter of the editor's own, or a digit that starts a figure."""
        part = self.parts[self._entry]
        if part.press(key):
            return True
        fields = part.fields()
        if not key.isdigit() or not fields or not isinstance(fields[0], Line):
            return False
        first = next((each for each in fields if isinstance(each, Line) and not each.text()), fields[0])
        if isinstance(first, Line):
            first.setFocus()
            first.selectAll()
            first.insert(key)
            first.textEdited.emit(first.text())
        return True

    def go_on(self, at: QWidget) -> bool:
        """From one field to the next empty one of the same side; whether there was one."""
        for part in self.parts.values():
            fields = list(part.fields())
            if at in fields:
                rest = [each for each in fields[fields.index(at) + 1 :] if isinstance(each, Line)]
                empty = next((each for each in rest if not each.text()), None)
                if empty is not None:
                    empty.setFocus()
                return empty is not None
        return False

    def flush(self) -> None:
        for part in self.parts.values():
            part.flush()


class WordsSide(OneSide):
    """Free words on one line or several."""

    def __init__(self, name: str, max_length: int) -> None:
        super().__init__()
        self._line = Line(name)
        self._line.setMaxLength(max_length)
        self._line.settled.connect(lambda: self.tell(self._line.text().strip() or None))
        self.setLayout(column(self._line))

    def fill(self, value: Value | None) -> None:
        self._line.setText(value if isinstance(value, str) else "")

    def fields(self) -> Sequence[QWidget]:
        return (self._line,)
