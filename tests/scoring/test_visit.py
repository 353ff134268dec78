"""What is asked in a short, a longer and a whole visit: what narrows most, in walking order."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.answers.effective import effective
from assessor.pack.model import Pack
from assessor.scoring.narrowing import minutes_for, visit
from assessor.scoring.visit import VisitPlan, red_line_questions, stops_of, visit_plan, waits
from tests.answers.draw import documents
from tests.scoring.test_index import FIRM
from tests.scoring.test_narrowing import SCORED, answers_of


def places(pack: Pack, plan: VisitPlan) -> list[int]:
    order = [question.id for question in pack.asked()]
    return [order.index(question.id) for question in plan.questions]


@settings(max_examples=15)
@given(st.data())
def test_a_short_visit__asks_what_narrows_most_but_in_walking_order(tires: Pack, data: st.DataObject) -> None:
    document = {**data.draw(documents(tires, *SCORED)), "firm": FIRM}
    answers, limit = answers_of(tires, document), data.draw(st.sampled_from([0, 20, 60, 500]))
    plan = visit_plan(tires, answers, limit)
    worth = {one.question.id for one in visit(tires, effective(tires, answers), limit)}
    assert {question.id for question in plan.questions} == worth
    assert places(tires, plan) == sorted(places(tires, plan))
    assert plan.minutes == sum(map(minutes_for, plan.questions)) <= limit
    for stop in plan.stops:
        assert set(stop.questions) <= set(stop.section.questions)


@pytest.mark.parametrize(("mode", "side"), [("self", "value"), ("onsite", "verified")])
def test_a_whole_visit__asks_all_that_waits_on_the_side_that_counts(
    tires: Pack, mode: Any, side: str
) -> None:
    raw = {"T01": {"value": 2}, "T02": {"value": 1, "verified": 1}, "T03": {"state": "unknown"}}
    raw["T04"] = {"state": "not_applicable", "reason": "外购"}
    answers = answers_of(tires, {"mode": mode, "firm": FIRM, "answers": raw})
    asked = {question.id for question in visit_plan(tires, answers, None).questions}
    gone = {"T01", "T02", "T03"} if side == "value" else {"T02"}
    assert {"T01", "T02", "T03", "T04"} - asked == {*gone, "T04"}
    assert ("TG01" in asked) is True


def test_what_a_condition_leaves_out__is_never_on_the_way(tires: Pack) -> None:
    answers = answers_of(tires, {"mode": "onsite", "firm": FIRM})
    plan = visit_plan(tires, answers, None)
    assert all(waits(question, effective(tires, answers)) for question in plan.questions)
    self_made = visit_plan(tires, answers_of(tires, {"mode": "self", "firm": FIRM}), None)
    assert not [question.id for question in self_made.questions if question.onsite_only]


def test_red_lines_without_room__are_told(tires: Pack) -> None:
    answers = answers_of(tires, {"mode": "onsite", "firm": FIRM})
    short, whole = visit_plan(tires, answers, 20), visit_plan(tires, answers, None)
    asked = {question.id for question in short.questions}
    assert short.red_left
    assert set(short.red_left) == (red_line_questions(tires) & {q.id for q in whole.questions}) - asked
    assert whole.red_left == ()


def test_remembered_questions__find_their_sections_again_and_unknown_ones_are_passed_over(
    tires: Pack,
) -> None:
    stops = stops_of(tires, ["T03", "gone.1", "T01"])
    assert [[question.id for question in stop.questions] for stop in stops] == [["T01", "T03"]]
