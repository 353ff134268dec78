"""The score sheet: every point, part, gate and level as a live formula, claimed and verified side by side."""

from dataclasses import dataclass
from typing import Any

from assessor.answers.model import Side
from assessor.exchange import labels
from assessor.exchange.index import IndexTerms, index_terms
from assessor.exchange.page import level_name
from assessor.exchange.pen import PROTECTION, Pen
from assessor.exchange.points import Ends, PointsTerms, points_terms
from assessor.exchange.style import height_of
from assessor.exchange.term import EMPTY, Term, div, lit, same, when
from assessor.pack.maturity import Dimension, IndexModel, PointsModel
from assessor.scoring.index_result import IndexResult
from assessor.scoring.result import ModelResult, Span

_SIDES: tuple[Side, ...] = ("claimed", "verified")
_WIDTHS = (10, 44, 10, 11, 11, 11, 11, 16)
_HEADERS = ("编号", "指标", "满分", "自报 低", "自报 高", "核实 低", "核实 高", "说明")
_POINTS, _PERCENT, _COUNT, _MET = "0.0##", "0.0%", "0", '[=1]"是";[=0]"否";General'
Two = dict[Side, Ends]
"""Both ends on both sides."""


@dataclass
class Scored:
    """The formulas of all models, by model id and side."""

    points: dict[str, dict[Side, PointsTerms]]
    indexes: dict[str, dict[Side, IndexTerms]]


def score_terms(pen: Pen) -> Scored:
    """The formulas of every model that can be computed."""
    return Scored(
        {
            verdict.result.model.id: {
                side: points_terms(pen.sight, verdict.result.model, side) for side in _SIDES
            }
            for verdict in pen.diagnosis.verdicts
        },
        {
            result.model.id: {side: index_terms(pen.sight, result.model, side) for side in _SIDES}
            for result in pen.diagnosis.indexes
        },
    )


class Sheet:
    """Writes rows below each other."""

    def __init__(self, pen: Pen) -> None:
        self.pen, self.page = pen, pen.xlsx.get_worksheet_by_name(labels.SCORE)
        self.row = 0
        for column, width in enumerate(_WIDTHS):
            self.page.set_column(column, column, width, pen.styles.make())

    def title(self, text: str, note: str = "") -> None:
        """A heading with a quiet line under it."""
        self.page.write_string(self.row, 0, text, self.pen.styles.title("section"))
        self.page.set_row(self.row, 26)
        self.row += 1
        if note:
            self.page.write_string(self.row, 0, note, self.pen.styles.quiet(text_wrap=False))
            self.row += 1

    def note(self, text: str) -> None:
        """A quiet paragraph across the sheet."""
        self.page.merge_range(self.row, 0, self.row, len(_WIDTHS) - 1, text, self.pen.styles.quiet())
        self.page.set_row(self.row, height_of(text, sum(_WIDTHS), self.pen.styles.table))
        self.row += 2

    def headers(self, names: tuple[str, ...]) -> None:
        """A row of headers."""
        for column, name in enumerate(names):
            self.page.write_string(self.row, column, name, self.pen.styles.header())
        self.row += 1

    def line(
        self,
        key: str,
        title: str,
        most: float | str,
        two: Two,
        form: str,
        note: Term | str = "",
        *,
        strong: bool = False,
    ) -> None:
        """One row: what it is, the most there is, both ends on both sides."""
        styles = self.pen.styles
        more: dict[str, Any] = {"bold": True, "bg_color": styles.looks["panel"]} if strong else {}
        self.page.write_string(
            self.row, 0, key, styles.cell(**{**more, "font_color": styles.looks["quiet"], "font_size": 8})
        )
        self.page.write_string(self.row, 1, title, styles.cell(**more))
        figure = styles.cell(num_format=form, align="right", **more)
        self.pen.put(self.page, self.row, 2, most, figure)
        column = 3
        for side in _SIDES:
            for term in (two[side].low, two[side].high):
                self.pen.formula(self.page, self.row, column, term, figure)
                column += 1
        if isinstance(note, Term):
            self.pen.formula(self.page, self.row, column, note, styles.cell(indent=1, **more))
        else:
            self.page.write_string(self.row, column, note, styles.cell(indent=1, **more))
        self.row += 1


