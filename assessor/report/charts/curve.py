"""What more money buys: plans from nothing to everything, each with its score and level."""

from collections.abc import Sequence
from itertools import pairwise

from assessor.report.charts.marks import WIDTH, heading, sizes
from assessor.report.charts.svg import Drawing, listed, text_width
from assessor.report.looks import Theme
from assessor.report.roadmap_words import money_text, score_of
from assessor.report.wording import ordinal
from assessor.roadmap.curve import Point
from assessor.words import _

_LEFT, _RIGHT, _TOP, _BOTTOM, _HEIGHT = 46.0, 18.0, 46.0, 38.0, 280.0


def curve_chart(points: Sequence[Point], model: str, theme: Theme, shown: int | None = None) -> str:
    """Score over money for one model; `shown` is the cost (tenths of 万元) of the plan in hand."""
    drawing = Drawing(WIDTH, _HEIGHT, curve_title(points), _desc(points))
    heading(drawing, theme)
    if points:
        _Plot(drawing, points, theme).draw(model, shown)
    return drawing.svg()


def curve_title(points: Sequence[Point]) -> str:
    """The finding: where the next level begins, and from where on money buys little."""
    if len(points) < 2:
        return _("在这些限制下，多花钱也换不来更高的分")
    risen = [(one, two) for one, two in pairwise(points) if two.level > one.level]
    if risen:
        told = [
            _("{money}到{level}").format(money=money_text(two.cost), level=ordinal(two.level))
            for _one, two in risen
        ]
        return _("多花钱换来的等级：{list}").format(list=_("，").join(told))
    first, last = points[0], points[-1]
    return _("花到 {money}，得分从 {old} 到 {new}，等级不变").format(
        money=money_text(last.cost), old=score_of(first.score), new=score_of(last.score)
    )


def _desc(points: Sequence[Point]) -> str:
    told = _("{money} {score} 分 {level}")
    return listed(
        [
            told.format(money=money_text(one.cost), score=score_of(one.score), level=ordinal(one.level))
            for one in points
        ]
    )


class _Plot:
    """One axis of money, one of points."""

    def __init__(self, drawing: Drawing, points: Sequence[Point], theme: Theme) -> None:
        self._drawing, self._points, self._theme = drawing, points, theme
        self._size = sizes()
        self._most = max([one.cost for one in points] + [10])
        scores = [one.score / 1000 for one in points]
        self._step = 10 if max(scores) - min(scores) > 12 else 5
        self._low = int(min(scores) // self._step) * self._step
        self._high = max(self._low + self._step, -int(-max(scores) // self._step) * self._step)

    def _x(self, cost: float) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT - 20) * cost / self._most

    def _y(self, score: float) -> float:
        room = _HEIGHT - _TOP - _BOTTOM
        return _TOP + room * (1 - (score - self._low) / (self._high - self._low))

    def draw(self, model: str, shown: int | None) -> None:
        """Axes, the steps, a dot a plan."""
        self._axes(model)
        line: list[tuple[float, float]] = []
        for point in self._points:
            x, y = self._x(point.cost), self._y(point.score / 1000)
            if line:
                line.append((x, line[-1][1]))
            line.append((x, y))
        line.append((self._x(self._most), line[-1][1]))
        self._drawing.path(line, fill="none", stroke=self._theme.outline, stroke_width=1.5)
        if shown is not None and shown <= self._most:
            self._here(shown)
        for point in self._points:
            self._dot(point)
        self._labels()

    def _axes(self, model: str) -> None:
        drawing, theme, note = self._drawing, self._theme, self._size.note
        for score in range(self._low, self._high + 1, self._step):
            y = self._y(score)
            drawing.line(_LEFT, y, WIDTH - _RIGHT, y, stroke=theme.line, stroke_width=1)
            drawing.text(_LEFT - 6, y, str(score), note, theme.quiet, anchor="end")
        drawing.text(0, _TOP - 16, _("{model}（分）").format(model=model), note, theme.quiet)
        step = _round_step(self._most / 10)
        amount = 0
        while amount * 10 <= self._most:
            x = self._x(amount * 10)
            drawing.line(x, _HEIGHT - _BOTTOM, x, _HEIGHT - _BOTTOM + 4, stroke=theme.outline, stroke_width=1)
            drawing.text(x, _HEIGHT - _BOTTOM + 13, f"{amount:,}", note, theme.quiet, anchor="middle")
            amount += step
        said = _("整个计划期共付（万元，扣除确定的奖补）")
        drawing.text(WIDTH - _RIGHT, _HEIGHT - 8, said, note, theme.quiet, anchor="end")

    def _here(self, cost: int) -> None:
        x, theme = self._x(cost), self._theme
        drawing = self._drawing
        drawing.line(
            x, _TOP, x, _HEIGHT - _BOTTOM, stroke=theme.accent, stroke_width=1.5, stroke_dasharray="5 3"
        )
        text = _("现在这个方案 {money}").format(money=money_text(cost))
        wide = text_width(text, self._size.note)
        at = max(_LEFT, min(x + 5, WIDTH - _RIGHT - wide))
        drawing.text(at, _HEIGHT - _BOTTOM - 10, text, self._size.note, theme.accent)

    def _dot(self, point: Point) -> None:
        theme, shade = self._theme, min(max(point.level, 0), 4)
        x, y = self._x(point.cost), self._y(point.score / 1000)
        self._drawing.circle(x, y, 5.5, fill=theme.levels[shade], stroke=theme.ink, stroke_width=1.25)

    def _labels(self) -> None:
        """The level beside the first plan that holds it, and the score of the last."""
        level, theme = None, self._theme
        for point in self._points:
            if point.level == level and point is not self._points[-1]:
                continue
            level = point.level
            text = f"{ordinal(level)} {score_of(point.score)}"
            x, y = self._x(point.cost), self._y(point.score / 1000)
            wide = text_width(text, self._size.label)
            at, up = (x + 9, -9) if point is self._points[0] else (x - wide / 2, 14)
            at = min(max(at, _LEFT), WIDTH - wide)
            self._drawing.text(at, y - up, text, self._size.label, theme.ink, bold=True)


def _round_step(most: float) -> int:
    """A round distance of marks so that there are four to ten of them."""
    step = 1
    while most / step > 10:
        step *= 5 if str(step)[0] == "1" else 2
    return step
