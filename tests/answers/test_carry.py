"""Old answers under a newer version: each has a fate, and only what changed is entered."""

from pathlib import Path
from typing import Any

from hypothesis import given, settings

from assessor.answers.carry import carry
from assessor.answers.document import parse_answers
from assessor.pack.model import Pack
from tests.answers.draw import documents
from tests.pack.build import Edit
from tests.pack.test_diff import newer

QUESTIONS = "questionnaire.yaml"
FACTS = {"name": "某厂", "employees": 20}
ANSWERS: dict[str, Any] = {
    "C1": {"value": "A", "remark": "看过"},
    "C2": {"value": ["B", "C"]},
    "N1": {"state": "not_applicable", "reason": "没有"},
    "W1": {"value": "一句话"},
    "T1": {"value": 3, "verified": 2, "reason": "缺"},
}


def test_the_same_version__keeps_everything_and_enters_nothing(sample: Pack, tmp_path: Path) -> None:
    found = carry(sample, newer(tmp_path), FACTS, ANSWERS)
    assert {fate.fate for fate in found.fates} == {"same"}
    assert found.changes == {}
    assert (found.contents("fact"), found.contents("answer")) == (FACTS, ANSWERS)
    assert found.new_questions == ()


def test_each_answer__has_its_fate(sample: Pack, tmp_path: Path) -> None:
    new = newer(
        tmp_path,
        Edit(QUESTIONS, "title: 单选", "title: 单选题"),
        Edit(QUESTIONS, "{id: C, text: 丙}", "{id: D, text: 丁}"),
        Edit(QUESTIONS, "        may_not_apply: true\n        bounds", "        bounds"),
        Edit(QUESTIONS, "- id: W1", "- id: W9"),
        Edit(QUESTIONS, "- id: T1", "- id: T9"),
        Edit("crosswalk.yaml", "T1: {ministry", "T9: {ministry"),
        Edit("crosswalk.yaml", "from: [T1]", "from: [T9]"),
        Edit("pack.yaml", "renamed: {OLD2: N1}", "renamed: {OLD2: N1, T1: T9}"),
        Edit("facts.yaml", "unit: 人", "unit: 名"),
    )
    found = carry(sample, new, FACTS, ANSWERS)
    fates = {fate.old: (fate.fate, fate.new) for fate in found.fates}
    assert fates == {
        "name": ("same", "name"),
        "employees": ("ask_again", "employees"),
        "C1": ("wording", "C1"),
        "C2": ("ask_again", "C2"),
        "N1": ("ask_again", "N1"),
        "W1": ("gone", None),
        "T1": ("same", "T9"),
    }
    unfit = next(fate for fate in found.fates if fate.old == "N1")
    assert unfit.problem is not None
    assert unfit.problem.code == "value-not-applicable"
    assert found.changes == {
        ("fact", "employees"): None,
        ("answer", "C2"): None,
        ("answer", "N1"): None,
        ("answer", "W1"): None,
        ("answer", "T1"): None,
        ("answer", "T9"): ANSWERS["T1"],
    }
    assert found.contents("answer") == {"C1": ANSWERS["C1"], "T9": ANSWERS["T1"]}
    assert found.new_questions == ("W9",)
    assert [fate.old for fate in found.of("gone")] == ["W1"]


def test_what_the_old_version_did_not_know_either__is_gone(sample: Pack, tmp_path: Path) -> None:
    found = carry(sample, newer(tmp_path), {"x": 1}, {"Y": {"value": 1}, "OLD1": {"value": 1}})
    assert {fate.fate for fate in found.fates} == {"gone"}
    assert found.changes == {("fact", "x"): None, ("answer", "Y"): None, ("answer", "OLD1"): None}


def test_a_bound_that_hangs_on_another_answer__sees_the_carried_ones(sample: Pack, tmp_path: Path) -> None:
    narrower = Edit(
        QUESTIONS, "{if: {of: C1, eq: A}, min: 0, max: 10}", "{if: {of: C1, eq: B}, min: 0, max: 10}"
    )
    answers = {"C1": {"value": "B"}, "N1": {"value": 50}}
    found = carry(sample, newer(tmp_path, narrower), {}, answers)
    assert {fate.old: fate.fate for fate in found.fates} == {"C1": "same", "N1": "ask_again"}


def test_whatever_was_answered__is_carried_to_the_same_version_and_fits_it(tires: Pack) -> None:
    @settings(max_examples=20)
    @given(documents(tires))
    def fits(document: Any) -> None:
        found = carry(tires, tires, document.get("firm", {}), document.get("answers", {}))
        assert found.changes == {}
        carried = {**document, "firm": found.contents("fact"), "answers": found.contents("answer")}
        assert parse_answers(carried, tires, "") == parse_answers(document, tires, "")

    fits()
