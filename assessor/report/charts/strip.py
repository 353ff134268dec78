"""One figure on its scale: the firm's own mark, the expert's hatched band, published figures as diamonds.

The kinds are never drawn alike: a band is slanted lines within a dashed outline, a published figure a
dark diamond on a dashed line, and only figures of the same definition stand on the axis at all.
"""

from collections.abc import Sequence
from decimal import Decimal

from assessor.answers.model import Side
from assessor.benchmark import Position
from assessor.report.charts.marks import DASHES, dot
from assessor.report.charts.svg import Drawing
from assessor.report.looks import Theme
from assessor.words import _, named

_WIDE, _HIGH, _EDGE = 150.0, 22.0, 8.0
_HATCH = 6.0
_MIDDLE = _HIGH / 2


def strip(position: Position, theme: Theme) -> str:
    """The strip of a quantity; empty when there is no band to draw."""
    profile = position.profile
    band = profile.quantity.p if profile and profile.quantity else None
    if band is None:
        return ""
    marks = [one.reference.value for one in position.published if one.difference is not None]
    ends = _ends([position.value, *band[1:4], *marks])
    title = _("{title}：专家参考的中间一半与本企业").format(title=named(position.question))
    drawing = Drawing(
        _WIDE,
        _HIGH,
        title,
        _("本企业 {value:f}，专家参考 {band}—{band2}").format(
            value=position.value, band=band[1], band2=band[3]
        ),
    )
    drawing.line(_EDGE, _MIDDLE, _WIDE - _EDGE, _MIDDLE, stroke=theme.outline, stroke_width=1)
    _band(drawing, [_place(value, ends) for value in band[1:4]], theme)
    for value in marks:
        _diamond(drawing, _place(value, ends), theme)
    _own(drawing, _place(position.value, ends), position.side, theme)
    return drawing.svg()


def _ends(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    low, high = min(values), max(values)
    room = (high - low) / 8 or Decimal(1)
    return low - room, high + room


def _place(value: Decimal, ends: tuple[Decimal, Decimal]) -> float:
    return _EDGE + float((value - ends[0]) / (ends[1] - ends[0])) * (_WIDE - 2 * _EDGE)


def _band(drawing: Drawing, places: Sequence[float], theme: Theme) -> None:
    left, middle, right = places
    top, bottom = 4.0, _HIGH - 4.0
    x = left
    while x + 1 < right:
        reach = min(_HATCH, right - x)
        drawing.line(x, bottom, x + reach, top, stroke=theme.quiet, stroke_width=0.8)
        x += _HATCH
    drawing.rect(
        left,
        top,
        max(right - left, 1.0),
        bottom - top,
        fill="none",
        stroke=theme.quiet,
        stroke_width=1,
        stroke_dasharray=DASHES,
    )
    drawing.line(middle, top, middle, bottom, stroke=theme.ink, stroke_width=1)


def _diamond(drawing: Drawing, x: float, theme: Theme) -> None:
    drawing.line(x, 0, x, _HIGH, stroke=theme.ink, stroke_width=1, stroke_dasharray=DASHES)
    half = 4.0
    points = [(x, _MIDDLE - half), (x + half, _MIDDLE), (x, _MIDDLE + half), (x - half, _MIDDLE)]
    drawing.path(points, closed=True, fill=theme.ink)


def _own(drawing: Drawing, x: float, side: Side, theme: Theme) -> None:
    dot(drawing, x, _MIDDLE, side, theme, 4.5)
