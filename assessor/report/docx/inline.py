"""Runs of a paragraph: bold, quiet, chips of a level's colour, marks of the two sides."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from docx.shared import Pt

from assessor.report.docx.styles import rgb, shade
from assessor.report.looks import Looks

_SPACE = re.compile(r"[ \t\r\n]+")
_COLOURS = {"quiet": "quiet", "doubt": "amber", "amber": "amber", "red": "red", "met": "green"}
_MARKS = {"hollow": "○ ", "full": "● "}


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks: the name of its colour, the level whose chip it is, how much smaller it is."""

    bold: bool = False
    colour: str = ""
    level: int | None = None
    small: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with one look; `"\\n"` is a break."""

    text: str
    look: Look


def runs_of(element: Any, look: Look = Look()) -> list[Run]:  # immutable
    """The runs inside an element, its blanks as a browser would show them."""
    found: list[Run] = []
    for run in _runs(element, look):
        text = run.text
        if text != "\n":
            before = found[-1].text if found else "\n"
            text = _SPACE.sub(" ", text)
            text = text.lstrip(" ") if before.endswith((" ", "\n")) else text
        if text:
            found.append(replace(run, text=text))
    while found and not found[-1].text.strip(" "):
        found.pop()
    if found and found[-1].text != "\n":
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
    return found


def _runs(element: Any, look: Look) -> Iterator[Run]:
    if element.get("aria-hidden") == "true":
        return
    inner = _look_of(element, look)
    classes = element.get("class", "").split()
    mark = next((_MARKS[name] for name in classes if name in _MARKS), "") if "mark" in classes else ""
    yield Run(f"{mark}{element.text or ''}", inner)
    for child in element:
        if child.tag == "br":
            yield Run("\n", inner)
        elif isinstance(child.tag, str):
            yield from _runs(child, inner)
        if child.tail:
            yield Run(child.tail, inner)
    if "side" in classes or "chip" in classes:
        yield Run("　", look)


def _look_of(element: Any, look: Look) -> Look:
    classes = element.get("class", "").split()
    colour = next((_COLOURS[name] for name in classes if name in _COLOURS), look.colour)
    level = next((int(name[1]) for name in classes if "chip" in classes and name[:1] == "l"), look.level)
    return replace(
        look,
        bold=look.bold or element.tag in ("b", "strong", "th"),
        colour=colour,
        level=level,
        small=look.small or element.tag == "small",
    )


def write_runs(paragraph: Any, runs: list[Run], looks: Looks) -> None:
    """Append the runs to a paragraph of Word."""
    theme = looks.light
    for run in runs:
        if run.text == "\n":
            paragraph.add_run().add_break()
            continue
        made = paragraph.add_run(run.text)
        if run.look.bold:
            made.bold = True
        if run.look.level is not None:
            colour = theme.on_levels[run.look.level]
            shade(made._element.get_or_add_rPr(), theme.levels[run.look.level])
            made.font.color.rgb = rgb(colour)
        elif run.look.colour:
            made.font.color.rgb = rgb(theme.colours()[run.look.colour])
        if run.look.small:
            made.font.size = Pt(looks.paper.table)
