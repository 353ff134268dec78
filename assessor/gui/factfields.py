"""One field for each kind of fact; all give raw values, none judges them."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QPushButton, QWidget

from assessor.answers.firm import region_name
from assessor.answers.model import Value
from assessor.gui.editors.base import Line
from assessor.gui.editors.figures import FigureLine
from assessor.gui.editors.flow import Flow
from assessor.gui.parts import Combo, Push, column, restyle, row
from assessor.pack.model import Pack
from assessor.pack.question import (
    BoolQuestion,
    MultiQuestion,
    NumberQuestion,
    Question,
    SingleQuestion,
    TextQuestion,
)
from assessor.words import _, named


class FactField(QWidget):
    """`entered` carries the raw value; None takes it back."""

    entered = Signal(object)

    def show_value(self, value: Value | None) -> None:
        """Put a value in."""
        raise NotImplementedError

    def mark(self, is_wrong: bool) -> None:
        """Show the field as refused or as good."""

    def first(self) -> QWidget:
        """The widget that takes the cursor."""
        return self

    def flush(self) -> None:
        """Hand over at once what was typed."""


class LineFact(FactField):
    """A line of text or a figure."""

    def __init__(self, line: Line, wide: int | None = None) -> None:
        super().__init__()
        self._line = line
        line.settled.connect(lambda: self.entered.emit(self._raw()))
        if wide:
            line.setFixedWidth(wide)
        self.setLayout(row(line, None) if wide or isinstance(line, FigureLine) else row(line))

    def _raw(self) -> Any:
        if isinstance(self._line, FigureLine):
            return self._line.figure()
        return self._line.text().strip() or None

    def show_value(self, value: Value | None) -> None:
        if isinstance(self._line, FigureLine):
            self._line.show_figure(value if isinstance(value, Decimal) else None)
        else:
            self._line.show_text(value if isinstance(value, str) else "")

    def mark(self, is_wrong: bool) -> None:
        restyle(self._line, "fault", "true" if is_wrong else "false")

    def first(self) -> QWidget:
        return self._line

    def flush(self) -> None:
        self._line.flush()


class CodeBox(Combo):
    """A code chosen by its name: type a part of either, or the whole code."""

    settled = Signal()

    def __init__(self, name: str, codes: Mapping[str, str], hint: str) -> None:
        super().__init__(name)
        self._codes = codes
        self.setEditable(True)
        self.setInsertPolicy(self.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        for code, words in codes.items():
            self.addItem(f"{words}　{code}", code)
        self.setCurrentIndex(-1)
        finder = QCompleter(self.model(), self)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.activated.connect(lambda _text: QTimer.singleShot(0, self, self.settled.emit))
        self._popup = cast(QAbstractItemView, finder.popup())
        self._popup.setAccessibleName(name)
        self._popup.setObjectName("completer")
        self.setCompleter(finder)
        line = self.lineEdit()
        assert line is not None
        line.setAccessibleName(name)
        line.setPlaceholderText(hint)
        line.returnPressed.connect(self.settled)
        line.editingFinished.connect(self._left)
        self.activated.connect(lambda _place: self.settled.emit())

    def _left(self) -> None:
        if not self._popup.isVisible():
            self.settled.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._left()

    def code(self) -> str | None:
        """The code chosen or typed; what can't be one is given as it stands."""
        text = self.currentText().strip()
        place = self.findText(text)
        if place >= 0:
            return str(self.itemData(place))
        named = [code for code, words in self._codes.items() if text in (words, code)]
        return named[0] if named else (text or None)

    def show_code(self, code: str) -> None:
        """Show a code by its name; one that is not listed as it is."""
        place = self.findData(code) if code else -1
        self.setCurrentIndex(place)
        if place < 0:
            self.setEditText(code)
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)


