"""The report as a tagged PDF: A4, bookmarks, page numbers, our own letters, the same bytes each time.

With enclosures it is a PDF/A-3b for the archive, which carries the files it was made from.
"""

import hashlib
import io
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from assessor.diagnosis import Diagnosis
from assessor.errors import refuse
from assessor.report.context import Plan
from assessor.report.context_evidence import NO_PICTURES, PICTURE, Pictures
from assessor.report.files import write_whole
from assessor.report.fonts import only_our_fonts
from assessor.report.html import render_paper
from assessor.report.progress import DONE, GATHERING, Progress
from assessor.report.readers import Reader
from assessor.words import _

_log = logging.getLogger(__name__)

_STEPS = {
    "1": "读入",
    "2": "读入",
    "3": "套用样式",
    "4": "排版",
    "5": "排版",
    "6": "生成 PDF",
    "7": "生成 PDF",
}
_TOTAL = 8
_NO_DAY = "2000-01-01"
"""A file must have a date; this one stands where the assessment has none."""
_MISSING = re.compile(r"\.notdef glyph rendered .*?\((U\+[0-9A-Fa-f]+)")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file inside the PDF.

    `relation`: the pages were made from it (Source), or it is their data (Data). `day`, such as 2026-05-20,
    is what the file is dated by: the clock would make other bytes each time.
    """

    name: str
    about: str
    content: bytes
    relation: Literal["Source", "Data"]
    day: str


def write_pdf(
    diagnosis: Diagnosis,
    path: Path,
    progress: Progress | None = None,
    pictures: Pictures = NO_PICTURES,
    reader: Reader = "plant",
    enclosures: Sequence[Enclosure] = (),
    roadmap: Plan = None,
) -> tuple[str, ...]:
    """Write the report; gives the characters our font does not have.

    `UserError`: "pdf-engine" when the machine lacks Pango, "file-unwritable" when the file can't be put.
    """
    content, missing = render_pdf(diagnosis, progress, pictures, reader, enclosures, roadmap)
    write_whole(path, content)
    if progress:
        progress(_TOTAL, _TOTAL, DONE)
    return missing


def render_pdf(
    diagnosis: Diagnosis,
    progress: Progress | None = None,
    pictures: Pictures = NO_PICTURES,
    reader: Reader = "plant",
    enclosures: Sequence[Enclosure] = (),
    roadmap: Plan = None,
) -> tuple[bytes, tuple[str, ...]]:
    """The bytes of the report, and the characters our font does not have."""
    if progress:
        progress(0, _TOTAL, GATHERING)
    return print_page(render_paper(diagnosis, pictures, reader, roadmap), progress, enclosures)


def print_page(
    page: str, progress: Progress | None = None, enclosures: Sequence[Enclosure] = ()
) -> tuple[bytes, tuple[str, ...]]:
    """A page as a PDF, and the characters our font does not have."""
    with only_our_fonts(), _listening(progress) as missing:
        content = _print(page, enclosures)
    if missing:
        _log.info("the font lacks %s", _("、").join(sorted(missing)))
    return content, tuple(sorted(missing))


def _print(page: str, enclosures: Sequence[Enclosure]) -> bytes:
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
    except OSError as error:
        raise refuse("pdf-engine", reason=str(error).splitlines()[0]) from error
    document = weasyprint.HTML(string=page, url_fetcher=_closed_door())
    digest = hashlib.sha256(page.encode("utf-8"))
    for one in enclosures:
        digest.update(one.content)
    content: bytes = document.write_pdf(
        font_config=FontConfiguration(),
        pdf_variant="pdf/a-3b" if enclosures else "pdf/ua-1",
        pdf_tags=True,
        pdf_identifier=digest.digest()[:16],
        attachments=[_attachment(one) for one in sorted(enclosures, key=lambda one: one.name)] or None,
        finisher=_name_once if enclosures else None,
    )
    return content


def _attachment(one: Enclosure) -> Any:
    """As WeasyPrint takes it; the list must be sorted, for a PDF looks names up as in a dictionary."""
    import weasyprint

    moment = datetime.fromisoformat(one.day or _NO_DAY).replace(tzinfo=UTC)
    return weasyprint.Attachment(
        file_obj=io.BytesIO(one.content),
        name=one.name,
        description=one.about,
        created=moment,
        modified=moment,
        relationship=one.relation,
    )


def _name_once(_document: Any, pdf: Any) -> None:
    """WeasyPrint 70 lists each attachment twice among the associated files."""
    pdf.catalog["AF"][:] = list(dict.fromkeys(pdf.catalog["AF"]))


def _closed_door() -> Any:
    """A fetcher that fetches nothing: the page brings all it needs, pictures too."""
    from weasyprint.urls import URLFetcher

    class ClosedDoor(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith(PICTURE):
                return super().fetch(url, headers)
            raise ValueError(f"a report fetches nothing, yet asked for {url[:80]}")

    return ClosedDoor(allowed_protocols=frozenset({"data"}))


class _Ear(logging.Handler):
    """Hears the printer's steps and the characters it has no shape for."""

    def __init__(self, progress: Progress | None) -> None:
        super().__init__(logging.INFO)
        self.progress = progress
        self.missing: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        found = _MISSING.search(message)
        if found:
            self.missing.add(chr(int(found[1][2:], 16)))
        step = re.match(r"Step (\d)", message)
        if step and self.progress:
            self.progress(int(step[1]), _TOTAL, _STEPS.get(step[1], ""))


@contextmanager
def _listening(progress: Progress | None) -> Iterator[set[str]]:
    """Hear the printer without its steps going on to anybody else's log."""
    ear = _Ear(progress)
    printer, steps = logging.getLogger("weasyprint"), logging.getLogger("weasyprint.progress")
    before = steps.level, steps.propagate
    steps.setLevel(logging.INFO)
    steps.propagate = False
    printer.addHandler(ear)
    steps.addHandler(ear)
    try:
        yield ear.missing
    finally:
        printer.removeHandler(ear)
        steps.removeHandler(ear)
        steps.setLevel(before[0])
        steps.propagate = before[1]
