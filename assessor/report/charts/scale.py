"""Where does the firm stand between nothing and everything? One line with the cuts of the levels."""

from itertools import pairwise

from assessor.diagnosis import Verdict
from assessor.report.charts.marks import WIDTH, dot, heading, interval, shown_sides, side_name, sizes
from assessor.report.charts.svg import Drawing, listed, text_width
from assessor.report.looks import Theme
from assessor.report.wording import (
    cuts_of,
    level_sentence,
    level_span_text,
    missing_text,
    ordinal,
    score_text,
)
from assessor.scoring.figures import points_text
from assessor.scoring.result import ModelResult, SideResult
from assessor.words import _, named

_LEFT, _RIGHT = 14.0, WIDTH - 14.0
_TRACK, _HEIGHT = 66.0, 22.0


def score_scale(verdict: Verdict, theme: Theme) -> str:
    """The score line of one model, claimed above and verified below it."""
    result = verdict.result
    drawing = Drawing(WIDTH, 136, scale_title(verdict), _desc(result))
    heading(drawing, theme)
    _track(drawing, result, theme)
    for side in shown_sides(result):
        _mark(drawing, result, side, theme)
    return drawing.svg()


def scale_title(verdict: Verdict) -> str:
    """The finding: where the score lies, and how far the next cut is."""
    other = level_sentence(verdict)
    if other:
        return other
    side, gaps = verdict.result.counting, verdict.gaps
    head = _("{score} 分，{level_span}").format(
        score=score_text(verdict.result), level_span=level_span_text(side)
    )
    if gaps is None:
        return _("{head}，已是最高等级").format(head=head)
    if gaps.score == 0:
        return _("{head}；分数已过{ordinal}线").format(head=head, ordinal=ordinal(gaps.level))
    return _("{head}；离{ordinal}线还差 {missing} 分").format(
        head=head, ordinal=ordinal(gaps.level), missing=missing_text(gaps.score)
    )


def _desc(result: ModelResult) -> str:
    cuts = _("、").join(
        f"{ordinal(gate.level)} {points_text(int(gate.score * 1000))}" for gate in result.model.gates.rows
    )
    sides = [
        _("{side} {score} 分").format(side=side_name(side.side), score=score_text(result, side.side))
        for side in shown_sides(result)
    ]
    return listed([*sides, _("各级分数线：{cuts}").format(cuts=cuts)])


def _place(points: float, result: ModelResult) -> float:
    return _LEFT + (_RIGHT - _LEFT) * points / (float(result.model.total) * 1000)


def _track(drawing: Drawing, result: ModelResult, theme: Theme) -> None:
    size = sizes()
    names = {item.level: named(item) for item in result.model.levels}
    ends = [0, *cuts_of(result.model), int(result.model.total * 1000)]
    for level, (low, high) in enumerate(pairwise(ends)):
        left, right = _place(low, result), _place(high, result)
        colour = theme.levels[min(level, 4)]
        drawing.rect(left, _TRACK, right - left, _HEIGHT, fill=colour)
        name = names.get(level, ordinal(level))
        if text_width(name, size.note) < right - left - 6:
            front = theme.on_levels[min(level, 4)]
            drawing.text((left + right) / 2, _TRACK + _HEIGHT / 2, name, size.note, front, anchor="middle")
    drawing.rect(_LEFT, _TRACK, _RIGHT - _LEFT, _HEIGHT, fill="none", stroke=theme.outline, stroke_width=1)
    for points in ends:
        x = _place(points, result)
        drawing.line(x, _TRACK + _HEIGHT, x, _TRACK + _HEIGHT + 5, stroke=theme.outline, stroke_width=1)
        label = points_text(points, decimals=0)
        drawing.text(x, _TRACK + _HEIGHT + 14, label, size.note, theme.quiet, anchor="middle")


def _mark(drawing: Drawing, result: ModelResult, side: SideResult, theme: Theme) -> None:
    size = sizes()
    above = side.side == "claimed"
    y = _TRACK - 9 if above else _TRACK + _HEIGHT + 29
    low, high = _place(side.span.low, result), _place(side.span.high, result)
    if not above:
        drawing.line(low, _TRACK, low, y, stroke=theme.accent, stroke_width=1)
    if not side.span.known:
        interval(drawing, low, high, y, theme)
        dot(drawing, high, y, side.side, theme, 4)
    dot(drawing, low, y, side.side, theme)
    label = f"{side_name(side.side)} {score_text(result, side.side)}"
    need = text_width(label, size.label) + 12
    text_y = y - 16 if above else y
    _label(drawing, (low, high), text_y, label, need, theme, beside=not above)


def _label(
    drawing: Drawing,
    ends: tuple[float, float],
    y: float,
    label: str,
    need: float,
    theme: Theme,
    *,
    beside: bool,
) -> None:
    """Above the mark; or beside it, or in the middle of a wide interval."""
    size, (low, high) = sizes(), ends
    if not beside:
        x = min(max((low + high) / 2, need / 2), WIDTH - need / 2)
        drawing.text(x, y, label, size.label, theme.ink, anchor="middle", bold=True)
    elif high - low > need + 30:
        x = (low + high) / 2
        drawing.rect(x - need / 2, y - 8, need, 16, fill=theme.ground)
        drawing.text(x, y, label, size.label, theme.ink, anchor="middle", bold=True)
    elif high + need < WIDTH:
        drawing.text(high + 12, y, label, size.label, theme.ink, bold=True)
    else:
        drawing.text(low - 12, y, label, size.label, theme.ink, anchor="end", bold=True)
