"""The cells of a sheet, whoever read them: what stands in each, and what a value alone does not tell."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Literal

from assessor.exchange.layout import column_letters

Spot = tuple[int, int]
"""Row and column, counted from 0."""
Raw = str | int | float | bool | date | datetime | time | timedelta
Mark = Literal["error", "formula", "no-result"]


@dataclass(frozen=True, slots=True)
class Note:
    """What is odd about a cell, and the error value or formula that stands there."""

    mark: Mark
    text: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A merged stretch of cells, counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def text(self) -> str:
        """Such as C5:C7."""
        return f"{address(self.top, self.left)}:{address(self.bottom, self.right)}"

    def swallows(self, row: int, column: int) -> bool:
        """Whether the cell lies in it and is not its first."""
        inside = self.top <= row <= self.bottom and self.left <= column <= self.right
        return inside and (row, column) != (self.top, self.left)


@dataclass
class Odd:
    """What values alone do not tell: notes of cells, merged areas, and the format of a cell."""

    notes: dict[Spot, Note] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    style: Callable[[Spot], int] = lambda spot: 0
    uses: Callable[[Iterable[int]], bool] = lambda styles: True


@dataclass
class Grid:
    """One sheet. `look` finds what is odd, once it is asked for; `far` names a cell beyond what is read."""

    name: str
    rows: Sequence[Sequence[Raw | None]]
    look: Callable[[], Odd]
    far: str = ""

    @cached_property
    def odd(self) -> Odd:
        """What values alone do not tell."""
        return self.look()

    def get(self, row: int, column: int) -> Raw | None:
        """What stands in a cell; None for nothing."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        found = self.rows[row][column]
        return None if found == "" else found

    def blank(self, row: int, columns: Sequence[int]) -> bool:
        """Whether nothing stands in these cells of a row, not even an error."""
        cells = self.rows[row] if row < len(self.rows) else ()
        width = len(cells)
        for column in columns:
            if column < width and cells[column] not in (None, ""):
                return False
        notes = self.odd.notes
        return not notes or not any((row, column) in notes for column in columns)


def address(row: int, column: int) -> str:
    """Such as C5, counted from 0."""
    return f"{column_letters(column)}{row + 1}"


def place_of(letters: str, digits: str) -> tuple[int, int]:
    """Row and column, counted from 0, of an address."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1
