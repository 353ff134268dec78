"""What do the rows of a table say? Figures counted by formulas, as `answers.derived` counts them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from assessor.answers.derived import count_rows, counted
from assessor.answers.model import Answers, Row, Side
from assessor.exchange import labels
from assessor.exchange.calc import Calc
from assessor.exchange.entries import table_row
from assessor.exchange.heard import NOTHING, ONE, ZERO, Heard, band_term
from assessor.exchange.layout import TABLE_HEADER, Layout, Place, column_letters
from assessor.exchange.sheet import TABLE_ROWS
from assessor.exchange.term import (
    EMPTY,
    Term,
    compare,
    div,
    every,
    lit,
    mul,
    same,
    some,
    trimmed,
    when,
)
from assessor.pack.question import MultiQuestion, Question, RatioQuestion, TableQuestion, option_ids
from assessor.pack.rule import Count, Feed

SIDE_COLUMN = 1
FIRST_COLUMN = 2
"""Columns of a table sheet: id, side, then the table's own."""
_SPARE = 20
Where = Mapping[str, tuple[str | bool, ...]]


def rows_ready(rows: int) -> int:
    """How many rows a table sheet makes ready when so many are filled."""
    return max(TABLE_ROWS, rows + _SPARE)


@dataclass(frozen=True)
class Tables:
    """Formulas over the table sheets of one book."""

    layout: Layout
    answers: Answers
    calc: Calc

    def rows(self, item: str, side: Side) -> tuple[Row, ...]:
        """The rows that stand on a side, blank ones left out."""
        found = self.answers.get(item).on(side)
        given = cast("tuple[Row, ...]", found) if isinstance(found, tuple) else ()
        return tuple(row for row in map(table_row, given) if row)

    def feed_of(self, item: str) -> tuple[TableQuestion, Feed] | None:
        """The table that gives a question its value, and how."""
        pack = self.layout.book.pack
        for source in pack.rules.feeds:
            table = pack.questions.get(source.table)
            for feed in source.gives:
                if feed.question == item and isinstance(table, TableQuestion):
                    return table, feed
        return None

    def there(self, table: TableQuestion, side: Side) -> Term:
        """1 when the table was answered: rows, or the word that there are none."""
        empty = same(self._head(table, side), lit(labels.EMPTY_TABLE))
        filled = compare(">", self.count(table, side), ZERO)
        return self.calc.put(table.id, f"{_name(side)}：有值", when(some(empty, filled), ONE, ZERO))

    def count(self, table: TableQuestion, side: Side) -> Term:
        """Rows that hold something on a side; none where the firm says that there are none."""
        number = Term(f"SUMPRODUCT({self._kept(table, {}, side)}*1)", len(self.rows(table.id, side)))
        empty = same(self._head(table, side), lit(labels.EMPTY_TABLE))
        return self.calc.put(table.id, f"{_name(side)}：行数", when(empty, ZERO, number))

    def _head(self, table: TableQuestion, side: Side) -> Term:
        place = self.layout.place(table.id, side)
        assert place is not None
        stands = self.answers.get(table.id).on(side) is not None and not self.rows(table.id, side)
        return trimmed(Term(place.ref, labels.EMPTY_TABLE if stands else ""))

    def _cells(self, table: TableQuestion, column: int) -> str:
        sheet = self.layout.table(table.id).name
        filled = sum(len(self.rows(table.id, side)) for side in ("claimed", "verified"))
        first = Place(sheet, TABLE_HEADER + 1, column).ref
        last = TABLE_HEADER + 1 + rows_ready(filled)
        return f"{first}:${column_letters(column)}${last}"

    def _column(self, table: TableQuestion, key: str) -> str:
        keys = [column.id for column in table.columns]
        return self._cells(table, FIRST_COLUMN + keys.index(key))

    def _kept(self, table: TableQuestion, where: Where, side: Side) -> str:
        """An array of 1 and 0: rows of that side that hold something and match."""
        sign = "=" if side == "verified" else "<>"
        parts = [f'({self._cells(table, SIDE_COLUMN)}{sign}"{labels.VERIFIED}")']
        if not where:
            joined = "&".join(self._column(table, column.id) for column in table.columns)
            parts.append(f'(({joined})<>"")')
        for key, wanted in where.items():
            cells = self._column(table, key)
            parts.append("(" + "+".join(f"({cells}={lit(_word(cell)).text})" for cell in wanted) + ")")
        return "*".join(parts)

    def _counted(self, table: TableQuestion, count: Count, side: Side) -> Term:
        kept = self._kept(table, count.where, side)
        if count.sum is not None:
            text = f"SUMPRODUCT({kept},{self._column(table, count.sum)})"
        elif count.distinct is not None:
            text = _distinct(kept, self._column(table, count.distinct))
        else:
            text = f"SUMPRODUCT({kept}*1)"
        value = count_rows(count, self.rows(table.id, side))
        return self.calc.put(table.id, f"{_name(side)}：数出来", Term(text, _plain(value)))

    def given(self, question: Question, table: TableQuestion, feed: Feed, side: Side) -> Heard:
        """What the rows give a question that has no answer of its own."""
        filled = compare(">", self.count(table, side), ZERO)
        if feed.share is not None:
            top, bottom = (self._counted(table, count, side) for count in feed.share)
            return self._share(question, top, bottom, filled)
        if feed.number is not None:
            figure = self._counted(table, feed.number, side)
            if feed.at_least:
                return self._reached(question, feed, figure, filled)
            return Heard(when(filled, ONE, ZERO), when(filled, figure, EMPTY))
        if feed.ticks is not None and isinstance(question, MultiQuestion):
            return self._ticks(question, table, feed, side)
        return NOTHING

    def _share(self, question: Question, top: Term, bottom: Term, filled: Term) -> Heard:
        lawful = every(filled, compare(">", bottom, ZERO), compare("<=", top, bottom))
        there = self.calc.put(question.id, "清单给出", when(lawful, ONE, ZERO))
        has = same(there, ONE)
        percent = when(has, div(mul(lit(100), top), bottom), EMPTY)
        if not isinstance(question, RatioQuestion):
            return Heard(there, percent)
        letter = when(has, band_term(question, top, bottom), EMPTY)
        return Heard(there, percent, letter, when(has, div(top, bottom), EMPTY))

    def _reached(self, question: Question, feed: Feed, figure: Term, filled: Term) -> Heard:
        """The option with the highest count that was reached."""
        letter: Term = lit(feed.none) if feed.none else EMPTY
        for option, at_least in sorted(feed.at_least.items(), key=lambda pair: pair[1]):
            letter = when(compare(">=", figure, lit(at_least)), lit(option), letter)
        letter = self.calc.put(question.id, "清单给出", when(filled, letter, EMPTY))
        return Heard(when(same(letter, EMPTY), ZERO, ONE), letter, letter)

    def _ticks(self, question: MultiQuestion, table: TableQuestion, feed: Feed, side: Side) -> Heard:
        filled = compare(">", self.count(table, side), ZERO)
        rows = self.rows(table.id, side)
        value = counted(question, feed, rows) if rows else None
        ticked = value if isinstance(value, tuple) else ()
        ticks: dict[str, Term] = {}
        for option in option_ids(question):
            words = tuple(word for word, name in feed.map.items() if name == option)
            if words and feed.ticks:
                kept = self._kept(table, {**feed.where, feed.ticks: words}, side)
                found = Term(f"SUMPRODUCT({kept}*1)", int(option in ticked))
                tick = when(every(filled, compare(">", found, ZERO)), ONE, ZERO)
                ticks[option] = self.calc.put(question.id, f"{_name(side)}：清单勾选", tick)
        any_ticked = some(*(same(tick, ONE) for tick in ticks.values())) if ticks else lit(False)
        if feed.none:
            ticks[feed.none] = when(filled, when(any_ticked, ZERO, ONE), ZERO)
            there = when(filled, ONE, ZERO)
        else:
            there = when(any_ticked, ONE, ZERO)
        return Heard(there, there, ticks=ticks)


def _distinct(kept: str, cells: str) -> str:
    """Distinct texts among the rows kept: each counts one over how often it stands there."""
    keys = f'IF({kept},{cells}&"","")'
    often = f"MMULT(EXACT({keys},TRANSPOSE({keys}))*1,ROW({cells})^0)"
    return f'{ARRAY}ROUND(SUM(IF({keys}<>"",1/{often},0)),0)'


ARRAY = "\N{ZERO WIDTH SPACE}"
"""Marks a formula that has to be entered as an array; taken off when it is written."""


def _word(cell: str | bool) -> str:
    return (labels.YES if cell else labels.NO) if isinstance(cell, bool) else cell


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _name(side: Side) -> str:
    return labels.CLAIMED if side == "claimed" else labels.VERIFIED
