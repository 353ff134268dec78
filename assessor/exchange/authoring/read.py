"""The bytes of an authoring workbook → its rows, each cell with its name; or why it can't be used."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assessor.errors import Problem
from assessor.exchange.authoring.book import FIRST_ROW, HEAD, HEAD_COLUMNS, Book, Sheet
from assessor.exchange.authoring.build import HeadRow, Row, Spot
from assessor.exchange.authoring.write import EDITION, FORMAT, META
from assessor.exchange.cells import read_grids
from assessor.exchange.grid import Grid, address
from assessor.exchange.guard import open_package

_FILE, _, _KEY, _VALUE, _ = HEAD_COLUMNS
_IGNORED = "#"


@dataclass
class Read:
    """What the sheets hold, and what is wrong with them."""

    heads: list[HeadRow] = field(default_factory=list)
    sheets: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_book(data: bytes, name: str, book: Book) -> Read:
    """The rows of a workbook; never raises for what is in it."""
    read = Read()
    package = open_package(data, name)
    grids = {} if package.problems else {grid.name: grid for grid in read_grids(package)}
    if package.problems:
        read.problems += package.problems
        return read
    titles = _titles(read, grids, name)
    for title in titles:
        if title not in grids:
            read.problems.append(Problem("book-sheet-missing", name, {"sheet": title}))
    if HEAD in grids and titles:
        read.heads += _heads(read, grids[HEAD])
    for sheet in book.sheets if titles else ():
        if sheet.title in grids:
            read.sheets[sheet.title] = list(_rows(read, grids[sheet.title], sheet))
    return read


def _titles(read: Read, grids: Mapping[str, Grid], name: str) -> Sequence[str]:
    """The sheets there must be; none, and a problem, when this is some other workbook."""
    grid = grids.get(META)
    pairs = [(str(row[0]), str(row[1])) for row in grid.rows if len(row) > 1] if grid else []
    told = dict(pairs)
    if told.get("format") != FORMAT:
        read.problems.append(Problem("book-foreign", name))
        return ()
    if told.get("edition") not in (EDITION, f"{EDITION}.0"):
        read.problems.append(Problem("workbook-schema", name, {"schema": told.get("edition", "")}))
        return ()
    return [value for key, value in pairs if key == "sheet"]


def _heads(read: Read, grid: Grid) -> Iterator[HeadRow]:
    titles = {str(grid.get(0, column) or "").strip(): column for column in range(_width(grid))}
    missing = [title for title in (_FILE, _KEY, _VALUE) if title not in titles]
    for title in missing:
        where = f"{grid.name}!A1"
        read.problems.append(Problem("book-column-missing", where, {"column": title}))
    if missing:
        return
    columns = [titles[title] for title in (_FILE, _KEY, _VALUE)]
    for row in range(FIRST_ROW, len(grid.rows)):
        if not grid.blank(row, columns):
            yield HeadRow(*(_spot(read, grid, row, column) for column in columns))


def _rows(read: Read, grid: Grid, sheet: Sheet) -> Iterator[Row]:
    columns = _columns(read, grid, sheet)
    if columns is None:
        return
    for row in range(FIRST_ROW, len(grid.rows)):
        if not grid.blank(row, list(columns.values())):
            yield Row({key: _spot(read, grid, row, column) for key, column in columns.items()})


def _columns(read: Read, grid: Grid, sheet: Sheet) -> Mapping[str, int] | None:
    """Column number by key, from the second line of the headings or from the first alone."""
    known = {key or "@value": key for key in sheet.keys}
    words = {sheet.heading(key): key for key in sheet.keys}
    found: dict[str, int] = {}
    for column in range(_width(grid)):
        text = str(grid.get(0, column) or "").strip()
        if not text or text.startswith(_IGNORED):
            continue
        last = text.splitlines()[-1].strip()
        key = known.get(last, words.get(text.splitlines()[0].strip()))
        where = f"{grid.name}!{address(0, column)}"
        if key is None:
            read.problems.append(Problem("book-column-unknown", where, {"column": text.replace("\n", " ")}))
        elif key in found:
            read.problems.append(Problem("workbook-column-twice", where, {"column": last}))
        else:
            found[key] = column
    gone = [key for key in sheet.lead if key not in found]
    for key in gone:
        where = f"{grid.name}!A1"
        read.problems.append(Problem("book-column-missing", where, {"column": f"{sheet.heading(key)} {key}"}))
    if gone or not found:
        return None
    return {key: found[key] for key in sheet.keys if key in found}


def _width(grid: Grid) -> int:
    return max((len(row) for row in grid.rows[:1]), default=0)


def _spot(read: Read, grid: Grid, row: int, column: int) -> Spot:
    where = f"{grid.name}!{address(row, column)}"
    note = grid.odd.notes.get((row, column))
    if note is not None and note.mark != "formula":
        read.problems.append(Problem("book-cell-error", where, {"what": note.text or "错误"}))
        return Spot(where, None)
    if any(area.swallows(row, column) for area in grid.odd.merged):
        read.problems.append(Problem("book-merged", where))
    return Spot(where, grid.get(row, column))
