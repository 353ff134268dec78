"""The list of evidence: numbered, with its questions, and with a small picture where there is one."""

import base64
import re
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.shared import Mm
from pypdf import PdfReader

from assessor.answers.model import Answer
from assessor.diagnosis import Diagnosis, diagnose
from assessor.report.context_evidence import NO_PICTURES, evidence_rows
from assessor.report.docx.write import docx_bytes
from assessor.report.html import render_paper
from assessor.report.pdf import render_pdf
from tests.store.pictures import jpeg_bytes

PHOTO, FILE = "磅单<1>.jpg #0123456789abcdef", "记录.xlsx #fedcba9876543210"


@pytest.fixture
def proven(demo: Diagnosis) -> Diagnosis:
    """Three answers of the sample plant, one photo lying with two of them; no other evidence."""
    bare = {key: replace(answer, evidence=()) for key, answer in demo.answers.items.items()}
    more = {
        "T01": Answer(1, evidence=("看过台账", PHOTO)),
        "T02": Answer(1, evidence=(PHOTO, FILE)),
    }
    return diagnose(demo.pack, replace(demo.answers, items={**bare, **more}))


def test_each_piece__stands_once_with_all_its_questions(proven: Diagnosis) -> None:
    rows = evidence_rows(proven, NO_PICTURES)
    assert [(row.number, row.name, row.code, [one.id for one in row.questions]) for row in rows] == [
        (1, "看过台账", "", ["T01"]),
        (2, "磅单<1>.jpg", "0123456789abcdef", ["T01", "T02"]),
        (3, "记录.xlsx", "fedcba9876543210", ["T02"]),
    ]
    assert {row.picture for row in rows} == {""}


def test_a_picture__stands_beside_its_name_and_nowhere_else(proven: Diagnosis) -> None:
    page = render_paper(proven, {"0123456789abcdef": jpeg_bytes()})
    ((address, words),) = re.findall(r'<img src="([^"]+)" alt="([^"]+)">', page)
    assert base64.b64decode(address.partition(",")[2]) == jpeg_bytes()
    assert words == "磅单&lt;1&gt;.jpg"
    assert "<img" not in render_paper(proven)
    assert page.count("佐证材料清单") == 2, "in the contents and as the chapter"


def test_without_evidence__there_is_no_such_chapter(proven: Diagnosis) -> None:
    items = {key: replace(answer, evidence=()) for key, answer in proven.answers.items.items()}
    page = render_paper(diagnose(proven.pack, replace(proven.answers, items=items)))
    assert "佐证材料清单" not in page


def test_the_pdf__shows_the_picture_with_words_for_it(proven: Diagnosis) -> None:
    content, _ = render_pdf(proven, None, {"0123456789abcdef": jpeg_bytes()})
    read = PdfReader(BytesIO(content))
    pages = [page for page in read.pages if "佐证材料清单" in page.extract_text()]
    pictures = {image.name: image.image for page in pages for image in page.images}
    assert [picture.size for picture in pictures.values() if picture] == [(64, 48)]
    parts = [read.get_object(number) for number in range(1, len(read.xref[0]) + len(read.xref_objStm))]
    words = {str(part.get("/Alt", "")) for part in parts if isinstance(part, dict)}
    assert "磅单<1>.jpg" in words


def test_the_word_file__shows_the_picture_with_words_for_it_and_its_name(proven: Diagnosis) -> None:
    document = Document(BytesIO(docx_bytes(proven, pictures={"0123456789abcdef": jpeg_bytes()})))
    [photo] = [one for one in document.element.body.iter("{*}docPr") if one.get("name") == "佐证"]
    assert photo.get("descr") == "磅单<1>.jpg"
    [cell] = [cell for table in document.tables for cell in table._cells if photo in set(cell._tc.iter())]
    assert "磅单<1>.jpg" in cell.text
    assert "0123456789abcdef" in cell.text
    extent = photo.getparent().find("{*}extent")
    assert 0 < int(extent.get("cx")) <= Mm(52)
    assert abs(int(extent.get("cx")) / int(extent.get("cy")) - 64 / 48) < 0.01
