"""Every threshold is exact: a thousandth of a point, one scene or one binding scene decides."""

from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.answers.document import parse_answers
from assessor.pack.model import Pack
from assessor.scoring.result import SideResult, score_firm
from tests.pack.build import Edit, sample_pack
from tests.scoring import oracle

MODEL = "miit-sme-2024"


def scored(pack: Pack, model: str, answers: Mapping[str, Any]) -> SideResult:
    document = {"answers": {key: {"value": value} for key, value in answers.items()}}
    parsed, problems = parse_answers(document, pack, "built")
    assert not problems, list(map(str, problems))
    return score_firm(pack, pack.model(model), parsed).claimed


# -- the ministry's model ------------------------------------------------------------------------


def choices(key: str) -> dict[int, Any]:
    """Milli-points → an answer that gives them, for everything one question can give."""
    if key not in oracle.MULTI:
        table = {**oracle.SINGLE, **oracle.BAND, **oracle.TREND}[key]
        return {points: letter for letter, points in table.items()}
    options = [option for option in oracle.MULTI[key] if option != "A"]
    found: dict[int, Any] = {0: ["A"]}
    for count in range(1, len(options) + 1):
        for ticked in combinations(options, count):
            found.setdefault(oracle.points_for(key, ticked), list(ticked))
    return found


def reachable() -> dict[int, tuple[Any, ...]]:
    """Every score a firm can have → answers to the fifteen questions that give it."""
    totals: dict[int, tuple[Any, ...]] = {0: ()}
    for key in oracle.QUESTIONS:
        options = choices(key)
        totals = {
            total + points: (*given_so_far, answer)
            for total, given_so_far in totals.items()
            for points, answer in options.items()
        }
    return totals


@pytest.fixture(scope="module")
def totals() -> dict[int, tuple[Any, ...]]:
    return reachable()


def firm(answers: tuple[Any, ...], level: int, binding: int, others: int) -> dict[str, Any]:
    """A firm with so many binding and other scenes at a level and none above 0 elsewhere."""
    plain = [key for key in oracle.SCENES if key not in oracle.BINDING]
    lifted = (*oracle.BINDING[:binding], *plain[:others])
    return {
        **{f"miit.{key}": answer for key, answer in zip(oracle.QUESTIONS, answers, strict=True)},
        **{f"miit.{key}": level if key in lifted else 0 for key in oracle.SCENES},
    }


def test_the_fifteen_questions__can_give_everything_from_0_to_100(totals: dict[int, Any]) -> None:
    assert (min(totals), max(totals)) == (0, 100_000)
    assert {20_000, 40_000, 60_000, 80_000} <= totals.keys()


@pytest.mark.parametrize(("level", "points", "scenes", "binding"), oracle.GATES)
def test_a_score_just_under_a_gate__does_not_pass_and_one_at_or_just_over_it_does(
    common: Pack, totals: dict[int, Any], level: int, points: int, scenes: int, binding: int
) -> None:
    under = max(total for total in totals if total < points)
    over = min(total for total in totals if total > points)
    assert points - under <= 25
    assert over - points <= 25
    found = {
        total: scored(common, MODEL, firm(totals[total], level, binding, scenes - binding))
        for total in (under, points, over)
    }
    assert {total: side.span.low for total, side in found.items()} == {total: total for total in found}
    assert {total: side.level for total, side in found.items()} == {
        under: level - 1,
        points: level,
        over: level,
    }


@pytest.mark.parametrize(("level", "points", "scenes", "binding"), oracle.GATES)
def test_one_scene_less__does_not_pass(
    common: Pack, totals: dict[int, Any], level: int, points: int, scenes: int, binding: int
) -> None:
    answers = totals[points]
    enough = scored(common, MODEL, firm(answers, level, binding, scenes - binding))
    one_less = scored(common, MODEL, firm(answers, level, binding, scenes - binding - 1))
    one_binding_less = scored(common, MODEL, firm(answers, level, binding - 1, scenes - binding + 1))
    assert enough.level == level
    assert one_less.level == {1: 0, 2: 0, 3: 2, 4: 3}[level]
    assert one_binding_less.level == {1: 0, 2: 0, 3: 2, 4: 3}[level]


