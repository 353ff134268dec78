"""What a verdict says beside its score: reasons, what is missing next, how figures are printed."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.answers.document import parse_answers
from assessor.answers.model import SIDES, AnswerState
from assessor.diagnosis import diagnose, gaps
from assessor.errors import UserError
from assessor.pack.model import Pack
from assessor.scoring.document import result_document
from assessor.scoring.explain import Explanation, explain
from assessor.scoring.figures import points_text, span_text
from assessor.scoring.index_verdict import refused_models
from assessor.scoring.result import GateCheck, ModelResult, Need, Span, score_all, score_firm
from tests.answers.draw import documents
from tests.pack.build import Edit, sample_pack
from tests.scoring import oracle

MODEL = "miit-sme-2024"
MINISTRY = tuple(f"miit.{key}" for key in (*oracle.QUESTIONS, *oracle.SCENES))


def result_of(pack: Pack, answers: dict[str, Any], model: str = MODEL, **frame: Any) -> ModelResult:
    parsed, problems = parse_answers({"answers": answers, **frame}, pack, "a.json")
    assert not problems, list(map(str, problems))
    return score_firm(pack, pack.model(model), parsed)


# -- the reasons ---------------------------------------------------------------------------------


def assert_adds_up(node: Explanation) -> None:
    for part in node.parts:
        assert_adds_up(part)
    if node.parts:
        for end in ("low", "high", "most"):
            assert getattr(node.span, end) == sum(getattr(part.span, end) for part in node.parts)


@given(st.data())
def test_the_tree_of_reasons__adds_up_on_every_rung(common: Pack, data: st.DataObject) -> None:
    document = data.draw(documents(common, *MINISTRY))
    result = result_of(common, document["answers"])
    for side in SIDES:
        tree = explain(result.model, result.on(side))
        assert_adds_up(tree)
        assert tree.span == result.on(side).span
        assert [leaf.question for leaf in tree.leaves()] == [f"miit.{key}" for key in oracle.QUESTIONS]


def test_the_tree_of_reasons__names_weight_source_and_state(common: Pack) -> None:
    result = result_of(common, {"miit.Q5": {"value": "B"}, "miit.Q1": {"state": "declined"}})
    tree = explain(result.model, result.claimed)
    assert [(part.title, part.weight) for part in tree.parts] == [
        ("数字化基础", 50),
        ("数字化管理", 30),
        ("数字化成效", 20),
    ]
    states = {leaf.question: leaf.state for leaf in tree.leaves()}
    assert (states["miit.Q5"], states["miit.Q1"]) == (AnswerState.ANSWERED, AnswerState.DECLINED)
    assert all(leaf.cite.source for leaf in tree.leaves())


# -- what is missing for the next gate -------------------------------------------------------------


def firm_at(points: dict[str, Any], levels: dict[str, int]) -> dict[str, Any]:
    full = {
        **{key: ["A"] for key in oracle.MULTI},
        **{key: "A" for key in oracle.QUESTIONS if key not in oracle.MULTI},
    }
    raw = {**full, **points, **dict.fromkeys(oracle.SCENES, 0), **levels}
    return {f"miit.{key}": {"value": value} for key, value in raw.items()}


def test_the_next_gate__says_what_is_missing(common: Pack) -> None:
    levels = {"S01": 1, "S02": 1, "S03": 1, "S04": 1}
    side = result_of(common, firm_at({"Q5": "E", "Q8": "C"}, levels)).claimed
    assert (side.span.low, side.level) == (13_000, 0)
    gate = side.next_gate
    assert gate is not None
    assert (gate.level, gate.met) == (1, False)
    assert (gate.score.missing, gate.scenes.missing, gate.binding.missing) == (7_000, 2, 1)


def test_the_next_gate__is_the_one_above_the_certain_level(common: Pack) -> None:
    answers = firm_at({"Q5": "E", "Q4": list("BCDEFGHIJKLMNO")}, dict.fromkeys(oracle.SCENES, 1))
    side = result_of(common, answers).claimed
    assert (side.span.low, side.level) == (20_000, 1)
    gate = side.next_gate
    assert gate is not None
    assert (gate.level, gate.score.missing, gate.scenes.missing, gate.binding.missing) == (2, 20_000, 6, 3)
    del answers["miit.Q4"]
    wide = result_of(common, answers).claimed
    assert (wide.level_low, wide.level_high, wide.level) == (0, 1, None)
    assert wide.next_gate is not None
    assert (wide.next_gate.level, wide.next_gate.met) == (1, None)


def test_the_top__has_no_next_gate(common: Pack) -> None:
    best = {key: [option for option in table if option != "A"] for key, table in oracle.MULTI.items()}
    singles = {key: max(table) for key, table in {**oracle.SINGLE, **oracle.BAND, **oracle.TREND}.items()}
    result = result_of(common, firm_at({**best, **singles}, dict.fromkeys(oracle.SCENES, 4)))
    assert result.claimed.level == 4
    assert result.claimed.next_gate is None
    assert gaps(result) is None


@pytest.mark.parametrize(
    ("need", "met", "missing"),
    [
        (Need(5, 5, 9), True, 0),
        (Need(5, 4, 5), None, 1),
        (Need(5, 4, 4), False, 1),
        (Need(0, 0, 0), True, 0),
    ],
)
def test_a_need__is_met_failed_or_open(need: Need, met: bool | None, missing: int) -> None:
    assert need.met is met
    assert need.missing == missing


@pytest.mark.parametrize(
    ("parts", "met"),
    [((5, 5, 5), True), ((5, 5, 4), None), ((5, 4, 3), False), ((4, 4, 5), None), ((3, 3, 3), False)],
)
def test_a_gate__is_met_when_all_three_are(parts: tuple[int, int, int], met: bool | None) -> None:
    """5 of 5: met; 4—5: open; 3 of 5: failed."""
    needs = {5: Need(5, 5, 5), 4: Need(5, 4, 5), 3: Need(5, 3, 3)}
    assert GateCheck(1, *(needs[part] for part in parts)).met is met


def test_gaps__name_the_nearest_scenes_and_the_most_open_points(common: Pack) -> None:
    levels = {"S01": 1, "S02": 1, "S03": 0, "S04": 0, "S05": 1, "S06": 1}
    found = gaps(result_of(common, firm_at({"Q5": "E", "Q4": ["B"]}, levels)))
    assert found is not None
    assert found.level == 1
    assert found.score == 9_300
    assert [scene.id for scene in found.scenes][:2] == ["miit.S03", "miit.S07"]
    assert {scene.id for scene in found.scenes if not scene.binding} == {
        "miit.S04",
        "miit.S14",
        "miit.S15",
        "miit.S16",
    }
    opened = [gap.open for gap in found.points]
    assert opened == sorted(opened, reverse=True)
    assert found.points[0].question == "miit.Q4"
    assert sum(opened) == 100_000 - 10_700


# -- notes ---------------------------------------------------------------------------------------


def test_gates_not_read_in_the_original__are_noted(common: Pack, sample: Pack) -> None:
    assert "gates-not-read-in-original" in {note.code for note in result_of(common, {}).claimed.notes}
    assert result_of(sample, {}, "small").claimed.notes == ()


# -- figures -------------------------------------------------------------------------------------

CUTS = (20_000, 40_000, 60_000, 80_000)


@pytest.mark.parametrize(
    ("milli", "text"),
    [
        (0, "0.0"),
        (59_900, "59.9"),
        (59_949, "59.9"),
        (59_950, "59.95"),
        (59_960, "59.96"),
        (59_994, "59.99"),
        (59_995, "59.995"),
        (59_999, "59.999"),
        (60_000, "60.0"),
        (60_001, "60.0"),
        (60_049, "60.0"),
        (60_050, "60.1"),
        (19_999, "19.999"),
        (45_050, "45.1"),
        (45_049, "45.0"),
        (100_000, "100.0"),
    ],
)
def test_points__are_rounded_half_up_and_never_across_a_cut(milli: int, text: str) -> None:
    assert points_text(milli, CUTS) == text


@given(st.integers(0, 100_000))
def test_printed_points__stand_on_the_same_side_of_every_cut(milli: int) -> None:
    shown = float(points_text(milli, CUTS)) * 1000
    for cut in CUTS:
        assert (milli < cut) == (round(shown) < cut)
    assert abs(shown - milli) <= 50 + 1e-6


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (Span(41_000, 41_000, 0), "41.0"),
        (Span(41_000, 58_500, 0), "41.0—58.5"),
        (Span(59_960, 60_000, 0), "59.96—60.0"),
    ],
)
def test_an_interval__is_printed_with_both_ends(span: Span, text: str) -> None:
    assert span_text(span, CUTS) == text


# -- the document ----------------------------------------------------------------------------------


FIELDS = {
    *("low", "high", "score", "level", "level_low", "level_high"),
    *("dimensions", "questions", "gates", "notes"),
}


def test_the_document__has_the_fields_of_the_design_and_is_json(common: Pack) -> None:
    answers = firm_at({"Q5": "E", "Q9": ["B"]}, {"S01": 2})
    answers["miit.Q1"] = {"state": "unknown"}
    answers["miit.Q5"]["verified"] = "B"
    document = json.loads(json.dumps(result_document(result_of(common, answers, mode="onsite"))))
    assert document["headline"] == "verified"
    for side in ("claimed", "verified"):
        assert FIELDS <= document[side].keys()
        assert {key: document["verified"][key] for key in document["verified"]} == {
            key: document[key] for key in document["verified"]
        }
    claimed = document["claimed"]
    assert (claimed["low"], claimed["high"], claimed["score"]) == (11.875, 19.875, None)
    assert (claimed["level"], claimed["level_low"], claimed["level_high"]) == (0, 0, 0)
    assert claimed["questions"]["miit.Q1"] == {
        "state": "unknown",
        "low": 0,
        "high": 8,
        "score": None,
        "max": 8,
    }
    assert claimed["questions"]["miit.Q9"]["score"] == 1.875
    assert claimed["dimensions"]["manage"] == {"low": 1.875, "high": 1.875, "score": 1.875, "max": 30}
    assert [gate["level"] for gate in claimed["gates"]] == [1, 2, 3, 4]
    assert claimed["next"] == {"level": 1, "score": 8.125, "scenes": 5, "binding": 2}
    assert document["verified"]["questions"]["miit.Q5"]["score"] == 2.5
    assert document["verified"]["questions"]["miit.Q9"]["state"] == "unanswered"


def test_a_score__is_a_number_only_when_it_is_known(common: Pack) -> None:
    known = result_document(result_of(common, firm_at({}, {})))
    assert (known["score"], known["level"]) == (0, 0)
    open_ = result_document(result_of(common, {}))
    assert (open_["score"], open_["level"], open_["low"], open_["high"]) == (None, None, 0, 100)


# -- a model that can't be computed ------------------------------------------------------------------


@pytest.fixture
def unweighted(tmp_path: Path) -> Pack:
    """The sample pack with one weight that nobody knows."""
    edit = Edit("models/small.yaml", "weight: 60", "weight: null")
    return sample_pack(tmp_path, edit, without=["models/whole.yaml"])


def test_a_model_with_an_unknown_weight__is_refused_in_words(unweighted: Pack) -> None:
    with pytest.raises(UserError) as caught:
        result_of(unweighted, {}, "small")
    [problem] = caught.value.problems
    assert problem.code == "model-weights-unknown"
    assert problem.what == "模型“small”缺少权重（数），不能计算"
    assert problem.remedy == "权重未知就不出分；请换用有权重的模型文件"


def test_a_model_with_an_unknown_weight__is_listed_and_the_rest_is_done(unweighted: Pack) -> None:
    parsed, _ = parse_answers({"answers": {}}, unweighted, "a.json")
    assert [problem.code for problem in refused_models(unweighted)] == ["model-weights-unknown"]
    assert score_all(unweighted, parsed) == ()
    assert [problem.code for problem in diagnose(unweighted, parsed).refused] == ["model-weights-unknown"]
