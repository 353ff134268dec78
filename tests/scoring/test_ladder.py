"""Gates held against answers and papers: met, failed or open; papers of a grade that hold on the day."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.answers.model import Answer, Answers, Side
from assessor.pack.model import Pack
from assessor.pack.papers import Papers
from assessor.pack.record import Cite
from assessor.scoring.index_verdict import reported_results
from assessor.scoring.ladder import climb
from assessor.scoring.papers import level_of_grade, papers_held, standing
from assessor.scoring.standard_document import standard_document
from assessor.scoring.standard_result import LadderResult
from tests.pack.build import Edit
from tests.pack.standards import LADDER, standards_pack

DAY = "2026-05-20"


def paper(item: str, grade: str, until: str = "2027-01") -> dict[str, Any]:
    return {"item": item, "grade": grade, "valid_until": until}


def hold(
    pack: Pack, values: Mapping[str, Any], employees: int | None = 30, side: Side = "claimed"
) -> LadderResult:
    """The ladder on plain values, all on one side."""
    firm = {} if employees is None else {"employees": employees}
    items = {
        key: Answer(value) if side == "claimed" else Answer(verified=value) for key, value in values.items()
    }
    mode = "self" if side == "claimed" else "onsite"
    [ladder] = pack.ladders
    return climb(pack, ladder, Answers(pack.id, pack.version, firm, items, mode=mode, date=DAY))


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return standards_pack(tmp_path_factory.mktemp("ladder"))


FIRST, SECOND = (paper("树", "一级"),), (paper("树", "二级"),)


@pytest.mark.parametrize(
    ("values", "employees", "met", "levels"),
    [
        ({}, None, [None, None, None, None, None], (0, 2)),
        ({"T1": 2, "P1": FIRST}, 30, [True, True, True, False, False], (1, 1)),
        ({"T1": 4, "P1": SECOND}, 20, [True, True, True, True, True], (2, 2)),
        ({"T1": 4, "P1": SECOND}, 19, [False, True, True, True, True], (0, 0)),
        ({"T1": 4}, 30, [True, True, None, True, None], (0, 2)),
        ({"T1": 1, "P1": FIRST}, 30, [True, False, True, False, False], (0, 0)),
        ({"T1": 4, "P1": (paper("树", "二级", "2026-04"),)}, 30, [True, True, None, True, None], (0, 2)),
        ({"T1": 4, "P1": (*FIRST, *SECOND)}, 30, [True, True, True, True, True], (2, 2)),
        ({"T1": 4, "P1": (paper("梯", "二级"),)}, 30, [True, True, None, True, None], (0, 2)),
        ({"T1": 4, "P1": (paper("树", "优秀"),)}, 30, [True, True, None, True, None], (0, 2)),
    ],
)
@pytest.mark.parametrize("side", ["claimed", "verified"])
def test_gates__are_met_failed_or_open(
    pack: Pack,
    values: Mapping[str, Any],
    employees: int | None,
    met: list[bool | None],
    levels: Any,
    side: Side,
) -> None:
    shown = hold(pack, values, employees, side).counting
    assert [gate.met for gate in shown.gates()] == met
    assert (shown.level_low, shown.level_high) == levels


def test_a_claim_not_seen_on_site__opens_no_gate_there(pack: Pack) -> None:
    seen = hold(pack, {"T1": 4, "P1": SECOND}).verified
    assert [gate.met for gate in seen.gates()] == [True, None, None, None, None], "facts hold on both sides"


def test_a_rung_whose_gates_are_not_all_known__is_not_given(tmp_path: Path) -> None:
    edit = Edit(LADDER, "    name_en: Second\n    complete: true\n", "    name_en: Second\n")
    result = hold(standards_pack(tmp_path, edit), {"T1": 4, "P1": SECOND})
    document = standard_document(result)
    assert [document[key] for key in ("level", "level_low", "level_high")] == [None] * 3
    assert "高" in document["reason"] and "初" not in document["reason"]
    assert [gate["met"] for gate in document["gates"]] == [True] * 5, "the gates are still told"
    assert document["gates"][1]["sure"] == "second-hand"


RUNGS = st.one_of(st.none(), st.integers(0, 4))


@given(RUNGS, st.integers(0, 4))
def test_a_higher_rung_of_a_scene__never_fails_a_gate_that_was_met(
    pack: Pack, before: int | None, after: int
) -> None:
    def gates(rung: int | None) -> list[bool | None]:
        values = {} if rung is None else {"T1": rung}
        return [gate.met for gate in hold(pack, values).counting.gates()]

    raised = max(after, before or 0)
    for old, new in zip(gates(before), gates(raised), strict=True):
        assert not (old is True and new is not True)


# -- papers --------------------------------------------------------------------------------------

GRADES = Papers(
    table="P1",
    item="树",
    grades=(("A",), ("AA",), ("AAA", "三级")),
    proves="。",
    cite=Cite(source=("own",), kind="expert", sure="own"),
)


@pytest.mark.parametrize(
    ("grade", "level"),
    [("A", 1), ("AA 级", 2), ("aaa", 3), ("三级", 3), ("B", None), ("", None), ("评为 AAA（三级）", 3)],
)
def test_a_grade__is_the_longest_word_found(grade: str, level: int | None) -> None:
    assert level_of_grade(GRADES, grade) == level


def test_a_grade_with_two_words_as_long__says_nothing() -> None:
    grades = GRADES.model_copy(update={"grades": (("一级",), ("二级",))})
    assert level_of_grade(grades, "原一级，现二级") is None


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("2026-05-20", "valid"),
        ("2026-05-19", "expired"),
        ("2026-5", "valid"),
        ("2026年4月", "expired"),
        ("2026", "valid"),
        ("2025 年底", "expired"),
        ("长期", "valid"),
        ("", "unknown"),
        ("见证书", "unknown"),
    ],
)
def test_a_paper__holds_to_the_end_of_what_is_written(until: str, told: str) -> None:
    assert standing(until, DAY) == told


def test_without_a_day__nothing_is_said_of_a_paper() -> None:
    assert standing("2026-05-20", "") == "unknown"


def test_papers_seen_on_site__stand_before_those_only_claimed() -> None:
    claimed, seen = (paper("树", "AA"),), (paper("树", "A"),)
    both = {"P1": Answer(claimed, verified=seen)}
    only = {"P1": Answer(claimed)}
    told = [
        [
            (one.grade, one.seen)
            for one in papers_held(GRADES, Answers("x", "1", {}, items, mode=mode, date=DAY))
        ]
        for items, mode in ((both, "onsite"), (both, "self"), (only, "onsite"))
    ]
    assert told == [[("A", True)], [("AA", False)], [("AA", False)]]


# -- the shipped ladder and what a firm holds ----------------------------------------------------


def test_the_shipped_ladder__gives_no_rung_and_says_from_what_each_gate_is_known(common: Pack) -> None:
    [ladder] = common.ladders
    best = {q.id: Answer(4) for q in common.asked() if q.kind == "level"}
    result = climb(common, ladder, Answers("common", "1", {}, best, date=DAY))
    assert (result.claimed.level_low, result.claimed.level_high) == (None, None)
    assert [note.code for note in result.reasons] == ["standard-gates-incomplete"]
    assert {gate.cite.sure for gate in ladder.gates()} <= {"second-hand", "weak"}
    assert all(gate.near for gate in ladder.gates() if gate.when), "no question asks quite what a gate does"


def test_a_certificate_of_maturity__opens_the_gates_up_to_its_level(common: Pack) -> None:
    [ladder] = common.ladders
    row = paper("智能制造能力成熟度", "三级（集成级）", "2027-12-31")
    result = climb(common, ladder, Answers("common", "1", {}, {"G15.1": Answer((row,))}, date=DAY))
    found = {gate.gate.id: gate.met for gate in result.claimed.gates()}
    assert [found[f"sf-cmmm-{level}"] for level in (2, 3, 4)] == [True, True, False]


def test_what_a_firm_holds_of_the_national_scheme__is_copied_with_its_certificate(common: Pack) -> None:
    row = {
        **paper("两化融合管理体系", "AA", "2026-05-01"),
        "number": "X-1",
        "issuer": "评定机构",
        "year": None,
    }
    items = {"LF2": Answer("2"), "G15.1": Answer((row,))}
    [held] = reported_results(common, Answers("common", "1", {}, items, date=DAY))
    assert (held.model.id, held.stage, held.score) == ("gbt23020-reported", "2", None)
    [one] = held.papers
    assert (one.grade, one.level, one.number, one.issuer) == ("AA", 2, "X-1", "评定机构")
    assert one.standing == "expired"
