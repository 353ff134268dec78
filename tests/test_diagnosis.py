"""One assessment in one object: what counts, what is held down, what is missing, and what comes first."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.answers.document import parse_answers
from assessor.answers.model import Answers, AnswerState
from assessor.diagnosis import Diagnosis, SceneView, diagnose
from assessor.pack.model import Pack
from tests.answers.draw import documents

QUESTIONNAIRES = Path(__file__).resolve().parent.parent / "questionnaires"
FIRM = {"TP01": ["全钢"], "TP02": "自炼", "TP04": True, "employees": 260, "revenue_wan": 18_000}
GONE = {"state": "not_applicable", "reason": "没有"}


def answers_of(pack: Pack, document: Any) -> Answers:
    answers, problems = parse_answers(document, pack, "built")
    assert not problems, list(map(str, problems))
    return answers


def diagnosis(pack: Pack, answers: Any, mode: str = "onsite", firm: Any = None) -> Diagnosis:
    return diagnose(pack, answers_of(pack, {"mode": mode, "firm": firm or FIRM, "answers": answers}))


def scene(found: Diagnosis, key: str) -> SceneView:
    return next(view for view in found.scenes if view.question.id == key)


def both(level: int) -> dict[str, int]:
    return {"value": level, "verified": level}


# -- scenes as they stand ------------------------------------------------------------------------

WEAK_CURING = {"T08": both(3), "TQ11": both(60), "T04": {"value": 2}}


def test_a_scene_held_down__shows_claim_sight_cap_and_what_counts(tires: Pack) -> None:
    """60 % of the curves hold curing at 1; the next rung is 2."""
    view = scene(diagnosis(tires, WEAK_CURING), "T08")
    assert (view.claimed, view.verified, view.cap, view.counting, view.weight) == (3, 3, 1, 1, 2)
    assert view.next_level is not None
    assert view.next_level.level == 2


def test_a_scene_below_its_cap__is_not_called_held_down(tires: Pack) -> None:
    view = scene(diagnosis(tires, {**WEAK_CURING, "T08": {"value": 3, "verified": 1}}), "T08")
    assert (view.claimed, view.verified, view.cap, view.counting) == (3, 1, None, 1)


def test_a_self_assessment__counts_the_claim_and_caps_nothing(tires: Pack) -> None:
    found = diagnosis(tires, {"T08": {"value": 3}, "TQ11": {"value": 60}}, "self")
    view = scene(found, "T08")
    assert (view.claimed, view.verified, view.cap, view.counting) == (3, None, None, 3)
    assert [finding.values["rule"] for finding in found.findings if finding.code == "rule"] == ["TX05"]


@pytest.mark.parametrize(
    ("raw", "state", "counting"),
    [
        ({"T01": GONE}, AnswerState.NOT_APPLICABLE, None),
        ({"T01": {"state": "unknown"}}, AnswerState.UNKNOWN, None),
        ({}, AnswerState.UNANSWERED, None),
        ({"T01": {"value": 2}}, AnswerState.ANSWERED, None),  # claimed, not seen
        ({"T01": {"state": "unknown", "verified": 4}}, AnswerState.UNKNOWN, 4),
    ],
)
def test_a_scene_without_a_level_that_counts__has_no_next_rung(
    tires: Pack, raw: Any, state: AnswerState, counting: int | None
) -> None:
    view = scene(diagnosis(tires, raw), "T01")
    assert (view.state, view.counting, view.next_level) == (state, counting, None)


def test_a_scene_that_is_not_asked__holds_nothing(tires: Pack) -> None:
    firm = {**FIRM, "TP02": "外购混炼胶"}
    view = scene(diagnosis(tires, {"T04": both(3)}, firm=firm), "T04")
    assert (view.state, view.claimed, view.verified, view.counting) == (
        AnswerState.NOT_ASKED,
        None,
        None,
        None,
    )


# -- one object, one truth -----------------------------------------------------------------------


def test_the_level_held_down__is_the_one_in_index_and_position(tires: Pack) -> None:
    found = diagnosis(tires, WEAK_CURING)
    assert [one.value for one in found.positions if one.question.id == "T08"] == [1]
    [index] = [result for result in found.indexes if result.model.id == "wanqi-ronghe"]
    online = next(part for part in index.verified.parts if part.title == "场景在线")
    assert online.low == 0
    claimed = next(part for part in index.claimed.parts if part.title == "场景在线")
    assert claimed.low == 4  # mixing and curing as the firm says


def test_without_the_finding__the_same_level_counts(tires: Pack) -> None:
    found = diagnosis(tires, {**WEAK_CURING, "TQ11": both(80)})
    assert scene(found, "T08").counting == 3
    assert [one.value for one in found.positions if one.question.id == "T08"] == [3]
    assert "rule" not in {finding.code for finding in found.findings}


def test_what_lists_give__is_answered_named_and_scored(tires: Pack) -> None:
    rows = [{"name": "硫化机", "units": 10, "digital": 7, "networked": 0, "main": True}]
    found = diagnosis(tires, {"TL01": {"value": rows}, "miit.Q3": {"value": "E"}}, "self")
    assert found.derived["miit.Q2"] == "TL01"
    assert "miit.Q3" not in found.derived
    assert found.states["miit.Q2"] is AnswerState.ANSWERED
    questions = {question.id: question.span for question in found.main.result.claimed.questions}
    assert (questions["miit.Q2"].low, questions["miit.Q3"].low) == (6000, 6000)
    assert [one.value for one in found.positions if one.question.id == "TQ02"] == [0]


def test_red_lines__stand_red_first_whatever_the_score(tires: Pack) -> None:
    gates = {"TG01": both_yes(False), "TG02": both_yes(True), "TG03": both_yes(True)}
    found = diagnosis(tires, {**gates, "T14": both(1), "T13": both(1)})
    assert [line.id for line in found.red_lines] == ["TR01", "TA01", "TA03"]
    assert [line.colour for line in found.red_lines] == ["red", "amber", "amber"]
    assert all(line.cure.text and line.cite.source for line in found.red_lines)
    assert scene(found, "T14").cap == 0


def both_yes(value: bool) -> dict[str, bool]:
    return {"value": value, "verified": value}


# -- gaps, strengths, weaknesses -----------------------------------------------------------------


def test_gaps__name_nearest_and_binding_scenes_and_most_open_points(common: Pack) -> None:
    """Level 1 asks 20 points, 6 scenes, 3 binding: there are 10 points and 2 scenes, one of them binding."""
    raw = {
        "miit.Q5": {"value": "E"},
        **{
            "miit.S01": {"value": 1},
            "miit.S02": {"value": 2},
            "miit.S03": {"value": 0},
            "miit.S04": {"value": 0},
        },
        **{"miit.S05": GONE, "miit.Q1": {"value": ["B", "C"]}},
        "miit.Q8": {"value": "A"},
    }
    verdict = diagnosis(common, raw, "self", {"name": "甲"}).main
    assert verdict.gaps is not None
    gaps = verdict.gaps
    assert (gaps.level, gaps.score, gaps.scene_count, gaps.binding_count) == (1, 20_000 - 14_000, 4, 2)
    below = [one.id for one in gaps.scenes]
    assert {"miit.S01", "miit.S02", "miit.S05"} & set(below) == set()
    assert [one.binding for one in gaps.scenes] == sorted((one.binding for one in gaps.scenes), reverse=True)
    opens = [one.open for one in gaps.points]
    assert opens == sorted(opens, reverse=True)
    assert gaps.points[0].question == "miit.Q4"  # all of its 10 points
    assert "miit.Q5" not in {one.question for one in gaps.points}
    assert {one.question: one.open for one in gaps.points}["miit.Q1"] == 4000


def test_at_the_top__there_is_no_gap(common: Pack) -> None:
    from tests.scoring.test_index import BEST

    assert diagnosis(common, BEST, "self", {"name": "甲"}).main.gaps is None


def test_strengths_and_weaknesses__are_core_first_among_equals(tires: Pack) -> None:
    levels = {
        "T01": 3,
        "T02": 2,
        "T05": 3,
        "T06": 2,
        "T07": 1,
        "T12": 1,
        "T13": 0,
        "T16": 4,
        "T09": 0,
        "T15": 4,
    }
    found = diagnosis(tires, {key: both(level) for key, level in levels.items()})
    assert [view.question.id for view in found.strengths()] == ["T15", "T16", "T05"]
    assert [view.question.id for view in found.strengths(10)] == ["T15", "T16", "T05", "T01", "T06", "T02"]
    assert [view.question.id for view in found.weaknesses()] == ["T09", "T13", "T07"]
    assert "T15" not in {view.question.id for view in found.weaknesses(99)}  # at the top nothing is missing


def test_strengths__count_what_is_held_down_as_it_counts(tires: Pack) -> None:
    found = diagnosis(tires, {**WEAK_CURING, "T05": both(2)})
    assert [view.question.id for view in found.strengths()] == ["T05"]
    assert [view.question.id for view in found.weaknesses(1)] == ["T08"]


# -- always whole --------------------------------------------------------------------------------


def test_a_firm_without_any_answer__is_diagnosed(tires: Pack) -> None:
    found = diagnosis(tires, {}, "self", {"name": "甲"})
    assert (found.size, found.red_lines, found.findings, found.positions) == (None, (), (), ())
    assert (found.strengths(), found.weaknesses(), dict(found.derived)) == ((), (), {})
    assert len(found.scenes) == 16
    assert [verdict.result.model.id for verdict in found.verdicts] == ["miit-sme-2024"]
    assert [result.model.id for result in found.indexes] == ["wanqi-ronghe"]
    assert found.refused == ()


@settings(max_examples=15)
@given(st.data())
def test_whatever_was_answered__is_diagnosed_with_red_first_and_counting_never_above_the_cap(
    tires: Pack, data: st.DataObject
) -> None:
    found = diagnose(tires, answers_of(tires, data.draw(documents(tires))))
    colours = [line.colour for line in found.red_lines]
    assert colours == sorted(colours, reverse=True)  # red, then amber
    for view in found.scenes:
        assert view.cap is None or (view.verified is not None and view.verified > view.cap)
        if found.headline == "verified" and view.cap is not None:
            assert view.counting == view.cap
        assert view.next_level is None or view.next_level.level == (view.counting or 0) + 1
    assert {one.question.id for one in found.positions} <= {key for key, state in found.states.items()
                                                           if state is not AnswerState.NOT_ASKED}  # fmt: skip
    assert found.progress.asked == sum(state is not AnswerState.NOT_ASKED for state in found.states.values())


@pytest.mark.parametrize(
    "path", sorted(QUESTIONNAIRES.glob("tires/samples/*.json")), ids=lambda path: path.stem
)
def test_the_shipped_samples__tell_one_story(tires: Pack, path: Path) -> None:
    """Each sample is judged, findings name their rule, and what is held down says so."""
    found = diagnose(tires, answers_of(tires, json.loads(path.read_text(encoding="utf-8"))))
    rules = {rule.id: rule for rule in tires.rules.rules}
    fired = [rules[str(finding.values["rule"])] for finding in found.findings if finding.code == "rule"]
    capped = {key for rule in fired for key in rule.cap}
    assert {view.question.id for view in found.scenes if view.cap is not None} <= capped
    assert found.main.result.counting.span.low <= found.main.result.counting.span.high
    assert all(result.counting.span is not None for result in found.indexes)
