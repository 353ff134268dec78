"""What all sheet writers share: the open book, the formats, the formulas, and how cells are written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assessor.diagnosis import Diagnosis
from assessor.exchange import labels
from assessor.exchange.calc import Range
from assessor.exchange.entries import Contents
from assessor.exchange.layout import Layout, Place, quoted
from assessor.exchange.sheet import Book
from assessor.exchange.sight import Sight
from assessor.exchange.style import Styles
from assessor.exchange.tables import ARRAY
from assessor.exchange.term import Bad, Term

PROTECTION = {
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
"""Nobody types over a question, but everyone may widen a column."""
_LISTS_FIRST = 1


@dataclass
class Pen:
    """One workbook being written."""

    xlsx: Any
    styles: Styles
    layout: Layout
    contents: Contents
    sight: Sight
    diagnosis: Diagnosis
    texts: list[Sequence[str]] = field(default_factory=list)

    @property
    def book(self) -> Book:
        """The description."""
        return self.layout.book

    def put(self, sheet: Any, row: int, column: int, content: object, style: Any) -> None:
        """Write a content as what it is: a day, a number, or text that never becomes a formula."""
        match content:
            case None | "":
                sheet.write_blank(row, column, None, style)
            case date():
                sheet.write_datetime(row, column, content, style)
            case int() | float():
                sheet.write_number(row, column, content, style)
            case _:
                sheet.write_string(row, column, str(content), style)

    def formula(self, sheet: Any, row: int, column: int, term: Term, style: Any) -> None:
        """Write a formula with its result."""
        value = "#N/A" if isinstance(term.value, Bad) else term.value
        if ARRAY in term.text:
            text = "{=" + term.text.replace(ARRAY, "") + "}"
            sheet.write_array_formula(row, column, row, column, text, style, value)
            return
        sheet.write_formula(row, column, "=" + term.text, style, value)

    def listing(self, texts: Sequence[str]) -> Range:
        """Texts in a column of their own on the hidden sheet of lists."""
        self.texts.append(texts)
        column = len(self.book.lists) + len(self.texts) - 1
        first, last = (
            Place(labels.LISTS, row, column).ref for row in (_LISTS_FIRST, _LISTS_FIRST + len(texts) - 1)
        )
        return Range(f"{first}:{last.rpartition('!')[2]}", tuple(texts))


def write_lists(pen: Pen) -> None:
    """The hidden sheet of drop-downs and of texts that formulas pick from; each drop-down has a name."""
    sheet = pen.xlsx.get_worksheet_by_name(labels.LISTS)
    plain = pen.styles.make()
    for column, (name, options) in enumerate(pen.book.lists.items()):
        sheet.write_string(0, column, name, plain)
        for row, option in enumerate(options, _LISTS_FIRST):
            if name in ("等级", "把握"):
                sheet.write_number(row, column, int(option), plain)
            else:
                sheet.write_string(row, column, option, plain)
        first = Place(labels.LISTS, _LISTS_FIRST, column).ref
        last = Place(labels.LISTS, _LISTS_FIRST + len(options) - 1, column).ref.rpartition("!")[2]
        pen.xlsx.define_name(list_name(name), f"={first}:{last}")
    for column, texts in enumerate(pen.texts, len(pen.book.lists)):
        for row, text in enumerate(texts, _LISTS_FIRST):
            sheet.write_string(row, column, text, plain)
    sheet.hide()
    sheet.protect("", PROTECTION)


def list_name(name: str) -> str:
    """The defined name of a drop-down."""
    return f"列表_{name}"


def write_calc(pen: Pen) -> None:
    """The hidden sheet of formulas."""
    sheet = pen.xlsx.get_worksheet_by_name(labels.CALC)
    plain = pen.styles.make()
    for column, title in enumerate(("关于", "什么", "结果")):
        sheet.write_string(0, column, title, plain)
    for row, (item, what, term) in enumerate(pen.sight.calc.rows, 1):
        sheet.write_string(row, 0, item, plain)
        sheet.write_string(row, 1, what, plain)
        pen.formula(sheet, row, 2, term, plain)
    sheet.hide()
    sheet.protect("", PROTECTION)


def link_to(sheet: str) -> str:
    """The address of a sheet for a link inside the workbook."""
    return f"internal:{quoted(sheet)}!A1"
