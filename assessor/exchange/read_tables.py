"""The rows of table sheets: one thing a row, said by the firm or seen on site."""

from collections.abc import Callable, Mapping
from typing import Any

from assessor.answers.model import Side, Value
from assessor.answers.value import parse_value
from assessor.errors import Problem
from assessor.exchange import labels
from assessor.exchange.clean import Outcome, Refused, Taken, take_bool, take_choice, take_number, words_of
from assessor.exchange.codec import cell_text
from assessor.exchange.desk import Desk, Entered, Found
from assessor.exchange.grid import Raw
from assessor.exchange.labels import folded
from assessor.exchange.locate import Spread, table_columns
from assessor.exchange.report import fault_of
from assessor.pack.question import Column, TableQuestion
from assessor.words import _

_SIDES: tuple[Side, ...] = ("claimed", "verified")
_SIDE_NAMES: Mapping[str, Side] = {
    labels.CLAIMED: "claimed",
    "自报": "claimed",
    "企业": "claimed",
    labels.VERIFIED: "verified",
    "核实": "verified",
    "现场": "verified",
}


class TableReader:
    """Reads the rows of table questions."""

    def __init__(self, desk: Desk, kept: Mapping[str, str]) -> None:
        self._desk, self._kept = desk, kept

    def read(self, question: TableQuestion, sides: dict[Side, Entered]) -> dict[Side, Value | None]:
        """The rows of both sides; None for a side that says nothing or can't be used."""
        rows: dict[Side, list[dict[str, Any]]] = {side: [] for side in _SIDES}
        places: dict[Side, Found] = {}
        for spread in self._desk.located.tables.get(question.id, []):
            self._sheet(question, spread, rows, places, sides)
        return {side: self._side(question, rows[side], places.get(side), sides[side]) for side in _SIDES}

    def _side(
        self,
        question: TableQuestion,
        rows: list[dict[str, Any]],
        place: Found | None,
        entered: Entered,
    ) -> Value | None:
        if entered.broken:
            return None
        if entered.parts:
            if rows:
                self._desk.fault("workbook-table-both", question.id, entered.place)
                return None
            return ()
        if not rows:
            return None
        value, problems = parse_value(question, rows, lambda item: None)
        for problem in problems:
            sheet, cell = (place.sheet, place.cell) if place else ("", "")
            self._desk.faults.append(fault_of(problem, sheet, cell, question.id))
        return value

    def _sheet(
        self,
        question: TableQuestion,
        spread: Spread,
        rows: dict[Side, list[dict[str, Any]]],
        places: dict[Side, Found],
        sides: dict[Side, Entered],
    ) -> None:
        columns = table_columns(question, spread)
        first = len(rows["claimed"]) + len(rows["verified"])
        for number in range(spread.header + 1, len(spread.grid.rows)):
            if spread.grid.blank(number, list(columns.values())):
                continue
            side = self._row_side(question, spread, number, sides)
            if side is None:
                continue
            cells = self._row(question, spread, number, columns, sides[side])
            if cells:
                rows[side].append(cells)
                place = Found(spread, number, min(columns.values()))
                places.setdefault(side, place)
        if len(rows["claimed"]) + len(rows["verified"]) > first:
            self._missing_columns(question, spread, columns, sides)

    def _missing_columns(
        self, question: TableQuestion, spread: Spread, columns: Mapping[str, int], sides: dict[Side, Entered]
    ) -> None:
        for column in question.columns:
            if column.id not in columns:
                problem = Problem("workbook-column-missing", "", {"column": column.title})
                self._desk.faults.append(fault_of(problem, spread.grid.name, "", question.id))
                for entered in sides.values():
                    entered.broken = True

    def _row_side(
        self, question: TableQuestion, spread: Spread, number: int, sides: dict[Side, Entered]
    ) -> Side | None:
        column = spread.column("side")
        assert column is not None
        place = Found(spread, number, column)
        taken = self._desk.take(place, question.id, _take_side)
        if taken is None:
            for entered in sides.values():
                entered.broken = True
            return None
        return "verified" if taken.raw == "verified" else "claimed"

    def _row(
        self,
        question: TableQuestion,
        spread: Spread,
        number: int,
        columns: Mapping[str, int],
        entered: Entered,
    ) -> dict[str, Any]:
        cells: dict[str, Any] = {}
        for column in question.columns:
            if column.id not in columns:
                continue
            place = Found(spread, number, columns[column.id])
            taken = self._desk.take(place, question.id, self._taker(question, column, place))
            if taken is None:
                entered.broken = True
            elif taken.raw is not None:
                cells[column.id] = taken.raw
        return cells

    def _taker(self, question: TableQuestion, column: Column, place: Found) -> Callable[[Raw], Outcome]:
        match column.kind:
            case "number":
                prefix = f"{question.id}|{column.id}|"
                kept = [text for key, text in self._kept.items() if key.startswith(prefix)]
                return lambda cell: take_number(
                    cell, column.unit, self._desk.percent(place), kept, lambda figure: None
                )
            case "bool":
                return take_bool
            case "single":
                return lambda cell: take_choice(cell, column.options)
        return _take_words


def _take_words(cell: Raw) -> Outcome:
    """Free words of a row; an empty one is none."""
    text = cell_text(cell) if isinstance(cell, str) else words_of(cell)
    return Taken(text) if text else None


def _take_side(cell: Raw) -> Outcome:
    text = folded(words_of(cell))
    if not text:
        return None
    side = _SIDE_NAMES.get(text)
    if side is None:
        expected = _("{claimed}或{verified}").format(claimed=labels.CLAIMED, verified=labels.VERIFIED)
        return Refused("workbook-not-understood", {"value": words_of(cell), "expected": expected})
    known = cell in (labels.CLAIMED, labels.VERIFIED)
    return Taken(side) if known else Taken(side, "option", text)
