"""`summary.xlsx`: the campaign for the desk of an official, one question a sheet."""

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assessor.aggregate.population import ALL, Group, counted_in
from assessor.aggregate.record import STATES as ALL_STATES
from assessor.aggregate.regional import Regional
from assessor.aggregate.sheets import SCORE, WHOLE, Column, Row, count_of, sheets, value_of
from assessor.aggregate.statistics import LEVELS, OPEN
from assessor.aggregate.wording import COUNTED, RESPONSES, STATES
from assessor.exchange.style import Styles, height_of

_BORN = datetime(2000, 1, 1)  # noqa: DTZ001  # the format knows no zone; any fixed moment will do


def summary_bytes(regional: Regional) -> bytes:
    """The workbook, the same bytes for the same picture."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    book.set_properties({"title": f"{regional.population.campaign} 年度诊断汇总", "created": _BORN})
    pen = _Pen(book, Styles(book))
    _overview(pen, regional)
    for name, note, columns, rows in sheets(regional):
        pen.table(name, note, columns, rows)
    book.close()
    return buffer.getvalue()


@dataclass
class _Pen:
    book: Any
    styles: Styles

    def table(self, name: str, note: str, columns: Sequence[Column], rows: Iterable[Row]) -> None:
        """A sheet of one table: what it shows, frozen header, filter, one page wide."""
        sheet = self.sheet(name, [column.width for column in columns])
        sheet.merge_range(0, 0, 0, max(1, len(columns) - 1), note, self.styles.quiet())
        sheet.set_row(0, height_of(note, sum(column.width for column in columns), self.styles.table))
        for place, column in enumerate(columns):
            sheet.write_string(1, place, column.title, self.styles.header())
        last = 1
        for last, row in enumerate(rows, 2):
            self.line(sheet, last, row, columns)
        sheet.freeze_panes(2, 2)
        sheet.autofilter(1, 0, max(last, 2), len(columns) - 1)
        sheet.repeat_rows(1)

    def sheet(self, name: str, widths: Sequence[float]) -> Any:
        """An empty sheet, set up for A4 across."""
        sheet = self.book.add_worksheet(name)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def line(self, sheet: Any, at: int, row: Row, columns: Sequence[Column]) -> None:
        """One row; text stays text, whatever it begins with."""
        for place, (cell, column) in enumerate(zip(row, columns, strict=True)):
            match cell:
                case None | "":
                    sheet.write_blank(at, place, None, self.styles.cell())
                case int() | float():
                    form = {"num_format": column.form} if column.form else {}
                    sheet.write_number(at, place, cell, self.styles.cell(align="right", **form))
                case _:
                    sheet.write_string(at, place, str(cell), self.styles.cell(indent=1))


# -- the first sheet -----------------------------------------------------------------------------


def _overview(pen: _Pen, regional: Regional) -> None:
    sheet = pen.sheet("概览", (30, 14, 14, 14, 14, 14, 14, 14))
    styles, words = pen.styles, regional.words
    campaign = regional.population.campaign
    sheet.merge_range(0, 0, 0, 7, f"{campaign} 年度诊断汇总" if campaign else "诊断汇总", styles.title())
    sheet.set_row(0, 30)
    note = "内部资料：含单个企业的情况，不得外传。可以公开的内容在 public 文件夹。"
    sheet.merge_range(1, 0, 1, 7, note, styles.quiet())
    at = _block(pen, sheet, 3, "收到的文件", ("情况", "文件数", "是否计入"), _states(regional))
    if regional.responses is not None:
        told = Counter(one.state for one in regional.responses)
        text = "名单上的企业：" + "，".join(f"{name} {told[state]}" for state, name in RESPONSES.items())
        sheet.merge_range(at, 0, at, 7, text, styles.plain())
        at += 2
    others = regional.population.other_campaigns
    if others:
        listed = "、".join(f"{name}（{count} 份）" for name, count in others.items())
        text = f"另有其他年度的诊断没有算进本汇总：{listed}。要汇总请用 --campaign 指明年度。"
        sheet.merge_range(at, 0, at, 7, text, styles.quiet())
        at += 2
    if not regional.population.members:
        sheet.merge_range(at, 0, at, 7, "没有可以计入的诊断。", styles.plain())
        return
    model = regional.main_model
    for mode in regional.modes:
        title = f"{words.mode(mode)}：{words.model(model)}"
        header = ("行业", "企业数", *(words.level(model, level) for level in LEVELS), "等级未定")
        rows = [_level_row(regional, Group(industry=key, mode=mode), model) for key in _industries(regional)]
        at = _block(pen, sheet, at, f"{title}各级企业数", header, rows)
        header = ("行业", "企业数", "平均分", "P25", "中位数", "P75", "中位数上限")
        rows = [_score_row(regional, Group(industry=key, mode=mode), model) for key in _industries(regional)]
        at = _block(pen, sheet, at, f"{title}得分", header, rows, SCORE)
    text = (
        "得分按已答的题计（没答的按最低），“中位数上限”是没答的都按最高计时的中位数；"
        "两端等级不同的记为等级未定。百分位在名次之间线性内插。自评与现场评定不混算。"
    )
    sheet.merge_range(at, 0, at, 7, text, styles.quiet())
    sheet.set_row(at, height_of(text, 128, styles.table))


def _block(
    pen: _Pen, sheet: Any, at: int, title: str, header: Sequence[str], rows: Iterable[Row], form: str = WHOLE
) -> int:
    """A small table with its heading; the row after it. `form` is that of the figures from the third on."""
    sheet.merge_range(at, 0, at, 7, title, pen.styles.title("section"))
    sheet.set_row(at, 22)
    for place, name in enumerate(header):
        sheet.write_string(at + 1, place, name, pen.styles.header())
    columns = [Column("", 0, form if place > 1 else WHOLE) for place in range(len(header))]
    last = at + 1
    for last, row in enumerate(rows, at + 2):
        pen.line(sheet, last, row, columns)
    return last + 2


def _states(regional: Regional) -> Iterable[Row]:
    for state in ALL_STATES:
        yield STATES[state], regional.states.get(state, 0), COUNTED[state]
    yield "合计", sum(regional.states.values()), ""


def _industries(regional: Regional) -> Sequence[str]:
    found = sorted({one.key.pack for one in regional.population.members})
    return [ALL, *found] if len(found) > 1 else found


def _level_row(regional: Regional, group: Group, model: str) -> Row:
    named = regional.by_group.get(group, {})
    counts = [count_of(named, f"{model}.level", f"share_{level}") for level in (*LEVELS, OPEN)]
    return (
        regional.words.industry(group.industry),
        counted_in(regional.population, group),
        *map(int, counts),
    )


def _score_row(regional: Regional, group: Group, model: str) -> Row:
    named = regional.by_group.get(group, {})
    wanted = ("mean_low", "p25_low", "p50_low", "p75_low", "p50_high")
    return (
        regional.words.industry(group.industry),
        counted_in(regional.population, group),
        *(value_of(named, f"{model}.score", statistic) for statistic in wanted),
    )
