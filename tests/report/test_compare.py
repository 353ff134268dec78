"""Two diagnoses side by side: levels and scores of every model, scenes that moved, and what to know."""

from dataclasses import replace
from pathlib import Path

import pytest

from assessor import commands
from assessor.answers.model import Answer, Answers
from assessor.diagnosis import Diagnosis, diagnose
from assessor.pack.model import Pack
from assessor.report.compare import ModelRow, compare, supposed

Firm = tuple[Pack, Answers]


@pytest.fixture(scope="module")
def firm(questionnaires: Path) -> Firm:
    """The sample tire plant as a self-assessment."""
    here = commands.Places(Path("nowhere"), (questionnaires,))
    pack, answers = commands.read_answers(here, questionnaires / "tires/samples/demo.json")
    return pack, replace(answers, mode="self")


def with_levels(answers: Answers, **levels: int) -> Answers:
    for key, level in levels.items():
        answers = answers.with_answer(key, Answer(level))
    return answers


def row(found: tuple[ModelRow, ...], title: str) -> ModelRow:
    return next(each for each in found if title in each.title)


def points(diagnosis: Diagnosis) -> int:
    return diagnosis.main.result.claimed.span.low


def test_nothing_changed__every_model_says_so(firm: Firm) -> None:
    now = diagnose(*firm)
    found = compare(now, now)
    assert {each.way for each in found.models} == {"same"}
    assert {each.change for each in found.models} == {"没有变"}
    assert all(each.was == each.now for each in found.models)
    assert found.scenes == () and found.notes == ()
    ids = [model.id for model in (*firm[0].models, *firm[0].indexes, *firm[0].standards)]
    assert len(found.models) == len(ids)


def test_scenes_that_moved__are_listed_with_both_levels_and_the_rest_is_counted(firm: Firm) -> None:
    pack, answers = firm
    before = with_levels(answers, T01=1, T02=3, T03=2)
    now = with_levels(answers, T01=2, T02=2, T03=2).with_answer("T04", Answer())
    before = before.with_answer("T04", Answer(2))
    found = compare(diagnose(pack, before), diagnose(pack, now))
    assert [(each.id, each.was, each.now, each.way) for each in found.scenes] == [
        ("T01", 1, 2, "up"),
        ("T02", 3, 2, "down"),
        ("T04", 2, None, "other"),
    ]
    levels = [q.id for q in pack.asked() if q.kind == "level"]
    known = [key for key in levels if isinstance(now.get(key).value, int) and key not in ("T01", "T02")]
    assert found.same == len(known)


def test_points_gained__are_told_as_the_models_count_them(firm: Firm) -> None:
    pack, answers = firm
    before = diagnose(pack, answers.with_answer("miit.Q5", Answer("A")))
    now = diagnose(pack, answers.with_answer("miit.Q5", Answer("D")))
    gained = points(now) - points(before)
    assert gained > 0
    found = row(compare(before, now).models, "2024")
    assert (found.way, f"+{gained / 1000:.1f} 分" in found.change) == ("up", True)
    back = row(compare(now, before).models, "2024")
    assert (back.way, f"−{gained / 1000:.1f} 分" in back.change) == ("down", True)
    assert (back.was, back.now) == (found.now, found.was)


def test_an_interval__is_told_end_by_end(firm: Firm) -> None:
    pack, answers = firm
    before = diagnose(pack, answers.with_answer("miit.Q8", Answer()))
    now = diagnose(pack, answers.with_answer("miit.Q8", Answer("A")))
    assert not before.main.result.claimed.span.known
    found = row(compare(before, now).models, "2024")
    assert "最低 ±0.0 分，最高 −" in found.change and found.way == "down"


def test_self_and_onsite__are_compared_by_what_the_firm_said(firm: Firm) -> None:
    pack, answers = firm
    onsite = replace(answers, mode="onsite", items={**answers.items, "T01": Answer(3, verified=1)})
    found = compare(diagnose(pack, with_levels(answers, T01=3)), diagnose(pack, onsite))
    assert found.side == "claimed"
    assert "T01" not in {each.id for each in found.scenes}
    assert "按企业自报比" in found.notes[0]


def test_another_version_of_the_pack__is_told(firm: Firm) -> None:
    now = diagnose(*firm)
    older = replace(now, pack=replace(now.pack, digest="0" * 64))
    assert "诊断包不同" in compare(older, now).notes[0]


@pytest.mark.parametrize("mode", ["self", "onsite"])
def test_a_thought__changes_the_side_that_counts_and_nothing_that_is_stored(firm: Firm, mode: str) -> None:
    pack, answers = firm
    answers = replace(answers, mode=mode)  # type: ignore[arg-type]
    answers = answers.with_answer("T01", Answer(1, verified=1, remark="看了"))
    tried = supposed(answers, {"T01": 4})
    assert answers.get("T01").on(answers.headline) == 1
    assert tried.get("T01").on(answers.headline) == 4
    assert tried.get("T01").on("claimed" if mode == "onsite" else "verified") in (1, None)
    found = compare(diagnose(pack, answers), diagnose(pack, tried))
    assert [(each.id, each.was, each.now) for each in found.scenes] == [("T01", 1, 4)]
    assert row(found.models, "万企融合").way in ("up", "same")
