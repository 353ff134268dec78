"""Sheets of rows, one for each table question: one thing a row, said by the firm or seen on site."""

from typing import Any

from assessor.exchange import labels
from assessor.exchange.layout import TABLE_HEADER, column_letters
from assessor.exchange.pen import PROTECTION, Pen, list_name
from assessor.exchange.sheet import LIST_BOOL, LIST_SIDES, TableSheet, column_title, line_id
from assessor.exchange.style import height_of
from assessor.exchange.tables import FIRST_COLUMN, SIDE_COLUMN, rows_ready
from assessor.pack.question import Column

_WIDTHS = {"number": 10.0, "bool": 10.0, "single": 15.0, "text": 18.0}


def write_table(pen: Pen, table: TableSheet) -> None:
    """One sheet of rows."""
    page = pen.xlsx.get_worksheet_by_name(table.name)
    question, styles = table.question, pen.styles
    filled = pen.contents.rows.get(question.id, [])
    last = TABLE_HEADER + rows_ready(len(filled))
    _top(pen, page, table)
    for number in range(last - TABLE_HEADER):
        row = TABLE_HEADER + 1 + number
        side, cells = filled[number] if number < len(filled) else ("", {})
        name = line_id(question.id, str(number + 1))
        page.write_string(row, 0, name, styles.quiet(font_size=7, text_wrap=False))
        pen.put(page, row, SIDE_COLUMN, side, styles.entry(num_format="@"))
        for offset, column in enumerate(question.columns):
            style = styles.entry(
                num_format=_format(column), align="left" if column.kind == "text" else "center"
            )
            pen.put(page, row, FIRST_COLUMN + offset, cells.get(column.id), style)
    _rules(pen, page, table, TABLE_HEADER + 1, last)
    width = FIRST_COLUMN + len(question.columns) - 1
    page.protect("", {**PROTECTION, "sort": True})
    page.freeze_panes(TABLE_HEADER + 1, FIRST_COLUMN + 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(TABLE_HEADER)
    page.ignore_errors({"number_stored_as_text": f"A1:{column_letters(width)}{last + 1}"})
    shown = max(20, len(filled) + 5)
    page.print_area(0, 0, TABLE_HEADER + shown, width)
    page.hide_gridlines(2)


def _format(column: Column) -> str:
    return "General" if column.kind == "number" else "@"


def _top(pen: Pen, page: Any, table: TableSheet) -> None:
    question, styles = table.question, pen.styles
    last = FIRST_COLUMN + len(question.columns) - 1
    page.set_column(0, 0, labels.ID.width, styles.make())
    page.set_column(SIDE_COLUMN, SIDE_COLUMN, labels.SIDE.width, styles.make())
    page.write_string(0, 0, f"{question.id}　{question.title}", styles.title("section"))
    page.set_row(0, 24)
    text = f"{question.ask}\n{question.help}".strip()
    page.merge_range(1, 0, 1, last, text, styles.quiet(valign="top"))
    headers = [labels.ID.title, labels.SIDE.title]
    width = labels.ID.width + labels.SIDE.width
    for offset, column in enumerate(question.columns):
        wide = _WIDTHS[column.kind]
        page.set_column(FIRST_COLUMN + offset, FIRST_COLUMN + offset, wide, styles.make())
        headers.append(column_title(column) + (" *" if column.required else ""))
        width += wide
    for number, header in enumerate(headers):
        page.write_string(TABLE_HEADER, number, header, styles.header())
    page.set_row(1, height_of(text, width, styles.table) + 3)
    tallest = max(
        height_of(column_title(column), _WIDTHS[column.kind] - 1, styles.table) for column in question.columns
    )
    page.set_row(TABLE_HEADER, max(tallest, 20))


def _rules(pen: Pen, page: Any, table: TableSheet, first: int, last: int) -> None:
    def listed(column: int, name: str) -> None:
        rule = {
            "validate": "list",
            "source": f"={list_name(name)}",
            "error_title": "请从下拉列表中选",
            "error_message": "点格子右边的小箭头选一项；不填就留空。",
        }
        page.data_validation(first, column, last, column, rule)

    listed(SIDE_COLUMN, LIST_SIDES)
    names = {options: name for name, options in pen.book.lists.items()}
    for offset, column in enumerate(table.question.columns, FIRST_COLUMN):
        if column.kind == "bool":
            listed(offset, LIST_BOOL)
        elif column.kind == "single":
            listed(offset, names[column.options])
        elif column.kind == "number":
            rule = {
                "validate": "decimal",
                "criteria": ">=",
                "value": -(10**15),
                "error_title": "请填数字",
                "error_message": "这一列只填数字。",
            }
            page.data_validation(first, offset, last, offset, rule)
