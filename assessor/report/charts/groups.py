"""Many firms, group by group: how the levels are shared out, and where the middle half of the scores lies.

What must not be published is drawn as such, never as nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assessor.report.charts.marks import DASHES, WIDTH, heading, sizes
from assessor.report.charts.svg import Drawing, listed, text_width, wrap
from assessor.report.looks import Theme

_LABEL, _COUNT = 134.0, 52.0
_ROOM = WIDTH - _LABEL - _COUNT
_THICK, _PITCH = 17.0, 26.0
_MANY, _CLOSE = 12, 0.8
"""More rows than this stand closer, so that a chart and its table share a page."""
WITHHELD = "不公布"


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One group: its number of firms, and the per cent in each category.

    None where a figure is withheld; `n` None where the whole group is.
    """

    title: str
    n: int | None
    shares: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """One group's scores: P25, the median at both ends of what is open, P75; None where withheld."""

    title: str
    n: int | None
    p25: float | None
    low: float | None
    high: float | None
    p75: float | None


def share_bars(title: str, names: Sequence[str], rows: Sequence[ShareRow], theme: Theme) -> str:
    """A bar of 100 % for each group; categories light to dark, the last one (open) hollow."""
    pitch = _PITCH * (_CLOSE if len(rows) > _MANY else 1)
    drawing = Drawing(WIDTH, 34 + pitch * len(rows) + 22, title, _shares_desc(names, rows))
    top = heading(drawing, theme)
    drawing.text(WIDTH, top - 12, "企业数", sizes().note, theme.quiet, anchor="end")
    for at, row in enumerate(rows):
        _share_row(drawing, row, top + at * pitch, theme)
    hidden = any(row.n is not None and None in row.shares for row in rows)
    _legend(drawing, names, top + len(rows) * pitch + 8, hidden, theme)
    return drawing.svg()


def _label(drawing: Drawing, title: str, n: int | None, y: float, theme: Theme) -> None:
    size = sizes()
    lines = wrap(title, size.label, _LABEL - 8, lines=1)
    drawing.text(0, y + _THICK / 2, lines[0] if lines else "", size.label, theme.ink)
    shown = WITHHELD if n is None else str(n)
    drawing.text(WIDTH, y + _THICK / 2, shown, size.note, theme.quiet, anchor="end")


def _share_row(drawing: Drawing, row: ShareRow, y: float, theme: Theme) -> None:
    _label(drawing, row.title, row.n, y, theme)
    if row.n is None:
        _withheld(drawing, _LABEL, y, _ROOM, theme)
        return
    x = _LABEL
    for place, share in enumerate(row.shares):
        if share:
            x = _segment(drawing, (x, y), place, share, theme)
    rest = 100 - sum(share for share in row.shares if share is not None)
    if None in row.shares and rest > 0.05:
        _withheld(drawing, x, y, _ROOM * rest / 100, theme)


def _segment(drawing: Drawing, spot: tuple[float, float], place: int, share: float, theme: Theme) -> float:
    """One category; the place where the next begins."""
    x, y = spot
    wide = _ROOM * share / 100
    fill, front = _colours(place, theme)
    drawing.rect(x, y, wide, _THICK, fill=fill, stroke=theme.outline, stroke_width=0.6)
    text = f"{share:.0f}%" if share >= 0.5 else ""
    if text and text_width(text, sizes().note) + 4 < wide:
        drawing.text(x + wide / 2, y + _THICK / 2, text, sizes().note, front, anchor="middle")
    return x + wide


def _colours(place: int, theme: Theme) -> tuple[str, str]:
    if place < len(theme.levels):
        return theme.levels[place], theme.on_levels[place]
    return theme.ground, theme.ink


def _withheld(drawing: Drawing, x: float, y: float, wide: float, theme: Theme) -> None:
    drawing.rect(
        x, y, wide, _THICK, fill="none", stroke=theme.outline, stroke_width=0.8, stroke_dasharray=DASHES
    )
    if text_width(WITHHELD, sizes().note) + 6 < wide:
        drawing.text(x + wide / 2, y + _THICK / 2, WITHHELD, sizes().note, theme.quiet, anchor="middle")


