"""From the parts of a workbook to its cells.

The fast reader (python-calamine) gives values; that a cell is an error, a formula, merged, or shown in
per cent is read from the sheet's own XML. Sheets the guard marked as heavy go through `sparse`.
openpyxl is not needed: it would open the whole file again for the few facts that are missing here.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from html import unescape

from assessor.exchange.grid import Area, Grid, Note, Odd, Raw, Spot, address, place_of
from assessor.exchange.guard import NEVER_READ, Package, SheetPart
from assessor.exchange.sparse import read_sheet
from assessor.words import _

_FORMULA_START = re.compile(rb"<f[\s/>]")
_WITH_ERROR = re.compile(
    rb"<(?:\w+:)?c\s([^>]*\bt\s*=\s*[\"']e[\"'](?:[^>]*[^/>])?)>(.*?)</(?:\w+:)?c>", re.S
)
_ADDRESS = re.compile(rb"\br\s*=\s*[\"']([A-Z]+)(\d+)[\"']")
_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_STYLE = re.compile(rb"\bs\s*=\s*[\"'](\d+)[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_FORMULA_TEXT = re.compile(rb"<(?:\w+:)?f[^>]*>([^<]*)</")
_RESULT = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]+)</")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']")


def read_grids(package: Package) -> Iterator[Grid]:
    """Every sheet, one at a time; a sheet that can't be read is given as a problem of the package."""
    sheets = [sheet for sheet in package.sheets if sheet.name not in NEVER_READ]
    values = dict(_values(package, [sheet for sheet in sheets if sheet.path not in package.heavy]))
    for sheet in sheets:
        if sheet.name in values:
            yield Grid(sheet.name, values[sheet.name], partial(_odd, package.parts[sheet.path]))
        elif not package.problems:
            grid = read_sheet(package, sheet)
            if grid is not None:
                yield grid


def _values(
    package: Package, sheets: Sequence[SheetPart]
) -> Iterator[tuple[str, Sequence[Sequence[Raw | None]]]]:
    """What calamine reads. Its own faults, panics among them, are faults of the file."""
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(package.data)) as book:
            for sheet in sheets:
                yield sheet.name, book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError, KeyError, OverflowError):
        package.refuse("workbook-damaged", reason=_("工作表读不出"))
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # it is no Exception, and has no importable name
            raise
        package.refuse("workbook-damaged", reason=_("工作表读不出"))


def _odd(xml: bytes) -> Odd:
    notes: dict[Spot, Note] = {}
    for attributes, inside in (*_with_formula(xml), *_with_error(xml)):
        where = _ADDRESS.search(attributes)
        if where is not None and (note := _note(attributes, inside)) is not None:
            notes[place_of(where[1].decode(), where[2].decode())] = note
    merged = list(_areas(xml)) if b"mergeCell" in xml else []
    return Odd(notes, merged, partial(_style_in, xml), partial(_uses, xml))


def _with_formula(xml: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Attributes and contents of the cells that hold a formula."""
    for found in _FORMULA_START.finditer(xml):
        start = xml.rfind(b"<c ", 0, found.start())
        end = xml.find(b"</c>", found.start())
        if start >= 0 and end >= 0:
            yield xml[start + 3 : xml.find(b">", start)], xml[found.start() : end]


def _with_error(xml: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The same of cells that hold an error."""
    if b't="e"' in xml or b"t='e'" in xml:
        yield from ((found[1], found[2]) for found in _WITH_ERROR.finditer(xml))


def _uses(xml: bytes, styles: Iterable[int]) -> bool:
    """Whether a cell may have one of these formats."""
    return any(b's="%d"' % style in xml or b"s='%d'" % style in xml for style in styles)


def _style_in(xml: bytes, spot: Spot) -> int:
    """The format number of a cell."""
    cell = re.escape(address(*spot).encode())
    found = re.search(rb"<(?:\w+:)?c\s(?=[^>]*\br\s*=\s*[\"']" + cell + rb"[\"'])([^>]*)>", xml)
    style = _STYLE.search(found[1]) if found else None
    return int(style[1]) if style else 0


def _note(attributes: bytes, inside: bytes) -> Note | None:
    result = _RESULT.search(inside)
    if _ERROR.search(attributes):
        return Note("error", (result[1] if result else b"").decode("utf-8", "replace"))
    if _FORMULA.search(inside) is None:
        return None
    text = _FORMULA_TEXT.search(inside)
    formula = "=" + unescape((text[1] if text else b"").decode("utf-8", "replace"))
    return Note("formula" if result else "no-result", formula)


def _areas(xml: bytes) -> Iterator[Area]:
    for found in _MERGED.finditer(xml):
        left, top, right, bottom = (part.decode() for part in found.groups())
        first, last = place_of(left, top), place_of(right, bottom)
        yield Area(*first, *last)
