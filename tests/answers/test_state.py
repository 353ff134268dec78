"""Which questions a firm gets, and in what state each is."""

from collections.abc import Mapping
from typing import Any

import pytest

from assessor.answers.document import parse_answers
from assessor.answers.model import Answer, Answers, AnswerState
from assessor.answers.state import is_asked, lookup_in, progress, state_of, states
from assessor.pack.model import Pack
from assessor.scoring.result import SideResult, score_firm
from tests.pack.build import Edit, sample_pack

STATE = AnswerState


def answers_of(pack: Pack, **answers: Any) -> Answers:
    parsed, problems = parse_answers({"answers": answers}, pack, "a.json")
    assert not problems
    return parsed


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({"value": "B"}, True),
        ({"value": "A"}, False),
        ({"state": "unknown"}, True),
        ({"state": "declined"}, True),
        ({}, True),
    ],
)
def test_a_question_under_a_condition__is_asked_unless_it_fails_for_certain(
    sample: Pack, known: Any, asked: bool
) -> None:
    assert is_asked(sample.questions["C3"], answers_of(sample, C1=known)) is asked


def test_a_question_that_is_not_asked__is_in_a_state_of_its_own_whatever_was_answered(sample: Pack) -> None:
    answers = answers_of(sample, C1={"value": "A"}, C3={"value": True})
    assert state_of(sample.questions["C3"], answers) is STATE.NOT_ASKED
    assert state_of(sample.questions["C3"], answers_of(sample, C3={"value": True})) is STATE.ANSWERED


def test_every_question__has_a_state(sample: Pack) -> None:
    found = states(
        sample,
        answers_of(
            sample,
            C1={"value": "A"},
            C2={"state": "unknown"},
            N1={"state": "not_applicable", "reason": "没有"},
            T1={"state": "declined"},
        ),
    )
    assert found == {
        "C1": STATE.ANSWERED,
        "C2": STATE.UNKNOWN,
        "C3": STATE.NOT_ASKED,
        "R1": STATE.UNANSWERED,
        "D1": STATE.UNANSWERED,
        "N1": STATE.NOT_APPLICABLE,
        "X1": STATE.UNANSWERED,
        "W1": STATE.UNANSWERED,
        "T1": STATE.DECLINED,
        "M1": STATE.UNANSWERED,
    }


def test_progress__counts_what_is_asked_and_what_is_settled(sample: Pack) -> None:
    answers = answers_of(sample, C1={"value": "A"}, C2={"state": "unknown"}, T1={"state": "declined"})
    counted = progress(states(sample, answers))
    assert (counted.asked, counted.settled) == (9, 3)
    assert counted.of(STATE.NOT_ASKED) == 1


def test_an_answer_with_a_value__is_answered_whatever_state_is_given() -> None:
    assert Answer(value=0, state=STATE.UNKNOWN).state is STATE.ANSWERED
    assert Answer(value=False).state is STATE.ANSWERED
    assert Answer(state=STATE.UNKNOWN).state is STATE.UNKNOWN


def test_an_answer__can_be_changed_without_touching_the_others(sample: Pack) -> None:
    before = answers_of(sample, C1={"value": "A"})
    after = before.with_answer("T1", Answer(value=2))
    assert before.get("T1") == Answer()
    assert (after.get("C1").value, after.get("T1").value) == ("A", 2)


@pytest.mark.parametrize(
    ("key", "raw", "seen"),
    [
        ("R1", {"numerator": 1, "denominator": 3, "letter": "A"}, 100 / 3),
        ("R1", "B", "B"),
        ("D1", "C", "C"),
        ("T1", 3, 3),
        ("C2", ["B"], ("B",)),
    ],
)
def test_conditions__see_figures_first_and_letters_where_there_are_none(
    sample: Pack, key: str, raw: Any, seen: Any
) -> None:
    found: Any = lookup_in(answers_of(sample, **{key: {"value": raw}}))(key)
    assert found == pytest.approx(seen) if isinstance(seen, float) else found == seen


def test_conditions__see_facts_and_claims_but_not_what_was_verified(sample: Pack) -> None:
    answers, _ = parse_answers(
        {"firm": {"employees": 7}, "answers": {"T1": {"value": 1, "verified": 4}, "M1": {"verified": 4}}},
        sample,
        "a.json",
    )
    look = lookup_in(answers)
    assert (look("employees"), look("T1"), look("M1"), look("nothing")) == (7, 1, None, None)


# -- what the score makes of a condition ---------------------------------------------------------


@pytest.fixture(scope="module")
def gated(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The sample pack with its ratio asked only under a condition."""
    edit = Edit(
        "questionnaire.yaml",
        "        ask: 占多少？\n",
        "        ask: 占多少？\n        ask_if: {of: C3, eq: true}\n",
    )
    return sample_pack(tmp_path_factory.mktemp("gated"), edit)


def scored(pack: Pack, answers: Mapping[str, Any]) -> SideResult:
    return score_firm(pack, pack.model("small"), answers_of(pack, **answers)).claimed


@pytest.mark.parametrize(
    ("condition", "low", "high", "state"),
    [
        ({"C1": {"value": "B"}, "C3": {"value": True}}, 6000, 6000, STATE.ANSWERED),
        ({"C1": {"value": "B"}, "C3": {"value": False}}, 0, 0, STATE.NOT_ASKED),
        ({"C1": {"value": "B"}, "C3": {"state": "unknown"}}, 0, 6000, STATE.ANSWERED),
        ({}, 0, 6000, STATE.ANSWERED),
    ],
)
def test_an_answer_under_a_condition_that_is_not_known__scores_as_unanswered(
    gated: Pack, condition: Any, low: int, high: int, state: AnswerState
) -> None:
    answers = {**condition, "R1": {"value": {"numerator": 9, "denominator": 10}}}
    question = next(q for q in scored(gated, answers).questions if q.id == "R1")
    assert (question.span.low, question.span.high) == (low, high)
    assert state_of(gated.questions["R1"], answers_of(gated, **answers)) is state
