"""English: the catalogue is complete, compiled, and says what the Chinese says."""

import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor.cli import main
from assessor.errors import Problem
from assessor.language import _, language, speak, speaking
from assessor.words import FINDINGS, STATES, named, ranged, sentence
from tests.chinese import HAN

ROOT = Path(__file__).resolve().parent.parent
pytest.importorskip("babel")
sys.path.insert(0, str(ROOT / "tools"))

import translate  # noqa: E402

DEMO = ROOT / "questionnaires" / "tires" / "samples" / "demo.json"


@pytest.fixture(scope="module")
def catalogue() -> translate.Catalog:
    """The catalogue as it is kept."""
    return translate.catalogue()


def fields(text: str) -> set[str]:
    """What is put into a text."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def test_catalogue__has_exactly_the_texts_of_the_program(catalogue: translate.Catalog) -> None:
    assert {message.id for message in catalogue if message.id} == set(translate.messages())


def test_catalogue__has_english_for_every_text(catalogue: translate.Catalog) -> None:
    assert translate.untranslated(catalogue) == []


def test_catalogue__english_has_no_chinese_left(catalogue: translate.Catalog) -> None:
    left = {run for m in catalogue if m.id for run in HAN.findall(m.string)}
    assert left <= {"中文", "企业名称", "统一社会信用代码", "地区", "文件", "键", "有色金属行业诊断包"}


def test_catalogue__puts_in_the_same_values(catalogue: translate.Catalog) -> None:
    wrong = [m.id for m in catalogue if m.id and "{" in m.id and fields(m.id) != fields(m.string)]
    assert wrong == []


def test_catalogue__is_compiled_from_what_is_written(catalogue: translate.Catalog) -> None:
    assert translate.mo_bytes(catalogue) == (translate.LOCALE / "en.mo").read_bytes()
    assert translate.po_bytes(catalogue) == (translate.LOCALE / "en.po").read_bytes()


def test_speaking__holds_inside_the_block_alone() -> None:
    assert _(STATES["answered"]) == "已答"
    with speaking("en"):
        assert (language(), _(STATES["answered"])) == ("en", "Answered")
    assert (language(), _(STATES["answered"])) == ("zh", "已答")


def test_a_problem__is_told_in_the_language_now_spoken() -> None:
    problem = Problem("file-missing", "answers.json")
    assert str(problem) == "answers.json: 找不到文件。请检查路径。[file-missing]"
    with speaking("en"):
        assert str(problem) == "answers.json: File not found. Check the path. [file-missing]"


def test_a_finding__is_told_in_the_language_now_spoken() -> None:
    with speaking("en"):
        told = sentence(FINDINGS, "unusual-without-reason", {"value": 7, "low": 1, "high": None})
    assert told == "7 is outside the usual range 1–no limit; please check, and give the reason if it is right"


def test_ranged__has_the_dash_of_the_language() -> None:
    assert ranged(1, 2) == "1—2"
    with speaking("en"):
        assert ranged(1, 2) == "1–2"


def test_named__gives_english_where_there_is_some() -> None:
    class Record:
        title, title_en = "炼胶", "Mixing"

    assert named(Record()) == "炼胶"
    with speaking("en"):
        assert named(Record()) == "Mixing"


@pytest.fixture
def chinese_afterwards() -> Iterator[None]:
    """Whatever is spoken in the test."""
    yield
    speak("zh")


def test_cli__speaks_english_wherever_the_option_stands(
    capsys: pytest.CaptureFixture[str], chinese_afterwards: None
) -> None:
    for arguments in (["--lang", "en", "score", "missing.json"], ["--lang=en", "score", "missing.json"]):
        assert main(arguments) == 2
        assert "File not found. Check the path." in capsys.readouterr().err
    assert main(["score", "missing.json"]) == 2
    assert "找不到文件" in capsys.readouterr().err


def test_cli__refuses_a_language_it_does_not_speak(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "fr", "score", str(DEMO)]) == 2
    assert "[usage]" in capsys.readouterr().err


def test_the_tool__has_nothing_to_add() -> None:
    before = (translate.LOCALE / "en.po").read_bytes()
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "translate.py")], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert (translate.LOCALE / "en.po").read_bytes() == before
