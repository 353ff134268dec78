"""A person with a workbook: finds cells by what stands beside them, types, moves, deletes, saves.

openpyxl plays the other office program: it writes formulas without results and texts in its own way.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from assessor.exchange.labels import header_name
from assessor.exchange.read import Read, read_workbook
from assessor.pack.model import Pack

HEADERS = {
    "claimed": ("企业自报", "填写"),
    "verified": ("现场核实",),
    "state": ("填不了时选",),
    "reason": ("原因",),
    "remark": ("备注",),
    "evidence": ("佐证材料",),
    "sure": ("把握",),
}


class Hand:
    """One workbook in somebody's hand."""

    def __init__(self, data: bytes) -> None:
        self.book: Workbook = openpyxl.load_workbook(io.BytesIO(data))

    def sheet_of(self, line: str) -> Worksheet:
        """The sheet on which a line stands."""
        return next(sheet for sheet, _ in self._lines(line))

    def _lines(self, line: str) -> Iterator[tuple[Worksheet, int]]:
        for sheet in self.book.worksheets:
            for row in sheet.iter_rows(max_col=3):
                for cell in row:
                    if cell.value == line and cell.row is not None:
                        yield sheet, cell.row

    def cell(self, line: str, column: str = "claimed") -> Cell:
        """The cell of a line in a column."""
        sheet, row = next(self._lines(line))
        names = {header_name(name) for name in HEADERS[column]}
        for header in sheet.iter_rows(max_row=120):
            for cell in header:
                if isinstance(cell.value, str) and header_name(cell.value) in names:
                    found = sheet.cell(row, cell.column or 1)
                    assert isinstance(found, Cell)
                    return found
        raise AssertionError(column)

    def type(self, line: str, value: Any, column: str = "claimed", form: str | None = None) -> str:
        """Type into a cell; its address."""
        cell = self.cell(line, column)
        cell.value = value
        if isinstance(value, str) and not value.startswith("="):
            cell.data_type = "s"
        if form:
            cell.number_format = form
        return str(cell.coordinate)

    def saved(self) -> bytes:
        """The workbook as bytes."""
        buffer = io.BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()

    def save(self, path: Path) -> Path:
        """The workbook as a file."""
        path.write_bytes(self.saved())
        return path

    def read(self, pack: Pack, *, need_code: bool = False) -> Read:
        """What our reader makes of it."""
        return read(self.saved(), pack, need_code=need_code)


def read(data: bytes, pack: Pack, name: str = "问卷.xlsx", *, need_code: bool = False) -> Read:
    """Read with one pack at hand, in the version it has."""

    def packs(pack_id: str, version: str) -> Pack | None:
        return pack if (pack_id, version) == (pack.id, pack.version) else None

    return read_workbook(data, name, packs, need_code=need_code)
