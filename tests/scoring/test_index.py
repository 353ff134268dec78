"""The index: the arrays give what a plain reading of its paper gives; gates, parts, least lifts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.answers.document import parse_answers
from assessor.answers.model import SIDES, Answers, Side
from assessor.pack.maturity import IndexModel
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion, MultiQuestion, RatioQuestion, option_ids
from assessor.scoring.index import IndexCodes, encode_index, score_many
from assessor.scoring.index_document import index_document, reported_document
from assessor.scoring.index_result import IndexSide, StageNeed
from assessor.scoring.index_verdict import (
    compiled_index,
    refused_models,
    reported_results,
    score_index,
    score_indexes,
)
from tests.answers.draw import documents, raw_answer, raw_values
from tests.pack.build import Edit, load, write_pack
from tests.scoring import index_oracle, oracle
from tests.scoring.index_oracle import MINISTRY, Scene, Verdict, tire_scenes

TIRES = tuple(index_oracle.TIRE_WEIGHTS)
RAW_SIDE = {"claimed": "value", "verified": "verified"}


def answers_of(pack: Pack, document: Any) -> Answers:
    answers, problems = parse_answers(document, pack, "drawn")
    assert not problems, list(map(str, problems))
    return answers


def index_of(pack: Pack) -> IndexModel:
    [model] = [model for model in pack.indexes if model.id == "wanqi-ronghe"]
    return model


def side_of(pack: Pack, answers: Mapping[str, Any], firm: Any = None, side: Side = "claimed") -> IndexSide:
    """The verdict on plain values: id → value."""
    items = {
        key: raw if isinstance(raw, dict) and "state" in raw else {"value": raw}
        for key, raw in answers.items()
    }
    parsed = answers_of(pack, {"firm": firm or {}, "answers": items})
    return score_index(pack, index_of(pack), parsed).on(side)


@st.composite
def tire_firms(draw: st.DrawFn) -> dict[str, Any]:
    """The facts that decide which scenes apply, some of them not known."""
    classes = ["全钢", "半钢", "斜交", "工程", "实心", "翻新", "内胎垫带", "橡胶制品"]
    firm: dict[str, Any] = {}
    if draw(st.integers(0, 5)):
        firm["TP01"] = draw(st.lists(st.sampled_from(classes), min_size=1, max_size=3, unique=True))
        if len(firm["TP01"]) > 1 and draw(st.booleans()):
            firm["TP01.2"] = draw(st.sampled_from(firm["TP01"]))
    for key, values in (
        ("TP01.1", (True, False)),
        ("TP02", ("自炼", "外购混炼胶", "两者")),
        ("TP04", (True, False)),
    ):
        if draw(st.integers(0, 3)):
            firm[key] = draw(st.sampled_from(values))
    return firm


@st.composite
def tire_documents(draw: st.DrawFn, pack: Pack) -> dict[str, Any]:
    """Firms whose scenes are low, high or anywhere, so that all stages occur."""
    document = dict(draw(documents(pack, *index_oracle.ASKED, *TIRES)))
    top = draw(st.integers(0, 4))
    answers = dict(document["answers"])
    if draw(st.booleans()):
        for key in TIRES:
            if "value" in answers.get(key, {}):
                answers[key] = {**answers[key], "value": min(4, max(answers[key]["value"], top))}
    return {**document, "firm": draw(tire_firms()), "answers": answers}


def assert_same(found: IndexSide, expected: Verdict) -> None:
    parts = {part.title: (part.share_low, part.share_high) for part in found.parts}
    dimensions = {part.title: (part.low, part.high) for part in found.dimensions}
    for values, wanted in ((parts, expected.parts), (dimensions, expected.dimensions)):
        assert values.keys() == wanted.keys()
        for title, span in wanted.items():
            assert values[title] == (
                (None, None) if span is None else pytest.approx(tuple(map(float, span)), abs=1e-12)
            )
    assert (found.span and (found.span.low, found.span.high)) == (
        None if expected.low is None else (expected.low, expected.high)
    )
    assert (found.level_low, found.level_high) == (expected.level_low, expected.level_high)
    assert found.weight_used == expected.used
    for stage in found.stages:
        for need in stage.needs:
            assert_need_same(need, expected)


def assert_need_same(need: StageNeed, expected: Verdict) -> None:
    spans = [expected.parts[title] for title in need.title.split("、")]
    if None in spans:
        assert (need.low, need.high, need.met, need.lift) == (None, None, False, ())
        return
    low, high = (100 * sum(span[end] for span in spans if span) / len(spans) for end in (0, 1))
    cut = Fraction(str(need.need))
    assert (need.low, need.high) == pytest.approx((float(low), float(high)), abs=1e-9)
    assert need.met is (True if low >= cut else None if high >= cut else False)
    assert (need.lift == ()) is (low >= cut)


# -- against the plain reading -------------------------------------------------------------------


@settings(max_examples=120)
@given(st.data())
def test_a_tire_maker__is_judged_as_by_hand(tires: Pack, data: st.DataObject) -> None:
    document = data.draw(tire_documents(tires))
    result = score_index(tires, index_of(tires), answers_of(tires, document))
    scenes = tire_scenes(document["firm"])
    for side in SIDES:
        assert_same(result.on(side), index_oracle.judge(document["answers"], RAW_SIDE[side], scenes))
    assert result.headline == ("verified" if document["mode"] == "onsite" else "claimed")


@settings(max_examples=60)
@given(st.data())
def test_a_firm_of_no_shipped_trade__is_judged_by_the_ministry_s_scenes(
    common: Pack, data: st.DataObject
) -> None:
    document = data.draw(documents(common, *index_oracle.ASKED, *(scene.id for scene in MINISTRY)))
    result = score_index(common, index_of(common), answers_of(common, document))
    for side in SIDES:
        assert_same(result.on(side), index_oracle.judge(document["answers"], RAW_SIDE[side], MINISTRY))


def test_the_tree__is_that_of_the_paper(common: Pack) -> None:
    model = index_of(common)
    assert {d.title: (d.weight, {p.title: p.weight for p in d.parts}) for d in model.dimensions} == {
        title: (weight, {part.title: part.weight for part in parts})
        for title, (weight, parts) in index_oracle.TREE.items()
    }
    assert [level.name for level in model.levels[1:]] == ["起步建设", "单项覆盖", "集成提升", "创新突破"]
    assert model.cite.kind == model.gates.cite.kind == "expert"


@settings(max_examples=15)
@given(st.data())
def test_many_firms_in_one_call__are_judged_as_one_by_one(tires: Pack, data: st.DataObject) -> None:
    drawn = data.draw(st.lists(tire_documents(tires), min_size=1, max_size=12))
    compiled = compiled_index(tires, index_of(tires))
    codes = joined([encode_index(tires, compiled, answers_of(tires, one), ["claimed"]) for one in drawn])
    scores = score_many(compiled, codes)
    for row, document in enumerate(drawn):
        expected = index_oracle.judge(document["answers"], "value", tire_scenes(document["firm"]))
        found = [int(getattr(scores, end)[row]) for end in ("low", "high", "level_low", "level_high")]
        score = (-1, -1) if expected.low is None else (expected.low, expected.high)
        assert found == [*score, expected.level_low, expected.level_high]


def joined(codes: Sequence[IndexCodes]) -> IndexCodes:
    return IndexCodes(
        *(np.concatenate([getattr(one, part.name) for one in codes]) for part in fields(IndexCodes))
    )


def test_more_firms_than_one_block__are_all_judged(common: Pack) -> None:
    compiled = compiled_index(common, index_of(common))
    kinds = [
        encode_index(common, compiled, answers_of(common, {"answers": one}), ["claimed"])
        for one in ({}, LOWEST, HAND)
    ]
    codes = joined(kinds * 1500)
    scores = score_many(compiled, codes)
    assert scores.low.tolist() == [0, 0, 37_665] * 1500
    assert scores.high.tolist() == [100_000, 0, 37_665] * 1500


def test_no_firm__is_no_fault(common: Pack) -> None:
    compiled = compiled_index(common, index_of(common))
    codes = encode_index(common, compiled, answers_of(common, {}), ["claimed"]).block(0, 0)
    scores = score_many(compiled, codes)
    assert scores.low.shape == scores.level_high.shape == (0,)


# -- worked by hand ------------------------------------------------------------------------------

LOWEST: dict[str, Any] = {
    **{f"miit.{key}": {"value": ["A"] if key in oracle.MULTI else "A"} for key in oracle.QUESTIONS},
    **{key: {"value": 0} for key in index_oracle.LEVELS},
    **{key: {"value": {"numerator": 0, "denominator": 0}} for key in index_oracle.RATIOS},
    **{scene.id: {"value": 0} for scene in MINISTRY},
}
BEST: dict[str, Any] = {
    **{
        f"miit.{key}": {"value": [option for option in table if option != "A"]}
        for key, table in oracle.MULTI.items()
    },
    **{
        f"miit.{key}": {"value": max(table)}
        for key, table in {**oracle.SINGLE, **oracle.BAND, **oracle.TREND}.items()
    },
    **{key: {"value": 4} for key in index_oracle.LEVELS},
    **{key: {"value": {"numerator": 7, "denominator": 7}} for key in index_oracle.RATIOS},
    **{scene.id: {"value": 4} for scene in MINISTRY},
}
HAND: dict[str, Any] = {
    key: {"value": value}
    for key, value in {
        # 规划与投入: (3 + 3.75 + 1.5 + 1.875) ÷ 30 = 0.3375, × 8 = 2.7
        **{"miit.Q8": "C", "miit.Q9": ["B", "C"], "miit.Q10": ["B"], "miit.Q11": "B"},
        # 设备与网络: (4 + 4.5 + 1.5) ÷ 20 = 0.5, × 9 = 4.5
        **{"miit.Q1": ["B", "C"], "miit.Q2": {"numerator": 30, "denominator": 50}, "miit.Q3": "B"},
        # 安全: (1.25 + 2.5) ÷ 10 = 0.375, × 4 = 1.5
        **{"miit.Q6": ["B"], "miit.Q7": ["B", "C"]},
        # 算力与上云: (0.75 + 0.5 + 0.25) ÷ 3 = 0.5, × 4 = 2
        **{"G01": 3, "G02": {"numerator": 2, "denominator": 4}, "G03": 1},
        # 采集: 5 × 0.7 ÷ 10 = 0.35, × 5 = 1.75
        "miit.Q4": ["B", "C", "D", "E", "F"],
        # 治理: (0.5 + 0.25) ÷ 2 = 0.375, × 5 = 1.875 · 资产与流通: (0.25 + 0.5 + 0) ÷ 3 = 0.25, × 5 = 1.25
        **{"G05": 2, "G06": 1, "G07": 1, "G08": 2, "G09": 0},
        # scenes weigh 10 × 2 + 6 = 26; at 2 or above: four binding (8), five others (5): 13 ÷ 26, × 20 = 10
        # at 3 or above: S01 (2) and S02 (1) = 3 ÷ 26, × 14 = 1.6153846…; at 4: none
        **dict.fromkeys(("miit.S08", "miit.S09", "miit.S10", "miit.S11", "miit.S12", "miit.S13"), 1),
        **dict.fromkeys(
            ("miit.S03", "miit.S06", "miit.S07", "miit.S04", "miit.S05", "miit.S14", "miit.S15"), 2
        ),
        **{"miit.S01": 3, "miit.S02": 3, "miit.S16": 0},
        # 系统覆盖: 5 ÷ 10, × 5 = 2.5
        "miit.Q5": "C",
        # 上下游贯通: (0.5 + 0.25) ÷ 2 = 0.375, × 6 = 2.25 · 人工智能应用: 0.25, × 4 = 1
        **{"G13": 2, "G14": {"numerator": 5, "denominator": 20}, "G10": 1, "G12": 1},
        # 成效走势: (7 + 3.5 + 0 + 3) ÷ 20 = 0.675, × 7 = 4.725
        **{
            "miit.Q12": "C",
            "miit.Q13": {"before": 98.001, "after": 98.004},
            "miit.Q14": "A",
            "miit.Q15": "C",
        },
    }.items()
}


def common_side(pack: Pack, answers: Mapping[str, Any]) -> IndexSide:
    return score_index(pack, index_of(pack), answers_of(pack, {"answers": answers})).claimed


def test_a_firm_worked_by_hand__has_37_665_points_and_stage_2(common: Pack) -> None:
    """10.7 + 4.875 + 12.5 + 3.8653846… + 1 + 4.725 = 37.6653846…; half of the scenes on line, few closed."""
    side = common_side(common, HAND)
    assert side.span is not None
    assert (side.span.low, side.span.high, side.span.most) == (37_665, 37_665, 100_000)
    assert side.level == 2
    assert {d.title: round(d.weight * (d.low or 0), 6) for d in side.dimensions} == {
        "基础建设": 10.7,
        "数据要素": 4.875,
        "单项应用": 12.5,
        "综合集成": 3.865385,
        "协同与创新": 1.0,
        "成效": 4.725,
    }


def test_the_lowest_and_the_best_firm__have_0_and_100_points(common: Pack) -> None:
    lowest, best, nothing = (common_side(common, answers) for answers in (LOWEST, BEST, {}))
    ends = [
        (s.span and (s.span.low, s.span.high), s.level_low, s.level_high) for s in (lowest, best, nothing)
    ]
    assert ends == [((0, 0), 1, 1), ((100_000, 100_000), 4, 4), ((0, 100_000), 1, 4)]
    assert best.next_stage is None


def test_four_parts__are_counted_with_what_was_answered_blank_and_gone(tires: Pack) -> None:
    firm = {"TP01": ["全钢"], "TP02": "外购混炼胶", "TP04": True}
    gone = {"state": "not_applicable", "reason": "没有"}
    side = side_of(tires, {"T01": 2, "T02": 0, "T15": gone, "G05": 1, "miit.Q1": ["B"]}, firm)
    found = {part.title: (part.answered, part.blank, part.gone) for part in side.parts}
    assert found["场景在线"] == (2, 12, 2)
    assert found["治理"] == (1, 1, 0)
    assert found["设备与网络"] == (1, 2, 0)
    assert found["算力与上云"] == (0, 3, 0)


def test_the_other_readings__are_worked_by_hand(common: Pack, tires: Pack) -> None:
    def bars(pack: Pack, document: Any) -> dict[str, tuple[float | None, float | None]]:
        readings = score_index(pack, index_of(pack), answers_of(pack, document)).readings
        return {bar.title: (bar.low, bar.high) for reading in readings for bar in reading.bars}

    four = bars(common, {"answers": HAND})
    assert four["算力"][0] == pytest.approx(0.5)
    assert four["数据"][0] == pytest.approx((1.75 + 1.875 + 1.25) / 15)
    assert four["应用"][0] == pytest.approx((10 + 2.5 + 0 + 1) / 33)
    assert four["产业"][0] == pytest.approx((2.25 + 4.725) / 13)
    assert (four["智改"], four["数转"]) == ((None, None), (None, None))
    assert four["网联"] == (pytest.approx((4 / 8 + 1.5 / 6) / 2),) * 2

    # 网联 lifts six of the tires' scenes most; two stand at 2, one does not apply, one is blank.
    linked = ("T07", "T08", "T09", "T12", "T15", "T16")
    assert (
        tuple(
            k for k, v in (tires.crosswalk.scenes if tires.crosswalk else {}).items() if "网联" in v.lifted_by
        )
        == linked
    )
    answers = {
        **{"T07": {"value": 2}, "T08": {"value": 3}, "T09": {"value": 1}, "T12": {"value": 0}},
        "T15": {"state": "not_applicable", "reason": "没有"},
        **{"miit.Q1": {"value": ["B", "C", "D", "E"]}, "miit.Q3": {"value": "A"}},
    }
    three = bars(tires, {"firm": {"TP01": ["全钢"]}, "answers": answers})
    assert three["网联"] == (pytest.approx((2 / 5 + 1 + 0) / 3), pytest.approx((3 / 5 + 1 + 0) / 3))


# -- gates, exactly ------------------------------------------------------------------------------

FIRM = {"TP01": ["全钢"], "TP02": "自炼", "TP04": True}
GONE = {"state": "not_applicable", "reason": "没有"}
CORE = ("T04", "T05", "T06", "T07", "T08", "T09")
OTHERS = tuple(key for key in TIRES if key not in CORE)[:8]


def at_gates(weight_at_2: int, weight_at_3: int, weight_at_4: int, **other: Any) -> dict[str, Any]:
    """A plant whose scenes weigh 20 in all (six core ones, eight others), so many of them at 2, 3 and 4."""
    found: dict[str, Any] = dict.fromkeys((*CORE, *OTHERS), 0) | dict.fromkeys(TIRES[14:], GONE)
    for level, weight in ((2, weight_at_2), (3, weight_at_3), (4, weight_at_4)):
        core = min(weight // 2, len(CORE))
        for key in (*CORE[:core], *OTHERS[: weight - 2 * core]):
            found[key] = level
    found |= {
        "miit.Q1": ["B", "C", "D", "E"],
        "miit.Q2": "A",
        "miit.Q3": "A",
        "miit.Q5": "D",
        "miit.Q4": ["A"],
    }
    found |= {"G05": 4, "G06": 4, "G07": 4, "G08": 1, "G09": 1, "G10": 2, "G12": 2}
    return found | other


Q4_ALL = [option for option in oracle.MULTI["Q4"] if option != "A"]


@pytest.mark.parametrize(
    ("stage", "at", "below"),
    [
        # 场景在线 10 ÷ 20 and one of weight 1 less
        (2, at_gates(10, 0, 0), at_gates(9, 0, 0)),
        # 设备与网络 8 ÷ 20 and 7.5 ÷ 20
        (2, at_gates(20, 0, 0), at_gates(20, 0, 0, **{"miit.Q1": ["B", "C", "D"], "miit.Q2": "B"})),
        # 闭环 10 ÷ 20
        (3, at_gates(20, 10, 0), at_gates(20, 9, 0)),
        # 系统覆盖 7.5 ÷ 10 and 5 ÷ 10
        (3, at_gates(20, 20, 0), at_gates(20, 20, 0, **{"miit.Q5": "C"})),
        # (0 + 1 + 6 ÷ 12) ÷ 3, and with 5 ÷ 12
        (3, at_gates(20, 20, 0), at_gates(20, 20, 0, G08=0)),
        # (1 + 0.5 + 0) ÷ 3, and with 0.93 for the first
        (
            3,
            at_gates(20, 20, 0, **{"miit.Q4": Q4_ALL, "G05": 4, "G06": 0, "G07": 0, "G08": 0, "G09": 0}),
            at_gates(20, 20, 0, **{"miit.Q4": Q4_ALL[1:], "G05": 4, "G06": 0, "G07": 0, "G08": 0, "G09": 0}),
        ),
        # 闭环 14 ÷ 20
        (4, at_gates(20, 14, 2), at_gates(20, 13, 2)),
        # 模型驱动 2 ÷ 20
        (4, at_gates(20, 20, 2), at_gates(20, 20, 1)),
        # 人工智能应用 (0.5 + 0.5) ÷ 2
        (4, at_gates(20, 20, 2), at_gates(20, 20, 2, G10=1)),
    ],
)
def test_a_gate__passes_at_the_threshold_and_not_just_below(
    tires: Pack, stage: int, at: Any, below: Any
) -> None:
    assert side_of(tires, at, FIRM).level == stage
    assert side_of(tires, below, FIRM).level == stage - 1


def test_a_stage__needs_the_stages_before_it(tires: Pack) -> None:
    """Everything for stage 4 but one gate of stage 2 missing is stage 1."""
    answers = at_gates(20, 20, 20, **{"miit.Q1": ["A"]})
    assert side_of(tires, answers, FIRM).level == 1


# -- what does not apply -------------------------------------------------------------------------


def test_parts_that_leave__share_out_their_weight_and_are_named(tires: Pack) -> None:
    """All scenes gone: 62 of 100 is left; nothing can be judged by scenes, so no stage."""
    whole = {key: raw["value"] for key, raw in HAND.items() if not key.startswith("miit.S")}
    side = side_of(tires, {**whole, **dict.fromkeys(TIRES, GONE)}, FIRM)
    assert side.span is not None
    # 10.7 + 4.875 + 2.5 + 2.25 + 1 + 4.725 = 26.05 of 62
    assert side.span.low == side.span.high == round(100_000 * 26.05 / 62)
    assert (side.level, side.weight_used) == (0, 62.0)
    notes = [(note.code, dict(note.values)) for note in side.notes]
    assert ("weight-used", {"used": 62.0, "total": 100.0}) in notes
    assert [values["part"] for code, values in notes if code == "part-not-judged"] == [
        "场景在线",
        "闭环",
        "模型驱动",
    ]
    assert {part.title for part in side.parts if part.left} == {"场景在线", "闭环", "模型驱动"}
    needs = [(stage.level, need) for stage in side.stages for need in stage.needs]
    assert [level for level, need in needs if need.met is False and need.low is None] == [2, 3, 4, 4]


def test_less_than_the_least_weight__gives_no_score(tires: Pack) -> None:
    """62 of the weight is left: enough for a least of 62, not for 62.5."""
    answers = answers_of(tires, {"firm": FIRM, "answers": dict.fromkeys(TIRES, GONE)})
    for least, scored in ((Decimal(60), True), (Decimal(62), True), (Decimal("62.5"), False)):
        model = index_of(tires).model_copy(update={"least_weight": least})
        side = score_index(tires, model, answers).claimed
        assert (side.span is not None) is scored
        assert ("too-little-weight" in {note.code for note in side.notes}) is not scored
        assert ("weight-used" in {note.code for note in side.notes}) is scored


OWN = """\
id: own
title: 自己的
title_en: Own
short: 自
edition: "1"
effective_from: "2026-01-01"
cite: {source: own, kind: expert, sure: own}
rule: weighted-index
not_applicable: leave
total: 100
least_weight: 60
levels:
  - {level: 0, name: 无, name_en: None}
  - {level: 1, name: 一, name_en: One}
  - {level: 2, name: 二, name_en: Two}
