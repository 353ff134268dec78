"""The Word document: the same content as on paper, in styles one can go on editing; one's own templates."""

import io
import zipfile
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html
import pytest
from docx import Document
from PIL import Image

from assessor import shipped
from assessor.diagnosis import Diagnosis
from assessor.errors import UserError
from assessor.report.context import report
from assessor.report.docx.fields import OPEN, WHOLE
from assessor.report.docx.write import chapters, docx_bytes, write_docx
from assessor.report.looks import load_looks
from assessor.report.readers import TITLES


@pytest.fixture(scope="module")
def content(demo: Diagnosis) -> bytes:
    return docx_bytes(demo)


@pytest.fixture(scope="module")
def word(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def said(document: Any) -> str:
    """All text of a document, blanks apart."""
    text = "".join(document.element.body.itertext())
    return "".join(text.split())


def template(folder: Path, *lines: str) -> Path:
    """A consultant's own Word file with these lines."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(folder / "own.docx")
    return folder / "own.docx"


def test_headings__are_those_of_the_page_in_its_order(demo: Diagnosis, word: Any) -> None:
    found, _ = chapters(report(demo, load_looks().light))
    heads = [head for section in found.values() for head in section.iter("h1")]
    wanted = ["".join(head.itertext()) for head in heads if head.get("id") != "contents"]
    first = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert [text for text in first if text != TITLES["contents"]] == wanted
    assert len(wanted) > 6


def test_every_word_of_the_page__is_in_the_document(demo: Diagnosis, word: Any) -> None:
    """Cell by cell and paragraph by paragraph; the table of contents is Word's own."""
    found, _ = chapters(report(demo, load_looks().light))
    text = said(word)
    missing = [
        line
        for section in found.values()
        for element in section.iter("p", "td", "th", "h1", "h2", "figcaption")
        if element.get("aria-hidden") != "true" and not list(element)
        if (line := "".join((element.text or "").split())) and line not in text
    ]
    assert missing == ["目录与读法"]


def test_remarks_and_reasons__are_all_there(demo: Diagnosis, word: Any) -> None:
    text = said(word)
    notes = [
        note for answer in demo.answers.items.values() for note in (answer.reason, answer.remark) if note
    ]
    assert len(notes) > 20
    plain = text.replace(" ", "")
    assert [note for note in notes if "".join(note.split()) not in plain] == []


def test_every_chart__is_a_picture_with_words_for_who_cannot_see_it(demo: Diagnosis, content: bytes) -> None:
    _, charts = chapters(report(demo, load_looks().light))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [name for name in package.namelist() if name.startswith("word/media/")]
        sizes = [Image.open(io.BytesIO(package.read(name))).size for name in names]
        page = lxml.etree.fromstring(package.read("word/document.xml"))
    told = [element.get("descr") for element in page.iter("{*}docPr") if element.get("name") == "图"]
    assert len(told) == len(charts) > 10
    assert all(told)
    assert len(names) == len(set(charts.values()))
    assert min(width for width, _ in sizes) > 200


def test_a_table__repeats_its_head_and_keeps_rows_whole(word: Any) -> None:
    heads = [table._tbl for table in word.tables if table._tbl.tr_lst[0].xpath("./w:trPr/w:tblHeader")]
    assert len(heads) > 10
    assert all(row.xpath("./w:trPr/w:cantSplit") for table in heads for row in table.tr_lst)


def test_a_template_of_ones_own__has_its_words_its_order_and_its_fields(
    demo: Diagnosis, tmp_path: Path
) -> None:
    own = template(
        tmp_path, "甲方：{{企业名称}}", "{{红线与疑点}}", "我们的话", "{{一页结论}}", "落款 {{诊断人}}"
    )
    document = Document(io.BytesIO(docx_bytes(demo, own)))
    lines = [p.text for p in document.paragraphs]
    first = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert lines[0] == "甲方：黔岭示例轮胎有限公司"
    assert [text.rpartition("、")[2] for text in first][-1] == "一页结论"
    assert len(first) == 2
    assert lines.index("我们的话") > lines.index(first[0])
    assert lines[-1] == f"落款 {demo.answers.by}"


def test_the_whole__leaves_out_chapters_with_a_field_of_their_own(demo: Diagnosis, tmp_path: Path) -> None:
    document = Document(io.BytesIO(docx_bytes(demo, template(tmp_path, "{{一页结论}}", "{{全部章节}}"))))
    first = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert first.count("一页结论") == 1
    assert len(first) == len(set(first)) > 6


def test_what_the_firm_has_not_said__is_left_to_be_filled_in(blank: Diagnosis, tmp_path: Path) -> None:
    own = template(tmp_path, "{{诊断人}}")
    assert Document(io.BytesIO(docx_bytes(blank, own))).paragraphs[0].text == OPEN


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("{{企业名}} {{法人}}", "template-field", "企业名、法人"),
        ("{{企业名称", "template-syntax", ""),
        ("{% if %}", "template-syntax", ""),
    ],
)
def test_a_field_written_wrongly__is_named(
    demo: Diagnosis, tmp_path: Path, line: str, code: str, told: str
) -> None:
    with pytest.raises(UserError) as caught:
        write_docx(demo, tmp_path / "x.docx", template=template(tmp_path, line))
    [problem] = caught.value.problems
    assert (problem.code, problem.where) == (code, str(tmp_path / "own.docx"))
    assert told in problem.what
    assert not (tmp_path / "x.docx").exists()


@pytest.mark.parametrize("content", [b"", b"no document", b"PK\x03\x04"])
def test_what_is_no_word_file__is_refused(demo: Diagnosis, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "own.docx").write_bytes(content)
    with pytest.raises(UserError) as caught:
        docx_bytes(demo, tmp_path / "own.docx")
    assert caught.value.problems[0].code == "template-unreadable"


def test_every_chapter_of_the_templates__has_a_field() -> None:
    pages = [path.read_text(encoding="utf-8") for path in (shipped("reports") / "zh").glob("*.html")]
    ids = {
        heading.get("id")
        for page in pages
        for section in lxml.html.fromstring(f"<div>{page}</div>").iter("section")
        for heading in section.findall("h1")
    }
    assert ids <= {*TITLES, None}
    assert WHOLE not in TITLES.values()
