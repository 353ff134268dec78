"""What lists give: shares, counts, rungs, ticks; only where no answer was given, on each side by itself."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.answers.derived import count_rows, derived_ids, with_derived
from assessor.answers.document import parse_answers
from assessor.answers.effective import effective
from assessor.answers.model import Answers, AnswerState, Ratio, Row
from assessor.answers.state import states
from assessor.pack.model import Pack
from assessor.pack.rule import Count
from tests.answers.draw import documents
from tests.pack.build import sample_pack


def answers_of(pack: Pack, answers: Any, mode: str = "self", **firm: Any) -> Answers:
    parsed, problems = parse_answers({"mode": mode, "firm": firm, "answers": answers}, pack, "built")
    assert not problems, list(map(str, problems))
    return parsed


def claimed(pack: Pack, table: str, rows: Any, *ids: str) -> list[Any]:
    """What a table's rows give some questions on the claimed side."""
    filled = with_derived(pack, answers_of(pack, {table: {"value": rows}}, TP01=["全钢"]))
    return [filled.get(key).value for key in ids]


# -- counting ------------------------------------------------------------------------------------

ROWS: tuple[Row, ...] = (
    {"item": "甲", "year": Decimal(3), "good": True},
    {"item": "乙", "year": Decimal("1.5"), "good": False},
    {"item": "甲", "good": True},
    {"item": "甲", "year": Decimal(2)},
    {"year": Decimal(9), "good": True},
)


@pytest.mark.parametrize(
    ("count", "figure"),
    [
        ({"sum": "year"}, "15.5"),
        ({"sum": "year", "where": {"good": [True]}}, "12"),
        ({"sum": "year", "where": {"good": [True, False], "item": ["乙"]}}, "1.5"),
        ({"sum": "year", "where": {"item": ["丙"]}}, "0"),
        ({"rows": True}, "5"),
        ({"rows": True, "where": {"good": [True]}}, "3"),
        ({"rows": True, "where": {"good": [False]}}, "1"),  # a blank cell is neither yes nor no
        ({"distinct": "item"}, "2"),
        ({"distinct": "item", "where": {"good": [True]}}, "1"),
        ({"distinct": "year"}, "4"),
    ],
)
def test_rows_are_counted__as_by_hand(count: Any, figure: str) -> None:
    assert count_rows(Count.model_validate(count), ROWS) == Decimal(figure)


# -- the tires' lists ----------------------------------------------------------------------------

EQUIPMENT = [
    {"name": "密炼机", "kind": "密炼线", "units": 2, "digital": 2, "networked": 1, "main": True},
    {"name": "成型机", "kind": "成型机", "units": 10, "digital": 6, "networked": 5, "main": True},
    {"name": "双模硫化机", "kind": "定型硫化机", "units": 24, "digital": 12, "networked": 8, "main": True},
    {"name": "硫化罐", "kind": "硫化罐", "units": 1, "digital": 0, "networked": 0, "main": True},
    {"name": "平板", "kind": "平板", "units": 2, "main": True},
    {"name": "空压机", "kind": "公用设备", "units": 1, "digital": 1, "networked": 1, "main": False},
]


def test_the_equipment_list__gives_the_ministry_s_shares_and_the_trade_s(tires: Pack) -> None:
    """40 pieces: 21 digital, 15 networked; 39 main ones, 14 of them networked."""
    found = claimed(tires, "TL01", EQUIPMENT, "miit.Q2", "miit.Q3", "TQ02")
    assert found[:2] == [Ratio(Decimal(21), Decimal(40)), Ratio(Decimal(15), Decimal(40))]
    assert found[2] == pytest.approx(Decimal(1400) / 39)


def test_the_equipment_list__gives_counts_of_kinds(tires: Pack) -> None:
    assert claimed(tires, "TL01", EQUIPMENT, "TP10.1", "TP11", "TP12.2", "TP12.3", "TP13.1") == [
        2,
        10,
        24,
        3,
        0,
    ]


def test_more_digital_pieces_than_pieces__give_no_share(tires: Pack) -> None:
    rows = [{"name": "成型机", "units": 2, "digital": 3, "networked": 1}]
    assert claimed(tires, "TL01", rows, "miit.Q2", "miit.Q3") == [None, Ratio(Decimal(1), Decimal(2))]


