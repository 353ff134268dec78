"""An accepted plan looked at later: what was promised, by when, and what the engine measures now."""

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from assessor.answers.model import Answer, Answers, Ratio, Value
from assessor.pack.model import Pack
from assessor.roadmap.followup import Mark, done_of, is_reached, plan_to_keep, progress
from assessor.roadmap.plan import Roadmap, plan
from assessor.roadmap.request import Request
from tests.roadmap.firms import sample


@pytest.fixture(scope="module")
def roadmap(tires: Pack) -> Roadmap:
    return plan(tires, sample(tires, "retread"), Request(budget=60, quarters=4))


@pytest.fixture(scope="module")
def kept(roadmap: Roadmap) -> Mapping[str, Any]:
    """The plan as it comes back from the disk."""
    found: Mapping[str, Any] = json.loads(json.dumps(plan_to_keep(roadmap, frozenset())))
    return found


def risen(answers: Answers, roadmap: Roadmap, day: str) -> Answers:
    """The firm once everything of the plan is done and seen, on a later day."""
    values = {key: one.value for key, one in roadmap.after.items.items()}
    items = {
        key: replace(one, value=values[key], verified=values[key]) if values.get(key) != one.value else one
        for key, one in answers.items.items()
    }
    return replace(answers, items=items, date=day)


def test_on_the_day_of_the_plan__nothing_is_measured_yet(
    tires: Pack, roadmap: Roadmap, kept: Mapping[str, Any]
) -> None:
    found = progress(kept, {}, tires, sample(tires, "retread"))
    rows = roadmap.standings
    assert (found.before, found.promised) == (rows[0].low, rows[-1].low)
    assert found.promised_now == found.before and found.quarter == 0
    assert found.now == rows[0]
    assert [one.id for one in found.actions] == [one.id for one in roadmap.actions]
    assert not any(one.due for one in found.actions)
    assert found.same_version


def test_all_done_as_promised__measures_what_was_promised(
    tires: Pack, roadmap: Roadmap, kept: Mapping[str, Any]
) -> None:
    answers = risen(sample(tires, "retread"), roadmap, "2099-01-01")
    found = progress(kept, {}, tires, answers)
    assert found.now is not None and found.now.low == found.promised == found.promised_now
    assert all(one.due for one in found.actions)
    promises = [promise for one in found.actions for promise in one.promises]
    assert promises and all(promise.met for promise in promises)


def test_nothing_done__is_not_credited_because_it_was_ticked(
    tires: Pack, roadmap: Roadmap, kept: Mapping[str, Any]
) -> None:
    answers = sample(tires, "retread")
    marks = {one.id: [Mark("done")] for one in roadmap.actions}
    found = progress(kept, marks, tires, answers)
    assert found.now is not None and found.now.low == found.before
    assert not any(promise.met for one in found.actions for promise in one.promises)


def test_what_is_promised_by_a_day__is_the_score_of_the_last_quarter_that_is_over(
    tires: Pack, roadmap: Roadmap, kept: Mapping[str, Any]
) -> None:
    first = roadmap.task.first
    assert first is not None
    for over in range(1, 5):
        day = first.plus(over).first_day.isoformat()
        found = progress(kept, {}, tires, replace(sample(tires, "retread"), date=day))
        assert found.quarter == over
        assert found.promised_now == roadmap.standings[over].low
        assert {one.id for one in found.actions if one.due} == {
            one.id for one in roadmap.actions if one.finish <= over
        }
        last = first.plus(over - 1).last_day.isoformat()
        on_last = progress(kept, {}, tires, replace(sample(tires, "retread"), date=last))
        assert on_last.quarter == over - 1, "a quarter is over once it has ended"


def test_the_latest_word__counts_and_the_others_are_there(
    tires: Pack, roadmap: Roadmap, kept: Mapping[str, Any]
) -> None:
    name = roadmap.actions[0].id
    marks = {name: [Mark("late", by="李"), Mark("done", by="张")]}
    [one] = [one for one in progress(kept, marks, tires, roadmap.before).actions if one.id == name]
    assert one.mark == Mark("late", by="李")
    assert one.others == (Mark("done", by="张"),)
    assert done_of(marks) == frozenset()
    assert done_of({name: [Mark("done")]}) == {name}


def test_what_was_ticked_done__is_planned_no_more(tires: Pack, roadmap: Roadmap) -> None:
    name = roadmap.actions[0].id
    later = plan(tires, roadmap.before, Request(budget=60, quarters=4, done=frozenset({name})))
    assert name not in later.schedule
    assert name in later.task.offers.in_place


def test_an_answer_left_blank_since__is_neither_met_nor_missed(
    tires: Pack, roadmap: Roadmap, kept: Mapping[str, Any]
) -> None:
    answers = sample(tires, "retread")
    lifted = next(lift.question for one in roadmap.actions for lift in one.lifts)
    blank = replace(answers, items={**answers.items, lifted: Answer()})
    promises = [
        promise
        for one in progress(kept, {}, tires, blank).actions
        for promise in one.promises
        if promise.question == lifted
    ]
    assert promises and all(promise.met is None and promise.now == "" for promise in promises)


def test_a_firm_whose_size_is_no_longer_known__has_no_measure(tires: Pack, kept: Mapping[str, Any]) -> None:
    answers = sample(tires, "retread")
    firm = {key: value for key, value in answers.firm.items() if key not in ("employees", "revenue_wan")}
    assert progress(kept, {}, tires, replace(answers, firm=firm)).now is None


def ratio(top: int, whole: int) -> Ratio:
    return Ratio(Decimal(top), Decimal(whole))


@pytest.mark.parametrize(
    ("name", "value", "wanted", "reached"),
    [
        ("T01", 2, 2, True),
        ("T01", 3, 2, True),
        ("T01", 1, 2, False),
        ("miit.Q5", ("B", "C"), ("B",), True),
        ("miit.Q5", ("C",), ("B", "C"), False),
        ("miit.Q2", ratio(14, 70), ratio(1, 5), True),
        ("miit.Q2", ratio(13, 70), ratio(1, 5), False),
        ("miit.Q2", Ratio(letter="C"), Ratio(letter="B"), True),
        ("miit.Q2", Ratio(letter="A"), Ratio(letter="B"), False),
        ("miit.Q1", "C", "C", True),
    ],
)
def test_reached__is_at_least_what_was_wanted(
    tires: Pack, name: str, value: Value, wanted: Value, reached: bool
) -> None:
    assert is_reached(tires.questions[name], value, wanted) is reached
