"""How far the answers reach in each part of a standard: states reached out of those that can be seen."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessor.answers.model import Side
from assessor.report.charts.marks import WIDTH, heading, label, side_bar, sizes
from assessor.report.charts.svg import Drawing, listed
from assessor.report.looks import Theme
from assessor.scoring.standard_result import NodeReading
from assessor.words import _, named, ranged

_GAP, _PITCH, _THICK = 24.0, 24.0, 12.0
_COLUMN = (WIDTH - _GAP) / 2
_LABEL, _VALUE = 74.0, 156.0
_ROOM = _COLUMN - _LABEL - _VALUE


@dataclass(frozen=True, slots=True)
class Reach:
    """One row: states reached at both ends out of `most`, the rungs in words, and how many are blank."""

    title: str
    low: int
    high: int
    most: int
    rungs: str
    blank: int

    @property
    def states(self) -> str:
        """The states in words: 11/36, or 11—15/36 while answers are missing."""
        have = str(self.low) if self.low == self.high else ranged(self.low, self.high)
        return f"{have}/{self.most}"

    @property
    def told(self) -> str:
        """States and rungs, or that nothing speaks about it."""
        if not self.most:
            return _("没有题说到")
        blank = _("空 {blank}").format(blank=self.blank) if self.blank else ""
        return "　".join(part for part in (self.states, self.rungs, blank) if part)


def reach_of(node: NodeReading) -> Reach:
    """A node as a row."""
    return Reach(named(node.node), node.low, node.high, node.most, rungs_text(node), node.blank)


def rungs_text(node: NodeReading) -> str:
    """From the lowest to the highest rung among the scenes that are answered."""
    if node.rungs is None:
        return ""
    low, high = node.rungs.lowest_high, node.rungs.highest_low
    if low > high:  # only without a single answer does the best case of the lowest pass the other
        return ""
    return _("{low} 级").format(low=low) if low == high else _("{low}—{high} 级").format(low=low, high=high)


def reach_bars(rows: Sequence[Reach], side: Side, title: str, theme: Theme) -> str:
    """Bars in two columns, each as long as the share of states reached."""
    half = (len(rows) + 1) // 2
    desc = listed([f"{row.title} {row.told}" for row in rows])
    drawing = Drawing(WIDTH, 34 + _PITCH * half, title, desc)
    top = heading(drawing, theme)
    for number, row in enumerate(rows):
        column, line = divmod(number, half)
        _row(drawing, row, side, (column * (_COLUMN + _GAP), top + line * _PITCH), theme)
    return drawing.svg()


def _row(drawing: Drawing, row: Reach, side: Side, place: tuple[float, float], theme: Theme) -> None:
    (x, y), size = place, sizes()
    label(drawing, (x, y + _THICK / 2), row.title, _LABEL - 4, theme.ink)
    if row.most:
        drawing.rect(x + _LABEL, y, _ROOM, _THICK, fill=theme.panel)
        scale = _ROOM / row.most
        side_bar(drawing, (x + _LABEL, y, _THICK), (row.low * scale, row.high * scale), side, theme)
    at = x + _LABEL + (_ROOM + 8 if row.most else 0)
    drawing.text(at, y + _THICK / 2, row.told, size.note, theme.quiet)