def test_a_gate_passed_by_a_higher_level__needs_no_gate_below(common: Pack, totals: dict[int, Any]) -> None:
    """The counts of level 3 contain those of 1 and 2, so the highest passed gate decides."""
    assert scored(common, MODEL, firm(totals[100_000], 4, 10, 6)).level == 4
    assert scored(common, MODEL, firm(totals[100_000], 2, 10, 6)).level == 2
    assert scored(common, MODEL, firm(totals[100_000], 0, 0, 0)).level == 0
    assert scored(common, MODEL, firm(totals[0], 4, 10, 6)).level == 0


# -- bands and trends in the ministry's model ----------------------------------------------------

BANDS = [
    (numerator, denominator, letter)
    for cut, at, above in ((10, "A", "B"), (20, "B", "C"), (40, "C", "D"), (60, "D", "E"))
    for numerator, denominator, letter in (
        (cut, 100, at),
        (cut * 10**13, 10**15, at),
        (cut * 10**13 + 1, 10**15, above),
        (cut * 10**13, 10**15 + 1, at),
        (cut * 10**13, 10**15 - 1, above),
        (float(f"{cut}.01"), 100, above),
        (cut * 3, 300, at),
        (cut / 10, 10, at),
        (cut * 7 / 1000, 0.7, at),
    )
]


@pytest.mark.parametrize(("numerator", "denominator", "letter"), BANDS)
@pytest.mark.parametrize("key", ["Q2", "Q3", "Q11"])
def test_a_share_at_the_end_of_a_band__belongs_to_it(
    common: Pack, key: str, numerator: float, denominator: float, letter: str
) -> None:
    assert oracle.band({"numerator": numerator, "denominator": denominator}) == letter
    side = scored(common, MODEL, {f"miit.{key}": {"numerator": numerator, "denominator": denominator}})
    question = next(q for q in side.questions if q.id == f"miit.{key}")
    assert question.span.low == question.span.high == oracle.BAND[key][letter]


@pytest.mark.parametrize(
    ("key", "before", "after", "letter"),
    [
        ("Q12", 0.5004, 0.4996, "B"),
        ("Q12", 0.5005, 0.5004, "C"),
        ("Q12", 0.4994, 0.4995, "A"),
        ("Q12", 10**17, 10**17, "B"),
        ("Q12", 1e17, 1e-300, "C"),
        ("Q13", 98.004, 98.001, "B"),
        ("Q13", 98.004, 98.005, "C"),
        ("Q13", 100, 99.994, "A"),
        ("Q13", 100, 99.995, "B"),
        ("Q14", 60, 60.01, "C"),
        ("Q14", 60.01, 60, "A"),
        ("Q14", 60.004, 60, "B"),
        ("Q15", 80, 80.01, "A"),
        ("Q15", 80.01, 80, "C"),
        ("Q15", 80.0049, 80, "B"),
    ],
)
def test_a_trend__is_flat_by_its_printed_figures(
    common: Pack, key: str, before: float, after: float, letter: str
) -> None:
    side = scored(common, MODEL, {f"miit.{key}": {"before": before, "after": after}})
    question = next(q for q in side.questions if q.id == f"miit.{key}")
    assert question.span.low == question.span.high == oracle.TREND[key][letter]


def test_figures__win_over_the_letter_beside_them(common: Pack) -> None:
    side = scored(common, MODEL, {"miit.Q2": {"numerator": 1, "denominator": 100, "letter": "E"}})
    assert side.questions[1].span.high == 0


# -- a model in which every thousandth of a point can be had ---------------------------------------

BITS = 17
TOTAL = 2**BITS - 1  # milli-points
GATES = ((1, 20_000, 6, 3), (2, 40_000, 6, 3), (3, 60_000, 8, 5), (4, 80_000, 10, 6))


