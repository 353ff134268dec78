"""The shape of a firm: shares of three dimensions and mean levels of the ministry's scene groups."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assessor.answers.model import Side
from assessor.diagnosis import Diagnosis
from assessor.pack.model import Pack
from assessor.report.charts.marks import DASHES, DOTS, dot, heading, label, shown_sides, side_bar, sizes
from assessor.report.charts.svg import Anchor, Drawing, listed, text_width, wrap
from assessor.report.looks import Theme
from assessor.scoring.result import SceneLevel, SideResult
from assessor.words import _, named, ranged

_WIDTH, _HEIGHT, _RADIUS = 340.0, 300.0, 90.0
_CENTRE = (_WIDTH / 2, 166.0)
_TOP_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Ends:
    """A share between 0 and 1, and how far it could go while answers are missing."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spoke:
    """One direction of the radar; `verified` is None when nothing was seen on site."""

    title: str
    claimed: Ends | None
    verified: Ends | None
    counting: Side

    def on(self, side: Side) -> Ends | None:
        """The share on a side."""
        return self.claimed if side == "claimed" else self.verified

    @property
    def value(self) -> Ends:
        """The share that counts."""
        return self.on(self.counting) or Ends(0, 0)


def spokes(diagnosis: Diagnosis) -> tuple[Spoke, ...]:
    """Dimensions as shares of their points, scene groups as mean level out of four."""
    result = diagnosis.main.result
    sides = {side.side: _shares(side, diagnosis.pack) for side in shown_sides(result)}
    titles = list(next(iter(sides.values())))
    return tuple(
        Spoke(
            title,
            sides.get("claimed", {}).get(title),
            sides.get("verified", {}).get(title),
            result.headline if result.headline in sides else next(iter(sides)),
        )
        for title in titles
    )


def _shares(side: SideResult, pack: Pack) -> dict[str, Ends]:
    found = {
        named(part): Ends(part.span.low / part.span.most, part.span.high / part.span.most)
        for part in side.dimensions
        if part.span.most
    }
    groups: dict[str, list[SceneLevel]] = {}
    for scene in side.scenes:
        groups.setdefault(_(pack.questions[scene.id].process), []).append(scene)
    for title, scenes in groups.items():
        full = _TOP_LEVEL * len(scenes)
        found[title] = Ends(sum(s.low for s in scenes) / full, sum(s.high for s in scenes) / full)
    return found


def radar(directions: Sequence[Spoke], theme: Theme) -> str:
    """Polygons over four to eight directions; never alone, always beside bars with the figures."""
    if not 4 <= len(directions) <= 8:
        raise ValueError("a radar takes four to eight directions")
    drawing = Drawing(_WIDTH, _HEIGHT, radar_title(directions), _desc(directions))
    heading(drawing, theme)
    _grid(drawing, directions, theme)
    sides: list[Side] = [side for side in ("claimed", "verified") if directions[0].on(side)]
    for side in sides:
        _polygon(drawing, directions, side, theme)
    return drawing.svg()


def radar_title(directions: Sequence[Spoke]) -> str:
    """The finding: the strongest and the weakest direction, as far as that is certain."""
    strongest = max(directions, key=lambda spoke: spoke.value.low)
    weakest = min(directions, key=lambda spoke: spoke.value.high)
    top = all(spoke.value.high <= strongest.value.low for spoke in directions if spoke is not strongest)
    floor = all(spoke.value.low >= weakest.value.high for spoke in directions if spoke is not weakest)
    if strongest.value.low == weakest.value.high:
        return _("各个方向水平相当")
    best = _("最强是{title}").format(title=strongest.title) if top else ""
    equal = [spoke.title for spoke in directions if spoke.value == weakest.value]
    worst = (
        _("最弱是{equal}{rest}").format(equal=_("、").join(equal[:2]), rest=_("等") if len(equal) > 2 else "")
        if floor
        else ""
    )
    return _("，").join(filter(None, (best, worst))) or _("题没答全，虚线是还可能到的范围")


def _percent(value: float) -> str:
    return f"{math.floor(100 * value + 0.5)}%"


def _ends_text(ends: Ends) -> str:
    low, high = _percent(ends.low), _percent(ends.high)
    return low if low == high else ranged(low.rstrip("%"), high)


def _desc(directions: Sequence[Spoke]) -> str:
    return listed([f"{spoke.title} {_ends_text(spoke.value)}" for spoke in directions])


