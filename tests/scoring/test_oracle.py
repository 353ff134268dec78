"""The array engine gives what a plain reading of the ministry's tables gives, firm by firm."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.answers.document import parse_answers
from assessor.answers.model import SIDES, Answers, AnswerState
from assessor.pack.model import Pack
from assessor.scoring.encode import encode
from assessor.scoring.engine import score
from assessor.scoring.result import SideResult, compiled_model, score_firm
from tests.answers.draw import documents
from tests.scoring import oracle

MODEL = "miit-sme-2024"
RAW_SIDE = {"claimed": "value", "verified": "verified"}
MINISTRY = tuple(f"miit.{key}" for key in (*oracle.QUESTIONS, *oracle.SCENES))


def answers_of(pack: Pack, document: Any) -> Answers:
    answers, problems = parse_answers(document, pack, "drawn")
    assert not problems, list(map(str, problems))
    return answers


def assert_same(found: SideResult, expected: oracle.Verdict) -> None:
    assert {
        q.id.removeprefix("miit."): (q.span.low, q.span.high) for q in found.questions
    } == expected.questions
    assert {s.id.removeprefix("miit."): (s.low, s.high) for s in found.scenes} == expected.scenes
    assert (found.span.low, found.span.high) == (expected.low, expected.high)
    assert (found.level_low, found.level_high) == (expected.level_low, expected.level_high)


@settings(max_examples=150)
@given(st.data())
def test_one_firm__is_judged_as_by_hand(common: Pack, data: st.DataObject) -> None:
    document = data.draw(documents(common, *MINISTRY))
    result = score_firm(common, common.model(MODEL), answers_of(common, document))
    for side in SIDES:
        assert_same(result.on(side), oracle.judge(document["answers"], RAW_SIDE[side]))
    assert result.headline == ("verified" if document["mode"] == "onsite" else "claimed")


@settings(max_examples=15)
@given(st.data())
def test_many_firms_in_one_call__are_judged_as_one_by_one(common: Pack, data: st.DataObject) -> None:
    drawn = data.draw(st.lists(documents(common, *MINISTRY), min_size=1, max_size=30))
    compiled = compiled_model(common, MODEL)
    codes = np.stack([encode(compiled, answers_of(common, document), "claimed") for document in drawn])
    scores = score(compiled, codes)
    for row, document in enumerate(drawn):
        expected = oracle.judge(document["answers"], "value")
        assert (scores.low.score[row], scores.high.score[row]) == (expected.low, expected.high)
        assert (scores.low.level[row], scores.high.level[row]) == (expected.level_low, expected.level_high)


def test_no_firm__is_no_fault(common: Pack) -> None:
    compiled = compiled_model(common, MODEL)
    scores = score(compiled, np.zeros((0, compiled.width), dtype=np.int64))
    assert scores.low.score.shape == scores.high.level.shape == (0,)


@given(st.data())
def test_a_dimension__is_the_sum_of_its_questions(common: Pack, data: st.DataObject) -> None:
    document = data.draw(documents(common, *MINISTRY))
    side = score_firm(common, common.model(MODEL), answers_of(common, document)).claimed
    expected = oracle.judge(document["answers"], "value").questions
    for dimension in side.dimensions:
        most, keys = oracle.DIMENSIONS[dimension.id]
        assert dimension.span.most == most
        assert dimension.span.low == sum(expected[key][0] for key in keys)
        assert dimension.span.high == sum(expected[key][1] for key in keys)
    assert side.span.most == 100_000


@pytest.mark.parametrize(
    ("raw", "claimed", "verified"),
    [
        ({"value": "E", "verified": "B"}, (10000, AnswerState.ANSWERED), (2500, AnswerState.ANSWERED)),
        ({"value": "E"}, (10000, AnswerState.ANSWERED), (None, AnswerState.UNANSWERED)),
        ({"verified": "B"}, (None, AnswerState.UNANSWERED), (2500, AnswerState.ANSWERED)),
        ({"state": "unknown"}, (None, AnswerState.UNKNOWN), (None, AnswerState.UNKNOWN)),
        ({"state": "declined", "verified": "B"}, (None, AnswerState.DECLINED), (2500, AnswerState.ANSWERED)),
        ({}, (None, AnswerState.UNANSWERED), (None, AnswerState.UNANSWERED)),
    ],
)
def test_the_verified_side__takes_only_what_was_seen(
    common: Pack, raw: Any, claimed: Any, verified: Any
) -> None:
    result = score_firm(common, common.model(MODEL), answers_of(common, {"answers": {"miit.Q5": raw}}))
    for side, (points, state) in (("claimed", claimed), ("verified", verified)):
        question = next(q for q in result.on(side).questions if q.id == "miit.Q5")  # type: ignore[arg-type]
        assert question.state is state
        assert (question.span.low, question.span.high) == ((0, 10000) if points is None else (points, points))


def test_what_does_not_apply__counts_nothing_on_both_sides_unless_seen(common: Pack) -> None:
    gone = {"state": "not_applicable", "reason": "没有"}
    raw = {"miit.S01": gone, "miit.S02": {**gone, "verified": 3}}
    result = score_firm(common, common.model(MODEL), answers_of(common, {"answers": raw}))
    levels = {side: {s.id: (s.low, s.high) for s in result.on(side).scenes[:2]} for side in SIDES}
    assert levels["claimed"] == {"miit.S01": (0, 0), "miit.S02": (0, 0)}
    assert levels["verified"] == {"miit.S01": (0, 0), "miit.S02": (3, 3)}
    notes = {note.code: note.values for note in result.claimed.notes}
    assert notes["not-applicable-scores-zero"] == {"ids": ["miit.S01", "miit.S02"]}
