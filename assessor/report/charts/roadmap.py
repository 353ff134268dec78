"""The plan at a glance: levels on top, actions as bars by quarter, money and people on the same axis.

The same picture stands in the window, where bars can be moved; `gantt` says where each bar lies.
"""

from collections.abc import Sequence
from itertools import groupby

from assessor.report.charts.gantt import (
    CASH,
    COST,
    GROUP,
    KINDS,
    LEGEND,
    LEVELS,
    LINE,
    PEOPLE,
    Bar,
    Box,
    Gantt,
    Places,
    in_order,
    places_of,
)
from assessor.report.charts.marks import DASHES, WIDTH, sizes
from assessor.report.charts.svg import Anchor, Drawing, listed, text_width, wrap
from assessor.report.looks import Theme
from assessor.report.roadmap_words import money_text, score_of
from assessor.report.wording import ordinal
from assessor.roadmap.quarters import YEAR
from assessor.words import _, named

_LARGE = 1000
_NEAR = 14.0


def roadmap_chart(
    view: Gantt, theme: Theme, width: float = WIDTH, rows: Sequence[str] = (), *, headed: bool = True
) -> str:
    """The plan; `rows` keeps bars in an order of rows while they are moved.

    Without `headed` the finding is not written above it: where it stands beside the picture anyway.
    """
    places = places_of(view, width, rows, headed=headed)
    drawing = Drawing(width, places.height, view.title, _desc(view))
    frame = _Frame(drawing, view, theme, places)
    if headed:
        frame.heading()
    frame.levels()
    frame.quarters()
    frame.actions(in_order(view.bars, rows))
    frame.cash()
    frame.people()
    frame.legend()
    return drawing.svg()


def _desc(view: Gantt) -> str:
    bars = [
        _("{title}第 {start} 到第 {finish} 季度，{money}").format(
            title=named(bar), start=bar.start, finish=bar.finish, money=money_text(bar.cost)
        )
        for bar in view.bars
    ]
    return listed(bars) or _("没有排入任何举措。")