def write_score(pen: Pen, scored: Scored) -> None:
    """The whole sheet; results are the engine's."""
    sheet = Sheet(pen)
    sheet.title(
        "得分明细", "本页全由公式算出，不用填。低、高两列不同，说明还有题没答；把题答完，两列就一样。"
    )
    for verdict in pen.diagnosis.verdicts:
        _points(sheet, verdict.result, scored.points[verdict.result.model.id])
    for result in pen.diagnosis.indexes:
        _index(sheet, result, scored.indexes[result.model.id])
    for problem in pen.diagnosis.refused:
        sheet.title(problem.what, problem.remedy)
    if pen.sight.unwritable:
        sheet.title("没有写成公式的规则", "、".join(dict.fromkeys(pen.sight.unwritable)))
    page = sheet.page
    page.protect("", PROTECTION)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.print_area(0, 0, max(sheet.row - 1, 1), len(_WIDTHS) - 1)
    page.set_footer("&C&8&A&R&8第 &P 页，共 &N 页")
    page.hide_gridlines(2)


def thousandth(term: Term) -> Term:
    """Thousandths as points; empty stays empty."""
    return when(same(term, EMPTY), EMPTY, div(term, lit(1000)))


def _engine(two: Two, claimed: Span | None, verified: Span | None) -> Two:
    """The same formulas with the engine's figures as their results."""

    def given(ends: Ends, span: Span | None) -> Ends:
        if span is None:
            return Ends(ends.low.giving(""), ends.high.giving(""))
        return Ends(ends.low.giving(span.low / 1000), ends.high.giving(span.high / 1000))

    return {"claimed": given(two["claimed"], claimed), "verified": given(two["verified"], verified)}


def _levels(two: Two, low: tuple[int, int], high: tuple[int, int]) -> Two:
    return {
        side: Ends(two[side].low.giving(low[index]), two[side].high.giving(high[index]))
        for index, side in enumerate(_SIDES)
    }


def _points(sheet: Sheet, result: ModelResult, terms: dict[Side, PointsTerms]) -> None:
    model, claimed, verified = result.model, result.claimed, result.verified
    sheet.title(model.title, model.note[:90])
    sheet.headers(_HEADERS)
    for dimension in model.dimensions:
        _dimension(sheet, result, terms, dimension)
    two = _engine({side: terms[side].score.map(thousandth) for side in _SIDES}, claimed.span, verified.span)
    sheet.line("", "总分", float(model.total), two, _POINTS, strong=True)
    _scenes(sheet, result, terms)
    _gates(sheet, model, terms)
    levels = {side: terms[side].level for side in _SIDES}
    levels = _levels(
        levels, (claimed.level_low, verified.level_low), (claimed.level_high, verified.level_high)
    )
    sheet.line("", "等级", "", levels, _COUNT, strong=True)
    sheet.note("；".join(f"{level_name(entry)}：{entry.text}" for entry in model.levels))


def _dimension(
    sheet: Sheet, result: ModelResult, terms: dict[Side, PointsTerms], dimension: Dimension
) -> None:
    """The questions of a dimension and their sum, with the engine's results."""
    spans = {side: {item.id: item.span for item in result.on(side).questions} for side in _SIDES}
    for part in dimension.parts:
        for leaf in part.indicators:
            key = leaf.question
            two = {side: terms[side].questions[key].map(thousandth) for side in _SIDES}
            two = _engine(two, spans["claimed"][key], spans["verified"][key])
            most = spans["claimed"][key].most / 1000
            sheet.line(key, f"{part.title}　{leaf.title}", most, two, _POINTS)
    sums = [next(d.span for d in result.on(side).dimensions if d.id == dimension.id) for side in _SIDES]
    two = _engine({side: terms[side].dimensions[dimension.id].map(thousandth) for side in _SIDES}, *sums)
    sheet.line("", dimension.title, float(dimension.points or 0), two, _POINTS, strong=True)