def _legend(drawing: Drawing, names: Sequence[str], y: float, hidden: bool, theme: Theme) -> None:
    x = _LABEL
    for place, name in enumerate(names):
        fill, _ = _colours(place, theme)
        drawing.rect(x, y - 5, 12, 10, fill=fill, stroke=theme.outline, stroke_width=0.6)
        drawing.text(x + 17, y, name, sizes().note, theme.quiet)
        x += 17 + text_width(name, sizes().note) + 14
    if hidden:
        drawing.rect(
            x, y - 5, 12, 10, fill="none", stroke=theme.outline, stroke_width=0.8, stroke_dasharray=DASHES
        )
        drawing.text(x + 17, y, WITHHELD, sizes().note, theme.quiet)


def _shares_desc(names: Sequence[str], rows: Sequence[ShareRow]) -> str:
    told = []
    for row in rows:
        shares = "、".join(
            f"{name} {share:.1f}%" for name, share in zip(names, row.shares, strict=True) if share is not None
        )
        told.append(f"{row.title} {WITHHELD}" if row.n is None else f"{row.title}（{row.n} 家）{shares}")
    return listed(told)


# -- scores --------------------------------------------------------------------------------------


def spread_bars(title: str, rows: Sequence[SpreadRow], cuts: Sequence[float], theme: Theme) -> str:
    """For each group the middle half of the scores and the median.

    `cuts` are the marks of the axis: nothing, the cuts of the levels, everything.
    """
    drawing = Drawing(WIDTH, 34 + _PITCH * len(rows) + 46, title, _spread_desc(rows))
    top = heading(drawing, theme)
    drawing.text(WIDTH, top - 12, "企业数", sizes().note, theme.quiet, anchor="end")
    bottom = top + len(rows) * _PITCH
    most = cuts[-1]
    for cut in cuts:
        x = _LABEL + _ROOM * cut / most
        drawing.line(x, top - 4, x, bottom, stroke=theme.line, stroke_width=1)
        drawing.text(x, bottom + 9, f"{cut:g}", sizes().note, theme.quiet, anchor="middle")
    for at, row in enumerate(rows):
        _spread_row(drawing, row, top + at * _PITCH, most, theme)
    note = "浅色条：中间一半企业；竖线：中位数（没答的题按最低和最高计不同时为两条）；底线数字为等级分数线"
    drawing.text(0, bottom + 30, note, sizes().note, theme.quiet)
    return drawing.svg()


def _spread_row(drawing: Drawing, row: SpreadRow, y: float, most: float, theme: Theme) -> None:
    _label(drawing, row.title, row.n, y, theme)
    ends = (row.p25, row.low, row.high, row.p75)
    if None in ends:
        _withheld(drawing, _LABEL, y, _ROOM, theme)
        return
    p25, low, high, p75 = (_LABEL + _ROOM * (end or 0) / most for end in ends)
    drawing.rect(
        p25,
        y + 2,
        max(p75 - p25, 1),
        _THICK - 4,
        fill=theme.levels[1],
        stroke=theme.outline,
        stroke_width=0.6,
    )
    for x in dict.fromkeys((low, high)):
        drawing.line(x, y - 1, x, y + _THICK + 1, stroke=theme.accent, stroke_width=3)
    text = (
        f"{row.low:.1f}"
        if round(row.low or 0, 1) == round(row.high or 0, 1)
        else f"{row.low:.1f}—{row.high:.1f}"
    )
    drawing.text(max(p75, high) + 6, y + _THICK / 2, text, sizes().note, theme.ink)


def _spread_desc(rows: Sequence[SpreadRow]) -> str:
    return listed(
        [
            f"{row.title} {WITHHELD}"
            if row.low is None
            else f"{row.title} 中位数 {row.low:.1f}—{row.high:.1f}，中间一半 {row.p25:.1f}—{row.p75:.1f}"
            for row in rows
        ]
    )
