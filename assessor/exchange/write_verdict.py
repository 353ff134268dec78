"""The verdict on one page: sentence, score, level, red lines, chart, and what to do next."""

from typing import Any

from assessor.exchange import labels
from assessor.exchange.page import Page, index_page, page_terms
from assessor.exchange.pen import PROTECTION, Pen
from assessor.exchange.steps import Step
from assessor.exchange.style import FAMILY, height_of
from assessor.exchange.term import EMPTY, Term, div, joined, lit, same, shown, sub, trimmed, when
from assessor.exchange.write_score import Scored
from assessor.pack.maturity import IndexModel, PointsModel

_WIDTHS = (20, 16, 16, 14, 14, 16)
_LAST = len(_WIDTHS) - 1
_RED_ROWS = 4
_BAR, _AROUND, _CHART_WIDTH, _ROW_PIXELS = 46, 80, 680, 20
"""Pixels: a bar with its gap, axis and legend, the chart, a row."""
NOTE = "本页由公式随填随算，供企业自己先看；报告和上报以程序核对后的结果为准。"


class Sheet:
    """Writes the page from top to bottom."""

    def __init__(self, pen: Pen) -> None:
        self.pen, self.page = pen, pen.xlsx.get_worksheet_by_name(labels.VERDICT)
        self.row = 0
        for column, width in enumerate(_WIDTHS):
            self.page.set_column(column, column, width, pen.styles.make())

    def text(
        self, term: Term | str, style: Any, height: float = 18, columns: tuple[int, int] = (0, _LAST)
    ) -> None:
        """A text across some columns of the present row."""
        self.page.merge_range(self.row, columns[0], self.row, columns[1], "", style)
        if isinstance(term, Term):
            self.pen.formula(self.page, self.row, columns[0], term, style)
        else:
            self.page.write_string(self.row, columns[0], term, style)
        self.page.set_row(self.row, height)

    def heading(self, text: str) -> None:
        """A section's title."""
        self.text(
            text,
            self.pen.styles.title("section", bottom=1, bottom_color=self.pen.styles.looks["outline"]),
            26,
        )
        self.row += 1


def write_verdict(pen: Pen, scored: Scored) -> None:
    """The whole page; it says so when no model can be computed."""
    sheet = Sheet(pen)
    _top(sheet)
    models = [verdict.result.model for verdict in pen.diagnosis.verdicts]
    if models:
        model = models[0]
        terms = scored.points[model.id]
        page = page_terms(pen.sight, model, terms["claimed"], terms["verified"], pen.listing)
        _verdict(sheet, model, page, scored)
        _red(sheet, page.red_lines)
        _chart(sheet, page)
        _steps(sheet, "离下一级最近的场景", page.scenes)
        _steps(sheet, "分数上升空间最大的题", page.questions)
    for problem in pen.diagnosis.refused:
        sheet.text(problem.what, pen.styles.quiet())
        sheet.row += 1
    sheet.row += 1
    sheet.text(NOTE, pen.styles.quiet(top=1, top_color=pen.styles.looks["line"]))
    _paper(sheet)


def _top(sheet: Sheet) -> None:
    pen = sheet.pen
    firm = trimmed(pen.sight.cell("name", "claimed")) if "name" in pen.book.by_item else EMPTY
    title = when(same(firm, EMPTY), lit("数字化诊断结论"), joined(firm, lit("　数字化诊断结论")))
    sheet.text(title, pen.styles.title("chapter"), 34)
    sheet.row += 1
    mode = pen.sight.cell(f"{labels.HEAD}mode", "claimed")
    day = pen.sight.cell(f"{labels.HEAD}date", "claimed")
    subtitle = joined(
        lit(f"{pen.book.pack.manifest.title} {pen.book.pack.version} 版　"), mode, lit("　"), _day(pen, day)
    )
    sheet.text(subtitle, pen.styles.quiet())
    sheet.row += 2


