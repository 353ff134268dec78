"""Levels of a ministry's scenes proposed from the trade's own, never taken for answers."""

from pathlib import Path
from typing import Any

import pytest

from assessor.answers.document import parse_answers
from assessor.answers.model import Answers
from assessor.answers.proposal import proposals, scene_weight, unconfirmed
from assessor.pack.model import Pack
from assessor.scoring.result import score_firm
from tests.pack.build import Edit, sample_pack

PLANT = {"TP01": ["全钢"], "TP02": "自炼", "TP04": True}


def answers_of(pack: Pack, firm: Any = PLANT, **levels: Any) -> Answers:
    raw = {key: {"value": level} if isinstance(level, int) else level for key, level in levels.items()}
    parsed, problems = parse_answers({"firm": firm, "answers": raw}, pack, "a.json")
    assert not problems, list(map(str, problems))
    return parsed


NOT_HERE = {"state": "not_applicable", "reason": "没有这道工序"}


@pytest.mark.parametrize(
    ("levels", "proposed"),
    [
        ({"T04": 3, "T05": 2, "T06": 2, "T07": 1, "T08": 4}, 1),
        ({"T04": 3, "T05": 3, "T06": 3, "T07": 3, "T08": 3}, 3),
        ({"T04": 0, "T05": 3, "T06": 3, "T07": 3, "T08": 3}, 0),
        ({"T04": NOT_HERE, "T05": 3, "T06": 2, "T07": 3, "T08": 3}, 2),
        ({"T04": NOT_HERE, "T05": NOT_HERE, "T06": NOT_HERE, "T07": NOT_HERE, "T08": 3}, 3),
        ({"T04": NOT_HERE, "T05": NOT_HERE, "T06": NOT_HERE, "T07": NOT_HERE, "T08": NOT_HERE}, None),
        ({"T04": 3, "T05": 2, "T06": 2, "T07": 1}, None),
        ({"T04": 3, "T05": 2, "T06": 2, "T07": 1, "T08": {"state": "unknown"}}, None),
        ({"T04": 3, "T05": 2, "T06": 2, "T07": 1, "T08": {"state": "declined"}}, None),
        ({"T04": 3, "T05": 2, "T06": 2, "T07": 1, "T08": {"verified": 3}}, None),
    ],
)
def test_the_lowest_core_scene__is_proposed_once_all_are_answered(
    tires: Pack, levels: Any, proposed: int | None
) -> None:
    assert proposals(tires, answers_of(tires, **levels)).get("miit.S06") == proposed


@pytest.mark.parametrize(("levels", "proposed"), [((3, 1), 1), ((1, 3), 1), ((2, 2), 2), ((0, 4), 0)])
def test_the_lower_median_of_two__is_the_lower(tires: Pack, levels: tuple[int, int], proposed: int) -> None:
    answers = answers_of(tires, T03=levels[0], T11=levels[1])
    assert proposals(tires, answers)["miit.S12"] == proposed


def test_the_median_of_one__is_itself(tires: Pack) -> None:
    assert proposals(tires, answers_of(tires, T01=3))["miit.S02"] == 3
    assert proposals(tires, answers_of(tires, T03=3, T11=NOT_HERE))["miit.S12"] == 3


MORE_SCENES = "".join(
    f"""      - id: {key}
        kind: level
        title: 现场
        title_en: Floor
        ask: 到哪一级？
        levels: [{", ".join(f"{{level: {level}, text: {level}级}}" for level in range(5))}]
"""
    for key in ("T2", "T3", "T4")
)


def several(folder: Path, count: int, rule: str, weights: tuple[int, ...]) -> Pack:
    """The sample pack with M1 proposed from `count` scenes of these weights."""
    names = [f"T{number}" for number in range(1, count + 1)]
    links = "".join(f"  {name}: {{weight: {weight}}}\n" for name, weight in zip(names, weights, strict=True))
    return sample_pack(
        folder,
        Edit("questionnaire.yaml", "      - id: M1\n", MORE_SCENES + "      - id: M1\n"),
        Edit("crosswalk.yaml", "  T1: {ministry: [M1], weight: 2}\n", links),
        Edit("crosswalk.yaml", "{from: [T1], rule: median}", f"{{from: [{', '.join(names)}], rule: {rule}}}"),
    )


