"""Where did everything end up? Sheets, columns and rows found by what they say, never by position."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from assessor.exchange import labels
from assessor.exchange.grid import Area, Grid, address
from assessor.exchange.labels import ANSWER_COLUMNS, FACT_COLUMNS, Column, folded, header_name
from assessor.exchange.layout import layout_of
from assessor.exchange.report import Repair
from assessor.exchange.sheet import Book, column_title, line_id
from assessor.pack.model import Pack
from assessor.pack.question import TableQuestion

_HEADER_ROWS = 120
_LONGEST_ID = 200
_NEEDED = ("id", "claimed")
_ID_TITLES = frozenset(labels.ID.names)


@dataclass(frozen=True)
class Spread:
    """A sheet with a header row: its columns by key (all of them, when one stands there twice)."""

    grid: Grid
    header: int
    columns: Mapping[str, tuple[int, ...]]

    @cached_property
    def merged(self) -> tuple[Area, ...]:
        """Merged areas below the header."""
        return tuple(area for area in self.grid.odd.merged if area.bottom > self.header)

    def column(self, key: str) -> int | None:
        """The column of that key, None when the sheet has none."""
        found = self.columns.get(key)
        return found[0] if found else None

    def place(self, row: int, key: str) -> str:
        """The address of a cell; empty when there is no such column."""
        column = self.column(key)
        return "" if column is None else address(row, column)


@dataclass(frozen=True, slots=True)
class Spot:
    """A row of a sheet."""

    spread: Spread
    row: int


@dataclass
class Located:
    """All that was found: lines by id, table sheets by question, and what deserves a notice.

    `first` gives the first line of each spread, by the spread's identity.
    """

    lines: dict[str, list[Spot]] = field(default_factory=dict)
    tables: dict[str, list[Spread]] = field(default_factory=dict)
    spreads: list[Spread] = field(default_factory=list)
    notices: list[Repair] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    first: dict[int, str] = field(default_factory=dict)


@lru_cache(maxsize=4)
def _names(kind: str) -> Mapping[str, str]:
    """Header as people write it → key."""
    columns: Sequence[Column] = (
        (*ANSWER_COLUMNS, *FACT_COLUMNS) if kind == "answer" else (labels.ID, labels.SIDE)
    )
    return {header_name(name): column.key for column in columns for name in (*column.names, column.title)}


def locate(book: Book, grids: Sequence[Grid]) -> Located:
    """Find every line and table of a book in the sheets of a file."""
    found = Located()
    known = book.known
    for grid in grids:
        spread = _spread(grid, "answer", _NEEDED)
        if spread is not None:
            found.spreads.append(spread)
            _take_rows(found, spread, known, book.pack)
            continue
        spread = _spread(grid, "table", ("id", "side"))
        if spread is not None:
            _take_table(found, spread, book)
    _name_sheets(found, book)
    return found


def _spread(grid: Grid, kind: str, needed: Sequence[str]) -> Spread | None:
    """The sheet with its header row: one that is written as it should be, else one that reads so."""
    top = grid.rows[:_HEADER_ROWS]
    likely = [number for number, row in enumerate(top) if not _ID_TITLES.isdisjoint(row)]
    for number in likely or range(len(top)):
        columns = _header(top[number], _names(kind))
        if all(key in columns for key in needed):
            return Spread(grid, number, columns)
    return None


def _header(row: Sequence[object], names: Mapping[str, str]) -> Mapping[str, tuple[int, ...]]:
    columns: dict[str, list[int]] = {}
    for column, cell in enumerate(row):
        key = names.get(header_name(cell)) if isinstance(cell, str) else None
        if key:
            columns.setdefault(key, []).append(column)
    return {key: tuple(where) for key, where in columns.items()}


def _rows(spread: Spread) -> Iterator[tuple[int, str]]:
    """Rows below the header with the id that stands in them."""
    column = spread.column("id")
    assert column is not None
    for row in range(spread.header + 1, len(spread.grid.rows)):
        cell = spread.grid.get(row, column)
        yield row, cell[:_LONGEST_ID] if isinstance(cell, str) else ""


def _take_rows(found: Located, spread: Spread, known: Mapping[str, str], pack: Pack) -> None:
    entries = [column for key in ("claimed", "verified") for column in spread.columns.get(key, ())]
    for row, text in _rows(spread):
        line = known.get(text) or known.get(folded(text).casefold())
        if line is None:
            line = _renamed(found, spread, row, text, known, pack)
        if line is not None:
            found.lines.setdefault(line, []).append(Spot(spread, row))
            found.first.setdefault(id(spread), line)
        elif not spread.grid.blank(row, entries):
            where = spread.place(row, "id")
            found.notices.append(Repair("row-unknown", spread.grid.name, where, folded(text)[:60]))


def _renamed(
    found: Located, spread: Spread, row: int, text: str, known: Mapping[str, str], pack: Pack
) -> str | None:
    item, _, part = folded(text).partition("/")
    new = pack.manifest.renamed.get(item)
    line = known.get(line_id(new, part)) if new else None
    if line is not None:
        found.repairs.append(
            Repair("row-renamed", spread.grid.name, spread.place(row, "id"), item, new or "", new or "")
        )
    return line


def _take_table(found: Located, spread: Spread, book: Book) -> None:
    """A table sheet belongs to the question whose ids its rows carry."""
    ids = {table.question.id for table in book.tables}
    for _, text in _rows(spread):
        item = folded(text).rpartition("/")[0]
        item = book.pack.manifest.renamed.get(item, item)
        if item in ids:
            found.tables.setdefault(item, []).append(spread)
            return


def _name_sheets(found: Located, book: Book) -> None:
    """Notice sheets that carry another name than they were given."""
    layout = layout_of(book.pack)
    for spread in found.spreads:
        line = found.first.get(id(spread))
        place = layout.place(line, "id") if line else None
        _notice_name(found, spread, place.sheet if place else "")
    for item, spreads in found.tables.items():
        for spread in spreads:
            _notice_name(found, spread, layout.table(item).name)


def _notice_name(found: Located, spread: Spread, name: str) -> None:
    if name and spread.grid.name != name:
        found.notices.append(Repair("sheet-renamed", spread.grid.name, "", name, spread.grid.name))


def table_columns(question: TableQuestion, spread: Spread) -> Mapping[str, int]:
    """Column of a table → where it stands: by its whole header, else by a bare title that is unique."""
    header = [cell if isinstance(cell, str) else "" for cell in spread.grid.rows[spread.header]]
    full = {_in_full(text): number for number, text in reversed(list(enumerate(header))) if text}
    bare = [header_name(text) for text in header]
    titles = [header_name(column.title) for column in question.columns]
    found: dict[str, int] = {}
    for column, title in zip(question.columns, titles, strict=True):
        whole = _in_full(column_title(column))
        if whole in full:
            found[column.id] = full[whole]
        elif bare.count(title) == 1 and titles.count(title) == 1:
            found[column.id] = bare.index(title)
    return found


def _in_full(text: str) -> str:
    return re.sub(r"[\s*]+", "", folded(text))