class _Frame:
    """Draws the parts onto one axis of quarters."""

    def __init__(self, drawing: Drawing, view: Gantt, theme: Theme, places: Places) -> None:
        self._drawing, self._view, self._theme, self._places = drawing, view, theme, places
        self._size = sizes()
        self._bottom = places.height - CASH - 2 * PEOPLE - LEGEND
        self._top = places.top
        self._finish = {bar.id: bar.finish for bar in view.bars}

    def _x(self, quarter: int) -> float:
        """The left side of a quarter, counted from 1."""
        return self._places.left + self._places.column * (quarter - 1)

    def _text(
        self, x: float, y: float, text: str, anchor: Anchor = "start", fill: str = "", bold: bool = False
    ) -> None:
        front = fill or self._theme.quiet
        self._drawing.text(x, y, text, self._size.note, front, anchor=anchor, bold=bold)

    def heading(self) -> None:
        """The finding, over as many lines as it takes."""
        size = self._size.title
        for place, line in enumerate(wrap(self._view.title, size, self._drawing.width, lines=3)):
            self._drawing.text(0, 10 + LINE * place, line, size, self._theme.ink, bold=True)

    def _figure(self, x: float, y: float, text: str, fill: str) -> None:
        """A figure over its column; at the right end within the picture."""
        half = text_width(text, self._size.note) / 2
        self._text(min(x, self._drawing.width - half), y, text, "middle", fill)

    # -- levels

    def levels(self) -> None:
        """The level as a band, the score as a line of steps above it."""
        drawing, theme, rows, top = self._drawing, self._theme, self._view.scores, self._top
        self._text(0, top + 14, _("季末得分"))
        self._text(0, top + 50, _("等级"))
        today = _("现在 {score} 分").format(score=score_of(rows[0].low)) if rows[0].low >= 0 else ""
        self._text(self._places.left - 8, top + 14, today, "end")
        self._text(self._places.left - 8, top + 50, ordinal(rows[0].level_low), "end")
        self._steps()
        for level, run in groupby(range(1, len(rows)), key=lambda quarter: rows[quarter].level_low):
            quarters = list(run)
            left, wide = self._x(quarters[0]), self._places.column * len(quarters)
            shade = min(max(level, 0), 4)
            fill = theme.levels[shade]
            drawing.rect(left, top + 40, wide, 20, fill=fill, stroke=theme.outline, stroke_width=0.75)
            name = ordinal(level)
            if text_width(name, self._size.note) < wide:
                front = theme.on_levels[shade]
                middle = left + wide / 2
                drawing.text(middle, top + 50, name, self._size.note, front, anchor="middle", bold=True)

    def _steps(self) -> None:
        column, scores = self._places.column, [one.low for one in self._view.scores]
        low, high = min(scores), max(scores)
        if low < 0:
            return
        rise = [16 * (score - low) / max(1, high - low) for score in scores]
        heights = [self._top + 34 - each for each in rise]
        line: list[tuple[float, float]] = []
        for quarter in range(1, len(scores)):
            x, y = self._x(quarter), heights[quarter]
            line += [(x, y), (x + column, y)]
        self._drawing.path(line, fill="none", stroke=self._theme.accent, stroke_width=2)
        last = ""
        for quarter in range(1, len(scores)):
            label = score_of(scores[quarter])
            wide = text_width(label, self._size.note)
            if label != last and wide < column + 6:
                x = min(self._x(quarter) + column / 2, self._drawing.width - wide / 2)
                self._text(x, heights[quarter] - 9, label, "middle", self._theme.ink)
                last = label

    # -- quarters

    def quarters(self) -> None:
        """Years and quarters, and the grid under them."""
        view, theme = self._view, self._theme
        top = self._top + LEVELS + 2
        for quarter in range(1, view.quarters + 1):
            x = self._x(quarter)
            year, number = self._calendar(quarter)
            begins_year = quarter == 1 or number == 1 or (view.first is None and (quarter - 1) % YEAR == 0)
            self._drawing.line(
                x,
                top if begins_year else top + 14,
                x,
                self._bottom + CASH + 2 * PEOPLE,
                stroke=theme.outline if begins_year else theme.line,
                stroke_width=0.75,
            )
            if begins_year and (quarter < view.quarters or view.first is None):
                self._text(x + 4, top + 6, year)
            name = _("{number}季").format(number=number)
            self._text(x + self._places.column / 2, top + 20, name, anchor="middle", fill=theme.ink)
        end = self._x(view.quarters + 1)
        self._drawing.line(
            end, top, end, self._bottom + CASH + 2 * PEOPLE, stroke=theme.outline, stroke_width=0.75
        )
        self._text(0, top + 20, _("举措"))
        self._text(self._places.left - 8, top + 20, _("万元"), anchor="end")

    def _calendar(self, quarter: int) -> tuple[str, int]:
        first = self._view.first
        if first is None:
            return _("第 {year} 年").format(year=(quarter - 1) // YEAR + 1), quarter
        found = first.plus(quarter - 1)
        return _("{year}年").format(year=found.year), found.number

    # -- bars

    def actions(self, bars: Sequence[Bar]) -> None:
        """Bars by kind, each with its name and cost, and arrows from what must come before."""
        theme = self._theme
        groups = [(kind, list(group)) for kind, group in groupby(bars, key=lambda bar: bar.kind)]
        for kind, lines in groups:
            y = self._places.rows[lines[0].id].y - GROUP
            self._drawing.rect(0, y + 3, self._drawing.width, GROUP - 5, fill=theme.panel)
            self._text(6, y + GROUP / 2 + 0.5, _(KINDS[kind]), fill=theme.ink)
        for bar in bars:
            for other in bar.needs:
                if other in self._places.bars:
                    self._arrow(other, bar)
        for bar in bars:
            self._bar(bar)

    def _bar(self, bar: Bar) -> None:
        drawing, theme, box = self._drawing, self._theme, self._places.bars[bar.id]
        y = box.y + box.height / 2
        room = self._places.left - COST - 6 - (16 if bar.kept else 0)
        [title, *_rest] = wrap(named(bar), self._size.label, room - 8, lines=1) or [named(bar)]
        drawing.text(8, y, title, self._size.label, theme.ink)
        if bar.kept:
            x = 14 + text_width(title, self._size.label)
            drawing.path(
                [(x, y), (x + 3, y + 4), (x + 9, y - 4)], fill="none", stroke=theme.green, stroke_width=1.75
            )
        cost = f"{bar.cost / 10:,.1f}"
        self._text(self._places.left - 8, y, cost, anchor="end", fill=theme.ink)
        colour = theme.red if bar.broken else theme.accent
        dash = DASHES if bar.broken else None
        fill = theme.red_soft if bar.broken else theme.accent
        drawing.rect(
            box.x,
            box.y,
            box.width,
            box.height,
            round=3,
            fill=fill,
            stroke=colour,
            stroke_width=1.25,
            stroke_dasharray=dash,
        )
        self._signs(bar, box, theme.red if bar.broken else theme.on_accent)

    def _signs(self, bar: Bar, box: Box, front: str) -> None:
        """In the bar: a pin where a person fixed it, and words where there is room."""
        x, y = box.x + 9, box.y + box.height / 2
        if bar.pinned:
            self._drawing.path([(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)], closed=True, fill=front)
            x += 10
        text = _("红线")
        if bar.cures and text_width(text, self._size.note) < box.x + box.width - x:
            self._drawing.text(x - (0 if bar.pinned else 4), y, text, self._size.note, front)

    def _arrow(self, before: str, bar: Bar) -> None:
        """Down or up right after the first, then along the empty row of the second."""
        one, two = self._places.bars[before], self._places.bars[bar.id]
        x1, y1 = one.x + one.width, one.y + one.height / 2
        x2, y2 = two.x, two.y + two.height / 2
        late = bar.start <= self._finish[before]
        colour, down = self._theme.red if late else self._theme.outline, 1 if y2 > y1 else -1
        end = two.x + two.width
        if x2 - x1 > _NEAR:
            path = [(x1, y1), (x1 + 5, y1), (x1 + 5, y2), (x2 - 1, y2)]
            head = [(x2 - 5, y2 - 3), (x2 - 5, y2 + 3), (x2, y2)]
        elif end < x1 + 5:
            path = [(x1, y1), (x1 + 5, y1), (x1 + 5, y2), (end + 1, y2)]
            head = [(end + 5, y2 - 3), (end + 5, y2 + 3), (end, y2)]
        else:
            turn, tip = max(x1, x2) + 5, y2 - down * (two.height / 2)
            path = [(x1, y1), (turn, y1), (turn, tip)]
            head = [(turn - 3, tip - 4 * down), (turn + 3, tip - 4 * down), (turn, tip)]
        self._drawing.path(path, fill="none", stroke=colour, stroke_width=1)
        self._drawing.path(head, closed=True, fill=colour)

    def legend(self) -> None:
        """What the signs mean; only those that are there."""
        bars, theme, x, y = self._view.bars, self._theme, 8.0, self._places.height - 8
        if any(bar.kept for bar in bars):
            self._drawing.path(
                [(x, y), (x + 3, y + 4), (x + 9, y - 4)], fill="none", stroke=theme.green, stroke_width=1.75
            )
            x = self._say(x + 14, y, _("费用高低都该做"))
        if any(bar.pinned for bar in bars):
            sign = [(x + 4, y - 5), (x + 9, y), (x + 4, y + 5), (x - 1, y)]
            self._drawing.path(sign, closed=True, fill=theme.accent)
            x = self._say(x + 14, y, _("由人定了开始季度"))
        if any(bar.broken for bar in bars):
            self._drawing.rect(
                x, y - 5, 16, 10, round=2, fill=theme.red_soft, stroke=theme.red, stroke_dasharray=DASHES
            )
            x = self._say(x + 21, y, _("碰到限制"))
        if any(bar.needs for bar in bars):
            self._say(x, y, _("箭头：做完前一项才能开始"))

    def _say(self, x: float, y: float, text: str) -> float:
        self._text(x, y, text)
        return x + text_width(text, self._size.note) + 18

    # -- money and people

    def cash(self) -> None:
        """What is paid in each quarter, and in each year of the budget."""
        view, theme, drawing = self._view, self._theme, self._drawing
        top, base = self._bottom + 18, self._bottom + CASH - 14
        most = max([*view.cash, 0.1])
        self._text(0, self._bottom + 8, _("付款（万元）"), fill=theme.ink)
        for quarter, amount in enumerate(view.cash, 1):
            height = (base - top - 10) * amount / most
            x, wide = self._x(quarter) + 4, self._places.column - 8
            drawing.rect(x, base - height, wide, height, fill=theme.levels[2])
            if amount:
                self._figure(x + wide / 2, base - height - 7, _short(amount), theme.ink)
        drawing.line(self._places.left, base, drawing.width - 2, base, stroke=theme.outline, stroke_width=1)
        self._years(base + 8)

    def _years(self, y: float) -> None:
        view = self._view
        for begin in range(0, view.quarters, YEAR):
            paid = sum(view.cash[begin : begin + YEAR])
            over = view.budget is not None and round(paid * 10, 6) > view.budget
            text = _("第 {year} 年 {paid}").format(year=begin // YEAR + 1, paid=_short(paid))
            if view.budget is not None:
                text += _("／预算 {budget}").format(budget=_short(view.budget / 10))
            wide = self._places.column * min(YEAR, view.quarters - begin)
            if text_width(text, self._size.note) > wide:
                text = _short(paid)
            colour = self._theme.red if over else self._theme.quiet
            middle, need = self._x(begin + 1) + wide / 2, text_width(text, self._size.note)
            self._drawing.rect(middle - need / 2, y - 7, need, 14, fill=self._theme.ground)
            self._text(middle, y, text, "middle", colour, bold=over)

    def people(self) -> None:
        """Own person-days by quarter against what can be spared."""
        y = self._bottom + CASH
        names = (_("信息化人天"), _("业务人天"))
        for name, days, most in zip(names, (self._view.it, self._view.ops), self._view.people, strict=True):
            self._days(y, name, days, most)
            y += PEOPLE

    def _days(self, y: float, name: str, days: Sequence[float], most: int) -> None:
        theme, drawing, room = self._theme, self._drawing, PEOPLE - 10
        base = y + PEOPLE - 4
        top = max([*days, float(most), 1.0])
        self._text(0, base - 8, _("{name}（每季 {most}）").format(name=name, most=most), fill=theme.ink)
        for quarter, need in enumerate(days, 1):
            height = room * need / top
            over = need > most
            x, wide = self._x(quarter) + 4, self._places.column - 8
            fill = theme.red_soft if over else theme.levels[1]
            stroke = theme.red if over else None
            drawing.rect(
                x, base - height, wide, height, fill=fill, stroke=stroke, stroke_width=1 if over else None
            )
            if need:
                front = theme.red if over else theme.quiet
                at = base - height / 2 if height > 13 else base - height - 6
                if over or height <= 13:
                    self._figure(x + wide / 2, at, f"{need:.0f}", front)
                else:
                    drawing.text(
                        x + wide / 2, at, f"{need:.0f}", self._size.note, theme.on_levels[1], anchor="middle"
                    )
        line = base - room * most / top
        drawing.line(
            self._places.left,
            line,
            drawing.width - 2,
            line,
            stroke=theme.outline,
            stroke_width=1,
            stroke_dasharray=DASHES,
        )


def _short(amount: float) -> str:
    """An amount in 万元 as short as it can be said: to a tenth, from a thousand on whole."""
    return f"{round(amount):,}" if amount >= _LARGE else f"{round(amount, 1):,.10g}"
