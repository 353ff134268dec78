"""Which style sheet follows from the looks? Every colour and size comes from `looks.yaml`."""

from pathlib import Path
from string import Template

from assessor.report.looks import Looks, Theme

_SHEET = Path(__file__).with_name("window.qss")


def style_sheet(looks: Looks, theme: Theme) -> str:
    """The sheet of one theme."""
    sizes = looks.window
    values = {
        **theme.colours(),
        "note": f"{sizes.note:g}",
        "body": f"{sizes.body:g}",
        "section": f"{sizes.section:g}",
        "page": f"{sizes.page:g}",
        "verdict": f"{sizes.verdict:g}",
        "radius": f"{sizes.radius:g}",
        "inner": f"{sizes.target - 2:g}",
        "accent_hover": _towards(theme.accent, theme.ink, 0.18),
    }
    return Template(_SHEET.read_text(encoding="utf-8")).substitute(values)


def _towards(colour: str, other: str, part: float) -> str:
    """A colour moved some way to another."""
    mixed = [
        round(int(colour[at : at + 2], 16) * (1 - part) + int(other[at : at + 2], 16) * part)
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{value:02X}" for value in mixed)
