"""The report as .docx: our own template or the consultant's, filled with the same chapters as the PDF."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assessor import shipped
from assessor.diagnosis import Diagnosis
from assessor.report.context import Plan, Report, arranged, report
from assessor.report.context_evidence import NO_PICTURES, Pictures
from assessor.report.docx.fields import WHOLE, fields
from assessor.report.docx.template import fill, placed
from assessor.report.files import write_whole
from assessor.report.html import render_chapters
from assessor.report.looks import load_looks
from assessor.report.progress import DONE, GATHERING, WRITING, Progress
from assessor.report.readers import TITLES, Reader
from assessor.roadmap.made import Made
from assessor.roadmap.plan import Roadmap
from assessor.words import TAGS, language


def write_docx(
    diagnosis: Diagnosis,
    path: Path,
    progress: Progress | None = None,
    template: Path | None = None,
    pictures: Pictures = NO_PICTURES,
    reader: Reader = "plant",
    roadmap: Plan = None,
) -> None:
    """Write the report; `template` is a Word file of the consultant's own, ours when there is none.

    A `roadmap` whose budget was named fills the fields on projects, which are 待补充 without one.
    `UserError`: "template-unreadable", "template-field", "template-syntax", "file-unwritable".
    """
    tell = progress or (lambda _done, _all, _what: None)
    tell(0, 3, GATHERING)
    content = docx_bytes(diagnosis, template, pictures, reader, roadmap)
    tell(2, 3, WRITING)
    write_whole(path, content)
    tell(3, 3, DONE)


def docx_bytes(
    diagnosis: Diagnosis,
    template: Path | None = None,
    pictures: Pictures = NO_PICTURES,
    reader: Reader = "plant",
    roadmap: Plan = None,
) -> bytes:
    """The same as bytes."""
    from docx import Document

    from assessor.report.docx.styles import add_styles

    looks = load_looks()
    view = report(diagnosis, looks.light, pictures, reader, roadmap)
    own = template or shipped("reports") / "docx" / "report.docx"
    filled = fill(own, fields(diagnosis, view, _asked_for(roadmap)))
    document = Document(io.BytesIO(filled))
    add_styles(document, looks)
    _put_chapters(document, view)
    _list_chapters(document)
    _describe(document, view)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _asked_for(roadmap: Plan) -> Roadmap | None:
    """The plan whose budget a person has named: a form takes no other for the firm's own."""
    found = roadmap.roadmap if isinstance(roadmap, Made) else None
    return found if found and found.request.budget is not None else None


def _put_chapters(document: Any, view: Report) -> None:
    """Each chapter where its field stands; all others where the whole is asked for.

    They are numbered as they stand in the document, whatever order the template has.
    """
    from docx.shared import Emu

    from assessor.report.docx.blocks import Blocks

    spots = placed(document)
    wanted = _wanted([name for _, name in spots], view)
    sections, charts = chapters(arranged(view, [chapter for group in wanted for chapter in group]))
    page = document.sections[0]
    width = Emu(page.page_width - page.left_margin - page.right_margin)
    body = document.element.body
    for (spot, _name), group in zip(spots, wanted, strict=True):
        before = len(body)
        blocks = Blocks(document, width, load_looks(), charts)
        for chapter in group:
            blocks.write(sections[chapter])
        made = list(body)[before - 1 : -1]
        for element in made:
            spot._p.addprevious(element)
        spot._p.getparent().remove(spot._p)


def _wanted(names: Sequence[str], view: Report) -> Sequence[Sequence[str]]:
    """The chapters of each field in turn; one that stands twice comes the first time."""
    ids = {title: chapter for chapter, title in TITLES.items()}
    named = {ids[name] for name in names if name != WHOLE}
    rest = [chapter for chapter in view.order if chapter not in named]
    taken: set[str] = set()
    found = []
    for name in names:
        group = rest if name == WHOLE else [ids[name]]
        found.append([chapter for chapter in group if chapter in view.present and chapter not in taken])
        taken.update(group)
    return found


def chapters(view: Report) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """The chapters of the report by their name, as elements; and the charts in them."""
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
    properties.title = f"{view.cover.firm}　{view.cover.title}　{view.cover.paper}".rstrip()
    properties.author = view.by
    properties.comments = view.summary.sentence
    properties.language = TAGS[language()]
