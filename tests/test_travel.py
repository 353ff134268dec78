"""Assessments travel: as workbook, answers file, part and backup; what was said comes back the same."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assessor import shipped
from assessor.cli import main
from assessor.commands import load_assessment, open_store, places

DEMO = shipped("questionnaires") / "tires/samples/demo.json"
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a verb on one of several data folders; what it printed. It must end well."""

    def call(*arguments: object, data: str = "here") -> str:
        capsys.readouterr()
        assert main(["--data", str(tmp_path / data), *map(str, arguments)]) == 0
        return capsys.readouterr().out

    return call


def said(tmp_path: Path, data: str) -> tuple[Any, dict[str, tuple[str, str]]]:
    """The answers of assessment 1, and who said what when."""
    here = places(tmp_path / data)
    store = open_store(here)
    _, answers, _ = load_assessment(here, store, 1)
    who = {one.item: (one.author, one.at) for one in store.entries(1)}
    store.close()
    return answers, who


@pytest.mark.parametrize("form", ["xlsx", "zip"])
def test_an_assessment__goes_to_another_machine_with_author_and_time(
    run: Run, tmp_path: Path, form: str
) -> None:
    run("import", DEMO)
    run("export", 1, "-o", tmp_path / f"a.{form}")
    run("import", tmp_path / f"a.{form}", data="there")
    assert said(tmp_path, "there") == said(tmp_path, "here")


def test_a_workbook__that_comes_back_unchanged_adds_nothing(run: Run, tmp_path: Path) -> None:
    run("import", DEMO)
    run("export", 1, "-o", tmp_path / "a.xlsx")
    before = said(tmp_path, "here")
    assert "0 条记录" in run("import", tmp_path / "a.xlsx")
    assert said(tmp_path, "here") == before


def test_an_answers_file__is_what_was_imported(run: Run, tmp_path: Path) -> None:
    run("import", DEMO)
    run("export", 1, "-o", tmp_path / "a.json")
    given, back = (json.loads(path.read_text("utf-8")) for path in (DEMO, tmp_path / "a.json"))
    assert back["firm"] == given["firm"]
    assert {key: one.get("value") for key, one in back["answers"].items()} == {
        key: one.get("value") for key, one in given["answers"].items()
    }


def test_a_workbook__scores_as_the_answers_file_it_came_from(run: Run, tmp_path: Path) -> None:
    run("import", DEMO)
    run("export", 1, "-o", tmp_path / "a.xlsx")
    ours, theirs = (json.loads(run("score", path, "--json")) for path in (DEMO, tmp_path / "a.xlsx"))
    assert ours == theirs


def test_a_backup__comes_back_beside_and_never_over(run: Run, tmp_path: Path) -> None:
    run("import", DEMO)
    before = said(tmp_path, "here")
    run("backup", tmp_path / "b.zip")
    run("import", DEMO)
    told = run("restore", tmp_path / "b.zip")
    folder = next(path for path in tmp_path.glob("here-*"))
    assert str(folder) in told
    assert said(tmp_path, folder.name) == before
    assert len(list(open_store(places(tmp_path / "here")).assessments())) == 2


def test_a_blank_workbook__is_checked_and_found_without_its_code(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("template", "common", "-o", tmp_path / "t.xlsx")
    assert main(["check", str(tmp_path / "t.xlsx"), "--json"]) == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert told["state"] == "quarantined"
    assert any("信用代码" in fault["reason"] for fault in told["faults"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("template", "common", "-o", "t.docx"), "template-format"),
        (("export", "1", "-o", "t.docx"), "export-format"),
        (("export", "7", "-o", "t.json"), "store-unknown"),
        (("import", "nothing.xlsx"), "file-missing"),
        (("check", "nothing.xlsx"), "file-missing"),
    ],
)
def test_what_can_not_be_done__is_said_in_one_line(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: str,
) -> None:
    run("import", DEMO)
    monkeypatch.chdir(tmp_path)
    assert main(["--data", str(tmp_path / "here"), *arguments]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert f"[{code}]" in told
    assert not list(tmp_path.glob("t.*"))


def test_something_else_named_as_a_workbook__is_refused_with_nothing_taken_in(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"not a workbook")
    assert main(["--data", str(tmp_path / "here"), "import", str(tmp_path / "a.xlsx")]) == 2
    assert "[workbook-fault]" in capsys.readouterr().err
    assert not open_store(places(tmp_path / "here")).assessments()
