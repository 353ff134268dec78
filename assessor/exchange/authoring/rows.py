"""The files of a pack ↔ rows of sheets. `Rows` also knows which cell each place of a file came from.

A row of a list inside a record names the record it belongs to: by its id alone where that is clear,
else with all above it (`模型/维度/分项`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from assessor.exchange.authoring.book import KEY, KEY2, OF, Book, Sheet
from assessor.exchange.authoring.cell import MISSING, Content, to_cell
from assessor.exchange.authoring.names import word
from assessor.exchange.authoring.shape import Column, Shape, Table

Files = Mapping[str, Mapping[str, Any]]
"""What each file of a pack holds, by its path inside the folder."""
Owner = tuple[str, ...]


@dataclass
class Rows:
    """What is to be written: the rows of each sheet by column key, and the heads of files."""

    sheets: dict[str, list[dict[str, Content]]] = field(default_factory=dict)
    heads: list[tuple[str, Column, Content]] = field(default_factory=list)


@dataclass
class _Laid:
    """A row before it is known how it names the record it belongs to."""

    sheet: Sheet
    owner: Owner
    cells: dict[str, Content]


def rows_of(files: Files, book: Book, wanted: Mapping[str, bool]) -> Rows:
    """All rows. `wanted` tells of each kind of file whether its head is laid out though there is no file."""
    rows = Rows()
    laid: list[_Laid] = []
    for pattern, shape in book.shapes.items():
        names = sorted(name for name in files if matches(name, pattern))
        for name in names or ([pattern] if wanted.get(pattern) and "*" not in pattern else []):
            data = files.get(name, {})
            rows.heads += [(name, column, to_cell(column, at(data, column.path))) for column in shape.head]
            rows.heads += [(name, one, to_cell(one, data[one.key])) for one in _empty_tables(shape, data)]
            owner = (PurePosixPath(name).stem,) if "*" in pattern else ()
            for table in shape.tables:
                laid += _table(book, pattern, table, data, owner)
    for one in laid:
        rows.sheets.setdefault(one.sheet.title, []).append(one.cells)
    _name_owners(book, laid)
    return rows


def _empty_tables(shape: Shape, data: Mapping[str, Any]) -> Iterator[Column]:
    """Tables that stand in a file though nothing is in them; else an empty sheet means no table."""
    for table in shape.tables:
        if data.get(table.field) in ([], {}):
            yield Column((table.field,), "yaml")


def matches(name: str, pattern: str) -> bool:
    """Whether a file is of that kind."""
    return PurePosixPath(name).match(pattern) and name.count("/") == pattern.count("/")


def at(data: Any, path: tuple[str | int, ...]) -> Any:
    """What lies at a path, `MISSING` when nothing does."""
    for step in path:
        if isinstance(data, Mapping) and step in data:
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return MISSING
    return data


def _table(book: Book, file: str, table: Table, holder: Any, owner: Owner) -> Iterator[_Laid]:
    sheet = book.by_table[file, table.path]
    for keys, record in _records(table, holder):
        own = (*owner, *keys) if keys else (*owner, str(at(record, ("id",))))
        cells: dict[str, Content] = dict(zip((KEY, KEY2), keys, strict=False))
        if table.key_options:
            cells[KEY] = word(keys[0])
        for column in table.columns:
            cells[column.key] = to_cell(column, at(record, column.path))
        yield _Laid(sheet, owner, cells)
        for child in table.children:
            yield from _table(book, file, child, record, own)


def _records(table: Table, holder: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The records of a table with their keys in a dictionary."""
    found = at(holder, (table.field,)) if table.path else holder
    if found is MISSING or found is None:
        return
    if table.keys == 0:
        yield from (((), record) for record in found)
    elif table.keys == 1:
        yield from (((key,), record) for key, record in found.items())
    else:
        yield from (((key, inner), record) for key, each in found.items() for inner, record in each.items())


def _name_owners(book: Book, laid: list[_Laid]) -> None:
    """Write into each row what it belongs to, as short as is clear."""
    for one in laid:
        if OF in one.sheet.lead:
            one.cells[OF] = one.owner[-1]
    heads: dict[str, Counter[str]] = {}
    for one in laid:
        own = one.cells.get(KEY2) or one.cells.get(KEY) or one.cells.get("id")
        heads.setdefault(one.sheet.title, Counter())[str(own)] += 1
    for one in laid:
        above = book.above(one.sheet)
        if above and sum(heads.get(sheet.title, Counter())[one.owner[-1]] for sheet in above) > 1:
            one.cells[OF] = "/".join(one.owner)


def empty_file(shape: Shape) -> dict[str, Any]:
    """What must stand in a file even when its tables are empty."""
    return {table.field: {} if table.keys else [] for table in shape.tables if table.field in shape.required}