def _day(pen: Pen, cell: Term) -> Term:
    content = pen.contents.get(f"{labels.HEAD}date", "claimed")
    text = f'IF(ISNUMBER({cell.text}),TEXT({cell.text},"yyyy-mm-dd"),{cell.text}&"")'
    return Term(text, "" if content is None else str(content))


def _verdict(sheet: Sheet, model: PointsModel, page: Page, scored: Scored) -> None:
    styles = sheet.pen.styles
    certain = same(page.level.low, page.level.high)
    sentence = joined(
        lit("按"),
        page.side,
        lit("，"),
        when(certain, lit("数字化水平为 "), lit("数字化水平在 ")),
        page.level_text,
        when(certain, lit("。"), lit(" 之间，答完未定的题才能定级。")),
    )
    sheet.text(sentence, styles.title("section", font_color=styles.looks["accent"]), 30)
    sheet.row += 1
    _figures(sheet, model, page, scored)
    sheet.text(page.lacking, styles.plain(), 20)
    sheet.row += 1
    left = page.open_questions
    text = when(
        same(left, lit(0)),
        lit("计分的题都已答，结果是确定的。"),
        joined(lit("计分的题里还有 "), left, lit(" 题未定，上面的区间由此而来。")),
    )
    sheet.text(text, styles.quiet())
    sheet.row += 1
    if model.gates.cite.sure != "read":
        sheet.text("等级门槛取自转述，尚未对照主管部门原文。", styles.quiet())
        sheet.row += 1
    sheet.row += 1


def _figures(sheet: Sheet, model: PointsModel, page: Page, scored: Scored) -> None:
    cards: list[tuple[str, Term]] = [
        (f"{model.short}（满分 {shown(float(model.total))}）", page.score_text),
        ("等级", page.level_text),
    ]
    for result in sheet.pen.diagnosis.indexes[:1]:
        cards += _index_cards(sheet, result.model, scored)
    styles = sheet.pen.styles
    for number, (title, term) in enumerate(cards):
        left, right = (number % 2) * 3, (number % 2) * 3 + 2
        sheet.text(title, styles.quiet(bg_color=styles.looks["panel"], indent=1), 18, (left, right))
        sheet.row += 1
        big = styles.title(bg_color=styles.looks["panel"], indent=1, text_wrap=False, shrink=True)
        sheet.text(term, big, 32, (left, right))
        sheet.row += 1 if number % 2 or number == len(cards) - 1 else -1


def _index_cards(sheet: Sheet, model: IndexModel, scored: Scored) -> list[tuple[str, Term]]:
    terms = scored.indexes[model.id]
    found = index_page(sheet.pen.sight, model, terms["claimed"], terms["verified"])
    name = f"{model.short}（满分 {shown(float(model.total))}，专家判断，非官方）"
    return [(name, found.score_text), (f"{model.short}：阶段", found.stage_text)]


def _red(sheet: Sheet, steps: tuple[Step, ...]) -> None:
    if not steps:
        return
    looks = sheet.pen.styles.looks
    sheet.heading("先看底线（法定要求，高于一切分数；只是提示，不是执法结论）")
    none = when(same(steps[0].title, EMPTY), lit("按现有回答，没有触碰底线。"), steps[0].title)
    amber = sheet.pen.xlsx.add_format({"font_color": looks["amber"]})
    rule = {"type": "text", "criteria": "begins with", "value": "△", "format": amber}
    sheet.page.conditional_format(sheet.row, 0, sheet.row + _RED_ROWS - 1, 0, rule)
    for place, step in enumerate(steps[:_RED_ROWS]):
        _pair(sheet, none if place == 0 else step.title, step.text, 24, font_color=looks["red"])
    sheet.row += 1


