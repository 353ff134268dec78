"""A new trade without code: the scaffold, the example, and the page that leads through it."""

import argparse
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor import commands
from assessor.cli import DONE, FOUND_WRONG, NOT_DONE, main, parser
from assessor.commands import Places, authoring, paper
from assessor.errors import UserError
from assessor.pack.load import load_pack, pack_folders, place_of
from assessor.pack.scaffold import prefix

ROOT = Path(__file__).resolve().parent.parent
QUESTIONNAIRES = ROOT / "questionnaires"
EXAMPLE = ROOT / "docs/examples/nonferrous"
PAGE = (ROOT / "docs/writing-a-pack.md").read_text(encoding="utf-8")


@pytest.fixture
def mine(tmp_path: Path) -> Places:
    """A data folder with room for own packs, before the shipped ones."""
    return Places(tmp_path / "data", (tmp_path / "data/packs", QUESTIONNAIRES))


@pytest.fixture
def with_example(mine: Places) -> Places:
    """The same with the example among the own packs."""
    shutil.copytree(EXAMPLE, mine.packs[0] / "nonferrous")
    return mine


# -- the scaffold ------------------------------------------------------------------------------------


def todos(folder: Path) -> set[tuple[str, int, int]]:
    """File, line and column of every value that is to be written, comments left out."""
    found = set()
    for path in folder.glob("*.yaml"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.lstrip().startswith("#"):
                found |= {(str(path), number, match.start()) for match in re.finditer("TODO", line)}
    return found


def test_a_new_pack__has_every_todo_told_and_nothing_else(mine: Places) -> None:
    folder = authoring.new_pack(mine, "copper", "铜行业诊断包")
    assert folder == mine.packs[0] / "copper"
    problems = commands.check_packs(mine, folder)
    assert {problem.code for problem in problems} == {"pack-todo"}
    assert len(problems) == len(todos(folder))
    lines = {place_of(problem)[:2] for problem in problems}
    assert {(Path(path).name, line) for path, line in lines} == {
        (Path(path).name, line) for path, line, _ in todos(folder)
    }


def test_a_new_pack__has_every_file_with_its_explanation(mine: Places) -> None:
    folder = authoring.new_pack(mine, "copper")
    files = {path.name for path in folder.iterdir()}
    own = {path.name for path in (QUESTIONNAIRES / "tires").glob("*.yaml")}
    assert files == own
    assert all(
        re.search("^# .*[\u4e00-\u9fff]", path.read_text(encoding="utf-8")) for path in folder.iterdir()
    )


FILLED = (
    ("TODO 适用的行业小类，四位代码，如 3216", "3211"),
    *((f"TODO {level} 级占比", "0.2") for level in range(5)),
    ("TODO 低值", "1"),
    ("TODO 高值", "2"),
    ("TODO 月数", "3"),
    ("TODO 天数", "4"),
)


def test_a_new_pack__passes_once_every_todo_is_written(mine: Places) -> None:
    folder = authoring.new_pack(mine, "copper")
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        for old, new in FILLED:
            text = text.replace(old, new)
        path.write_text(text.replace("TODO ", ""), encoding="utf-8")
    assert [str(problem) for problem in commands.check_packs(mine, folder)] == []
    assert commands.get_pack(mine, "copper").scenes


def test_a_new_pack__can_be_filled_in_excel_too(mine: Places, tmp_path: Path) -> None:
    folder = authoring.new_pack(mine, "copper")
    book = authoring.write_pack_book(mine, "copper", tmp_path / "copper.xlsx")
    with pytest.raises(UserError) as caught:
        authoring.read_pack_book(mine, book, tmp_path / "out/copper")
    told = [problem for problem in caught.value.problems if problem.code == "pack-todo"]
    assert len(told) == len(caught.value.problems) == len(todos(folder))
    assert all(re.search(r"copper\.xlsx .+![A-Z]+[0-9]+$", problem.where) for problem in told)


@pytest.mark.parametrize(
    ("pack_id", "code"),
    [
        ("Copper", "authoring-id"),
        ("铜", "authoring-id"),
        ("1copper", "authoring-id"),
        ("../copper", "authoring-id"),
        ("tires", "authoring-taken"),
        ("common", "authoring-taken"),
    ],
)
def test_an_id_that_can_not_be_one__is_refused(pack_id: str, code: str, mine: Places) -> None:
    with pytest.raises(UserError) as caught:
        authoring.new_pack(mine, pack_id)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert not mine.packs[0].exists()


def test_a_new_pack__goes_where_there_is_nothing(mine: Places, tmp_path: Path) -> None:
    (tmp_path / "copper").mkdir()
    (tmp_path / "copper/mine.txt").write_text("x", encoding="utf-8")
    for out, code in ((tmp_path / "copper", "authoring-place"), (tmp_path / "other", "pack-bundle-name")):
        with pytest.raises(UserError) as caught:
            authoring.new_pack(mine, "copper", out=out)
        assert [problem.code for problem in caught.value.problems] == [code]
    assert [path.name for path in tmp_path.iterdir()] == ["copper"]
    assert [path.name for path in (tmp_path / "copper").iterdir()] == ["mine.txt"]


def test_questions_of_a_new_pack__have_letters_nobody_uses() -> None:
    assert prefix("nonferrous", []) == "N"
    assert prefix("tea", ["T01", "TP01", "G01"]) == "TE"
    assert prefix("paper", ["P01"]) == "PA"


# -- the verbs ---------------------------------------------------------------------------------------


def test_the_verbs__lead_from_nothing_to_excel_and_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "data")]
    assert main([*data, "pack", "new", "copper"]) == DONE
    assert "处 TODO 要填" in capsys.readouterr().out
    assert main([*data, "pack", "check", "copper"]) == FOUND_WRONG
    assert main([*data, "pack", "new", "copper"]) == NOT_DONE
    book = str(tmp_path / "book.xlsx")
    assert main([*data, "pack", "to-excel", str(EXAMPLE), "-o", book]) == DONE
    out = str(tmp_path / "data/packs/nonferrous")
    assert main([*data, "pack", "from-excel", book, "-o", out]) == DONE
    assert main([*data, "pack", "from-excel", book, "-o", out]) == NOT_DONE
    assert main([*data, "pack", "from-excel", book, "-o", out, "--replace"]) == DONE
    assert main([*data, "pack", "check", "nonferrous"]) == DONE
    assert main([*data, "pack", "to-excel", "nonferrous", "-o", str(tmp_path / "book.xls")]) == NOT_DONE
    assert "[book-format]" in capsys.readouterr().err


