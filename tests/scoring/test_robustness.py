"""How much hangs on weights and gates: drawn the same every time, a point where nothing hangs on them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assessor.answers.document import parse_answers
from assessor.answers.model import Answers
from assessor.pack.model import Pack
from assessor.scoring.index_verdict import score_index
from assessor.scoring.robustness import DRAWS, SHIFTS, SPREAD, robustness
from tests.scoring.test_index import BEST, FIRM, GONE, HAND, LOWEST, OWN, TIRES, at_gates, index_of, own_pack

STREAM = (34.98566428574623, 40.493552781892255)
"""The hand-worked firm, 200 draws."""
HAND_SCORE = 10.7 + 4.875 + 12.5 + 14 * 3 / 26 + 2.25 + 1 + 4.725


def answers_of(pack: Pack, document: Any) -> Answers:
    answers, problems = parse_answers(document, pack, "built")
    assert not problems, list(map(str, problems))
    return answers


def hand(common: Pack) -> Answers:
    return answers_of(common, {"answers": HAND})


def plant(tires: Pack, answers: dict[str, Any]) -> Answers:
    items = {key: raw if raw == GONE else {"value": raw} for key, raw in answers.items()}
    return answers_of(tires, {"firm": FIRM, "answers": items})


def test_what_the_paper_asks_for__is_what_is_drawn() -> None:
    assert (DRAWS, SPREAD, SHIFTS) == (10_000, 0.30, (-5.0, 0.0, 5.0))


def test_the_stream__is_the_same_in_every_version(common: Pack) -> None:
    """Fixed by value: another generator, seed or order of draws shows here."""
    few = robustness(common, index_of(common), hand(common), draws=200)
    assert (few.low, few.high) == (pytest.approx(STREAM[0], abs=1e-9), pytest.approx(STREAM[1], abs=1e-9))


def test_the_same_firm__gets_the_same_figures(common: Pack) -> None:
    first, second = (robustness(common, index_of(common), hand(common), (30.0, 37.0)) for _ in range(2))
    assert first == second


def test_a_mixed_firm__stands_between_its_5_and_95_per_cent(common: Pack) -> None:
    found = robustness(common, index_of(common), hand(common), (0.0, 30.0, HAND_SCORE, 90.0))
    assert found.low is not None
    assert found.high is not None
    assert found.low < HAND_SCORE < found.high
    assert found.high - found.low < 12
    assert found.kept[0] == found.kept[-1] == 1.0
    assert 0.4 < found.kept[2] < 0.6  # a line through the score itself keeps about half
    assert found.kept[2] < found.kept[1] <= 1.0


def test_the_percentiles__are_those_of_weights_drawn_plainly(common: Pack) -> None:
    """Another seed, weights one by one: the same spread within what chance leaves."""
    side = score_index(common, index_of(common), hand(common)).claimed
    generator = np.random.default_rng(7)
    scores = []
    for _ in range(4000):
        drawn = [
            (part.weight * generator.gamma(1 / 0.09, 0.09), part.share_low or 0.0) for part in side.parts
        ]
        scores.append(100 * sum(w * value for w, value in drawn) / sum(w for w, _ in drawn))
    found = robustness(common, index_of(common), hand(common))
    assert (found.low, found.high) == pytest.approx(tuple(np.percentile(scores, [5, 95])), abs=0.4)


@pytest.mark.parametrize(("answers", "score"), [(LOWEST, 0.0), (BEST, 100.0), ({}, 0.0)])
def test_parts_that_are_all_equal__give_a_point(common: Pack, answers: Any, score: float) -> None:
    found = robustness(common, index_of(common), answers_of(common, {"answers": answers}))
    assert (found.low, found.high) == (pytest.approx(score, abs=1e-9), pytest.approx(score, abs=1e-9))


def test_parts_all_at_one_quarter__give_a_point_whatever_the_weights(tmp_path: Path) -> None:
    """2 of 8 points; (0.5 + 0) ÷ 2, twice."""
    pack = own_pack(tmp_path, OWN.replace("{scenes_at: 2}", "{mean_of: [M1, R1]}"))
    [model] = [model for model in pack.indexes if model.id == "own"]
    raw = {"R1": {"numerator": 0, "denominator": 9}, "C1": "B", "M1": 2}
    answers = answers_of(pack, {"answers": {key: {"value": value} for key, value in raw.items()}})
    found = robustness(pack, model, answers, (25.0 - 1e-6, 25.0 + 1e-6))
    assert (found.low, found.high) == (pytest.approx(25.0, abs=1e-9), pytest.approx(25.0, abs=1e-9))
    assert found.kept == (1.0, 1.0)


def test_without_a_score__there_is_none_but_stages_are_tried(tires: Pack) -> None:
    answers = plant(tires, dict.fromkeys(TIRES, GONE))
    model = index_of(tires).model_copy(update={"least_weight": 63})
    found = robustness(tires, model, answers, (50.0,))
    assert (found.low, found.high, found.stages, found.kept) == (None, None, (0, 0, 0), ())


def test_parts_that_have_left__stay_out_in_every_draw(tires: Pack) -> None:
    """No scene applies and every other part is at its best: 100 points under all weights."""
    best = {key: raw["value"] for key, raw in BEST.items() if not key.startswith("miit.S")}
    found = robustness(tires, index_of(tires), plant(tires, {**best, **dict.fromkeys(TIRES, GONE)}))
    assert (found.low, found.high) == (pytest.approx(100.0), pytest.approx(100.0))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (at_gates(10, 0, 0), (2, 2, 1)),  # 50 % on line: at the gate
        (at_gates(9, 0, 0), (2, 1, 1)),  # 45 %
        (at_gates(8, 0, 0), (1, 1, 1)),  # 40 %
        (at_gates(11, 0, 0), (2, 2, 1)),  # 55 %, but 40 % of equipment
        (at_gates(20, 20, 3, **{"miit.Q2": "B"}), (4, 4, 2)),  # systems stand at 75 %
    ],
)
def test_all_gates__move_together_by_five_points(
    tires: Pack, answers: Any, expected: tuple[int, ...]
) -> None:
    found = robustness(tires, index_of(tires), plant(tires, answers), draws=10)
    assert found.stages == expected
    assert found.steady is (len(set(expected)) == 1)


def test_the_low_end_of_the_side_that_counts__is_what_is_shaken(common: Pack) -> None:
    """What is not seen on site is nothing; blanks stand at their lowest."""
    seen = {key: {"verified": raw["value"]} for key, raw in HAND.items()}
    onsite = answers_of(common, {"mode": "onsite", "answers": seen})
    claimed = robustness(common, index_of(common), hand(common), draws=100)
    assert robustness(common, index_of(common), onsite, draws=100) == claimed
    nothing = replace(onsite, items={key: replace(a, verified=None) for key, a in onsite.items.items()})
    assert robustness(common, index_of(common), nothing, draws=100).high == 0.0
