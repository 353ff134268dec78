"""Which blank question narrows most? Each is tried by itself, the slow way, and the list must agree."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.answers.document import parse_answers
from assessor.answers.effective import effective
from assessor.answers.model import Answers
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion, MultiQuestion, RatioQuestion, SingleQuestion
from assessor.scoring.index_verdict import score_indexes
from assessor.scoring.narrowing import Narrowing, narrowing, visit
from assessor.scoring.result import score_all
from tests.answers.draw import documents
from tests.scoring import index_oracle, oracle
from tests.scoring.test_index import FIRM, HAND, TIRES

MIIT, INDEX = "miit-sme-2024", "wanqi-ronghe"
SCORED = (*index_oracle.ASKED, *(f"miit.{key}" for key in oracle.SCENES), *TIRES)


def answers_of(pack: Pack, document: Any) -> Answers:
    answers, problems = parse_answers(document, pack, "drawn")
    assert not problems, list(map(str, problems))
    return answers


def upper(pack: Pack, answers: Answers) -> dict[str, tuple[float, int]]:
    """Upper end of score and level under each model."""
    found = {
        r.model.id: (r.counting.span.high / 1000, r.counting.level_high) for r in score_all(pack, answers)
    }
    for result in score_indexes(pack, answers):
        side = result.counting
        found[result.model.id] = (side.span.high / 1000 if side.span else 0.0, side.level_high)
    return found


def lowest(pack: Pack, key: str) -> Any:
    """The worst answer there is."""
    question = pack.questions[key]
    if isinstance(question, LevelQuestion):
        return 0
    if isinstance(question, MultiQuestion):
        return ["A"]
    if isinstance(question, RatioQuestion) and not question.bands:
        return {"numerator": 0, "denominator": 1}
    return "A"


def tried(pack: Pack, document: Any) -> dict[str, tuple[dict[str, float], set[str]]]:
    """Blank question → points lost at the upper end by model, and models whose upper level falls."""
    side = "verified" if document["mode"] == "onsite" else "value"
    before = upper(pack, answers_of(pack, document))
    found = {}
    for key in SCORED:
        raw = document["answers"].get(key, {})
        if raw.get(side) is not None or raw.get("state") == "not_applicable":
            continue
        now = {**document, "answers": {**document["answers"], key: {**raw, side: lowest(pack, key)}}}
        if side == "value":
            now["answers"][key].pop("state", None)
        after = upper(pack, answers_of(pack, now))
        points = {model: before[model][0] - after[model][0] for model in before}
        levels = {model for model in before if after[model][1] < before[model][1]}
        if any(value > 1e-9 for value in points.values()) or levels:
            found[key] = ({model: value for model, value in points.items() if value > 1e-9}, levels)
    return found


@settings(max_examples=8)
@given(st.data())
def test_what_hangs_on_each_blank__is_what_answering_it_badly_costs(tires: Pack, data: st.DataObject) -> None:
    drawn = data.draw(documents(tires, *SCORED))
    document = {**drawn, "firm": FIRM}
    expected = tried(tires, document)
    found = {one.question.id: one for one in narrowing(tires, answers_of(tires, document))}
    assert found.keys() == expected.keys()
    for key, (points, levels) in expected.items():
        assert set(found[key].levels) == levels, key
        # whole thousandths are compared, so rounding may differ by one
        for model in (MIIT, INDEX):
            assert found[key].points.get(model, 0.0) == pytest.approx(points.get(model, 0.0), abs=0.0011), key


def order_of(pack: Pack, found: tuple[Narrowing, ...]) -> list[tuple[float, float, int]]:
    place = {question.id: number for number, question in enumerate(pack.asked())}
    return [(-len(o.levels), -sum(o.points.values()) / o.minutes, place[o.question.id]) for o in found]


@settings(max_examples=20)
@given(st.data())
def test_the_list__begins_with_levels_then_points_a_minute(tires: Pack, data: st.DataObject) -> None:
    document = {**data.draw(documents(tires, *SCORED)), "firm": FIRM}
    found = narrowing(tires, answers_of(tires, document))
    assert order_of(tires, found) == sorted(order_of(tires, found))


@settings(max_examples=20)
@given(st.data())
def test_a_visit__fits_its_time_and_leaves_out_only_what_no_longer_fits(
    tires: Pack, data: st.DataObject
) -> None:
    document = {**data.draw(documents(tires, *SCORED)), "firm": FIRM}
    answers, minutes = answers_of(tires, document), data.draw(st.sampled_from([0, 1, 20, 60, 10_000]))
    every, chosen = narrowing(tires, answers), visit(tires, answers, minutes)
    left = minutes
    for one in every:
        if one in chosen:
            left -= one.minutes
        else:
            assert one.minutes > left
    assert left >= 0
    assert minutes < 10_000 or chosen == every


def test_nothing_blank__leaves_nothing_to_ask(common: Pack) -> None:
    assert narrowing(common, answers_of(common, {"answers": HAND})) == ()
    assert visit(common, answers_of(common, {"answers": HAND}), 60) == ()


def test_the_blanks_of_a_nearly_whole_firm__are_worked_by_hand(common: Pack) -> None:
    """Q5 at its worst instead of its best: 10 points there; 5 of 100 in the index. G13: 6 × 1 ÷ 2 points."""
    answers = {key: raw for key, raw in HAND.items() if key not in ("miit.Q5", "G13", "miit.S16")}
    found = {one.question.id: one for one in narrowing(common, answers_of(common, {"answers": answers}))}
    assert set(found) == {"miit.Q5", "G13", "miit.S16"}
    assert found["miit.Q5"].points == {MIIT: 10.0, INDEX: pytest.approx(5.0)}
    assert found["G13"].points == {INDEX: pytest.approx(3.0)}
    # S16 weighs 1 of 26 in three parts: (20 + 14 + 4) ÷ 26; by the ministry a scene has no points
    assert found["miit.S16"].points == {INDEX: pytest.approx(38 / 26)}
    kinds = {key: type(one.question) for key, one in found.items()}
    assert kinds == {"miit.Q5": SingleQuestion, "G13": LevelQuestion, "miit.S16": LevelQuestion}


def test_a_blank_that_a_stage_hangs_on__comes_first(common: Pack) -> None:
    """Half of the scenes are on line exactly; without S01 (weight 2) they are not, so stage 2 hangs on it."""
    answers = {key: raw for key, raw in HAND.items() if key not in ("miit.S01", "miit.Q8", "G13")}
    first = narrowing(common, answers_of(common, {"answers": answers}))[0]
    assert first.question.id == "miit.S01"
    assert INDEX in first.levels


def test_what_a_list_counts__need_not_be_asked(tires: Pack) -> None:
    rows = [{"name": "硫化机", "units": 10, "digital": 4, "networked": 2}]
    answers = answers_of(tires, {"firm": FIRM, "answers": {"TL01": {"value": rows}}})
    asked = {one.question.id for one in narrowing(tires, answers)}
    counted = {one.question.id for one in narrowing(tires, effective(tires, answers))}
    assert asked - counted == {"miit.Q2", "miit.Q3"}


def test_on_site__what_was_only_claimed_is_still_to_be_seen(common: Pack) -> None:
    document = {"mode": "onsite", "answers": HAND}
    asked = {one.question.id for one in narrowing(common, answers_of(common, document))}
    assert {"miit.Q5", "G13", "miit.S16"} <= asked
