"""`roadmap` from a shell: plans as text, JSON and files, and one clear line for what can't be meant."""

import json
from pathlib import Path

import pytest

from assessor.cli import main

RETREAD = Path(__file__).resolve().parent.parent / "questionnaires/tires/samples/retread.json"
SHORT = ("--budget", "4", "--quarters", "4", "--from", "2099Q1")


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main(["roadmap", *map(str, arguments)])
    ended = capsys.readouterr()
    return status, ended.out, ended.err


def test_the_plan__is_text_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, RETREAD, *SHORT)
    assert (status, err) == (0, "")
    assert out.startswith("改进路线图")
    assert "2099 年第 1 季度" in out
    assert "HiGHS" not in out


def test_the_plan__is_json_for_machines_with_scores_before_and_after(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, _ = run(capsys, RETREAD, *SHORT, "--json")
    document = json.loads(out)
    assert status == 0
    assert document["status"] == "optimal"
    before, after = (document[name]["models"]["wanqi-ronghe"]["low"] for name in ("before", "after"))
    assert after == document["scores"][-1]
    assert after - before == pytest.approx(document["gain"])


@pytest.mark.parametrize("suffix", [".xml", ".ics", ".json"])
def test_the_plan__is_a_file_for_others(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"plan{suffix}"
    status, said, _ = run(capsys, RETREAD, *SHORT, "-o", out)
    assert (status, said.strip()) == (0, str(out))
    data = out.read_bytes()
    assert data.startswith({".xml": b"<?xml", ".ics": b"BEGIN:VCALENDAR\r\n", ".json": b"{"}[suffix])


def test_no_plan__is_said_with_what_would_help(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "plan.ics"
    target = ("--target", "miit-sme-2024:4@4")
    status, said, _ = run(capsys, RETREAD, *SHORT, *target, "-o", out)
    assert status == 1
    assert "排不出路线图" in said and "4 级" in said
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--budget", "-1"], "roadmap-budget"),
        (["--budget", "很多"], "roadmap-money"),
        (["--budget", "nan"], "roadmap-money"),
        (["--model", "cmmm"], "model-unknown"),
        (["--target", "miit-sme-2024:5"], "roadmap-target-level"),
        (["--target", "二级"], "roadmap-target-shape"),
        (["--pin", "tires.R10"], "roadmap-pin-shape"),
        (["--pin", "tires.R10:1"], "roadmap-pin-early"),
        (["--pin", "tires.R99:1"], "roadmap-action-unknown"),
        (["--without", "tires.R99"], "roadmap-action-unknown"),
        (["--stop", "TR01"], "roadmap-line-unknown"),
        (["--from", "2020Q1"], "roadmap-past"),
        (["--from", "明年"], "roadmap-quarter"),
        (["-o", "plan.doc"], "roadmap-format"),
        (["--quarters", "20"], "roadmap-quarters"),
    ],
)
def test_what_cannot_be_meant__is_one_clear_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: str
) -> None:
    status, out, err = run(capsys, RETREAD, *arguments)
    assert (status, out) == (2, "")
    assert f"[{code}]" in err and len(err.splitlines()) == 1
