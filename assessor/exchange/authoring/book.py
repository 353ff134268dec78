"""Which sheet holds which tables, under which headings? `shape` joined with `names`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from assessor.exchange.authoring import names
from assessor.exchange.authoring.shape import Column, Shape, Table, shapes

OF, KEY, KEY2 = "@of", "@key", "@key2"
HEAD = "总表"
HEAD_COLUMNS = ("文件", "项目", "键", "值", "写什么")
FIRST_ROW = 1
"""The row below the headings, counted from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of records. `tables` are those it holds: file and table; all have the same columns."""

    title: str
    tables: tuple[tuple[str, Table], ...]
    lead: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The machine names of its columns, in order."""
        return (*self.lead, *(column.key for column in self.columns))

    def heading(self, key: str) -> str:
        """The heading of a column in words."""
        return names.heading(self.title, key)


@dataclass(frozen=True)
class Book:
    """All sheets, and the shapes they come from."""

    shapes: Mapping[str, Shape]
    sheets: tuple[Sheet, ...]
    by_table: Mapping[tuple[str, tuple[str, ...]], Sheet] = field(repr=False)

    def above(self, sheet: Sheet) -> tuple[Sheet, ...]:
        """The sheets whose rows the rows of this one belong to."""
        found = [self.by_table[file, table.path[:-1]] for file, table in sheet.tables if len(table.path) > 1]
        return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def book() -> Book:
    """The workbook of any pack."""
    return book_of(shapes())


def book_of(known: Mapping[str, Shape]) -> Book:
    """The workbook of packs whose files have these shapes."""
    found: dict[str, list[tuple[str, Table]]] = {}
    for file, shape in known.items():
        for table in shape.every_table():
            found.setdefault(names.sheet(file, table.path), []).append((file, table))
    sheets = tuple(_sheet(title, tuple(tables)) for title, tables in found.items())
    by_table = {(file, table.path): sheet for sheet in sheets for file, table in sheet.tables}
    return Book(known, sheets, by_table)


def _sheet(title: str, tables: tuple[tuple[str, Table], ...]) -> Sheet:
    file, table = tables[0]
    lead: tuple[str, ...] = (OF,) if len(table.path) > 1 or "*" in file else ()
    lead += (KEY, KEY2)[: table.keys]
    return Sheet(title, tables, lead, tuple(sorted(table.columns, key=_rank)))


def _rank(column: Column) -> int:
    """Id and kind first, where it comes from last; otherwise as the record has them."""
    return {"id": 0, "kind": 1, "level": 1, "cite": 3}.get(str(column.path[0]) if column.path else "", 2)
