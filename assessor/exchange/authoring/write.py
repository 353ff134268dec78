"""Rows → the workbook an analyst writes in: headings that stay, drop-downs, a sheet that explains."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from assessor.errors import refuse
from assessor.exchange.authoring import guide, names
from assessor.exchange.authoring.book import FIRST_ROW, HEAD, HEAD_COLUMNS, KEY, OF, Book, Sheet
from assessor.exchange.authoring.cell import Content
from assessor.exchange.authoring.rows import Rows
from assessor.exchange.authoring.shape import Column
from assessor.exchange.layout import column_letters, quoted
from assessor.exchange.style import Styles, height_of

META, FORMAT, EDITION = "标识", "assessor-pack-authoring", "1"
_BORN = datetime(2000, 1, 1)  # noqa: DTZ001  # the format knows no zone; any fixed moment will do
_MOST_TEXT = 32_767
_LAST_ROW = 3000
_MOST_INLINE = 255
_MANY = 12
_LONG = frozenset(
    {"ask", "help", "look", "why", "intro", "text", "do", "say", "sample", "definition", "summary"}
)
_WIDE, _MIDDLE, _SLIM, _THIN = 44, 24, 15, 9
_TABS = ("#2f6f5e", "#3b6ea5", "#8a6d3b", "#7a4f7a", "#5f6b3c", "#a0522d", "#4a5a6a")


def workbook_bytes(rows: Rows, book: Book, title: str, sheets: Sequence[Sheet]) -> bytes:
    """The workbook; same rows, same bytes. `UserError` when a text is longer than a cell can be."""
    import xlsxwriter

    buffer = io.BytesIO()
    xlsx = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False})
    writer = _Writer(xlsx, book, rows)
    writer.explain(title, sheets)
    writer.heads()
    for sheet in sheets:
        writer.table(sheet)
    writer.identity([HEAD, *(sheet.title for sheet in sheets)])
    xlsx.set_properties({"title": title, "created": _BORN})
    xlsx.close()
    return buffer.getvalue()


class _Writer:
    """One workbook being written."""

    def __init__(self, xlsx: Any, book: Book, rows: Rows) -> None:
        self.xlsx, self.book, self.rows = xlsx, book, rows
        self.styles = Styles(xlsx)
        self.heading = self.styles.header(font_size=10, valign="top")
        self.text = self.styles.make(
            text_wrap=True, valign="top", num_format="@", border=1, border_color=self.styles.looks["line"]
        )
        self.number = self.styles.make(valign="top", border=1, border_color=self.styles.looks["line"])
        self.quiet = self.styles.quiet(valign="top", border=1, border_color=self.styles.looks["line"])

    def explain(self, title: str, sheets: Sequence[Sheet]) -> None:
        """The first sheet: what this is, and every sheet with its columns."""
        sheet = self.xlsx.add_worksheet(guide.TITLE)
        sheet.hide_gridlines(2)
        _on_paper(sheet)
        for column, width in enumerate((18, 26, 22, 74)):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, f"{title}：编写用的工作簿", self.styles.title())
        sheet.set_row(0, 30)
        row = 1
        for text in guide.TEXTS:
            sheet.merge_range(row, 0, row, 3, text, self.styles.plain(valign="top"))
            sheet.set_row(row, height_of(text, 140, self.styles.table))
            row += 1
        row += 1
        for column, text in enumerate(("工作表", "列", "键", "写什么")):
            sheet.write_string(row, column, text, self.heading)
        for one in sheets:
            row += 1
            link = f"internal:{quoted(one.title)}!A1"
            sheet.write_url(row, 0, link, self.styles.make(bold=True, underline=1), one.title)
            sheet.write_string(row, 3, guide.about_sheet(self.book, one), self.styles.plain())
            for key in one.keys:
                row += 1
                texts = ("", one.heading(key), key, guide.about_column(self.book, one, key))
                for column, text in enumerate(texts):
                    sheet.write_string(
                        row, column, text, self.styles.quiet() if column == 2 else self.styles.plain()
                    )
        sheet.activate()

    def heads(self) -> None:
        """What stands at the head of each file, one line each."""
        sheet = self.xlsx.add_worksheet(HEAD)
        sheet.set_tab_color(_TABS[0])
        sheet.freeze_panes(FIRST_ROW, 0)
        _on_paper(sheet)
        for index, (title, width) in enumerate(zip(HEAD_COLUMNS, (22, 24, 18, 70, 50), strict=True)):
            sheet.write_string(0, index, title, self.heading)
            sheet.set_column(index, index, width)
        for row, (file, column, content) in enumerate(self.rows.heads, FIRST_ROW):
            sheet.write_string(row, 0, file, self.quiet)
            sheet.write_string(row, 1, names.heading(HEAD, column.key), self.text)
            sheet.write_string(row, 2, column.key, self.quiet)
            self._put(sheet, row, 3, column, content, HEAD)
            sheet.set_row(row, max(15.0, height_of(str(content or ""), 70, self.styles.table)))
            sheet.write_string(row, 4, guide.what(column), self.quiet)
            self._rule(sheet, row, row, 3, column)

    def table(self, one: Sheet) -> None:
        """A sheet of records."""
        sheet = self.xlsx.add_worksheet(one.title)
        file = one.tables[-1][0]
        sheet.set_tab_color(_TABS[list(self.book.shapes).index(file) % len(_TABS)])
        sheet.freeze_panes(FIRST_ROW, len(one.lead) + (one.keys[len(one.lead) :][:1] == ("id",)))
        _on_paper(sheet)
        columns = {column.key: column for column in one.columns}
        widths = [_width(columns.get(key)) for key in one.keys]
        for index, key in enumerate(one.keys):
            sheet.write_string(0, index, f"{one.heading(key)}\n{key or '@value'}", self.heading)
            style = self.text if _is_text(columns.get(key)) else self.number
            folded = {"level": 1, "hidden": True} if self._is_spare(one, columns.get(key)) else {}
            sheet.set_column(index, index, widths[index], style, folded)
        sheet.set_row(0, 48)
        rows = self.rows.sheets.get(one.title, [])
        for row, cells in enumerate(rows, FIRST_ROW):
            height = 15.0
            for index, key in enumerate(one.keys):
                content = cells.get(key)
                self._put(sheet, row, index, columns.get(key), content, one.title)
                height = max(height, height_of(str(content or ""), widths[index], self.styles.table))
            sheet.set_row(row, min(height, 240.0))
        sheet.autofilter(0, 0, max(len(rows), 1), len(one.keys) - 1)
        for index, key in enumerate(one.keys):
            if key in columns:
                self._rule(sheet, FIRST_ROW, _LAST_ROW, index, columns[key])
        self._references(sheet, one)

    def _is_spare(self, one: Sheet, column: Column | None) -> bool:
        """Whether a column of a wide sheet is folded away: nothing need stand there, and nothing does."""
        rows = self.rows.sheets.get(one.title, [])
        if column is None or column.required or len(one.keys) < _MANY or not rows:
            return False
        return all(cells.get(column.key) is None for cells in rows)

    def _put(
        self, sheet: Any, row: int, index: int, column: Column | None, content: Content, title: str
    ) -> None:
        if isinstance(content, int | float):
            sheet.write_number(row, index, content, self.number)
        elif content is None:
            sheet.write_blank(row, index, None, self.text if _is_text(column) else self.number)
        elif len(content) > _MOST_TEXT:
            where = f"{title}!{column_letters(index)}{row + 1}"
            raise refuse("workbook-text-long", where, length=len(content), most=_MOST_TEXT)
        else:
            sheet.write_string(row, index, content, self.text)

    def _rule(self, sheet: Any, first: int, last: int, index: int, column: Column) -> None:
        """The drop-down of a column that has words of its own, or the rule of a number."""
        options = {"bool": (names.YES, names.NO), "choice": tuple(map(names.word, column.options))}
        words = tuple(filter(None, options.get(column.kind, ())))
        if words and len(",".join(words)) <= _MOST_INLINE:
            rule = {"validate": "list", "source": list(words), "error_title": "请从下拉列表中选"}
            sheet.data_validation(first, index, last, index, rule)

    def _references(self, sheet: Any, one: Sheet) -> None:
        """A drop-down of the records a row may belong to; another word is allowed, the check names it."""
        above = self.book.above(one)
        if not above or OF not in one.lead:
            return
        target = above[-1]
        own = target.keys.index(KEY if KEY in target.lead else "id")
        letters = column_letters(own)
        name = f"编号_{target.title}"
        area = f"={quoted(target.title)}!${letters}${FIRST_ROW + 1}:${letters}${_LAST_ROW}"
        self.xlsx.define_name(name, area)
        rule = {"validate": "list", "source": f"={name}", "show_error": False}
        sheet.data_validation(FIRST_ROW, 0, _LAST_ROW, 0, rule)

    def identity(self, titles: Sequence[str]) -> None:
        """What kind of workbook this is and which sheets it must have."""
        sheet = self.xlsx.add_worksheet(META)
        for row, texts in enumerate(
            (("format", FORMAT), ("edition", EDITION), *(("sheet", t) for t in titles))
        ):
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text)
        sheet.hide()


def _on_paper(sheet: Any) -> None:
    """A sheet prints lying, all its columns on one page, the headings on each."""
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _is_text(column: Column | None) -> bool:
    return column is None or column.kind not in ("int", "number")


def _width(column: Column | None) -> float:
    if column is None:
        return _SLIM
    name = str(column.path[-1]) if column.path else "text"
    if name in _LONG or name == "when":
        return _WIDE
    if column.kind in ("int", "number", "bool", "choice"):
        return _SLIM if column.kind == "choice" else _THIN
    if column.kind in ("yaml", "names", "groups", "pairs") or name in ("title", "title_en", "address"):
        return _MIDDLE
    return _SLIM
