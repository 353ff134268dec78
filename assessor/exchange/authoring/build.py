"""Rows read from sheets → the files of a pack, with the cell that every place of a file came from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from assessor.errors import Problem
from assessor.exchange.authoring.book import KEY, KEY2, OF, Book, Sheet
from assessor.exchange.authoring.cell import MISSING, from_cell
from assessor.exchange.authoring.names import value_of
from assessor.exchange.authoring.rows import empty_file, matches
from assessor.exchange.authoring.shape import Column, Shape, Table
from assessor.exchange.grid import Raw
from assessor.pack.yamlfile import Place


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands in a cell, and the cell's name such as `题目!D5`."""

    where: str
    raw: Raw | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row by column key."""

    cells: Mapping[str, Spot]

    def text(self, key: str) -> str:
        """What stands in a leading column."""
        raw = self.cells[key].raw
        if isinstance(raw, float) and raw.is_integer():
            raw = int(raw)
        return "" if raw is None else str(raw).strip()


@dataclass(frozen=True, slots=True)
class HeadRow:
    """One line of the sheet of heads."""

    file: Spot
    key: Spot
    value: Spot


@dataclass
class Built:
    """The files, the cell of each place in each, and what is wrong already."""

    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    cells: dict[str, dict[Place, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def put(self, file: str, place: Place, spot: Spot) -> None:
        """Remember the cell of a place."""
        self.cells.setdefault(file, {}).setdefault(place, spot.where)


@dataclass
class _Held:
    """A record that others may belong to."""

    file: str
    owner: tuple[str, ...]
    record: Any
    place: Place


def build(book: Book, heads: Sequence[HeadRow], sheets: Mapping[str, Sequence[Row]]) -> Built:
    """The files of the pack."""
    built = Built()
    for head in heads:
        _head(built, book, head)
    held: dict[str, list[_Held]] = {}
    for sheet in sorted(book.sheets, key=_depth):
        for row in sheets.get(sheet.title, ()):
            held.setdefault(sheet.title, []).extend(_row(built, book, sheet, row, held))
    for name, shape in _present(built, book):
        built.files[name] |= {k: v for k, v in empty_file(shape).items() if k not in built.files[name]}
    return built


def _depth(sheet: Sheet) -> int:
    """What others belong to is built first."""
    return max(len(table.path) for _, table in sheet.tables)


def _present(built: Built, book: Book) -> Iterator[tuple[str, Shape]]:
    for name in built.files:
        yield name, next(shape for pattern, shape in book.shapes.items() if matches(name, pattern))


def _head(built: Built, book: Book, head: HeadRow) -> None:
    file = str(head.file.raw or "").strip()
    shape = next((shape for pattern, shape in book.shapes.items() if matches(file, pattern)), None)
    key = str(head.key.raw or "").strip()
    tables = [Column((table.field,), "yaml") for table in shape.tables] if shape else []
    column = next((one for one in (*shape.head, *tables) if one.key == key), None) if shape else None
    if column is None:
        built.problems.append(Problem("book-head", head.key.where, {"file": file, "key": key}))
        return
    value, problems = from_cell(column, head.value.raw, head.value.where)
    built.problems += problems
    built.put(file, column.path, head.value)
    if value is not MISSING:
        _set(built.files.setdefault(file, {}), column.path, value)


def _row(
    built: Built, book: Book, sheet: Sheet, row: Row, held: Mapping[str, Sequence[_Held]]
) -> Iterator[_Held]:
    above = _above(built, book, sheet, row, held)
    if above is None:
        return
    file, table, owner = above
    place_of_list = (*owner.place, table.field) if table.path else owner.place
    found = _placed(built, table, owner, row, place_of_list)
    if found is None:
        return
    holder, step, place, names = found
    record: Any = {}
    for column in sheet.columns:
        spot = row.cells.get(column.key)
        if spot is None:
            continue
        value, problems = from_cell(column, spot.raw, spot.where)
        built.problems += problems
        built.put(file, (*place, *column.path), spot)
        if value is not MISSING:
            record = value if table.scalar else _set(record, column.path, value)
    built.put(file, place, next(iter(row.cells.values())))
    if isinstance(holder, list):
        holder.append(record)
    else:
        holder[step] = None if record == {} and table.scalar else record
    names = names or (str(record.get("id", "")) if isinstance(record, dict) else "",)
    yield _Held(file, (*owner.owner, *names), record, place)


def _above(
    built: Built, book: Book, sheet: Sheet, row: Row, held: Mapping[str, Sequence[_Held]]
) -> tuple[str, Table, _Held] | None:
    """The file and table a row goes into, and the record it hangs on."""
    pattern, table = sheet.tables[0]
    if OF not in sheet.lead:
        return pattern, table, _file(built, pattern)
    name = row.text(OF)
    if len(table.path) == 1:
        file = str(PurePosixPath(pattern).with_name(f"{name}.yaml"))
        if not name or not matches(file, pattern) or "/" in name:
            built.problems.append(Problem("book-owner-missing", row.cells[OF].where, {"title": "文件"}))
            return None
        return file, table, _file(built, file, (name,))
    above = book.above(sheet)
    candidates = [one for each in above for one in held.get(each.title, ())]
    found = [one for one in candidates if "/".join(one.owner) == name or one.owner[-1] == name]
    where = row.cells[OF].where
    titles = "、".join(each.title for each in above)
    if not name:
        built.problems.append(Problem("book-owner-missing", where, {"title": sheet.heading(OF)}))
    elif not found:
        built.problems.append(Problem("book-owner-unknown", where, {"name": name, "sheets": titles}))
    elif len(found) > 1 and any("/".join(one.owner) != name for one in found):
        known = "、".join("/".join(one.owner) for one in found)
        built.problems.append(Problem("book-owner-several", where, {"name": name, "known": known}))
    else:
        owner = found[0]
        table = next(t for file, t in sheet.tables if matches(owner.file, file))
        return owner.file, table, owner
    return None


def _file(built: Built, name: str, owner: tuple[str, ...] = ()) -> _Held:
    return _Held(name, owner, built.files.setdefault(name, {}), ())


def _placed(
    built: Built, table: Table, owner: _Held, row: Row, place: Place
) -> tuple[Any, Any, Place, tuple[str, ...]] | None:
    """Where a record goes: what holds it, under which step, its place, and its keys."""
    if table.keys == 0:
        holder = owner.record.setdefault(table.field, [])
        return holder, len(holder), (*place, len(holder)), ()
    holder = owner.record.setdefault(table.field, {}) if table.path else owner.record
    keys = tuple(row.text(key) for key in (KEY, KEY2)[: table.keys])
    for key, text in zip((KEY, KEY2), keys, strict=False):
        if not text:
            built.problems.append(Problem("book-key-missing", row.cells[key].where))
            return None
    first = _key(table, keys[0])
    if len(keys) == 2:
        holder, place = holder.setdefault(first, {}), (*place, first)
    last = keys[-1] if len(keys) == 2 else first
    if last in holder:
        other = built.cells.get(owner.file, {}).get((*place, last), "")
        where = row.cells[(KEY, KEY2)[len(keys) - 1]].where
        built.problems.append(Problem("book-key-twice", where, {"key": last, "other": other}))
        return None
    return holder, last, (*place, last), (*(keys[:-1] and (first,)), last)


def _key(table: Table, text: str) -> str:
    return value_of(text, table.key_options)


def _set(record: Any, path: Place, value: Any) -> Any:
    """Put a value at a path; numbers in it make lists, with gaps as nothing."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = record if isinstance(record, list) else []
        items += [None] * (step + 1 - len(items))
        items[step] = _set(items[step], rest, value) if rest else value
        return items
    inner = record if isinstance(record, dict) else {}
    inner[str(step)] = _set(inner.get(step), rest, value) if rest else value
    return inner
