"""The roadmap as rows to filter and sort; it is shown, never read back."""

from dataclasses import dataclass

from assessor.exchange import labels
from assessor.exchange.pen import PROTECTION, Pen
from assessor.exchange.style import height_of

_NUMBER = "0.0;-0.0;—"
_TOP = 2
"""Rows above the notes: title and sentence."""


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """What the sheet shows: `sentence` and `notes` on top, columns with their width, a row an action.

    A row's cells are text, or numbers in the unit that the column's title names. Of the columns so many
    are `printed`; 0 prints all.
    """

    sentence: str
    notes: tuple[str, ...]
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str | float, ...], ...]
    printed: int = 0


def write_roadmap(pen: Pen, plan: PlanSheet) -> None:
    """The whole sheet."""
    page, styles = pen.xlsx.get_worksheet_by_name(labels.ROADMAP), pen.styles
    last = (plan.printed or len(plan.columns)) - 1
    for column, (_title, width) in enumerate(plan.columns):
        page.set_column(column, column, width, styles.make())
    page.write_string(0, 0, labels.ROADMAP, styles.title("chapter", text_wrap=False))
    page.set_row(0, 34)
    page.merge_range(1, 0, 1, last, "", styles.title("section"))
    page.write_string(1, 0, plan.sentence, styles.title("section", text_wrap=True))
    page.set_row(1, 30)
    wide = sum(width for _title, width in plan.columns[: last + 1])
    for row, note in enumerate(plan.notes, _TOP):
        page.merge_range(row, 0, row, last, "", styles.quiet())
        page.write_string(row, 0, note, styles.quiet())
        page.set_row(row, height_of(note, wide, styles.table))
    header = _TOP + len(plan.notes) + 1
    for column, (title, _width) in enumerate(plan.columns):
        page.write_string(header, column, title, styles.header())
    page.set_row(header, 32)
    for row, cells in enumerate(plan.rows, header + 1):
        _write_row(pen, plan, row, cells)
    _set_up(pen, plan, header, last)


def _write_row(pen: Pen, plan: PlanSheet, row: int, cells: tuple[str | float, ...]) -> None:
    page, styles = pen.xlsx.get_worksheet_by_name(labels.ROADMAP), pen.styles
    heights = [18.0]
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            pen.put(page, row, column, cell, styles.cell(num_format="@", valign="top"))
            heights.append(height_of(cell, plan.columns[column][1], styles.table))
        else:
            whole = isinstance(cell, int)
            style = styles.cell(num_format="0" if whole else _NUMBER, align="right", valign="top")
            pen.put(page, row, column, cell, style)
    page.set_row(row, max(heights))


def _set_up(pen: Pen, plan: PlanSheet, header: int, last: int) -> None:
    rows, page = len(plan.rows), pen.xlsx.get_worksheet_by_name(labels.ROADMAP)
    if rows:
        page.autofilter(header, 0, header + rows, len(plan.columns) - 1)
    page.freeze_panes(header + 1, 2)
    page.protect("", {**PROTECTION, "sort": True})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(header)
    page.print_area(0, 0, header + max(rows, 1), last)
    page.hide_gridlines(2)
