"""The report as a file: for whom, in what form, after which Word template, with what enclosed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assessor import shipped
from assessor.answers.document import answers_document
from assessor.answers.model import Answers
from assessor.commands import NO_PICTURES, Places, Progress, make_folder, read_answers
from assessor.diagnosis import Diagnosis, diagnose
from assessor.errors import refuse
from assessor.pack.model import Pack
from assessor.report.readers import Reader
from assessor.roadmap.request import MOST_QUARTERS
from assessor.words import _

if TYPE_CHECKING:
    from assessor.report.context import Plan
    from assessor.report.pdf import Enclosure

REPORT_FORMATS = (".pdf", ".docx", ".html")
WORKBOOK, ANSWERS = "workbook.xlsx", "answers.json"
"""What the files inside an archive are called; every reader of PDF can show names of plain letters."""


@dataclass(frozen=True, slots=True)
class Archive:
    """What an archive is made from: the answers as they were given, and the name their assessment has."""

    answers: Answers
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of the roadmap in a report: `budget` in 万元 a year, by default that of the firm's size.

    By default it is for two years, for a Word template for three, which its fields are made for.
    """

    budget: str | None = None
    quarters: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """What kind of report. A template is for Word, an archive is a PDF with its sources."""

    reader: Reader = "plant"
    template: Path | None = None
    roadmap: "Plan" = None
    archive: Archive | None = None


def write_report(
    diagnosis: Diagnosis,
    out: Path,
    paper: Paper = Paper(),
    progress: Progress | None = None,
    pictures: Mapping[str, bytes] = NO_PICTURES,
) -> Path:
    """The report as PDF, Word document or HTML, by the file's ending. It appears whole or not at all.

    `pictures` are thumbnails (JPEG) of evidence, by the mark that answers name it with.
    """
    suffix = out.suffix.lower()
    check_paper(paper, out)
    make_folder(out.parent)
    match suffix:
        case ".pdf":
            from assessor.report.pdf import write_pdf

            enclosed = enclosures(diagnosis.pack, paper.archive) if paper.archive else ()
            write_pdf(diagnosis, out, progress, pictures, paper.reader, enclosed, paper.roadmap)
        case ".docx":
            from assessor.report.docx.write import write_docx

            write_docx(diagnosis, out, progress, paper.template, pictures, paper.reader, paper.roadmap)
        case _:
            from assessor.report.html import write_html

            write_html(diagnosis, out, progress, pictures, paper.reader, paper.roadmap)
    return out


def check_paper(paper: Paper, out: Path) -> None:
    """Refuse what can't be written, before any work is done for it."""
    suffix = out.suffix.lower()
    if suffix not in REPORT_FORMATS:
        raise refuse("report-format", str(out), suffix=out.suffix)
    if paper.archive is not None and suffix != ".pdf":
        raise refuse("archive-for-pdf", str(out))
    if paper.template is not None and suffix != ".docx":
        raise refuse("template-for-word", str(out))


def report_file(
    here: Places,
    file: Path,
    out: Path,
    reader: Reader = "plant",
    template: str = "",
    wish: Wish | None = Wish(),
    *,
    archive: bool = False,
) -> Path:
    """The report of a workbook or an answers file; with `wish` None it has no roadmap."""
    from assessor.commands import roadmap

    asked = None
    if wish is not None and reader != "agency":
        years = MOST_QUARTERS if template else roadmap.TWO_YEARS
        asked = roadmap.request_of(budget=wish.budget, quarters=wish.quarters or years)
    pack, answers = read_answers(here, file)
    paper = Paper(
        reader=reader,
        template=template_named(template) if template else None,
        archive=Archive(answers) if archive else None,
    )
    check_paper(paper, out)
    diagnosis = diagnose(pack, answers)
    plan = None if asked is None else roadmap.for_report(diagnosis, asked)
    return write_report(diagnosis, out, replace(paper, roadmap=plan))


# -- Word templates ------------------------------------------------------------------------------


def word_templates() -> Mapping[str, Path]:
    """The shipped Word templates by name."""
    folder = shipped("reports") / "docx"
    return {path.stem: path for path in sorted(folder.glob("*.docx"))}


def template_named(text: str) -> Path:
    """A shipped template by its name, else the file of that path."""
    found = word_templates().get(text)
    if found is not None:
        return found
    path = Path(text)
    if path.suffix or path.exists() or path.name != text:
        return path
    raise refuse("template-name", name=text, known=_("、").join(word_templates()))


# -- archive -------------------------------------------------------------------------------------


def enclosures(pack: Pack, archive: Archive) -> Sequence["Enclosure"]:
    """The workbook and the answers file that the report was made from."""
    from assessor.exchange.write import workbook_bytes
    from assessor.report.pdf import Enclosure

    answers = archive.answers
    book = workbook_bytes(pack, answers, digest=pack.digest, uid=archive.uid)
    text = json.dumps(answers_document(answers), ensure_ascii=False, indent=2) + "\n"
    return (
        Enclosure(WORKBOOK, _("填好的工作簿，本报告由它得出"), book, "Source", answers.date),
        Enclosure(ANSWERS, _("答案文件，机器可读，与工作簿内容相同"), text.encode(), "Data", answers.date),
    )