def system(step: str, name: str = "某系统", **more: Any) -> dict[str, Any]:
    return {"name": name, "step": step, "recent": True, **more}


STEPS = (
    *("产品设计", "工艺设计", "营销管理", "售后服务", "计划排程", "生产管控", "质量管理"),
    *("设备管理", "安全生产", "能耗管理", "采购管理", "仓储物流", "财务管理", "人力资源"),
)


@pytest.mark.parametrize(
    ("steps", "option"), [(0, "A"), (1, "B"), (2, "C"), (11, "C"), (12, "D"), (13, "D"), (14, "E")]
)
def test_steps_run_in_systems__give_the_rung_of_coverage(tires: Pack, steps: int, option: str) -> None:
    """A step counts once however many systems run it; what was not used for a month does not count."""
    rows = [system(step) for step in (*STEPS[:steps], *STEPS[:steps])] + [system(STEPS[-1], recent=False)]
    assert claimed(tires, "TL02", rows, "miit.Q5") == [option]


def test_steps_whose_data_come_by_themselves__are_ticked(tires: Pack) -> None:
    rows = [system("人力资源", auto=True), system("产品设计", auto=True), system("财务管理", auto=False)]
    assert claimed(tires, "TL02", rows, "miit.Q4") == [("B", "O")]
    assert claimed(tires, "TL02", rows[2:], "miit.Q4") == [("A",)]
    assert claimed(tires, "TL02", [system("产品设计", auto=True, recent=False)], "miit.Q4") == [("A",)]


def test_core_systems_in_the_cloud__count_once_each(tires: Pack) -> None:
    rows = [
        system("采购管理", "甲", core=True, deploy="公有云"),
        system("财务管理", "甲", core=True, deploy="公有云"),
        system("生产管控", "乙", core=True, deploy="本地"),
        system("质量管理", "丙", core=False, deploy="公有云"),
    ]
    assert claimed(tires, "TL02", rows, "G02") == [Ratio(Decimal(1), Decimal(2))]


def test_key_processes__are_counted_by_ticks(tires: Pack) -> None:
    rows = [
        {"step": "密炼", "present": True, "numeric": True},
        {"step": "压延", "present": True, "numeric": False},
        {"step": "成型", "present": True},
        {"step": "选胎", "present": False, "numeric": True},
    ]
    [share] = claimed(tires, "TL03", rows, "TQ01")
    assert share == pytest.approx(Decimal(100) / 3)


def test_months_and_partners__are_added_up(tires: Pack) -> None:
    months = [
        {"month": "4", "output": 1000, "qualified": 990, "curves": 495, "traced": 250},
        {"month": "5", "output": 1000, "qualified": 1010, "curves": 505, "traced": 250},
    ]
    assert claimed(tires, "TL04", months, "TQ11", "TQ15.1") == [50, 25]
    partners = [{"partner": name, "side": "供方", "joined": name < "C"} for name in "ABCDE"]
    assert claimed(tires, "TL05", partners, "G14") == [Ratio(Decimal(2), Decimal(5))]


# -- what stays, and on which side ---------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """X1 gives N1 the years of good items, and C2 the items."""
    return sample_pack(tmp_path_factory.mktemp("derived"))


TABLE = [{"item": "甲", "year": 7, "good": True}, {"item": "乙", "year": 20, "good": False}]


def test_an_answer_given_by_hand__stays(small: Pack) -> None:
    filled = with_derived(
        small, answers_of(small, {"X1": {"value": TABLE}, "N1": {"value": 2}, "C2": {"value": ["A"]}})
    )
    assert (filled.get("N1").value, filled.get("C2").value) == (2, ("A",))
    assert derived_ids(small, answers_of(small, {"X1": {"value": TABLE}, "N1": {"value": 2}})) == {"C2": "X1"}


def test_what_is_not_known__is_filled_and_counts_as_answered(small: Pack) -> None:
    answers = answers_of(small, {"X1": {"value": TABLE}, "N1": {"state": "unknown"}})
    filled = with_derived(small, answers)
    assert (filled.get("N1").value, filled.get("N1").state) == (7, AnswerState.ANSWERED)
    assert filled.get("C2").value == ("B", "C")
    assert states(small, filled)["N1"] is AnswerState.ANSWERED
    assert derived_ids(small, answers) == {"N1": "X1", "C2": "X1"}
    assert answers.get("N1").value is None  # the answers themselves are as they were