def _pair(sheet: Sheet, title: Term, text: Term, height: float = 28, **more: Any) -> None:
    styles = sheet.pen.styles
    sheet.text(title, styles.plain(bold=True, **more), height, (0, 1))
    sheet.text(text, styles.plain(), height, (2, _LAST))
    sheet.row += 1


def _steps(sheet: Sheet, title: str, steps: tuple[Step, ...]) -> None:
    sheet.heading(title)
    texts = [shown(step.text.value) for step in steps if not isinstance(step.text.value, bool)]
    width = sum(_WIDTHS[2:])
    longest = max((height_of(text, width, sheet.pen.styles.table) for text in texts), default=18.0)
    for step in steps:
        _pair(sheet, step.title, step.text, max(longest, 20) if title.startswith("离") else 18)
    sheet.row += 1


def _chart(sheet: Sheet, page: Page) -> None:
    """Bars of the dimensions: what is certain, and what open questions may still bring."""
    sheet.heading("各维度得到了满分的几成")
    first = sheet.row
    _chart_data(sheet, page)
    count = len(page.dimensions)
    height = _BAR * count + _AROUND
    chart = _bars(sheet, first, count)
    chart.set_size({"width": _CHART_WIDTH, "height": height})
    place = {
        "x_offset": 2,
        "y_offset": 4,
        "object_position": 2,
        "description": "各维度得分占满分的比例，深色已定，浅色是未答题可能带来的",
    }
    sheet.page.insert_chart(first + count + 1, 0, chart, place)
    sheet.row = first + count + 1 - (-(height + 10) // _ROW_PIXELS)


def _chart_data(sheet: Sheet, page: Page) -> None:
    """The small table the chart is drawn from."""
    pen, styles = sheet.pen, sheet.pen.styles
    for column, name in enumerate(("维度", "已定", "未定", "满分")):
        style = styles.quiet(align="right") if column else styles.quiet()
        sheet.page.write_string(sheet.row, column, name, style)
    percent, figure = (
        styles.cell(num_format="0%", align="right"),
        styles.cell(num_format="0.##", align="right"),
    )
    for row, (title, top, ends) in enumerate(page.dimensions, sheet.row + 1):
        sheet.page.write_string(row, 0, title, styles.cell())
        pen.formula(sheet.page, row, 1, div(ends.low, lit(top)), percent)
        pen.formula(sheet.page, row, 2, div(sub(ends.high, ends.low), lit(top)), percent)
        sheet.page.write_number(row, 3, top / 1000, figure)


def _bars(sheet: Sheet, first: int, count: int) -> Any:
    looks = sheet.pen.styles.looks
    font = {"name": FAMILY, "size": 8}
    chart = sheet.pen.xlsx.add_chart({"type": "bar", "subtype": "stacked"})
    for column, level, name in ((1, 3, "已定"), (2, 1, "未定（未答题可能带来的）")):
        label = {"value": True, "num_format": "0%", "font": {"size": 8, "color": looks["on_levels"][level]}}
        chart.add_series(
            {
                "name": name,
                "categories": [labels.VERDICT, first + 1, 0, first + count, 0],
                "values": [labels.VERDICT, first + 1, column, first + count, column],
                "fill": {"color": looks["levels"][level]},
                "border": {"color": looks["outline"]},
                "gap": 60,
                **({"data_labels": label} if column == 1 else {}),
            }
        )
    lines = {"visible": True, "line": {"color": looks["line"]}}
    chart.set_x_axis({"min": 0, "max": 1, "num_format": "0%", "num_font": font, "major_gridlines": lines})
    chart.set_y_axis({"reverse": True, "num_font": font})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_title({"none": True})
    return chart


def _paper(sheet: Sheet) -> None:
    page = sheet.page
    page.protect("", PROTECTION)
    page.set_paper(9)
    page.set_portrait()
    page.fit_to_pages(1, 1)
    page.print_area(0, 0, sheet.row, _LAST)
    page.center_horizontally()
    page.hide_gridlines(2)