dimensions:
  - id: asked
    title: 问的
    title_en: Asked
    weight: 60
    parts:
      - {id: counted, title: 数, title_en: Counted, weight: 30, value: {points_of: [R1, C1], model: small}}
      - {id: mean, title: 均, title_en: Mean, weight: 30, value: {mean_of: [M1, R1]}}
  - id: seen
    title: 看的
    title_en: Seen
    weight: 40
    parts:
      - {id: floor, title: 现场, title_en: Floor, weight: 40, value: {scenes_at: 2}}
gates:
  cite: {source: own, kind: expert, sure: own}
  rows:
    - {level: 1, scenes_apply: 1}
    - {level: 2, needs: [{parts: [mean], at_least: 50}]}
"""


def own_pack(folder: Path, text: str = OWN, *edits: Edit) -> Pack:
    target = write_pack(folder, *edits)
    (target / "models/own.yaml").write_text(text, encoding="utf-8")
    loaded = load(target)
    assert not loaded.problems, list(map(str, loaded.problems))
    assert loaded.pack is not None
    return loaded.pack


def own_side(pack: Pack, answers: Any) -> IndexSide:
    [model] = [model for model in pack.indexes if model.id == "own"]
    return score_index(pack, model, answers_of(pack, {"answers": answers})).claimed


def test_exactly_60_of_the_weight__is_scored_and_59_is_not(tmp_path: Path) -> None:
    answers = {
        "T1": GONE,
        "M1": {"value": 2},
        "R1": {"value": {"numerator": 1, "denominator": 4}},
        "C1": {"value": "B"},
    }
    # 数: (1.5 + 2) ÷ 8, 均: (0.5 + 0.25) ÷ 2, both 30 of 60
    side = own_side(own_pack(tmp_path / "60"), answers)
    assert side.span is not None
    assert side.span.low == round(1000 * (100 * (30 * 3.5 / 8 + 30 * 0.375) / 60))
    text = OWN.replace("    weight: 60\n", "    weight: 59\n").replace("weight: 40", "weight: 41")
    text = text.replace("title_en: Counted, weight: 30", "title_en: Counted, weight: 29")
    assert own_side(own_pack(tmp_path / "59", text), answers).span is None


MAY_NOT_APPLY = Edit(
    "questionnaire.yaml", "denominator: 总数\n", "denominator: 总数\n        may_not_apply: true\n"
)


def test_a_ratio_that_does_not_apply__leaves_its_part(tmp_path: Path) -> None:
    pack = own_pack(tmp_path, OWN, MAY_NOT_APPLY)
    side = own_side(pack, {"R1": GONE, "M1": {"value": 3}, "C1": {"value": "A"}, "T1": {"value": 2}})
    mean = next(part for part in side.parts if part.id == "mean")
    assert (mean.share_low, mean.share_high, mean.gone) == (0.75, 0.75, 1)
    counted = next(part for part in side.parts if part.id == "counted")
    assert (counted.share_low, counted.share_high) == (0.0, 0.0)
    assert side.span is not None
    assert side.span.low == side.span.high == 62_500


def test_a_ratio_that_may_not_be_asked__counts_as_missing(tmp_path: Path) -> None:
    """While the condition hangs on something unknown, whatever was answered is open, as everywhere."""
    edit = Edit(
        "questionnaire.yaml", "denominator: 总数\n", "denominator: 总数\n        ask_if: {of: C1, eq: A}\n"
    )
    pack = own_pack(tmp_path, OWN, edit)
    ratio = {"value": {"numerator": 1, "denominator": 2}}
    for answers, span in (
        ({}, (0.0, 0.5)),
        ({"C1": {"value": "A"}}, (0.25, 0.25)),
        ({"C1": {"value": "B"}}, (0.0, 0.0)),
    ):
        side = own_side(pack, {"R1": ratio, "M1": {"value": 0}, **answers})
        mean = next(part for part in side.parts if part.id == "mean")
        assert (mean.share_low, mean.share_high) == span


def test_an_index_without_points__is_scored(tmp_path: Path) -> None:
    text = OWN.replace("{points_of: [R1, C1], model: small}", "{mean_of: [M1]}")
    side = own_side(
        own_pack(tmp_path, text), {"M1": {"value": 4}, "R1": {"value": {"numerator": 1, "denominator": 1}}}
    )
    assert side.span is not None
    assert (side.span.low, side.span.high) == (60_000, 100_000)


def test_a_part_without_weight__makes_the_index_one_that_is_not_scored(tmp_path: Path) -> None:
    text = OWN.replace("title_en: Counted, weight: 30", "title_en: Counted, weight: null")
    pack = own_pack(tmp_path, text)
    assert [result.model.id for result in score_indexes(pack, answers_of(pack, {}))] == ["whole"]
    [problem] = refused_models(pack)
    assert (problem.code, problem.values["items"]) == ("model-weights-unknown", "数")


# -- better answers, and what is missing ---------------------------------------------------------


def ends(side: IndexSide) -> tuple[int, int, int, int]:
    low, high = (side.span.low, side.span.high) if side.span else (-1, -1)
    return low, high, side.level_low, side.level_high


def better(pack: Pack, key: str, value: Any) -> st.SearchStrategy[Any] | None:
    """Values at least as good as this one."""
    question = pack.questions[key]
    if isinstance(question, LevelQuestion):
        return st.integers(value, 4)
    if isinstance(question, MultiQuestion):
        none = {option.id for option in question.options if option.none}
        rest = [option for option in option_ids(question) if option not in none]
        return st.sets(st.sampled_from(rest), min_size=1).map(lambda more: sorted((more | set(value)) - none))
    if isinstance(question, RatioQuestion) and isinstance(value, dict):
        top = value["denominator"]
        return st.integers(0, 4).map(
            lambda part: {
                "numerator": value["numerator"] + (top - value["numerator"]) * part / 4,
                "denominator": top,
            }
        )
    if isinstance(value, str):
        letters = option_ids(question)
        return st.sampled_from(letters[letters.index(value) :])
    return None


@settings(max_examples=80)
@given(st.data())
def test_a_better_answer__never_lowers_score_or_stage(tires: Pack, data: st.DataObject) -> None:
    document = data.draw(tire_documents(tires))
    answers = document["answers"]
    given_ids = [
        key for key, raw in answers.items() if "value" in raw and better(tires, key, raw["value"]) is not None
    ]
    before = score_index(tires, index_of(tires), answers_of(tires, document)).claimed
    for key in data.draw(st.lists(st.sampled_from(given_ids), max_size=3)) if given_ids else ():
        value = data.draw(better(tires, key, answers[key]["value"]))
        changed = {**document, "answers": {**answers, key: {**answers[key], "value": value}}}
        after = score_index(tires, index_of(tires), answers_of(tires, changed)).claimed
        assert all(new >= old for new, old in zip(ends(after), ends(before), strict=True)), key


@settings(max_examples=50)
@given(st.data())
def test_the_interval__holds_every_completion(tires: Pack, data: st.DataObject) -> None:
    """Also when a blank turns out not to apply, as long as one scene is left that does."""
    document = data.draw(tire_documents(tires))
    firm, answers = document["firm"], document["answers"]
    if "TP01" not in firm:
        firm = {**firm, "TP01": ["半钢"]}  # what weighs double hangs on it, so it has to be known first
    before = score_index(tires, index_of(tires), answers_of(tires, {**document, "firm": firm})).claimed
    known = {**{"TP01.1": data.draw(st.booleans()), "TP02": "自炼", "TP04": data.draw(st.booleans())}, **firm}
    filled = {
        key: completion(tires, key, answers.get(key, {}), data) for key in (*index_oracle.ASKED, *TIRES)
    }
    after = score_index(
        tires, index_of(tires), answers_of(tires, {**document, "firm": known, "answers": filled})
    ).claimed
    assert after.level is not None
    if after.level == 0:  # no scene applies: then there is no stage to hold
        assert all(part.left for part in after.parts if part.unit == "scenes")
    else:
        assert before.level_low <= after.level <= before.level_high
    assert before.span is not None
    assert after.span is not None
    assert before.span.low <= after.span.low == after.span.high <= before.span.high


def completion(pack: Pack, key: str, raw: Mapping[str, Any], data: st.DataObject) -> dict[str, Any]:
    """The answer once it is there; scenes may turn out not to apply."""
    if "value" in raw or raw.get("state") == "not_applicable":
        return dict(raw)
    question = pack.questions[key]
    if question.may_not_apply and data.draw(st.integers(0, 2)) == 0:
        return dict(GONE)
    return {"value": data.draw(raw_values(question))}


# -- the least that is missing -------------------------------------------------------------------


def gains_of(
    need: StageNeed, answers: Mapping[str, Any], scenes: Sequence[Scene]
) -> tuple[Fraction, dict[str, Fraction]]:
    """Value of a need at the low end, and what each member would add at its best, worked out plainly."""
    titles = need.title.split("、")
    parts = [part for part in index_oracle.PARTS if part.title in titles]
    before = index_oracle.judge(answers, "value", scenes).parts
    start = sum(before[part.title][0] for part in parts if before[part.title]) / len(parts)  # type: ignore[index]
    best = {**BEST, **{key: {"value": 4} for key in TIRES}}
    members = {
        part.title: [
            scene.id for scene in scenes if answers.get(scene.id, {}).get("state") != "not_applicable"
        ]
        if isinstance(part.members, int)
        else [f"miit.{key}" if part.kind == "points" else key for key in part.members]
        for part in parts
    }
    gains = {}
    for part in parts:
        for key in members[part.title]:
            after = index_oracle.judge({**answers, key: best[key]}, "value", scenes).parts
            gains[key] = sum(after[p.title][0] for p in parts if after[p.title]) / len(parts) - start  # type: ignore[index]
    return Fraction(start), gains


@settings(max_examples=25)
@given(st.data())
def test_the_least_lift__passes_and_nothing_smaller_does(tires: Pack, data: st.DataObject) -> None:
    document = data.draw(tire_documents(tires))
    document = {**document, "firm": {**FIRM, "TP04": data.draw(st.booleans())}}
    scenes = [scene for scene in tire_scenes(document["firm"]) if scene.asked is not False]
    side = score_index(tires, index_of(tires), answers_of(tires, document)).claimed
    for stage in side.stages:
        for need in stage.needs:
            if not need.lift:
                continue
            start, gains = gains_of(need, document["answers"], scenes)
            cut = Fraction(str(need.need)) / 100
            assert set(need.lift) <= {key for key, gain in gains.items() if gain > 0}
            assert start + sum(gains[key] for key in need.lift) >= cut
            smaller = combinations(gains.values(), len(need.lift) - 1)
            assert all(start + sum(some) < cut for some in smaller)


@settings(max_examples=40)
@given(st.data())
def test_a_firm_that_does_all_it_lacks_for_the_next_stage__is_there(tires: Pack, data: st.DataObject) -> None:
    document = {**data.draw(tire_documents(tires)), "firm": FIRM}
    for _ in range(5):
        side = score_index(tires, index_of(tires), answers_of(tires, document)).claimed
        if side.next_stage is None or any(need.low is None for need in side.next_stage.needs):
            return
        lifts = {key for need in side.next_stage.needs for key in need.lift}
        best = {**BEST, **{key: {"value": 4} for key in TIRES}}
        document = {**document, "answers": {**document["answers"], **{key: best[key] for key in lifts}}}
        after = score_index(tires, index_of(tires), answers_of(tires, document)).claimed
        assert after.level_low >= side.next_stage.level


def test_what_is_least__takes_the_heaviest_scenes_first(tires: Pack) -> None:
    side = side_of(tires, at_gates(0, 0, 0), FIRM)
    [online, equipment] = side.stages[1].needs
    assert online.lift == CORE[:5]
    assert equipment.lift == ()


# -- as documents --------------------------------------------------------------------------------


@settings(max_examples=25)
@given(st.data())
def test_the_document__is_plain_json_with_the_same_figures(tires: Pack, data: st.DataObject) -> None:
    result = score_index(tires, index_of(tires), answers_of(tires, data.draw(tire_documents(tires))))
    document = json.loads(json.dumps(index_document(result), allow_nan=False))
    for side in SIDES:
        told, verdict = document[side], result.on(side)
        expected = (
            (None, None) if verdict.span is None else (verdict.span.low / 1000, verdict.span.high / 1000)
        )
        assert (told["low"], told["high"]) == pytest.approx(expected)
        assert (told["level_low"], told["level_high"]) == (verdict.level_low, verdict.level_high)
        assert {key: (part["low"], part["high"]) for key, part in told["parts"].items()} == {
            part.id: (part.share_low, part.share_high) for part in verdict.parts
        }
    assert document["low"] == document[result.headline]["low"]


def test_a_result_held_on_paper__is_shown_as_it_stands(common: Pack) -> None:
    paper = {
        "GF1": {"value": 33.85},
        "GF2": {"value": "1"},
        "GF3": {"value": 2023},
        "GF4": {"value": "省大数据局"},
    }
    [result] = reported_results(common, answers_of(common, {"answers": paper}))
    assert reported_document(result) == {
        "score": 33.85,
        "stage": 1,
        "year": 2023,
        "issuer": "省大数据局",
        "papers": [],
    }
    only_stage = reported_results(common, answers_of(common, {"answers": {"GF2": {"value": "0"}}}))
    assert [reported_document(one)["stage"] for one in only_stage] == [0]
    assert reported_results(common, answers_of(common, {"answers": {"GF3": {"value": 2023}}})) == ()


def test_one_answer_in_any_state__has_a_code_on_both_sides(common: Pack) -> None:
    """Ratios and levels of our own module take every state that an answer can be in."""

    @settings(max_examples=30)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(("G02", "G14", "G01", "G10")))
        raw = data.draw(raw_answer(common.questions[key]))
        answers = answers_of(common, {"answers": {key: raw}})
        for side in SIDES:
            found = score_index(common, index_of(common), answers).on(side)
            assert_same(found, index_oracle.judge({key: raw}, RAW_SIDE[side], MINISTRY))

    check()


def test_packs_changed_in_memory__are_compiled_anew(common: Pack) -> None:
    """The compiled index is kept by pack and model: a heavier part shows at once."""
    model = index_of(common)
    first = model.dimensions[0]
    heavier = first.model_copy(
        update={"parts": (first.parts[0].model_copy(update={"weight": Decimal(20)}), *first.parts[1:])}
    )
    other = model.model_copy(update={"dimensions": (heavier, *model.dimensions[1:])})
    answers = answers_of(common, {"answers": HAND})
    pack = replace(common, indexes=(other,))
    sides = [score_index(pack, each, answers).claimed for each in (model, other)]
    assert [side.weight_used for side in sides] == [100.0, 112.0]
