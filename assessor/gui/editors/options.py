"""Rows to choose from: levels, one option, several options, yes or no."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QGridLayout, QLabel

from assessor.answers.model import Answer, Side, Value
from assessor.gui.editors.base import Editor
from assessor.gui.optionrow import OptionRow
from assessor.gui.parts import Text, column, row
from assessor.pack.question import (
    BoolQuestion,
    LevelQuestion,
    MultiQuestion,
    Question,
    SingleQuestion,
)
from assessor.words import SHORT_SIDES, _, named

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: its raw value, the keys that choose it (the first is shown), and its words."""

    raw: Any
    keys: tuple[str, ...]
    words: str
    level: int | None = None
    none: bool = False


def choices_of(question: Question) -> tuple[Choice, ...]:
    """The rows of a question."""
    match question:
        case LevelQuestion():
            ordered = sorted(question.levels, key=lambda rung: rung.level)
            return tuple(
                Choice(rung.level, (str(rung.level + 1),), rung.text, rung.level) for rung in ordered
            )
        case BoolQuestion():
            return (Choice(True, ("1", "A"), _("是")), Choice(False, ("2", "B"), _("否")))
        case SingleQuestion() | MultiQuestion():
            return tuple(
                Choice(
                    option.id, (_letter(option.id, place), str(place + 1)), named(option), none=option.none
                )
                for place, option in enumerate(question.options)
            )
        case _:
            return ()


def _letter(option_id: str, place: int) -> str:
    """The option's own letter, else one by its place; none for those after the 26th."""
    if len(option_id) == 1 and option_id in _LETTERS:
        return option_id
    return _LETTERS[place] if place < len(_LETTERS) else ""


class OptionsEditor(Editor):
    """All rows of one question, both sides on each row."""

    def __init__(self, question: Question, sides: tuple[Side, ...]) -> None:
        super().__init__()
        self._many = isinstance(question, MultiQuestion)
        self._sides = sides
        self._entry: Side = "claimed"
        self._answer = Answer()
        self._proposal: int | None = None
        self.choices = choices_of(question)
        self.rows = [self._row(choice) for choice in self.choices]
        grid = self._grid(two=len(self.choices) > 7 or isinstance(question, BoolQuestion))
        parts = [self._head(), grid] if len(sides) > 1 else [grid]
        self.setLayout(column(*parts, gap=4))

    def _row(self, choice: Choice) -> OptionRow:
        made = OptionRow(choice.keys[0], choice.words, self._sides, choice.level)
        made.picked.connect(lambda side: self._pick(choice, side or self._entry))
        return made

    def _grid(self, *, two: bool) -> QGridLayout:
        """Rows under each other, or in two columns read downwards."""
        grid = QGridLayout()
        grid.setSpacing(4)
        half = (len(self.rows) + 1) // 2 if two else len(self.rows)
        for place, made in enumerate(self.rows):
            grid.addWidget(made, place % half, place // half)
        for across in range(grid.columnCount()):
            grid.setColumnStretch(across, 1)
        return grid

    def _head(self) -> Any:
        labels: list[QLabel] = []
        for side in self._sides:
            label = Text(_(SHORT_SIDES[side]), "note", wrap=False)
            label.setFixedWidth(44)
            labels.append(label)
        return row(None, *labels, gap=0)

    # -- state

    def show_answer(self, answer: Answer, proposal: int | None = None) -> None:
        self._answer, self._proposal = answer, proposal
        chosen = {side: _as_list(answer.on(side)) for side in self._sides}
        none = [choice.raw for choice in self.choices if choice.none]
        alone = any(raw in chosen[self._entry] for raw in none)
        for made, choice in zip(self.rows, self.choices, strict=True):
            made.proposed = proposal is not None and choice.raw == proposal
            made.excluded = alone and not choice.none
            on = frozenset(side for side in self._sides if _holds(chosen[side], choice.raw))
            made.show_marks(on, self._entry)

    def set_entry(self, side: Side) -> None:
        self._entry = side
        self.show_answer(self._answer, self._proposal)

    def letters(self) -> frozenset[str]:
        return frozenset(key for choice in self.choices for key in choice.keys if key.isalpha())

    def press(self, key: str) -> bool:
        for choice in self.choices:
            if key in choice.keys:
                self._pick(choice, self._entry)
                return True
        return False

    def _pick(self, choice: Choice, side: Side) -> None:
        if not self._many:
            self.entered.emit(side, choice.raw)
            return
        old = _as_list(self._answer.on(side))
        self.entered.emit(side, _toggled(old, choice, self.choices) or None)


def _toggled(old: Sequence[Any], choice: Choice, choices: Sequence[Choice]) -> list[Any]:
    """The list with one option turned; the option that says none stands alone."""
    if choice.raw in old:
        return [raw for raw in old if raw != choice.raw]
    if choice.none:
        return [choice.raw]
    alone = {other.raw for other in choices if other.none}
    return [raw for raw in old if raw not in alone] + [choice.raw]


def _as_list(value: Value | None) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, tuple) else [value]


def _holds(values: list[Any], raw: Any) -> bool:
    """Whether the row's value is among them; 1 is not yes."""
    return any(value == raw and isinstance(value, bool) == isinstance(raw, bool) for value in values)
