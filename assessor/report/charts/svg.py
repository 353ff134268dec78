"""A small SVG writer whose pictures look the same in the window (QtSvg) and on paper (WeasyPrint).

Presentation attributes only: no style sheets, classes or references. Text is placed by
`text-anchor` and a baseline 0.36 of its size below the middle; every text names its family.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from assessor.report.looks import load_looks
from assessor.words import _

Anchor = Literal["start", "middle", "end"]
Points = Iterable[tuple[float, float]]

_DROP = 0.36
_NARROW = "il.,:;|!'()-"
_CLOSING = "，。、；：！？）》」』”’%…—"
_OPENING = "（《「『“‘"


@dataclass
class Drawing:
    """A picture in the making; `title` says the finding, `desc` the figures behind it."""

    width: float
    height: float
    title: str
    desc: str
    family: str = field(default_factory=lambda: load_looks().family)
    parts: list[str] = field(default_factory=list)

    def _put(self, tag: str, attributes: dict[str, object]) -> None:
        self.parts.append(f"<{tag}{_attributes(attributes)}/>")

    def rect(
        self, x: float, y: float, width: float, height: float, *, round: float = 0, **paint: object
    ) -> None:
        """A box; `paint` takes fill, stroke, stroke_width, stroke_dasharray, fill_opacity."""
        place = {"x": x, "y": y, "width": max(0.0, width), "height": height, "rx": round or None}
        self._put("rect", {**place, **paint})

    def line(self, x1: float, y1: float, x2: float, y2: float, **paint: object) -> None:
        """A straight line."""
        self._put("line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2, **paint})

    def circle(self, x: float, y: float, radius: float, **paint: object) -> None:
        """A dot."""
        self._put("circle", {"cx": x, "cy": y, "r": radius, **paint})

    def path(self, points: Points, *, closed: bool = False, **paint: object) -> None:
        """Straight strokes through the points."""
        steps = " L".join(f"{_number(x)} {_number(y)}" for x, y in points)
        self._put("path", {"d": f"M{steps}{' Z' if closed else ''}", **paint})

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        fill: str,
        *,
        anchor: Anchor = "start",
        bold: bool = False,
    ) -> None:
        """A line of text whose middle is at `y`."""
        attributes: dict[str, object] = {
            "x": x,
            "y": y + _DROP * size,
            "font-family": self.family,
            "font-size": size,
            "font-weight": "bold" if bold else None,
            "text-anchor": None if anchor == "start" else anchor,
            "fill": fill,
        }
        self.parts.append(f"<text{_attributes(attributes)}>{escape(text)}</text>")

    def svg(self) -> str:
        """The finished picture."""
        size = f"{_number(self.width)} {_number(self.height)}"
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}"'
        extent = f' width="{_number(self.width)}" height="{_number(self.height)}" role="img">'
        words = f"<title>{escape(self.title)}</title><desc>{escape(self.desc)}</desc>"
        return f"{head}{extent}{words}{''.join(self.parts)}</svg>"


def _attributes(attributes: dict[str, object]) -> str:
    shown = []
    for name, value in attributes.items():
        if value is None:
            continue
        text = _number(value) if isinstance(value, int | float) else str(value)
        shown.append(f" {name.replace('_', '-')}={quoteattr(text)}")
    return "".join(shown)


def _number(value: float) -> str:
    exact = Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = f"{exact:f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def text_width(text: str, size: float) -> float:
    """About how wide a text is; never less than it is in our font."""
    return sum(_advance(char) for char in text) * size


def _advance(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    if char == " ":
        return 0.23
    if char in _NARROW:
        return 0.35
    if char in "mwMWQ%@":
        return 0.95
    return 0.7 if char.isupper() else 0.63


def wrap(text: str, size: float, width: float, lines: int = 2) -> list[str]:
    """The text in at most so many lines; what does not fit ends in an ellipsis."""
    rest = text.strip()
    found: list[str] = []
    while rest and len(found) < lines:
        take = _fitting(rest, size, width)
        if len(found) == lines - 1 and take < len(rest):
            return [*found, _cut(rest, size, width)]
        found.append(rest[:take].rstrip())
        rest = rest[take:].lstrip()
    return found


def _fitting(text: str, size: float, width: float) -> int:
    take = len(text)
    while take > 1 and text_width(text[:take], size) > width:
        take -= 1
    while 1 < take < len(text) and not _may_break(text, take):
        take -= 1
    return max(1, take)


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    together = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return not together and after not in _CLOSING and before not in _OPENING


def _cut(text: str, size: float, width: float) -> str:
    take = len(text)
    while take > 1 and text_width(text[:take] + "…", size) > width:
        take -= 1
    return text[:take].rstrip(_CLOSING + " ") + "…"


def listed(parts: Sequence[str]) -> str:
    """Parts of a description as one sentence."""
    return _("{text}。").format(text=_("；").join(parts)) if parts else ""
