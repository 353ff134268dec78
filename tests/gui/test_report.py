"""The page for reports: for whom, in what form, by which Word template, to print or to keep."""

from pathlib import Path

import pypdf
import pytest
from docx import Document
from pytestqt.qtbot import QtBot

from assessor import commands
from assessor.commands import Places
from assessor.commands.paper import Archive, word_templates
from assessor.gui import ask
from assessor.gui.prefs import Prefs
from assessor.gui.reportform import ReportForm
from assessor.gui.reportpage import ReportPage
from tests.gui.conftest import OpenWindow


@pytest.fixture
def page(open_window: OpenWindow, here: Places, questionnaires: Path) -> ReportPage:
    """The page of the small retreading plant of the samples."""
    store = commands.open_store(here)
    key = commands.add_sample(here, store, questionnaires / "tires" / "samples" / "retread.json")
    store.close()
    window = open_window()
    window.open_assessment(key)
    window.turn_to("report")
    assert window.work is not None
    return window.work.report


@pytest.fixture
def archive(page: ReportPage) -> Archive:
    return Archive(page._session.answers)


def test_the_page__begins_with_the_whole_report_to_print(page: ReportPage, archive: Archive) -> None:
    paper = page.form.paper(archive)
    assert (paper.reader, paper.template, paper.archive) == ("plant", None, None)
    assert page.path.text().endswith(".pdf")
    assert "诊断报告" in page.path.text()


def test_choices__are_seen_where_they_matter(page: ReportPage) -> None:
    form = page.form
    assert form.uses[True].isVisible() and not form.templates["survey"].isVisible()
    page.choose(".docx")
    assert form.templates["survey"].isVisible() and not form.uses[True].isVisible()
    page.choose(".html")
    assert not form.templates["survey"].isVisible() and not form.uses[True].isVisible()


def test_the_file_s_name__follows_what_it_is_until_the_person_gives_one(
    page: ReportPage, tmp_path: Path
) -> None:
    page.form.choose_reader("agency")
    assert "诊断附件" in page.path.text()
    page.choose(".docx")
    page.form.choose_template("survey")
    assert "调研诊断表" in page.path.text() and page.path.text().endswith(".docx")
    page.path.setText(str(tmp_path / "给局里.docx"))
    page.form.choose_reader("boss")
    page.choose(".pdf")
    assert page.path.text() == str(tmp_path / "给局里.pdf")


def test_reader_and_template__are_remembered(
    qtbot: QtBot, page: ReportPage, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "我们的.docx"
    Document().save(str(own))
    monkeypatch.setattr(ask, "open_file", lambda *_: own)
    page.form.choose_reader("agency")
    page.form.choose_template("own")
    again = ReportForm(Prefs(page._session.desk.here.data))
    qtbot.addWidget(again)
    again.choose_form(".docx")
    paper = again.paper(archive)
    assert (paper.reader, paper.template) == ("agency", own)
    again.choose_template("survey")
    assert again.paper(archive).template == word_templates()["survey"]


def test_no_file_chosen__leaves_the_template_as_it_was(
    page: ReportPage, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "open_file", lambda *_: None)
    page.choose(".docx")
    page.form.choose_template("survey")
    page.form.choose_template("own")
    assert page.form.paper(archive).template == word_templates()["survey"]
    assert page.form.templates["survey"].isChecked() and not page.form.templates["own"].isChecked()


def test_an_archive__carries_the_answers_of_this_assessment(
    qtbot: QtBot, page: ReportPage, tmp_path: Path
) -> None:
    page.form.choose_reader("boss")
    page.form.choose_use(True)
    page.path.setText(str(tmp_path / "a.pdf"))
    with qtbot.waitSignal(page.made, timeout=60_000):
        page.begin()
    read = pypdf.PdfReader(tmp_path / "a.pdf")
    assert sorted(read.attachments) == ["answers.json", "workbook.xlsx"]
    assert len(read.pages) == 3


def test_the_survey_form__is_written_from_the_window(qtbot: QtBot, page: ReportPage, tmp_path: Path) -> None:
    page.choose(".docx")
    page.form.choose_template("survey")
    page.path.setText(str(tmp_path / "a.docx"))
    with qtbot.waitSignal(page.made, timeout=60_000):
        page.begin()
    assert any("第三部分" in line.text for line in Document(str(tmp_path / "a.docx")).paragraphs)
