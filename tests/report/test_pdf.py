"""The PDF: our letters only, tagged, with bookmarks and page numbers, the same bytes each time."""

import builtins
import logging
import os
import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from assessor import shipped
from assessor.commands import diagnose_file, places
from assessor.diagnosis import Diagnosis, diagnose
from assessor.errors import UserError
from assessor.report.pdf import render_pdf, write_pdf
from assessor.report.wording import verdict_sentence

SAMPLES = sorted(shipped("questionnaires").glob("*/samples/*.json"))


@pytest.fixture(scope="module")
def made(demo: Diagnosis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "demo.pdf"
    assert write_pdf(demo, path) == ()
    return path


@pytest.fixture(scope="module")
def reader(made: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(made)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_pdf__is_titled_tagged_and_of_sane_length(reader: pypdf.PdfReader, demo: Diagnosis) -> None:
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert reader.metadata is not None
    assert str(demo.answers.fact("name")) in (reader.metadata.title or "")
    assert reader.metadata.author == demo.answers.by
    assert reader.metadata.creation_date is None
    assert 12 <= len(reader.pages) <= 60


def test_pdf__bookmarks_name_the_chapters(reader: pypdf.PdfReader) -> None:
    titles = [str(item.title) for item in reader.outline if not isinstance(item, list)]
    assert titles[0] == "一页结论"
    assert titles[-1] == "签字"
    assert any("得分与等级" in title for title in titles)


def test_pdf__the_boss_reads_it_on_one_page(reader: pypdf.PdfReader, demo: Diagnosis) -> None:
    assert _plain(verdict_sentence(demo)) in _plain(reader.pages[1].extract_text())
    assert "目录" in reader.pages[2].extract_text()
    assert _plain(f"2 / {len(reader.pages)}") in _plain(reader.pages[1].extract_text())


@pytest.mark.slow
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_pdf__every_sample_firm_s_boss_reads_it_on_one_page(path: Path) -> None:
    content, _ = render_pdf(diagnose_file(places(), path))
    pages = pypdf.PdfReader(BytesIO(content)).pages
    assert "一页结论" in pages[1].extract_text()
    assert "目录" in pages[2].extract_text()


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler-utils is not installed")
def test_pdf__only_our_letters(made: Path) -> None:
    lines = subprocess.run(["pdffonts", made], check=True, capture_output=True, text=True).stdout.splitlines()
    fonts = {line.split()[0].partition("+")[2] for line in lines[2:]}
    assert fonts == {"WRT-Sans-SC", "WRT-Sans-SC-Bold"}
    assert all(" yes yes yes " in line for line in lines[2:])


def test_pdf__same_input_same_bytes(demo: Diagnosis, made: Path) -> None:
    assert render_pdf(demo)[0] == made.read_bytes()


@pytest.mark.parametrize("name", ["retread", "blank", "full", "plain"])
def test_pdf__the_printer_has_nothing_to_say(
    name: str, diagnoses: dict[str, Diagnosis], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="weasyprint"):
        content, missing = render_pdf(diagnoses[name])
    assert not [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert missing == ()
    pages = pypdf.PdfReader(BytesIO(content)).pages
    assert "一页结论" in pages[1].extract_text()
    assert "目录与读法" in pages[2].extract_text()


def test_pdf__missing_letters_are_named(demo: Diagnosis) -> None:
    answers = replace(demo.answers, firm={**demo.answers.firm, "name": "贵州𠮷祥公司"})
    assert render_pdf(diagnose(demo.pack, answers))[1] == ("𠮷",)


def test_pdf__environment_and_logs_are_left_as_they_were(blank: Diagnosis) -> None:
    before = os.environ.get("FONTCONFIG_FILE")
    steps = logging.getLogger("weasyprint.progress")
    state = (steps.level, steps.propagate, list(steps.handlers))
    render_pdf(blank)
    assert os.environ.get("FONTCONFIG_FILE") == before
    assert (steps.level, steps.propagate, list(steps.handlers)) == state


def test_pdf__progress_runs_to_the_end_and_can_be_stopped(blank: Diagnosis, tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    write_pdf(blank, tmp_path / "a.pdf", lambda *step: seen.append(step))
    assert seen[0][0] == 0
    assert seen[-1][0] == seen[-1][1]
    assert [step[0] for step in seen] == sorted(step[0] for step in seen)

    def stop(done: int, total: int, what: str) -> None:
        if done >= 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_pdf(blank, tmp_path / "b.pdf", stop)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_pdf__a_full_disk_leaves_the_old_file(
    blank: Diagnosis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError) as caught:
        write_pdf(blank, target)
    assert caught.value.problems[0].code == "file-unwritable"
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_pdf__a_machine_without_pango_is_told_so(
    blank: Diagnosis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UserError) as caught:
        write_pdf(blank, tmp_path / "a.pdf")
    assert caught.value.problems[0].code == "pdf-engine"
    assert not list(tmp_path.iterdir())