def test_what_does_not_apply__is_not_filled(small: Pack) -> None:
    raw = {"X1": {"value": TABLE}, "N1": {"state": "not_applicable", "reason": "没有"}}
    answer = with_derived(small, answers_of(small, raw)).get("N1")
    assert (answer.value, answer.state) == (None, AnswerState.NOT_APPLICABLE)


def test_each_side__is_filled_from_its_own_rows(small: Pack) -> None:
    seen = [{"item": "乙", "year": 3, "good": True}]
    filled = with_derived(
        small, answers_of(small, {"X1": {"value": TABLE, "verified": seen}, "N1": {"value": 5}})
    )
    assert (filled.get("N1").value, filled.get("N1").verified) == (5, 3)
    assert (filled.get("C2").value, filled.get("C2").verified) == (("B", "C"), ("C",))
    only_claimed = with_derived(small, answers_of(small, {"X1": {"value": TABLE}}))
    assert only_claimed.get("N1").verified is None


def test_remarks_and_evidence__stay_with_the_answer(small: Pack) -> None:
    raw = {
        "X1": {"value": TABLE},
        "N1": {"state": "unknown", "remark": "问过", "evidence": ["台账"], "sure": 2},
    }
    answer = with_derived(small, answers_of(small, raw)).get("N1")
    assert (answer.value, answer.remark, answer.evidence, answer.sure) == (7, "问过", ("台账",), 2)


@pytest.mark.parametrize("raw", [{}, {"value": []}, {"state": "unknown"}, {"state": "declined"}])
def test_a_list_that_is_not_there_or_empty__gives_nothing(small: Pack, raw: Any) -> None:
    answers = answers_of(small, {"X1": raw})
    assert with_derived(small, answers).items == answers.items
    assert derived_ids(small, answers) == {}


def test_conditions__see_what_was_counted(tires: Pack) -> None:
    """How long tracing takes is asked only where something can be traced."""
    month = {"month": "4", "output": 100, "qualified": 100, "curves": 0}
    for traced, state in ((0, AnswerState.NOT_ASKED), (40, AnswerState.UNANSWERED)):
        answers = answers_of(tires, {"TL04": {"value": [{**month, "traced": traced}]}}, TP01=["全钢"])
        states(tires, answers)  # what was worked out before must not stick
        assert states(tires, with_derived(tires, answers))["TQ15.2"] is state


def test_rules__see_what_was_counted(tires: Pack) -> None:
    """Curves for half of the output hold the verified level of curing down."""
    month = {"month": "4", "output": 100, "qualified": 100, "curves": 50, "traced": 0}
    answers = answers_of(
        tires, {"TL04": {"value": [month]}, "T08": {"value": 3, "verified": 3}}, TP01=["全钢"]
    )
    counted = effective(tires, answers)
    assert (counted.get("T08").value, counted.get("T08").verified) == (3, 1)


@settings(max_examples=40)
@given(st.data())
def test_nothing_given__is_ever_changed(tires: Pack, data: st.DataObject) -> None:
    fed = tuple(feed.question for source in tires.rules.feeds for feed in source.gives)
    tables = tuple(source.table for source in tires.rules.feeds)
    answers, problems = parse_answers(data.draw(documents(tires, *tables, *fed)), tires, "drawn")
    assert not problems
    filled = with_derived(tires, answers)
    for key, before in answers.items.items():
        after = filled.get(key)
        assert before.value is None or after.value == before.value
        assert before.verified is None or after.verified == before.verified
        assert (after.reason, after.remark, after.evidence) == (before.reason, before.remark, before.evidence)
    assert set(filled.items) - set(answers.items) <= set(fed)
    assert derived_ids(tires, filled) == {}
    assert with_derived(tires, filled) == filled


def test_a_pack_without_feeds__changes_nothing(common: Pack) -> None:
    answers = answers_of(common, {"miit.Q5": {"value": "B"}})
    assert with_derived(common, answers).items == answers.items
