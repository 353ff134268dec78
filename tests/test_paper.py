"""The report's verb: its readers, its Word templates, and the archive that carries what it was made from."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from docx import Document

from assessor.answers.document import answers_document
from assessor.cli import main
from assessor.commands import Places, places, read_answers
from assessor.commands.paper import (
    ANSWERS,
    WORKBOOK,
    Archive,
    Paper,
    enclosures,
    report_file,
    template_named,
    word_templates,
    write_report,
)
from assessor.diagnosis import diagnose
from assessor.errors import UserError
from tests.store.pictures import jpeg_bytes


@pytest.fixture(scope="module")
def here() -> Places:
    return places(Path("nowhere"))


@pytest.fixture(scope="module")
def firm(questionnaires: Path) -> Path:
    return questionnaires / "tires/samples/retread.json"


@pytest.fixture(scope="module")
def archive(here: Places, firm: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("archive") / "a.pdf"
    return report_file(here, firm, out, "boss", wish=None, archive=True)


@pytest.fixture(scope="module")
def root(archive: Path) -> Any:
    return pypdf.PdfReader(archive).trailer["/Root"]


def test_the_archive__says_what_it_is(root: Any) -> None:
    told = root["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in told
    assert 'pdfaid:conformance="B"' in told
    [intent] = root["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    assert "sRGB" in intent["/OutputConditionIdentifier"]
    assert intent["/DestOutputProfile"].get_object().get_data()[36:40] == b"acsp", "an ICC profile"
    assert root["/MarkInfo"]["/Marked"], "the archive can be read aloud as well"


def test_the_archive__tells_how_each_file_belongs_to_the_pages(root: Any) -> None:
    files = [one.get_object() for one in root["/AF"]]
    assert {one["/UF"]: one["/AFRelationship"] for one in files} == {ANSWERS: "/Data", WORKBOOK: "/Source"}
    assert len(files) == 2
    assert all(one["/Desc"] for one in files)
    names = root["/Names"]["/EmbeddedFiles"]["/Names"][::2]
    assert names == sorted(names)


def test_the_archive__gives_back_the_answers_from_either_file(
    here: Places, firm: Path, archive: Path, tmp_path: Path
) -> None:
    _, answers = read_answers(here, firm)
    files = {name: parts[0] for name, parts in pypdf.PdfReader(archive).attachments.items()}
    assert json.loads(files[ANSWERS]) == answers_document(answers)
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        _, found = read_answers(here, tmp_path / name)
        assert answers_document(found) == answers_document(answers), name


def test_the_archive__is_the_same_each_time(here: Places, firm: Path, archive: Path, tmp_path: Path) -> None:
    assert (
        report_file(here, firm, tmp_path / "b.pdf", "boss", wish=None, archive=True).read_bytes()
        == archive.read_bytes()
    )


def test_the_archive__embeds_its_letters_and_lets_no_printer_smooth_a_picture(
    here: Places, firm: Path, tmp_path: Path
) -> None:
    pack, answers = read_answers(here, firm)
    key, mark = next(iter(answers.items)), "0123456789abcdef"
    proof = replace(answers.items[key], evidence=(f"磅单.jpg #{mark}",))
    proved = replace(answers, items={**answers.items, key: proof})
    paper = Paper(reader="agency", archive=Archive(proved))
    out = write_report(diagnose(pack, proved), tmp_path / "c.pdf", paper, pictures={mark: jpeg_bytes()})
    read = pypdf.PdfReader(out)
    parts = [read.get_object(number) for number in range(1, len(read.xref[0]) + len(read.xref_objStm))]
    found = [part for part in parts if isinstance(part, dict)]
    images = [part for part in found if part.get("/Subtype") == "/Image"]
    assert images
    assert [part["/Interpolate"].value for part in images] == [False] * len(images)
    fonts = [part for part in found if part.get("/Type") == "/FontDescriptor"]
    assert fonts
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_the_workbook_in_it__keeps_the_name_of_its_assessment(here: Places, firm: Path) -> None:
    pack, answers = read_answers(here, firm)
    [book, _] = enclosures(pack, Archive(answers, "a" * 32))
    found = openpyxl.load_workbook(BytesIO(book.content)).custom_doc_props
    assert "a" * 32 in {one.value for one in found.props}


@pytest.mark.parametrize(
    ("name", "paper", "code"),
    [
        ("a.docx", Paper(archive=Archive(None)), "archive-for-pdf"),  # type: ignore[arg-type]  # never read
        ("a.pdf", Paper(template=Path("x.docx")), "template-for-word"),
        ("a.html", Paper(template=Path("x.docx")), "template-for-word"),
        ("a.txt", Paper(), "report-format"),
    ],
)
def test_what_does_not_go_together__is_refused(
    here: Places, firm: Path, tmp_path: Path, name: str, paper: Paper, code: str
) -> None:
    diagnosis = diagnose(*read_answers(here, firm))
    with pytest.raises(UserError) as caught:
        write_report(diagnosis, tmp_path / name, paper)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert list(tmp_path.iterdir()) == []


def test_templates__are_called_by_name_or_are_files(tmp_path: Path) -> None:
    assert set(word_templates()) == {"report", "survey"}
    assert template_named("survey") == word_templates()["survey"]
    assert template_named("own.docx") == Path("own.docx")
    assert template_named(str(tmp_path / "own")) == tmp_path / "own"


def test_a_template_nobody_knows__brings_the_list(
    firm: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.docx"
    assert main(["report", str(firm), "-o", str(out), "--template", "surve"]) == 2
    told = capsys.readouterr().err
    assert "surve" in told
    assert "report、survey" in told
    assert not out.exists()


def test_the_verb__writes_the_form_with_projects_for_a_budget(
    firm: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.docx"
    asked = ["--template", "survey", "--budget", "20", "--quarters", "4"]
    assert main(["report", str(firm), "-o", str(out), *asked]) == 0
    assert capsys.readouterr().out.strip() == str(out)
    text = "".join(Document(str(out)).element.body.itertext())
    assert "每年预算 20 万元" in text
    assert "（估算）" in text


def test_the_form__takes_no_budget_for_the_firm_s_own_that_nobody_named(firm: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    assert main(["report", str(firm), "-o", str(out), "--template", "survey", "--quarters", "4"]) == 0
    assert "（估算）" not in "".join(Document(str(out)).element.body.itertext())


def test_the_boss_s_word_report__has_no_table_of_contents(here: Places, firm: Path, tmp_path: Path) -> None:
    texts = {}
    for reader in ("boss", "plant"):
        out = report_file(here, firm, tmp_path / f"{reader}.docx", reader, wish=None)  # type: ignore[arg-type]  # both are
        texts[reader] = [p.text for p in Document(str(out)).paragraphs]
    assert "目录" in texts["plant"]
    assert "目录" not in texts["boss"]
    assert any(text == "先做这几步" for text in texts["boss"])
