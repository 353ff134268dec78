"""How does the workbook look? Colours and sizes of `reports/looks.yaml`, as cell formats.

The program's own font can't travel in a workbook, so the family is one that every Windows and every
WPS has; other systems put their own Chinese font in its place.
"""

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from assessor import shipped

FAMILY = "Microsoft YaHei"
_PIXELS_PER_UNIT = 7
_WIDE, _NARROW = 1.33, 0.74
"""Pixels per point of size: a Chinese character, and any other on average."""
_LINE = 1.42
_PADDING = 5


@lru_cache(maxsize=1)
def looks() -> Mapping[str, Any]:
    """The light theme and the paper's sizes."""
    data = yaml.safe_load((shipped("reports") / "looks.yaml").read_text(encoding="utf-8"))
    return {**data["themes"]["light"], "paper": data["paper"]}


def lines_of(text: str, width: float, size: float) -> int:
    """How many lines a text takes in a column of that width."""
    room = (width * _PIXELS_PER_UNIT - 6) * 0.96
    lines = 0
    for part in text.split("\n"):
        pixels = sum(_WIDE if ord(char) > 0x2E80 or char in "—…“”‘’·" else _NARROW for char in part) * size
        lines += max(1, math.ceil(pixels / room))
    return lines


def height_of(text: str, width: float, size: float) -> float:
    """The height of a row, in points, that shows a text whole."""
    return min(409.0, lines_of(text, width, size) * size * _LINE + _PADDING)


class Styles:
    """Cell formats by name; each is made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.looks = looks()
        self.table = float(self.looks["paper"]["table"])
        self.body = float(self.looks["paper"]["body"])

    def make(self, **wanted: Any) -> Any:
        """A format of these properties over the common ones."""
        given = {
            "font_name": FAMILY,
            "font_size": self.table,
            "font_color": self.looks["ink"],
            "valign": "vcenter",
            "locked": True,
            **wanted,
        }
        key = tuple(sorted(given.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(given)
        return self._made[key]

    def plain(self, **more: Any) -> Any:
        """Running text."""
        return self.make(**{"text_wrap": True, **more})

    def quiet(self, **more: Any) -> Any:
        """What one may skip: how to judge, ids, hints."""
        return self.make(**{"text_wrap": True, "font_color": self.looks["quiet"], **more})

    def title(self, size: str = "chapter", **more: Any) -> Any:
        """A heading of a size named in the looks."""
        return self.make(**{"bold": True, "font_size": float(self.looks["paper"][size]), **more})

    def header(self, **more: Any) -> Any:
        """Column headers."""
        return self.make(
            bold=True,
            bg_color=self.looks["panel"],
            text_wrap=True,
            bottom=1,
            top=1,
            border_color=self.looks["outline"],
            align="center",
            **more,
        )

    def cell(self, **more: Any) -> Any:
        """A cell of a table that is read only."""
        return self.make(**{"bottom": 1, "bottom_color": self.looks["line"], "text_wrap": True, **more})

    def entry(self, **more: Any) -> Any:
        """A cell to be filled in: tinted, framed, not locked."""
        return self.make(
            **{
                "bg_color": self.looks["accent_soft"],
                "border": 1,
                "border_color": self.looks["outline"],
                "locked": False,
                "text_wrap": True,
                "align": "center",
                **more,
            }
        )
