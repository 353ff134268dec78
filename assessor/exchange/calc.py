"""The hidden sheet of formulas, as it grows: what is put there is referred to by its cell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assessor.exchange import labels
from assessor.exchange.layout import Place, quoted
from assessor.exchange.term import BAD, Bad, Term, Value, is_number, shown

_SIMPLE = re.compile(r"'[^']*'!\$[A-Z]+\$\d+|[\d.]+|\"[^\"]*\"|NA\(\)")
COLUMN = 2
"""Column C holds the formulas; A and B say what they are about."""
FIRST = 1


@dataclass(frozen=True, slots=True)
class Range:
    """Cells below each other: how formulas name them, and what they hold."""

    text: str
    values: tuple[Value, ...]


@dataclass
class Calc:
    """Rows of the sheet: about what, what of it, and the formula."""

    rows: list[tuple[str, str, Term]] = field(default_factory=list)
    _known: dict[str, Term] = field(default_factory=dict)

    def put(self, item: str, what: str, term: Term) -> Term:
        """The term as a reference to its cell; equal formulas share one."""
        if term.text in self._known:
            return self._known[term.text]
        if _SIMPLE.fullmatch(term.text):
            return term
        found = Term(self._add(item, what, term), term.value)
        self._known[term.text] = found
        return found

    def _add(self, item: str, what: str, term: Term) -> str:
        self.rows.append((item, what, term))
        return Place(labels.CALC, FIRST + len(self.rows) - 1, COLUMN).ref

    def column(self, item: str, what: str, terms: Sequence[Term]) -> Range:
        """Terms in cells below each other, for formulas that look through them."""
        refs = [self._add(item, what, term) for term in terms]
        first, last = refs[0], refs[-1].rpartition("!")[2]
        return Range(f"{first}:{last}", tuple(term.value for term in terms))


def nth_largest(cells: Range, place: int) -> Term:
    """`LARGE` over numbers."""
    numbers = sorted((value for value in cells.values if is_number(value)), reverse=True)  # type: ignore[type-var]
    value: Value = numbers[place - 1] if place <= len(numbers) else BAD
    return Term(f"LARGE({cells.text},{place})", value)


def position(wanted: Term, cells: Range) -> Term:
    """`MATCH`, exactly."""
    found = [index for index, value in enumerate(cells.values, 1) if value == wanted.value]
    bad = isinstance(wanted.value, Bad) or not found
    return Term(f"MATCH({wanted.text},{cells.text},0)", BAD if bad else found[0])


def picked(cells: Range, place: Term) -> Term:
    """`INDEX`: the cell at a position counted from 1; an error outside."""
    text = f"INDEX({cells.text},{place.text})"
    at = int(place.value) if is_number(place.value) else 0  # type: ignore[arg-type]  # a number
    return Term(text, cells.values[at - 1] if 0 < at <= len(cells.values) else BAD)


def counted(cells: Range, word: str) -> Term:
    """`COUNTIF` of a word."""
    return Term(f'COUNTIF({cells.text},"{word}")', sum(shown(value) == word for value in cells.values))


def total(cells: Range) -> Term:
    """`SUM` of the numbers."""
    numbers = [value for value in cells.values if is_number(value)]
    return Term(f"SUM({cells.text})", sum(numbers))  # type: ignore[arg-type]


def block(sheet: str, first: Place, last: Place, values: Sequence[Value]) -> Range:
    """A stretch of cells on any sheet."""
    start, end = first.ref, last.ref.rpartition("!")[2]
    assert start.startswith(quoted(sheet))
    return Range(f"{start}:{end}", tuple(values))