def _at(index: int, count: int, share: float) -> tuple[float, float]:
    angle = 2 * math.pi * index / count - math.pi / 2
    return _CENTRE[0] + _RADIUS * share * math.cos(angle), _CENTRE[1] + _RADIUS * share * math.sin(angle)


def _grid(drawing: Drawing, directions: Sequence[Spoke], theme: Theme) -> None:
    count, size = len(directions), sizes()
    for ring in (0.25, 0.5, 0.75, 1.0):
        corners = [_at(index, count, ring) for index in range(count)]
        colour = theme.outline if ring == 1 else theme.line
        drawing.path(corners, closed=True, fill="none", stroke=colour, stroke_width=1)
    for index, spoke in enumerate(directions):
        drawing.line(*_CENTRE, *_at(index, count, 1), stroke=theme.line, stroke_width=1)
        _name(drawing, spoke, index, count, theme)
    drawing.text(_WIDTH, _HEIGHT - 8, _("每圈 25%"), size.note, theme.quiet, anchor="end")


def _name(drawing: Drawing, spoke: Spoke, index: int, count: int, theme: Theme) -> None:
    size = sizes()
    x, y = _at(index, count, 1.1)
    side = x - _CENTRE[0]
    anchor: Anchor = "middle" if abs(side) < 8 else ("start" if side > 0 else "end")
    up = y < _CENTRE[1] - 20
    first = y - 16 if up else y + (2 if abs(side) > 8 and y < _CENTRE[1] + 40 else 8)
    room = {"start": _WIDTH - x, "end": x, "middle": _WIDTH}[anchor]
    whole = text_width(spoke.title, size.label) <= room
    lines = [spoke.title] if whole else wrap(spoke.title, size.note, room)
    for number, line in enumerate(lines):
        y = first + 12 * (number - (len(lines) - 1 if up else 0))
        drawing.text(x, y, line, size.label if whole else size.note, theme.ink, anchor=anchor)
    below = first + 15 + (0 if up else 12 * (len(lines) - 1))
    drawing.text(x, below, _ends_text(spoke.value), size.note, theme.quiet, anchor=anchor)


def _polygon(drawing: Drawing, directions: Sequence[Spoke], side: Side, theme: Theme) -> None:
    count = len(directions)
    ends = [spoke.on(side) or Ends(0, 0) for spoke in directions]
    corners = [_at(index, count, part.low) for index, part in enumerate(ends)]
    hollow = side == "claimed"
    drawing.path(
        corners,
        closed=True,
        fill=theme.accent,
        fill_opacity=0.06 if hollow else 0.2,
        stroke=theme.accent,
        stroke_width=2,
        stroke_dasharray=DASHES if hollow else None,
    )
    for index, part in enumerate(ends):
        if part.high > part.low:
            drawing.line(
                *_at(index, count, part.low),
                *_at(index, count, part.high),
                stroke=theme.accent,
                stroke_width=2,
                stroke_dasharray=DOTS,
            )
        dot(drawing, *_at(index, count, part.low), side, theme, 3.5)


# -- the same figures as bars --------------------------------------------------------------------

_NAMES, _PITCH = 84.0, 34.0


def spoke_bars(directions: Sequence[Spoke], theme: Theme) -> str:
    """The figures of the radar as bars, highest first."""
    ordered = sorted(directions, key=lambda spoke: -spoke.value.low)
    drawing = Drawing(_WIDTH, _HEIGHT, _("同样的数，从高到低"), _desc(ordered))
    top = heading(drawing, theme)
    pitch = min(_PITCH, (_HEIGHT - top) / len(ordered))
    for index, spoke in enumerate(ordered):
        _bar_row(drawing, spoke, top + index * pitch, theme)
    return drawing.svg()


def _bar_row(drawing: Drawing, spoke: Spoke, y: float, theme: Theme) -> None:
    size, room = sizes(), _WIDTH - _NAMES - 62
    sides: list[Side] = [side for side in ("claimed", "verified") if spoke.on(side)]
    thick = 16.0 / len(sides)
    label(drawing, (0, y + 8), spoke.title, _NAMES - 4, theme.ink)
    drawing.rect(_NAMES, y, room, 16, fill=theme.panel)
    for index, side in enumerate(sides):
        ends = spoke.on(side) or Ends(0, 0)
        place = (_NAMES, y + index * thick, thick - (1 if len(sides) > 1 else 0))
        side_bar(drawing, place, (ends.low * room, ends.high * room), side, theme)
    drawing.text(_NAMES + room + 6, y + 8, _ends_text(spoke.value), size.note, theme.ink)
