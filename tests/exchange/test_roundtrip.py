"""Nothing is lost on the way into the workbook and back."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.answers.document import parse_answers
from assessor.answers.model import Answer, Answers, AnswerState, Ratio
from assessor.errors import UserError
from assessor.exchange.entries import Stamp
from assessor.exchange.write import workbook_bytes
from assessor.pack.model import Pack
from tests.answers.draw import documents, words
from tests.exchange.hand import read
from tests.exchange.normal import normal


def parsed(document: dict[str, Any], pack: Pack) -> Answers:
    answers, problems = parse_answers(document, pack, "drawn")
    assert not problems
    return answers


def check_there_and_back(pack: Pack, answers: Answers, stamps: dict[str, Stamp]) -> None:
    data = workbook_bytes(pack, answers, digest=pack.digest, uid="f00d", stamps=stamps)
    found = read(data, pack)
    assert (found.state, found.faults, found.repairs, found.notices) == ("accepted", (), (), ())
    assert found.answers is not None
    assert normal(found.answers) == normal(answers)
    assert found.stamps == stamps
    assert found.identity is not None
    assert (found.identity.pack, found.identity.version) == (pack.id, pack.version)
    assert (found.identity.digest, found.identity.uid) == (pack.digest, "f00d")


stamp = st.builds(Stamp, words.map(str.strip), st.sampled_from(["2026-05-20T10:32:05+08:00", ""])).filter(
    lambda drawn: bool(drawn.author.strip())
)


def test_a_firm_at_the_top_of_its_last_scene__has_a_workbook_too(sample: Pack) -> None:
    """There is no next rung to speak of, and no row below it in the list of rungs."""
    last = sample.models[0].scenes[-1].id
    document = {"mode": "onsite", "answers": {last: {"value": 4, "verified": 4}}}
    check_there_and_back(sample, parsed(document, sample), {})


@given(data=st.data())
def test_a_drawn_assessment__comes_back_as_it_was(sample: Pack, data: st.DataObject) -> None:
    answers = parsed(data.draw(documents(sample)), sample)
    ids = [*answers.items, *answers.firm]
    stamps = data.draw(st.dictionaries(st.sampled_from(ids), stamp)) if ids else {}
    check_there_and_back(sample, answers, stamps)


@settings(max_examples=8)
@given(data=st.data())
def test_a_drawn_assessment_of_the_common_pack__comes_back(common: Pack, data: st.DataObject) -> None:
    check_there_and_back(common, parsed(data.draw(documents(common)), common), {})


@settings(max_examples=4)
@given(data=st.data())
def test_a_drawn_assessment_of_the_tire_pack__comes_back(tires: Pack, data: st.DataObject) -> None:
    check_there_and_back(tires, parsed(data.draw(documents(tires)), tires), {})


AWKWARD = [
    *("=1+1", "+86 851", "-3", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "\tx"),
    *("#REF!", "_x000D_", "_x005F_x000D_", "a\rb", "a\r\nb", "半\nn行", "\x00", "\ufffe", "\uffff"),
    *(" 前后有空 ", "１２３", "0123", "1e5", "3/5", "TRUE", "𠮷野家", "\u200b", "<script>", "&amp;"),
    *("json:1", "'0123", "长" * 2000),
]


@pytest.mark.parametrize("text", AWKWARD, ids=lambda text: repr(text[:12]))
def test_awkward_texts__are_text_and_come_back(sample: Pack, text: str) -> None:
    answer = Answer(value=Decimal(3), remark=text.strip(), reason="", evidence=(text, "另一件"), sure=2)
    answers = Answers(sample.id, sample.version, {"name": text.strip()}, {"N1": answer}, by=text.strip())
    check_there_and_back(sample, answers, {"N1": Stamp(text.strip(), "昨天")})


@pytest.mark.parametrize(
    "figure", ["0.1", "98.4", "0.30000000000000004", "12345678901234.5", "99.9999999999999999", "1E-17"]
)
def test_figures__come_back_to_the_last_digit(sample: Pack, figure: str) -> None:
    ratio = Ratio(Decimal(figure), Decimal("1234567890123456"))
    answers = Answers(sample.id, sample.version, {}, {"R1": Answer(value=ratio)})
    check_there_and_back(sample, answers, {})


@pytest.mark.parametrize("figure", ["0.85", "1", "0.01", "85"])
def test_per_cents_below_one_that_were_meant__stay(sample: Pack, figure: str) -> None:
    answers = parsed(
        {"answers": {"D1": {"value": {"before": float(figure), "after": 90}}}, "mode": "self"}, sample
    )
    check_there_and_back(sample, answers, {})


@pytest.mark.parametrize(
    "evidence", [(), ("",), ("甲",), ("甲", "乙"), ("甲\n乙", "丙"), (" 甲",), ('["甲"]',)]
)
def test_evidence__keeps_its_entries_apart(sample: Pack, evidence: tuple[str, ...]) -> None:
    answers = Answers(sample.id, sample.version, {}, {"C1": Answer(value="A", evidence=evidence)})
    check_there_and_back(sample, answers, {})


@pytest.mark.parametrize("state", [AnswerState.UNKNOWN, AnswerState.DECLINED, AnswerState.NOT_APPLICABLE])
def test_states__come_back_with_reason_and_verified_value(sample: Pack, state: AnswerState) -> None:
    answer = Answer(state=state, reason="没有这道工序", verified=Decimal(4))
    answers = Answers(sample.id, sample.version, {}, {"N1": answer}, mode="onsite", date="2026-05-20")
    check_there_and_back(sample, replace(answers, campaign="2026"), {})


def test_an_empty_table__is_an_answer(sample: Pack) -> None:
    check_there_and_back(sample, Answers(sample.id, sample.version, {}, {"X1": Answer(value=())}), {})


@pytest.mark.parametrize("date", ["2026-05-20", "", "0099-01-01", "1900-01-01", "9999-12-31", "明天"])
def test_a_day__comes_back_unless_it_is_none(sample: Pack, date: str) -> None:
    answers = Answers(sample.id, sample.version, {}, {}, date=date, campaign="2026")
    found = read(workbook_bytes(sample, answers, digest=""), sample)
    assert found.answers is not None
    assert found.answers.date == ("" if date == "明天" else date)
    assert [fault.code for fault in found.faults] == (["date-shape"] if date == "明天" else [])


def test_a_text_no_cell_can_hold__is_refused_before_anything_is_written(sample: Pack) -> None:
    answers = Answers(sample.id, sample.version, {}, {"C1": Answer(value="A", remark="长" * 40_000)})
    with pytest.raises(UserError) as caught:
        workbook_bytes(sample, answers, digest="")
    assert caught.value.problems[0].code == "workbook-text-long"
    assert caught.value.problems[0].where == "C1"


def test_an_answer_the_pack_does_not_know__is_refused(sample: Pack) -> None:
    with pytest.raises(UserError) as caught:
        workbook_bytes(sample, Answers("valid", "1", {}, {"ZZ": Answer(value=1)}), digest="")
    assert caught.value.problems[0].code == "answers-unknown-id"
