"""Where does each line stand? Rows and columns of every sheet, fixed by the description alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assessor.exchange import labels
from assessor.exchange.labels import ANSWER_COLUMNS, FACT_COLUMNS, Column
from assessor.exchange.sheet import AnswerSheet, Block, Book, Line, TableSheet
from assessor.pack.model import Pack

HEADER_ROW = 2
"""Row of the headers on a question sheet; title and introduction stand above."""
TABLE_HEADER = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, counted from 0."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """Such as C5."""
        return f"{column_letters(self.column)}{self.row + 1}"

    @property
    def ref(self) -> str:
        """As a formula on any sheet names it."""
        return f"{quoted(self.sheet)}!${column_letters(self.column)}${self.row + 1}"


def column_letters(column: int) -> str:
    """A, B, … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def quoted(sheet: str) -> str:
    """A sheet's name as formulas need it."""
    return "'" + sheet.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a question sheet: its line and the block it belongs to."""

    number: int
    line: Line
    block: Block | None
    head: bool


@dataclass(frozen=True)
class Cover:
    """Rows of the cover: the directory, then the header, then what is filled in."""

    directory: int
    header: int
    head: Mapping[str, int]
    facts: int


@dataclass(frozen=True)
class Layout:
    """Places of all lines of a book."""

    book: Book

    @cached_property
    def cover(self) -> Cover:
        """Rows of the cover."""
        directory = 9
        header = directory + len(self.book.sheets) + len(self.book.tables) + 2
        names = [line.id.removeprefix(labels.HEAD) for line in self.book.head]
        head = {name: header + 2 + index for index, name in enumerate(names)}
        return Cover(directory, header, head, header + 3 + len(names))

    def rows(self, sheet: AnswerSheet) -> Iterator[Row]:
        """The rows of a question sheet below its headers."""
        return _block_rows(sheet.blocks, HEADER_ROW + 1)

    def fact_rows(self) -> Iterator[Row]:
        """The rows of facts on the cover."""
        return _block_rows(self.book.facts, self.cover.facts)

    @cached_property
    def last_fact(self) -> int:
        """The row after the last fact."""
        return self.cover.facts + sum(len(block.lines) for block in self.book.facts)

    @cached_property
    def _lines(self) -> Mapping[str, tuple[str, int]]:
        found = {f"{labels.HEAD}{name}": (labels.COVER, row) for name, row in self.cover.head.items()}
        for row in self.fact_rows():
            if row.line.id:
                found[row.line.id] = (labels.COVER, row.number)
        for sheet in self.book.sheets:
            for row in self.rows(sheet):
                if row.line.id:
                    found[row.line.id] = (sheet.name, row.number)
        return found

    def columns(self, sheet: str) -> tuple[Column, ...]:
        """The columns of the cover or of a question sheet."""
        return FACT_COLUMNS if sheet == labels.COVER else ANSWER_COLUMNS

    def place(self, line: str, column: str) -> Place | None:
        """The cell of a line in a column; None where its sheet has no such column."""
        sheet, row = self._lines[line]
        keys = [entry.key for entry in self.columns(sheet)]
        return Place(sheet, row, keys.index(column)) if column in keys else None

    def table(self, item: str) -> TableSheet:
        """The sheet of a table question."""
        return next(table for table in self.book.tables if table.question.id == item)


def _block_rows(blocks: tuple[Block, ...], first: int) -> Iterator[Row]:
    number = first
    for block in blocks:
        for index, line in enumerate(block.lines):
            yield Row(number, line, block, index == 0)
            number += 1


@lru_cache(maxsize=16)
def layout_of(pack: Pack) -> Layout:
    """The places of a pack's workbook."""
    from assessor.exchange.sheet import describe

    return Layout(describe(pack))
