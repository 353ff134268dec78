"""The worked examples that ship with the packs come out as worked by hand; a test is named after its file."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assessor.answers.derived import with_derived
from assessor.answers.document import parse_answers
from assessor.answers.effective import effective
from assessor.answers.firm import size_class
from assessor.answers.model import Answers, AnswerState, Side
from assessor.answers.proposal import proposals
from assessor.answers.rules import fired, red_lines
from assessor.answers.state import states
from assessor.commands import Places, get_pack, read_answers
from assessor.pack.model import Pack
from assessor.pack.yamlfile import read_yaml
from assessor.scoring.compiled import milli
from assessor.scoring.index_verdict import score_indexes
from assessor.scoring.result import score_firm

QUESTIONNAIRES = Path(__file__).resolve().parent.parent.parent / "questionnaires"
CASES = sorted(
    path for path in QUESTIONNAIRES.glob("*/cases/*.yaml") if (path.parent.parent / "pack.yaml").is_file()
)


def _not_asked(pack: Pack, answers: Answers, expected: Any, side: Side) -> None:
    scenes = {scene.id for scene in pack.scenes}
    found = {key for key, state in states(pack, answers).items() if state is AnswerState.NOT_ASKED}
    assert sorted(found & scenes) == sorted(expected)


def _proposals(pack: Pack, answers: Answers, expected: Any, side: Side) -> None:
    assert proposals(pack, answers, side) == expected


def _end(name: str) -> Callable[[Pack, Answers, Any, Side], None]:
    def check(pack: Pack, answers: Answers, expected: Any, side: Side) -> None:
        result = score_firm(pack, pack.model("miit-sme-2024"), effective(pack, answers)).on(side)
        if name in ("low", "high"):
            assert getattr(result.span, name) == milli(Decimal(str(expected)))
        else:
            assert getattr(result, name) == expected

    return check


def _fired(pack: Pack, answers: Answers) -> set[str]:
    return {rule.id for rule in fired(pack, with_derived(pack, answers))}


def _rules(pack: Pack, answers: Answers, expected: Any, side: Side) -> None:
    assert set(expected) <= _fired(pack, answers)


def _not_rules(pack: Pack, answers: Answers, expected: Any, side: Side) -> None:
    assert not set(expected) & _fired(pack, answers)
    assert set(expected) <= {rule.id for rule in pack.rules.rules}, "a rule that is not there is always quiet"


def _red_lines(pack: Pack, answers: Answers, expected: Any, side: Side) -> None:
    held = red_lines(pack, with_derived(pack, answers))
    assert sorted(line.id for line in held) == sorted(expected)


def _between(pack: Pack, answers: Answers, expected: Any, side: Side) -> None:
    """Both ends of the ministry's score lie in a range an engineer would name."""
    span = score_firm(pack, pack.model("miit-sme-2024"), effective(pack, answers)).on(side).span
    low, high = (milli(Decimal(str(end))) for end in expected)
    assert low <= span.low <= span.high < high


def _stage(pack: Pack, answers: Answers, expected: Any, side: Side) -> None:
    (index,) = score_indexes(pack, effective(pack, answers))
    assert index.on(side).level == expected


def _contradictions(pack: Pack, answers: Answers, expected: Any, side: Side) -> None:
    """These contradictions and no others."""
    held = fired(pack, with_derived(pack, answers))
    assert sorted(rule.id for rule in held if rule.effect == "contradiction") == sorted(expected)


def _seen(pack: Pack, answers: Answers, expected: Any, side: Side) -> None:
    """Levels as they count on site, after the rules have held them down."""
    counted = effective(pack, answers)
    assert {key: counted.get(key).verified for key in expected} == expected


EXPECT = {
    "rules": _rules,
    "not_rules": _not_rules,
    "red_lines": _red_lines,
    "contradictions": _contradictions,
    "between": _between,
    "stage": _stage,
    "seen": _seen,
    "not_asked": _not_asked,
    "proposals": _proposals,
    **{name: _end(name) for name in ("low", "high", "level", "level_low", "level_high")},
}


def _written(case: dict[str, Any], pack: Pack, name: str) -> Answers:
    assert case.keys() <= {"name", "firm", "mode", "date", "answers", "expect"}
    inputs = {key: value for key, value in case.items() if key not in ("name", "expect")}
    answers, problems = parse_answers(inputs, pack, name)
    assert not problems, list(map(str, problems))
    return answers


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_a_worked_example__comes_out_as_worked(path: Path) -> None:
    document = read_yaml(path, path.name)
    assert not document.problems, list(map(str, document.problems))
    case = document.data
    here = Places(Path("nowhere"), (QUESTIONNAIRES,))
    pack = get_pack(here, path.parent.parent.name)
    if "sample" in case:
        assert case.keys() == {"name", "sample", "expect"}
        _, answers = read_answers(here, path.parent.parent / "samples" / case["sample"])
    else:
        answers = _written(case, pack, path.name)
    expected = dict(case["expect"])
    side = expected.pop("side", "claimed")
    assert expected
    for key, value in expected.items():
        EXPECT[key](pack, answers, value, side)


def test_there_are_worked_examples_for_every_rule_of_the_ministry_s_model() -> None:
    names = {path.stem for path in CASES if path.parent.parent.name == "common"}
    for point in (20, 40, 60, 80):
        assert any(name.endswith(f"-at-{point}") for name in names)
        assert any(name.endswith(f"-under-{point}") for name in names)
    assert len(names) >= 20


def test_every_shipped_sample__has_its_verdict_written_down() -> None:
    """Written before the answers were filled in; see `docs/samples.md`."""
    told = {(path.parent.parent.name, path.stem.removeprefix("sample-")) for path in CASES}
    for path in QUESTIONNAIRES.glob("*/samples/*.json"):
        assert (path.parent.parent.name, path.stem) in told
    text = (QUESTIONNAIRES.parent / "docs/samples.md").read_text(encoding="utf-8")
    for name in ("化工", "白酒", "轮胎"):
        assert text.count(f"| {name} |") == 3


@pytest.mark.parametrize("name", ["chemicals", "liquor", "tires"])
def test_every_trade__has_a_micro_a_small_and_a_medium_sample(name: str) -> None:
    here = Places(Path("nowhere"), (QUESTIONNAIRES,))
    for size in ("micro", "small", "medium"):
        _, answers = read_answers(here, QUESTIONNAIRES / name / "samples" / f"{size}.json")
        assert size_class(answers) == size