# -- the example -------------------------------------------------------------------------------------


def test_the_example__has_no_fault() -> None:
    found = load_pack(EXAMPLE, (EXAMPLE.parent, QUESTIONNAIRES))
    assert [str(problem) for problem in found.problems] == []
    assert found.pack is not None
    assert [scene.id for scene in found.pack.scenes] == ["N01", "N02", "N03", "N04", "N05"]


def test_the_example__says_of_every_figure_that_it_is_a_judgement() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in EXAMPLE.glob("*.yaml"))
    assert set(re.findall(r"cite: \{source: ([^,]+), kind: ([a-z]+)", text)) == {("own.nonferrous", "expert")}


def test_the_example__is_scored_and_reported_without_a_line_of_code(
    with_example: Places, tmp_path: Path
) -> None:
    diagnosis = commands.diagnose_file(with_example, EXAMPLE / "samples/demo.json")
    told = commands.score_document(diagnosis)
    assert {finding["code"] for finding in told["findings"]} >= {"NX01", "NX02"}
    assert [line["id"] for line in told["red_lines"]] == ["NR01"]
    assert told["proposals"] == {"miit.S06": 1, "miit.S10": 2}
    report = paper.write_report(diagnosis, tmp_path / "report.html").read_text(encoding="utf-8")
    assert "深井铸造冷却水没有监测和联锁" in report
    assert "电解槽控制" in report


def test_the_example__is_no_shipped_pack() -> None:
    assert "nonferrous" not in pack_folders((QUESTIONNAIRES,))


# -- the page ----------------------------------------------------------------------------------------


def blocks(kind: str) -> Iterator[tuple[str, str]]:
    """What follows the kind in the first line of each block of the page, and its lines."""
    for found in re.finditer(rf"^```{kind} ?([^\n]*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        yield found[1], found[2]


def test_every_piece_of_yaml_on_the_page__stands_in_the_example() -> None:
    pieces = [(file, text) for file, text in blocks("yaml") if file]
    assert len(pieces) >= 10
    for file, text in pieces:
        assert text in (EXAMPLE / file).read_text(encoding="utf-8"), f"{file}:\n{text}"


def test_every_command_on_the_page__is_one() -> None:
    lines = [line for _, text in blocks("sh") for line in text.splitlines()]
    lines += re.findall(r"`(python main\.py [^`]+)`", PAGE)
    assert len(lines) >= 8
    for line in lines:
        program, script, *arguments = shlex.split(line)
        assert (program, script) == ("python", "main.py")
        assert isinstance(parser().parse_args(arguments), argparse.Namespace)


def test_every_file_of_a_pack__is_on_the_page() -> None:
    for path in (QUESTIONNAIRES / "schema/scaffold").glob("*.yaml"):
        assert f"`{path.name}`" in PAGE
