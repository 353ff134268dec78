"""The report as .docx: our own template or the consultant's, filled with the same chapters as the PDF."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from assessor import shipped
from assessor.diagnosis import Diagnosis
from assessor.report.context import Report, report
from assessor.report.docx.fields import CHAPTERS, WHOLE, fields
from assessor.report.docx.template import fill, placed
from assessor.report.files import write_whole
from assessor.report.html import render_chapters
from assessor.report.looks import load_looks

Progress = Callable[[int, int, str], None]
"""Called with what is done, what there is to do, and what is being done."""


def write_docx(
    diagnosis: Diagnosis, path: Path, progress: Progress | None = None, template: Path | None = None
) -> None:
    """Write the report; `template` is a Word file of the consultant's own, ours when there is none.

    `UserError`: "template-unreadable", "template-field", "template-syntax", "file-unwritable".
    """
    tell = progress or (lambda _done, _all, _what: None)
    tell(0, 3, "整理内容")
    content = docx_bytes(diagnosis, template)
    tell(2, 3, "写入文件")
    write_whole(path, content)
    tell(3, 3, "完成")


def docx_bytes(diagnosis: Diagnosis, template: Path | None = None) -> bytes:
    """The same as bytes."""
    from docx import Document

    from assessor.report.docx.styles import add_styles

    looks = load_looks()
    view = report(diagnosis, looks.light)
    own = template or shipped("reports") / "docx" / "report.docx"
    filled = fill(own, fields(diagnosis, view))
    document = Document(io.BytesIO(filled))
    add_styles(document, looks)
    _put_chapters(document, view)
    _list_chapters(document)
    _describe(document, view)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _put_chapters(document: Any, view: Report) -> None:
    """Each chapter where its field stands; all others where the whole is asked for."""
    from docx.shared import Emu

    from assessor.report.docx.blocks import Blocks

    sections, charts = chapters(view)
    spots = placed(document)
    named = {chapter for _, name in spots for chapter, field in CHAPTERS.items() if field == name}
    page = document.sections[0]
    width = Emu(page.page_width - page.left_margin - page.right_margin)
    for spot, name in spots:
        wanted = [
            section
            for chapter, section in sections.items()
            if CHAPTERS.get(chapter) == name or (name == WHOLE and chapter not in named)
        ]
        body = document.element.body
        before = len(body)
        blocks = Blocks(document, width, load_looks(), charts)
        for section in wanted:
            blocks.write(section)
        made = list(body)[before - 1 : -1]
        for element in made:
            spot._p.addprevious(element)
        spot._p.getparent().remove(spot._p)


def chapters(view: Report) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """The chapters of the report by the id of their heading, as elements; and the charts in them."""
    import lxml.html

    charts: dict[str, str] = {}
    page = lxml.html.document_fromstring(render_chapters(view, charts))
    found = {}
    for section in page.iter("section"):
        heading = section.find("h1")
        if heading is not None:
            found[heading.get("id", "")] = section
    return found, charts


def _list_chapters(document: Any) -> None:
    """Put the headings into the table of contents as first shown; Word adds pages when it updates them."""
    from docx.oxml.ns import qn

    shown = [p.text for p in document.paragraphs if p.style.style_id == "Heading1"]
    for code in document.element.body.iter(qn("w:instrText")):
        if not (code.text or "").strip().startswith("TOC "):
            continue
        runs = list(code.getparent().itersiblings(qn("w:r")))
        result = next((run for run in runs if run.find(qn("w:t")) is not None), None)
        if result is not None:
            result.text = "\n".join(shown)


def _describe(document: Any, view: Report) -> None:
    """Title and author of the file; no date of making, so that the same input gives the same file."""
    properties = document.core_properties
    properties.title = f"{view.cover.firm}　{view.cover.title}"
    properties.author = view.by
    properties.comments = view.summary.sentence
    properties.language = "zh-CN"
