"""What claimed, verified and unknown look like in every chart: hollow, filled, dotted."""

from assessor.answers.model import AnswerState, Side
from assessor.report.charts.svg import Drawing, text_width, wrap
from assessor.report.looks import ChartSizes, Theme, load_looks
from assessor.scoring.result import ModelResult, SideResult
from assessor.words import SIDES, _

DOTS = "2 3"
DASHES = "5 3"
WIDTH = 640.0
"""Width of a chart that fills the page; the height follows the content."""


def sizes() -> ChartSizes:
    """Type and strokes of charts."""
    return load_looks().chart


def was_seen(result: ModelResult) -> bool:
    """Whether anything was seen on site; without that the verified side says nothing."""
    side = result.verified
    states = {item.state for item in side.questions} | {item.state for item in side.scenes}
    return AnswerState.ANSWERED in states


def shown_sides(result: ModelResult) -> tuple[SideResult, ...]:
    """The sides worth drawing: what was claimed, and what was seen if anything was."""
    if not was_seen(result):
        return (result.claimed,)
    said = any(item.state is AnswerState.ANSWERED for item in result.claimed.questions)
    return (result.claimed, result.verified) if said else (result.verified,)


def side_name(side: Side) -> str:
    """企业自报 or 现场核实."""
    return _(SIDES[side])


def dot(drawing: Drawing, x: float, y: float, side: Side, theme: Theme, radius: float = 5.5) -> None:
    """One value: a hollow dot for what is claimed, a filled one for what was seen."""
    fill = theme.ground if side == "claimed" else theme.accent
    drawing.circle(x, y, radius, fill=fill, stroke=theme.accent, stroke_width=2)


def interval(drawing: Drawing, x1: float, x2: float, y: float, theme: Theme) -> None:
    """An open interval: where the value may lie."""
    drawing.line(x1, y, x2, y, stroke=theme.accent, stroke_width=2, stroke_dasharray=DOTS)


def heading(drawing: Drawing, theme: Theme) -> float:
    """Write the finding at the top; the height it took."""
    size = sizes()
    fits = drawing.width / max(1.0, text_width(drawing.title, size.title))
    drawing.text(0, size.title, drawing.title, size.title * min(1.0, fits), theme.ink, bold=True)
    return size.title * 2.2


def label(
    drawing: Drawing, place: tuple[float, float], text: str, room: float, colour: str, *, bold: bool = False
) -> None:
    """A name to the left of a bar; in two smaller lines where one has no room for it."""
    (x, y), size = place, sizes()
    if text_width(text, size.label) <= room:
        drawing.text(x, y, text, size.label, colour, bold=bold)
        return
    lines = wrap(text, size.note, room)
    for number, line in enumerate(lines):
        lift = (number - (len(lines) - 1) / 2) * (size.note + 1)
        drawing.text(x, y + lift, line, size.note, colour, bold=bold)


def key(drawing: Drawing, sides: tuple[SideResult, ...], y: float, theme: Theme, x: float = 0) -> None:
    """What the two marks mean; only where both are drawn."""
    size = sizes()
    for side in sides:
        dot(drawing, x + 6, y, side.side, theme, 4.5)
        drawing.text(x + 16, y, side_name(side.side), size.note, theme.quiet)
        x += 16 + max(4 * size.note, text_width(side_name(side.side), size.note)) + 18


def side_bar(
    drawing: Drawing,
    place: tuple[float, float, float],
    ends: tuple[float, float],
    side: Side,
    theme: Theme,
) -> None:
    """A bar of one side from `x`: hollow what is claimed, filled what was seen, dotted what is open."""
    x, y, thick = place
    low, high = ends
    hollow = side == "claimed"
    if high > low:
        drawing.rect(
            x + low,
            y + 0.75,
            high - low,
            thick - 1.5,
            fill="none",
            stroke=theme.accent,
            stroke_width=1.5,
            stroke_dasharray=DOTS,
        )
    if low > 0 and hollow:
        drawing.rect(
            x + 0.75,
            y + 0.75,
            low - 1.5,
            thick - 1.5,
            fill=theme.accent_soft,
            stroke=theme.accent,
            stroke_width=1.5,
        )
    elif low > 0:
        drawing.rect(x, y, low, thick, fill=theme.accent)
    drawing.line(x, y - 2, x, y + thick + 2, stroke=theme.outline, stroke_width=1)