class CodeFact(FactField):
    """A code with a list of names."""

    def __init__(self, box: CodeBox) -> None:
        super().__init__()
        self._box = box
        self._told: str | None = None
        box.settled.connect(self._tell)
        self.setLayout(row(box))

    def _tell(self) -> None:
        code = self._box.code()
        if code != self._told:
            self._told = code
            self.entered.emit(code)

    def show_value(self, value: Value | None) -> None:
        code = value if isinstance(value, str) else None
        if code is not None and self._box.code() != code:
            self._box.show_code(code)
        if code is not None or not self._box.hasFocus():
            self._told = code

    def mark(self, is_wrong: bool) -> None:
        restyle(self._box, "fault", "true" if is_wrong else "false")

    def first(self) -> QWidget:
        return self._box

    def flush(self) -> None:
        self._tell()


class ChipsFact(FactField):
    """Buttons beside each other: one of them, or any."""

    def __init__(self, title: str, options: Sequence[tuple[Any, str, bool]], *, many: bool) -> None:
        super().__init__()
        self._many = many
        self._none = {raw for raw, _words, none in options if none}
        self.buttons: dict[Any, QPushButton] = {}
        flow = Flow(gap=6)
        for raw, words, _none in options:
            made = Push(words)
            made.setProperty("look", "chip")
            made.setCheckable(True)
            made.setAccessibleName(_("{title}：{words}").format(title=title, words=words))
            made.clicked.connect(lambda checked, raw=raw: self._turn(raw, checked))
            self.buttons[raw] = made
            flow.addWidget(made)
        self.setLayout(column(flow))

    def _turn(self, raw: Any, checked: bool) -> None:
        if not self._many:
            self.entered.emit(raw if checked else None)
            return
        chosen = [each for each, made in self.buttons.items() if made.isChecked()]
        if raw in self._none and checked:
            chosen = [raw]
        else:
            chosen = [each for each in chosen if each not in self._none]
        self.entered.emit(chosen or None)

    def show_value(self, value: Value | None) -> None:
        chosen = value if isinstance(value, tuple) else (value,)
        for raw, made in self.buttons.items():
            made.setChecked(any(raw == each and type(raw) is type(each) for each in chosen))

    def first(self) -> QWidget:
        return next(iter(self.buttons.values()))


def make_field(fact: Question, pack: Pack) -> FactField:
    """The field of a fact."""
    match fact:
        case TextQuestion():
            return _text_field(fact, pack)
        case NumberQuestion():
            return LineFact(FigureLine(named(fact), fact.unit))
        case BoolQuestion():
            return ChipsFact(named(fact), ((True, _("是"), False), (False, _("否"), False)), many=False)
        case SingleQuestion() | MultiQuestion():
            options = [(option.id, named(option), option.none) for option in fact.options]
            return ChipsFact(named(fact), options, many=isinstance(fact, MultiQuestion))
        case _:
            raise ValueError(f"no field for a fact of kind {fact.kind}")


def _text_field(fact: TextQuestion, pack: Pack) -> FactField:
    makers: Mapping[str, Callable[[], FactField]] = {
        "region": lambda: CodeFact(CodeBox(named(fact), _regions(pack), _("输入地名或六位代码"))),
        "industry": lambda: CodeFact(
            CodeBox(named(fact), pack.industries.industries, _("输入行业名或四位代码"))
        ),
        "uscc": lambda: LineFact(Line(named(fact), _("18 位，照营业执照")), 240),
        "date": lambda: LineFact(Line(named(fact), "2026-05-20"), 140),
    }
    made = makers.get(fact.format or "")
    if made is not None:
        return made()
    line = Line(named(fact))
    line.setMaxLength(fact.max_length)
    return LineFact(line)


def _regions(pack: Pack) -> Mapping[str, str]:
    """Codes with full names; the province itself is no place of a plant."""
    listed = sorted(code for code in pack.regions.regions if not code.endswith("0000"))
    return {code: region_name(code, pack.regions) for code in listed}
