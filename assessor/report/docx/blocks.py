"""From the pages of the report to paragraphs, tables and pictures of Word.

The same templates that make PDF and HTML are walked element by element, so that nothing is said twice
and nothing is left out.
"""

import base64
import io
from collections.abc import Callable, Mapping
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Emu, Mm

from assessor.report.context_evidence import PICTURE
from assessor.report.docx import styles
from assessor.report.docx.inline import Look, Run, runs_of, write_runs
from assessor.report.docx.pictures import png, told, width_of
from assessor.report.docx.table import write_table
from assessor.report.looks import Looks
from assessor.report.readers import TITLES

_PARAGRAPHS = {
    "source": styles.SOURCE,
    "small": styles.SMALL,
    "lead": styles.LEAD,
    "verdict": styles.VERDICT,
    "flag": styles.FLAG,
    "head": styles.LABEL,
    "point-head": styles.SMALL,
}
_HEADINGS = {"h1": "Heading 1", "h2": "Heading 2", "h3": "Heading 3"}
_FULL = 680.0
"""A chart whose viewBox is at least this wide takes the whole width."""


class Blocks:
    """Writes into a document's body or a cell, `width` wide."""

    def __init__(self, target: Any, width: Emu, looks: Looks, charts: Mapping[str, str]) -> None:
        self._target, self._width, self._looks, self._charts = target, width, looks, charts
        self._first = True
        self._is_cell = hasattr(target, "_tc")
        self._writers: Mapping[str, Callable[[Any], None]] = {
            "p": self._paragraph,
            "table": self._table,
            "img": self._picture,
            "figcaption": lambda element: self._plain(element, "Caption"),
            "li": lambda element: self._plain(element, "List Bullet"),
            "nav": lambda _: None,
            **dict.fromkeys(_HEADINGS, self._heading),
        }

    def write(self, element: Any) -> None:
        """Everything inside an element."""
        if element.get("aria-hidden") == "true":
            return
        writer = self._writers.get(element.tag)
        if writer is not None:
            writer(element)
        elif "facts" in _classes(element):
            self._table(_as_table(element))
        elif _classes(element) & {"two", "pair"}:
            self._columns(element)
        elif "scene-head" in _classes(element):
            self._heading(element)
        else:
            for child in element:
                if isinstance(child.tag, str):
                    self.write(child)

    def _new(self, style: str | None = None) -> Any:
        """A new paragraph; a cell's own first one is taken before another is made."""
        first, self._first = self._first, False
        if first and self._is_cell:
            paragraph = self._target.paragraphs[0]
        else:
            paragraph = self._target.add_paragraph()
        if style is not None:
            styles.put_style(paragraph, style)
        return paragraph

    def _plain(self, element: Any, style: str | None) -> None:
        runs = runs_of(element)
        if runs:
            write_runs(self._new(style), runs, self._looks)

    def _paragraph(self, element: Any) -> None:
        classes = _classes(element)
        style = next((name for key, name in _PARAGRAPHS.items() if key in classes), None)
        runs = runs_of(element)
        if not runs:
            return
        paragraph = self._new(style)
        write_runs(paragraph, runs, self._looks)
        soft = next((f"{name}_soft" for name in ("red", "amber") if {"flag", name} <= classes), None)
        if soft:
            styles.shade(paragraph._p.get_or_add_pPr(), self._looks.light.colours()[soft])

    def _heading(self, element: Any) -> None:
        level = element.tag if element.tag in _HEADINGS else "h2"
        runs = runs_of(element)
        if element.get("id") == "contents":
            runs = [Run(TITLES["contents"], Look())]
        write_runs(self._new(_HEADINGS[level]), runs, self._looks)

    def _table(self, element: Any) -> None:
        write_table(self._target, element, self._width, self._looks, self._charts, Blocks)
        self._first = False
        if not self._is_cell:
            styles.put_style(self._target.add_paragraph(), styles.SOURCE)

    def _picture(self, element: Any) -> None:
        chart = element.get("data-chart")
        if chart is None:
            self._photograph(element)
            return
        svg = self._charts[chart]
        paragraph = self._new()
        share = 1.0 if self._is_cell else min(1.0, width_of(svg) / _FULL)
        picture = paragraph.add_run().add_picture(io.BytesIO(png(svg)), width=Emu(int(self._width * share)))
        properties = picture._inline.docPr
        properties.set("descr", told(svg))
        properties.set("name", "图")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT

    def _photograph(self, element: Any) -> None:
        """A small picture of evidence, as large as on paper and no wider than its cell."""
        content = base64.b64decode(element.get("src").removeprefix(PICTURE))
        picture = self._new().add_run().add_picture(io.BytesIO(content))
        share = min(1.0, self._width / picture.width, Mm(52) / picture.width, Mm(34) / picture.height)
        picture.width, picture.height = Emu(int(picture.width * share)), Emu(int(picture.height * share))
        properties = picture._inline.docPr
        properties.set("descr", element.get("alt", ""))
        properties.set("name", "佐证")

    def _columns(self, element: Any) -> None:
        """Blocks side by side, as a table without lines."""
        parts = [child for child in element if isinstance(child.tag, str)]
        table = self._target.add_table(rows=1, cols=len(parts))
        wide = Emu(int(self._width / len(parts)))
        for cell, part in zip(table.rows[0].cells, parts, strict=True):
            cell.width = wide
            Blocks(cell, Emu(wide - Mm(4)), self._looks, self._charts).write(part)
        styles.put_style(self._target.add_paragraph(), styles.SOURCE)


def _as_table(facts: Any) -> Any:
    """Lines of a name and what it is, as a table."""
    from lxml.html import builder

    rows = []
    for line in facts:
        name = line.find("span")
        rows.append(builder.TR(builder.TH(name.text or ""), builder.TD((name.tail or "").strip())))
    return builder.TABLE(*rows)


def _classes(element: Any) -> set[str]:
    return set(element.get("class", "").split())