def _scenes(sheet: Sheet, result: ModelResult, terms: dict[Side, PointsTerms]) -> None:
    sheet.headers(("编号", "场景（级别）", "最高", *_HEADERS[3:]))
    binding = {scene.id for scene in result.model.scenes if scene.binding}
    for scene in result.model.scenes:
        title = sheet.pen.book.pack.questions[scene.id].title
        two = {side: terms[side].scenes[scene.id] for side in _SIDES}
        sheet.line(scene.id, title, 4, two, _COUNT, "约束性场景" if scene.id in binding else "")


def _gates(sheet: Sheet, model: PointsModel, terms: dict[Side, PointsTerms]) -> None:
    sheet.headers(("", "等级门槛", "要求", *_HEADERS[3:]))
    for index, gate in enumerate(model.gates.rows):
        name = level_name(next(level for level in model.levels if level.level == gate.level))
        gates = {side: terms[side].gates[index] for side in _SIDES}
        two = {side: terms[side].score.map(thousandth) for side in _SIDES}
        sheet.line("", f"{name}：总分", float(gate.score), two, _POINTS)
        two = {side: gates[side].scenes for side in _SIDES}
        sheet.line("", f"{name}：够 {gate.level} 级的场景数", gate.scenes, two, _COUNT)
        two = {side: gates[side].binding for side in _SIDES}
        sheet.line("", f"{name}：其中约束性场景数", gate.binding, two, _COUNT)
        two = {side: gates[side].met for side in _SIDES}
        sheet.line("", f"{name}：三项都满足", "", two, _MET, _said(gates["claimed"].met), strong=True)


def _said(met: Ends) -> Term:
    """A gate in words, on the claimed side."""
    certain, possible = same(met.low, lit(1)), same(met.high, lit(1))
    return when(certain, lit("自报：达到"), when(possible, lit("自报：待定"), lit("自报：未达到")))


def _index(sheet: Sheet, result: IndexResult, terms: dict[Side, IndexTerms]) -> None:
    model = result.model
    sheet.title(model.title, model.note)
    sheet.headers(("编号", "指标（权重）", "权重", *_HEADERS[3:]))
    for dimension in model.dimensions:
        for part in dimension.parts:
            two = {side: terms[side].parts[part.id].share for side in _SIDES}
            sheet.line(part.id, f"　{part.title}", float(part.weight or 0), two, _PERCENT)
            _weight(sheet, float(part.weight or 0))
        two = {side: terms[side].dimensions[dimension.id] for side in _SIDES}
        weight = sum(float(part.weight or 0) for part in dimension.parts)
        sheet.line("", dimension.title, weight, two, _PERCENT, strong=True)
        _weight(sheet, weight, strong=True)
    two = _engine(
        {side: terms[side].score.map(thousandth) for side in _SIDES},
        result.claimed.span,
        result.verified.span,
    )
    sheet.line("", "指数", float(model.total), two, _POINTS, strong=True)
    _needs(sheet, model, terms)
    stages = _levels(
        {side: terms[side].stage for side in _SIDES},
        (result.claimed.level_low, result.verified.level_low),
        (result.claimed.level_high, result.verified.level_high),
    )
    sheet.line("", "阶段", "", stages, _COUNT, strong=True)
    sheet.note("；".join(f"{level_name(entry)}：{entry.text}" for entry in model.levels))


def _weight(sheet: Sheet, weight: float, *, strong: bool = False) -> None:
    """The weight stands as a plain number beside the per cents."""
    styles = sheet.pen.styles
    more: dict[str, Any] = {"bold": True, "bg_color": styles.looks["panel"]} if strong else {}
    style = styles.cell(num_format="0.##", align="right", **more)
    sheet.page.write_number(sheet.row - 1, 2, weight, style)


def _needs(sheet: Sheet, model: IndexModel, terms: dict[Side, IndexTerms]) -> None:
    sheet.headers(("", "阶段门槛", "要求", *_HEADERS[3:]))
    titles = {part.id: part.title for _, part in model.parts()}
    for gate in model.gates.rows:
        name = level_name(next(level for level in model.levels if level.level == gate.level))
        for place, need in enumerate(gate.needs):
            two = {side: terms[side].needs[gate.level][place].mean for side in _SIDES}
            title = f"{name}：{'、'.join(titles[part] for part in need.parts)}"
            sheet.line("", title, float(need.at_least) / 100, two, _PERCENT)