def fine_model() -> str:
    """A model of one question whose ticks are worth 1, 2, 4 … thousandths, and 13 scenes."""
    points = ", ".join(f"P{bit}: {2**bit / 1000:.3f}" for bit in range(BITS))
    scenes = "\n".join(f"  - {{id: L{n}, binding: {str(n < 7).lower()}}}" for n in range(13))
    rows = "\n".join(
        f"    - {{level: {level}, score: {points // 1000}, scenes: {count}, binding: {bound}}}"
        for level, points, count, bound in GATES
    )
    levels = "\n".join(f"  - {{level: {level}, name: 级{level}, name_en: L{level}}}" for level in range(5))
    return f"""id: fine
title: 细
title_en: Fine
short: 细
edition: "1"
effective_from: "2026-01-01"
cite: {{source: std, kind: standard, sure: read}}
rule: points-and-scenes
not_applicable: zero
total: {TOTAL / 1000}
levels:
{levels}
dimensions:
  - id: all
    title: 全
    title_en: All
    points: {TOTAL / 1000}
    parts:
      - id: all-ticks
        title: 勾
        weight: 100
        indicators:
          - {{title: 勾, weight: 100, question: BIT, points: {{{points}}}}}
scenes:
{scenes}
gates:
  cite: {{source: std, kind: standard, sure: read}}
  rows:
{rows}
"""


def fine_questions() -> str:
    levels = ", ".join(f"{{level: {level}, text: {level}级}}" for level in range(5))
    options = ", ".join(f"{{id: P{bit}, text: {bit}位}}" for bit in range(BITS))
    scenes = "".join(
        f"      - {{id: L{n}, kind: level, title: 景, title_en: Scene, ask: 几级？, levels: [{levels}]}}\n"
        for n in range(13)
    )
    return (
        "  - id: scenes\n    title: 场景\n    title_en: Scenes\n    questions:\n"
        "      - {id: BIT, kind: multi, title: 勾, title_en: Ticks, ask: 哪些？, "
        f"options: [{options}]}}\n{scenes}"
    )


@pytest.fixture(scope="module")
def fine(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder: Path = tmp_path_factory.mktemp("fine")
    old = "  - id: scenes\n    title: 场景\n    title_en: Scenes\n    questions:\n"
    small = (Path(__file__).parent.parent / "data/broken_packs/valid/models/small.yaml").read_text(
        encoding="utf-8"
    )
    return sample_pack(
        folder,
        Edit("questionnaire.yaml", old, fine_questions()),
        Edit("models/small.yaml", small, fine_model()),
        without=["models/whole.yaml"],
    )


def fine_firm(points: int, levels: list[int]) -> dict[str, Any]:
    ticked = [f"P{bit}" for bit in range(BITS) if points >> bit & 1]
    return {**({"BIT": ticked} if ticked else {}), **{f"L{n}": level for n, level in enumerate(levels)}}


def level_by_hand(points: int, levels: list[int]) -> int:
    found = 0
    for level, score, count, binding in GATES:
        if (
            points >= score
            and sum(each >= level for each in levels) >= count
            and sum(each >= level for each in levels[:7]) >= binding
        ):
            found = level
    return found


near_a_gate = st.sampled_from([gate[1] + by for gate in GATES for by in (-1, 0, 1)])


@given(st.one_of(near_a_gate, st.integers(1, TOTAL)), st.lists(st.integers(0, 4), min_size=13, max_size=13))
def test_any_thousandth__is_counted_and_decides(fine: Pack, points: int, levels: list[int]) -> None:
    side = scored(fine, "fine", fine_firm(points, levels))
    assert side.span.low == side.span.high == points
    assert side.level == level_by_hand(points, levels)


@pytest.mark.parametrize(("level", "score", "count", "binding"), GATES)
@pytest.mark.parametrize("by", [-1, 0, 1])
@pytest.mark.parametrize("scenes", [-1, 0, 1])
@pytest.mark.parametrize("bound", [-1, 0, 1])
def test_the_eight_neighbours_of_a_gate__are_judged_each(
    fine: Pack, level: int, score: int, count: int, binding: int, by: int, scenes: int, bound: int
) -> None:
    first, second = binding + bound, count + scenes - binding - bound
    levels = [level] * first + [0] * (7 - first) + [level] * second + [0] * (6 - second)
    side = scored(fine, "fine", fine_firm(score + by, levels))
    gate = side.gates[level - 1]
    assert gate.met is (by >= 0 and scenes >= 0 and bound >= 0)
    assert (gate.score.missing, gate.scenes.missing, gate.binding.missing) == (
        max(0, -by),
        max(0, -scenes),
        max(0, -bound),
    )
    assert side.level == level_by_hand(score + by, levels)
