"""A level from requirements: worked by hand, exact at the mark, refused where the file lacks something."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.answers.model import Answer, Answers, AnswerState, Ratio
from assessor.pack.model import Pack
from assessor.scoring.capability import read_capability
from assessor.scoring.standard_document import standard_document
from assessor.scoring.standard_result import CapabilityResult, Total
from assessor.scoring.stepwise import count_levels
from tests.pack.build import Edit
from tests.pack.standards import TREE, standards_pack

MARK = Fraction(8, 10)
SHARE = {"A": Ratio(letter="A"), "B": Ratio(letter="B"), "C": Ratio(letter="C")}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return standards_pack(tmp_path_factory.mktemp("tree"))


def read(pack: Pack, answers: Mapping[str, Any], industry: str = "1512") -> CapabilityResult:
    """The tree on plain values: id → value, or a state."""
    items = {
        key: Answer(state=value) if isinstance(value, AnswerState) else Answer(value)
        for key, value in answers.items()
    }
    firm = {"industry_code": industry} if industry else {}
    [tree] = pack.capabilities
    return read_capability(pack, tree, Answers(pack.id, pack.version, firm, items))


def total(pack: Pack, answers: Mapping[str, Any], industry: str = "1512") -> Total:
    found = read(pack, answers, industry).claimed.total
    assert found is not None
    return found


HAND = {"T1": 2, "R1": SHARE["C"], "C1": "B", "M1": 3}
"""Process plant. Level 1: front ½·0.8 + ½·1 = 0.9, back 1, so 0.6·0.9 + 0.4·1 = 0.94.

Level 2: front only asks T1 = 0.5, back 0.8, so 0.6·0.5 + 0.4·0.8 = 0.62.
"""


@pytest.mark.parametrize(
    ("changed", "industry", "score", "level"),
    [
        ({}, "1512", Fraction(162, 100), 1),
        ({"T1": 3}, "1512", Fraction(2), 2),  # level 2 is 0.6·0.8 + 0.4·0.8: on the mark
        ({"T1": 3, "M1": 2}, "1512", Fraction(168, 100), 1),  # 0.6·0.8 + 0.4·0.5
        ({"T1": 1, "R1": SHARE["A"], "M1": 1}, "1512", Fraction(50, 100), 0),  # ½·0.5 + ½·½ = 0.5; 0.5
        (
            {},
            "2911",
            Fraction(1) + Fraction(50 * 5 + 30 * 8, 800),
            1,
        ),  # extra: level 1 alone
        ({"C1": "A"}, "2911", Fraction(625, 1000), 0),  # ½(½·0.8+½·½) + 0.3·1 + 0.2·0
        ({"M1": AnswerState.NOT_APPLICABLE}, "1512", Fraction(1) + Fraction(1, 2), 1),  # the front is all
    ],
)
def test_a_level__is_what_one_reckons_by_hand(
    pack: Pack, changed: Mapping[str, Any], industry: str, score: Fraction, level: int
) -> None:
    found = total(pack, {**HAND, **changed}, industry)
    assert (found.low, found.high) == (score, score)
    assert (found.level_low, found.level_high) == (level, level)


def test_blanks__take_the_least_and_the_most(pack: Pack) -> None:
    assert total(pack, {}) == Total(Fraction(0), Fraction(2), 0, 2)
    # T1 alone is open: level 1 from ½·0 + ½·1 in front to all; level 2 from 0.32 to 0.6 + 0.32
    assert total(pack, {**HAND, "T1": AnswerState.UNKNOWN}) == Total(Fraction(70, 100), Fraction(2), 0, 2)


def test_a_level_above_one_that_is_missed__counts_nothing() -> None:
    shares = [Fraction(1), Fraction(79, 100), Fraction(1)]
    assert count_levels(shares, MARK) == (Fraction(179, 100), 1)
    assert count_levels([Fraction(1)] * 3, MARK) == (Fraction(3), 3)
    assert count_levels([Fraction(0)], MARK) == (Fraction(0), 0)


@given(st.lists(st.fractions(0, 1), min_size=1, max_size=5), st.data())
def test_more_of_a_level__is_never_less_in_total(shares: list[Fraction], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(shares) - 1))
    more = [*shares]
    more[place] = data.draw(st.fractions(shares[place], 1))
    before, after = count_levels(shares, MARK), count_levels(more, MARK)
    assert after[0] >= before[0] and after[1] >= before[1]


RUNGS = st.one_of(st.none(), st.integers(0, 4))


@settings(max_examples=40)
@given(st.fixed_dictionaries({"T1": RUNGS, "M1": RUNGS}), st.sampled_from(["T1", "M1"]), st.integers(0, 4))
def test_a_higher_rung__is_never_a_lower_total(
    pack: Pack, given_: dict[str, int | None], key: str, rung: int
) -> None:
    before = total(pack, {**HAND, **given_})
    raised = max(rung, given_[key] or 0)
    after = total(pack, {**HAND, **given_, key: raised})
    assert after.low >= before.low and after.level_low >= before.level_low
    if given_[key] is None:
        assert after.high <= before.high
    else:
        assert after.high >= before.high


WEIGHT = "      process: {value: 40, cite: {source: std, kind: standard, sure: read}}\n"
BARE = "    requirements:\n      - {level: 1, question: C1, scores: {A: 0, B: 1}}\npapers"
STEPWISE = "stepwise: {satisfied: 0.8, cite: {source: std, kind: standard, sure: read}}\n"


@pytest.mark.parametrize(
    ("old", "new", "industry", "codes"),
    [
        (WEIGHT, "", "1512", ["standard-weights-unknown"]),
        (BARE, "papers", "2911", ["standard-requirements-unknown"]),
        (STEPWISE, "", "1512", ["standard-reading-only"]),
        ("    title: 外\n", "    title: 外面\n", "", ["standard-plant-type-unknown"]),
        ("    title: 外\n", "    title: 外面\n", "3011", ["standard-plant-type-unknown"]),
    ],
)
def test_what_the_file_lacks__is_the_reason_that_there_is_no_level(
    tmp_path: Path, old: str, new: str, industry: str, codes: list[str]
) -> None:
    result = read(standards_pack(tmp_path, Edit(TREE, old, new)), HAND, industry)
    assert [note.code for note in result.reasons] == codes
    document = standard_document(result)
    assert [document[key] for key in ("level", "level_low", "level_high", "score")] == [None] * 4
    assert document["reason"]
    assert document["nodes"]["front"]["states"]["of"] > 0, "what can be said is still said"


def test_a_weight_that_this_kind_of_plant_does_not_need__is_not_missed(tmp_path: Path) -> None:
    pack = standards_pack(tmp_path, Edit(TREE, WEIGHT, ""))
    assert read(pack, HAND, "2911").reasons == ()
    bare = standards_pack(tmp_path / "other", Edit(TREE, BARE, "papers"))
    assert read(bare, HAND, "1512").reasons == ()


def test_a_level_that_may_be_given__stands_in_the_document(pack: Pack) -> None:
    document = standard_document(read(pack, HAND))
    assert (document["level"], document["score"], document["reason"]) == (1, 1.62, None)
