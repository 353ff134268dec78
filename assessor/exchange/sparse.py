"""The careful reader: a sheet read cell by cell, for files a fast reader would choke on.

It keeps what lies within the rows and columns a questionnaire can have, shares every text, and takes
memory for what is written only. Cells without an address get the one that is next.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from xml.parsers import expat

from assessor.exchange.grid import Area, Grid, Note, Odd, Raw, Spot, address, place_of
from assessor.exchange.guard import Package, SheetPart
from assessor.exchange.numfmt import style_kinds
from assessor.words import _

MOST_ROWS, MOST_COLUMNS = 6000, 300
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REF = re.compile(r"([A-Z]+)(\d+)")
_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_LAST_DAY = 2_958_465


def read_sheet(package: Package, sheet: SheetPart) -> Grid | None:
    """The cells of a sheet; None, and a problem of the package, when its XML is broken."""
    strings = _strings(package)
    reader = _SheetReader(strings, style_kinds(package), package.date1904)
    if strings is None or not _parse(package.parts[sheet.path], reader):
        package.refuse("workbook-damaged", reason=_("工作表读不出"))
        return None
    return reader.grid(sheet.name)


def _parse(xml: bytes, reader: "_Reader") -> bool:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: reader.start(name.rpartition("}")[2], attributes)
    parser.EndElementHandler = lambda name: reader.end(name.rpartition("}")[2])
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return True


class _Reader:
    """Collects the text of the element it is in; phonetic hints (rPh) are left out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._wanted = False
        self._phonetic = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "rPh":
            self._phonetic += 1
        self._wanted = name in ("t", "v", "f") and not self._phonetic

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "rPh":
            self._phonetic -= 1
        self._wanted = False

    def text(self, piece: str) -> None:
        """A piece of text."""
        if self._wanted:
            self._pieces.append(piece)

    def taken(self) -> str:
        """The text so far, which is then forgotten."""
        found = "".join(self._pieces)
        self._pieces.clear()
        return found


class _StringReader(_Reader):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            self.found.append(plain(self.taken()))


def _strings(package: Package) -> list[str] | None:
    xml = next((part for name, part in package.parts.items() if name.endswith("sharedstrings.xml")), None)
    reader = _StringReader()
    return reader.found if xml is None or _parse(xml, reader) else None


def plain(text: str) -> str:
    """A text with the format's own escapes (`_x000D_`) undone."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


class _SheetReader(_Reader):
    def __init__(self, strings: list[str] | None, kinds: Mapping[int, str], date1904: bool) -> None:
        super().__init__()
        self._strings, self._kinds = strings or [], kinds
        self._epoch = _EPOCH_1904 if date1904 else _EPOCH
        self._row, self._column = -1, -1
        self._type, self._style = "n", 0
        self._formula: str | None = None
        self._value = ""
        self._cells: dict[tuple[int, int], Raw] = {}
        self._styles: dict[Spot, int] = {}
        self._odd = Odd(style=lambda spot: self._styles.get(spot, 0))
        self._far = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        super().start(name, attributes)
        if name == "row":
            number = attributes.get("r", "")
            self._row, self._column = int(number) - 1 if number.isdigit() else self._row + 1, -1
        elif name == "c":
            self._begin(attributes)
        elif name == "mergeCell":
            ends = _REF.findall(attributes.get("ref", ""))
            if len(ends) == 2:
                self._odd.merged.append(Area(*place_of(*ends[0]), *place_of(*ends[1])))

    def _begin(self, attributes: Mapping[str, str]) -> None:
        where = _REF.fullmatch(attributes.get("r", ""))
        self._column += 1
        if where is not None:
            self._row, self._column = place_of(where[1], where[2])
        style = attributes.get("s", "0")
        self._type, self._style = attributes.get("t", "n"), int(style) if style.isdigit() else 0
        self._formula, self._value = None, ""
        self._pieces.clear()

    def end(self, name: str) -> None:
        super().end(name)
        if name == "f":
            self._formula = self.taken()
        elif name in ("v", "is"):
            self._value = self.taken()
        elif name == "c":
            self._finish()

    def _finish(self) -> None:
        place = self._row, self._column
        value = self._typed()
        if self._row >= MOST_ROWS or self._column >= MOST_COLUMNS:
            if value != "" and not self._far:
                self._far = address(*place)
            return
        self._styles[place] = self._style
        if self._type == "e":
            self._odd.notes[place] = Note("error", self._value)
        elif self._formula is not None:
            mark = "formula" if self._value else "no-result"
            self._odd.notes[place] = Note(mark, f"={self._formula}")  # type: ignore[arg-type]  # one of two marks
        if value != "" and self._type != "e":
            self._cells[place] = value

    def _typed(self) -> Raw:
        convert = _CONVERT.get(self._type)
        if convert is not None:
            return convert(self, self._value)
        return self._number(self._value)

    def _number(self, text: str) -> Raw:
        try:
            number = float(text)
        except ValueError:
            return text
        if self._kinds.get(self._style) == "date" and 0 <= number <= _LAST_DAY:
            return self._epoch + timedelta(days=int(number))
        return number

    def shared(self, text: str) -> Raw:
        """The text of a number in the table of texts."""
        return self._strings[int(text)] if text.isdigit() and int(text) < len(self._strings) else ""

    def grid(self, name: str) -> Grid:
        """The sheet as read."""
        last = max((row for row, _ in self._cells), default=-1)
        rows: list[list[Raw | None]] = [[] for _ in range(last + 1)]
        for (row, column), value in self._cells.items():
            cells = rows[row]
            cells.extend([None] * (column + 1 - len(cells)))
            cells[column] = value
        return Grid(name, rows, lambda: self._odd, self._far)


_CONVERT: Mapping[str, Callable[[_SheetReader, str], Raw]] = {
    "s": lambda reader, text: reader.shared(text),
    "str": lambda reader, text: plain(text),
    "inlineStr": lambda reader, text: plain(text),
    "b": lambda reader, text: text.strip() in ("1", "true"),
    "d": lambda reader, text: text,
    "e": lambda reader, text: text,
}
