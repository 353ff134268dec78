"""What is doubtful in answers is told as a finding, on the side where it stands; nothing else is."""

from typing import Any

import pytest

from assessor.answers.document import parse_answers
from assessor.answers.findings import find
from assessor.pack.model import Pack
from assessor.words import FINDINGS, sentence


def found(
    pack: Pack, firm: dict[str, Any] | None = None, **answers: Any
) -> list[tuple[str, tuple[str, ...]]]:
    parsed, problems = parse_answers({"firm": firm or {}, "answers": answers}, pack, "a.json")
    assert not problems, list(map(str, problems))
    return [(finding.code, finding.ids) for finding in find(pack, parsed)]


def said(pack: Pack, **answers: Any) -> list[str]:
    parsed, problems = parse_answers({"answers": answers}, pack, "a.json")
    assert not problems
    return [sentence(FINDINGS, finding.code, finding.values) for finding in find(pack, parsed)]


@pytest.mark.parametrize(
    ("key", "answer", "codes"),
    [
        # a letter beside figures
        ("R1", {"value": {"numerator": 5, "denominator": 10, "letter": "B"}}, []),
        ("R1", {"value": {"numerator": 5, "denominator": 10, "letter": "C"}}, ["letter-against-figures"]),
        ("R1", {"value": "C"}, []),
        ("D1", {"value": {"before": 98, "after": 99, "letter": "C"}}, []),
        ("D1", {"value": {"before": 98, "after": 99, "letter": "A"}}, ["letter-against-figures"]),
        ("D1", {"value": {"before": 98.001, "after": 98.004, "letter": "C"}}, ["letter-against-figures"]),
        ("D1", {"verified": {"before": 98, "after": 99, "letter": "A"}}, ["letter-against-figures"]),
        # an unusual figure
        ("R1", {"value": {"numerator": 5, "denominator": 100}}, []),
        ("R1", {"value": {"numerator": 49999, "denominator": 1000000}}, ["unusual-without-reason"]),
        ("R1", {"value": {"numerator": 95, "denominator": 100}}, []),
        ("R1", {"value": {"numerator": 96, "denominator": 100}}, ["unusual-without-reason"]),
        ("R1", {"value": {"numerator": 96, "denominator": 100}, "reason": "全是新设备"}, []),
        # what was seen on site
        ("T1", {"value": 2, "verified": 2}, []),
        ("T1", {"value": 2, "verified": 1, "reason": "缺记录"}, []),
        ("T1", {"value": 2, "verified": 1, "remark": "缺记录"}, []),
        ("T1", {"value": 2, "verified": 1}, ["changed-without-reason"]),
        ("T1", {"value": 2, "verified": 3, "reason": "报低了"}, ["verified-above-claimed"]),
        ("T1", {"value": 2, "verified": 3}, ["verified-above-claimed", "changed-without-reason"]),
        ("T1", {"verified": 3}, []),
        ("T1", {"state": "unknown", "verified": 3}, []),
        ("C1", {"value": "A", "verified": "B"}, ["changed-without-reason"]),
        ("C2", {"value": ["B", "C"], "verified": ["C", "B"]}, []),
        ("N1", {"value": 5, "verified": 5.0}, []),
        ("T1", {"state": "not_applicable", "reason": "没有"}, []),
    ],
)
def test_a_doubt__is_told_once(sample: Pack, key: str, answer: Any, codes: list[str]) -> None:
    assert found(sample, **{key: answer}) == [(code, (key,)) for code in codes]


@pytest.mark.parametrize(
    ("employees", "codes"),
    [(0, ["unusual-without-reason"]), (1, []), (900, []), (901, ["unusual-without-reason"])],
)
def test_an_unusual_fact__is_told(sample: Pack, employees: int, codes: list[str]) -> None:
    assert found(sample, {"employees": employees}) == [(code, ("employees",)) for code in codes]


def test_a_question_that_is_not_asked__is_not_doubted(sample: Pack) -> None:
    doubtful = {"value": True, "verified": False}
    assert found(sample, C1={"value": "B"}, C3=doubtful) == [("changed-without-reason", ("C3",))]
    assert found(sample, C1={"value": "A"}, C3=doubtful) == []


def test_a_question_whose_condition_is_not_known__is_doubted(sample: Pack) -> None:
    assert found(sample, C3={"value": True, "verified": False}) == [("changed-without-reason", ("C3",))]


def test_findings__come_in_the_order_of_the_questions(sample: Pack) -> None:
    answers = {
        "T1": {"value": 2, "verified": 1},
        "R1": {"value": {"numerator": 99, "denominator": 100}},
        "C1": {"value": "A", "verified": "B"},
    }
    ids = [ids for _, ids in found(sample, {"employees": 0, "uscc": "91000000MA0000007C"}, **answers)]
    assert ids == [("uscc",), ("employees",), ("C1",), ("R1",), ("T1",)]


def test_a_finding__reads_as_a_sentence_with_its_figures(sample: Pack) -> None:
    assert said(sample, R1={"value": {"numerator": 2, "denominator": 3, "letter": "A"}}) == [
        "选的是 A，按数字应为 C；计分以数字为准"
    ]
    assert said(sample, R1={"value": {"numerator": 1, "denominator": 30}}) == [
        "数值 3.33 不在常见范围 5—95，请核对；属实请写明原因"
    ]


def test_every_finding_there_is__has_a_sentence_that_can_be_filled() -> None:
    values = {
        name: "甲"
        for name in (
            "region",
            "found",
            "expected",
            "letter",
            "figures",
            "value",
            "low",
            "high",
            "verified",
            "claimed",
        )
    }
    for code in (
        "uscc-invented",
        "uscc-region",
        "uscc-inner",
        "letter-against-figures",
        "unusual-without-reason",
        "verified-above-claimed",
        "changed-without-reason",
    ):
        assert "{" not in sentence(FINDINGS, code, values)