@pytest.mark.parametrize(
    ("rule", "levels", "weights", "proposed"),
    [
        ("median", (4,), (1,), 4),
        ("median", (4, 1), (1, 1), 1),
        ("median", (4, 1, 3), (1, 1, 1), 3),
        ("median", (0, 4, 4), (1, 1, 1), 4),
        ("median", (4, 1, 3, 2), (1, 1, 1, 1), 2),
        ("median", (4, 4, 0, 0), (1, 1, 1, 1), 0),
        ("lowest_core", (4, 1, 3), (2, 1, 2), 3),
        ("lowest_core", (4, 1, 3), (1, 1, 1), 1),
        ("lowest_core", (4, 1, 3), (2, 2, 2), 1),
    ],
)
def test_a_rule__is_as_the_crosswalk_says(
    tmp_path: Path, rule: str, levels: tuple[int, ...], weights: tuple[int, ...], proposed: int
) -> None:
    pack = several(tmp_path, len(levels), rule, weights)
    named = {f"T{number}": level for number, level in enumerate(levels, 1)}
    assert proposals(pack, answers_of(pack, {}, **named)) == {"M1": proposed}


def test_a_scene_that_is_not_asked__drops_out_with_its_old_answer(tires: Pack) -> None:
    bought = {**PLANT, "TP02": "外购混炼胶"}
    answers = answers_of(tires, bought, T04=0, T05=2, T06=3, T07=2, T08=2)
    assert proposals(tires, answers)["miit.S06"] == 2


def test_a_weight_under_a_condition__counts_when_it_holds(tires: Pack) -> None:
    assert tires.crosswalk is not None
    retread = answers_of(tires, {"TP01": ["翻新"]})
    both = answers_of(tires, {"TP01": ["翻新", "全钢"]})
    assert scene_weight(tires.crosswalk, "T03", retread) == 2
    assert scene_weight(tires.crosswalk, "T03", both) == 1
    assert scene_weight(tires.crosswalk, "T03", answers_of(tires, {})) == 1
    assert scene_weight(tires.crosswalk, "T04", both) == 2


def test_each_side__proposes_from_its_own_values(tires: Pack) -> None:
    answers = answers_of(tires, T01={"value": 3, "verified": 1}, T02=2)
    assert proposals(tires, answers, "claimed") == {"miit.S02": 3, "miit.S05": 2}
    assert proposals(tires, answers, "verified") == {"miit.S02": 1}


def test_what_was_seen__counts_where_the_firm_says_it_does_not_apply(tires: Pack) -> None:
    seen = {"state": "not_applicable", "reason": "没有", "verified": 1}
    rest = {key: {"value": 3, "verified": 3} for key in ("T05", "T06", "T07", "T08")}
    answers = answers_of(tires, T04=seen, **rest)
    assert proposals(tires, answers, "claimed")["miit.S06"] == 3
    assert proposals(tires, answers, "verified")["miit.S06"] == 1


def test_a_pack_without_crosswalk__proposes_nothing(common: Pack) -> None:
    assert proposals(common, answers_of(common, {})) == {}


def test_a_confirmed_proposal__is_no_longer_waiting(tires: Pack) -> None:
    answers = answers_of(tires, T01=3, T02=2, T15=1, **{"miit.S02": 1, "miit.S05": NOT_HERE})
    assert proposals(tires, answers) == {"miit.S02": 3, "miit.S05": 2, "miit.S03": 1}
    assert unconfirmed(tires, answers) == {"miit.S03": 1}


def test_an_unconfirmed_proposal__counts_as_0_to_4_with_a_note(tires: Pack) -> None:
    waiting = score_firm(tires, tires.model("miit-sme-2024"), answers_of(tires, T01=3)).claimed
    scene = next(scene for scene in waiting.scenes if scene.id == "miit.S02")
    assert (scene.low, scene.high) == (0, 4)
    notes = {note.code: note.values for note in waiting.notes}
    assert notes["proposals-unconfirmed"] == {"ids": ["miit.S02"]}

    answers = answers_of(tires, T01=3, **{"miit.S02": 3})
    confirmed = score_firm(tires, tires.model("miit-sme-2024"), answers).claimed
    scene = next(scene for scene in confirmed.scenes if scene.id == "miit.S02")
    assert (scene.low, scene.high) == (3, 3)
    assert "proposals-unconfirmed" not in {note.code for note in confirmed.notes}
