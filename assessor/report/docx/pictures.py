"""From a chart's SVG to a picture that Word shows: PNG, drawn with our own letters and without Qt."""

import re
from functools import lru_cache
from html import unescape

from assessor import shipped
from assessor.words import _

_BOX = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ')
_TOLD = re.compile(r"<(?:title|desc)[^>]*>(.*?)</(?:title|desc)>", re.DOTALL)
_ZOOM = 3
"""Dots for each unit of the viewBox: some 300 an inch at the width of a page."""


@lru_cache(maxsize=128)
def png(svg: str) -> bytes:
    """The chart as PNG on white."""
    import resvg_py

    fonts = [str(path) for path in sorted((shipped("reports") / "fonts").glob("*.ttf"))]
    return resvg_py.svg_to_bytes(
        svg_string=svg, skip_system_fonts=True, font_files=fonts, zoom=_ZOOM, background="white"
    )


def width_of(svg: str) -> float:
    """The width of the viewBox."""
    found = _BOX.search(svg)
    return float(found[1]) if found else 0.0


def told(svg: str) -> str:
    """What the chart says, for who can't see it."""
    return _("。").join(unescape(part).strip().rstrip("。.") for part in _TOLD.findall(svg) if part.strip())
