"""Tables: the same rows as on paper, heads repeated on each page, columns as wide as what stands in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt

from assessor.report.docx import styles
from assessor.report.docx.inline import Look, runs_of, write_runs
from assessor.report.looks import Looks

_BLOCKS = ("p", "figure", "table", "div", "img")
_NARROW, _EM, _LEAST = 0.55, 1.0, 3.0
"""Width of a Latin letter and a Han one, and of the narrowest column, in ems."""


@dataclass(frozen=True, slots=True)
class _Cell:
    element: Any
    row: int
    column: int
    across: int
    down: int


def write_table(
    target: Any, element: Any, width: Emu, looks: Looks, charts: Mapping[str, str], blocks: Any
) -> None:
    """Append a table of HTML to a body or cell; `blocks` writes what stands in a cell."""
    cells, columns = _grid(element)
    if not cells:
        return
    rows = max(cell.row + cell.down for cell in cells)
    table = target.add_table(rows=rows, cols=columns)
    classes = element.get("class", "").split()
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    _lines(table, looks, heavy="grid" in classes)
    widths = _widths(cells, columns, width)
    for column, wide in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = wide
    lines = table._tbl.tr_lst
    grid = [list(row.cells) for row in table.rows]
    for cell in cells:
        made = grid[cell.row][cell.column]
        if cell.across > 1 or cell.down > 1:
            made = made.merge(grid[cell.row + cell.down - 1][cell.column + cell.across - 1])
        made.width = Emu(sum(widths[cell.column : cell.column + cell.across]))
        _fill(made, cell.element, looks, charts, blocks)
    for number, row in enumerate(element.iter("tr")):
        _row(lines[number], is_head=row.getparent().tag == "thead")


def _grid(element: Any) -> tuple[Sequence[_Cell], int]:
    """The cells at their places, spans counted."""
    taken: set[tuple[int, int]] = set()
    cells: list[_Cell] = []
    for row, line in enumerate(element.iter("tr")):
        column = 0
        for one in line:
            if one.tag not in ("td", "th"):
                continue
            while (row, column) in taken:
                column += 1
            across, down = int(one.get("colspan", 1)), int(one.get("rowspan", 1))
            taken |= {(row + r, column + c) for r in range(down) for c in range(across)}
            cells.append(_Cell(one, row, column, across, down))
            column += across
    return cells, max((column for _, column in taken), default=-1) + 1


def _fill(made: Any, element: Any, looks: Looks, charts: Mapping[str, str], blocks: Any) -> None:
    classes = set(element.get("class", "").split())
    if any(child.tag in _BLOCKS for child in element):
        writer = blocks(made, Emu(made.width - Pt(11)), looks, charts)
        lead = runs_of_head(element)
        if lead:
            write_runs(writer._new(), lead, looks)
        for child in element:
            if child.tag in _BLOCKS:
                writer.write(child)
    else:
        look = Look(colour="quiet" if "quiet" in classes else "")
        write_runs(made.paragraphs[0], runs_of(element, look), looks)
    for paragraph in made.paragraphs:
        if paragraph._p.style is None:
            styles.put_style(paragraph, styles.SMALL)
        if "num" in classes:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif "mid" in classes:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if element.getparent().getparent().tag == "thead" or "group" in element.getparent().get("class", ""):
        styles.shade(made._tc.get_or_add_tcPr(), looks.light.panel)


def runs_of_head(element: Any) -> Any:
    """The runs of a cell that stand before its first block."""
    import copy

    head = copy.deepcopy(element)
    for child in list(head):
        if child.tag in _BLOCKS:
            head.remove(child)
    return runs_of(head)


# -- widths --------------------------------------------------------------------------------------


def _widths(cells: Sequence[_Cell], columns: int, width: Emu) -> list[Emu]:
    """Narrow columns as wide as their longest text, the others by the square root of all they hold."""
    longest, total = [_LEAST] * columns, [0.0] * columns
    for cell in cells:
        if cell.across == 1:
            ems = _ems("".join(cell.element.itertext()).strip())
            longest[cell.column] = max(longest[cell.column], ems)
            total[cell.column] += ems
    whole = width / Pt(9)
    wanted = [
        min(long + 1.6, max(6.0, (sum_ * 1.4) ** 0.5 * 2)) for long, sum_ in zip(longest, total, strict=True)
    ]
    least = [min(want, 4.2) for want in wanted]
    spare, more = whole - sum(least), sum(wanted) - sum(least)
    share = spare / more if more > 0 else 0.0
    sizes = [low + max(0.0, share) * (want - low) for low, want in zip(least, wanted, strict=True)]
    factor = whole / sum(sizes)
    return [Emu(int(size * factor * Pt(9))) for size in sizes]


def _ems(text: str) -> float:
    return sum(_EM if ord(letter) > 0x2E80 else _NARROW for letter in " ".join(text.split()))


# -- lines ---------------------------------------------------------------------------------------


def _lines(table: Any, looks: Looks, *, heavy: bool) -> None:
    """Hairlines between rows, none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH") if heavy else ("insideH",):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", looks.light.line[1:])):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.insert_element_before(borders, "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _row(line: Any, *, is_head: bool) -> None:
    properties = line.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
