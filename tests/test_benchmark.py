"""Position among its like: three words at their limits, four kinds of reference kept apart."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.answers.document import parse_answers
from assessor.answers.model import Answers
from assessor.benchmark import Position, better_than, positions, quantity_word, scene_word, standings
from assessor.pack.counted import Cell, Counted, Head
from assessor.pack.model import Pack
from assessor.pack.reference import (
    Benchmarks,
    Distribution,
    Profiles,
    Published,
    QuantityProfile,
    SceneProfile,
)
from tests.pack.build import sample_pack

CITE = {"source": "own", "kind": "expert", "sure": "own"}


def exact(*figures: float | str) -> tuple[Decimal, ...]:
    return tuple(Decimal(str(figure)) for figure in figures)


# -- the words -----------------------------------------------------------------------------------


def scene(*shares: float | str, reasons: tuple[str, ...] = ()) -> SceneProfile:
    return SceneProfile.model_validate({"shares": exact(*shares), "reasons": reasons})


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        # at or below: 0.17 0.60 0.83 0.95 1 · below: 0 0.17 0.60 0.83 0.95
        ((0.17, 0.43, 0.23, 0.12, 0.05), ("low", "alike", "alike", "high", "high")),
        # one thousandth beside both limits: at or below 0.171, below level 3 0.829
        ((0.171, 0.429, 0.229, 0.121, 0.05), ("alike", "alike", "alike", "alike", "high")),
        # 0.1 + 0.07 is exactly 0.17 in decimals (it is more in binary)
        ((0.1, 0.07, 0.66, 0.17, 0), ("low", "low", "alike", "high", "high")),
        # no firm at all at 0: that is low
        ((0, 0.5, 0.5, 0, 0), ("low", "alike", "alike", "high", "high")),
        # everybody at 0: nobody is low
        ((1, 0, 0, 0, 0), ("alike", "high", "high", "high", "high")),
    ],
)
def test_a_scene__is_low_up_to_17_and_high_from_83_per_cent(shares: Any, words: tuple[str, ...]) -> None:
    assert tuple(scene_word(scene(*shares), level) for level in range(5)) == words


def test_hand_work__is_never_called_low() -> None:
    by_hand = scene(0.1, 0.3, 0.4, 0.15, 0.05, reasons=("SIZE", "HAND"))
    assert [scene_word(by_hand, level) for level in range(5)] == [None, "alike", "alike", "alike", "high"]
    share = quantity(18, 30, 45, 62, 78, reasons=("HAND",))
    assert [quantity_word(share, value) for value in exact(0, 24, 45, 71)] == [None, "alike", "alike", "high"]


def quantity(*p: float, better: str = "up", reasons: tuple[str, ...] = ()) -> QuantityProfile:
    return QuantityProfile.model_validate({"p": exact(*p), "unit": "%", "better": better, "reasons": reasons})


@pytest.mark.parametrize(
    ("p", "better", "words"),
    [
        # (10 + 20) ÷ 2 = 15 and (50 + 70) ÷ 2 = 60: on a limit is alike
        ((10, 20, 30, 50, 70), "up", {14.99: "low", 15: "alike", 30: "alike", 60: "alike", 60.01: "high"}),
        ((10, 20, 30, 50, 70), "down", {14.99: "high", 15: "alike", 30: "alike", 60: "alike", 60.01: "low"}),
        ((10, 20, 30, 50, 70), "neutral", {0: None, 30: None, 100: None}),
        # many nothings: 0 is not low
        ((0, 0, 0, 12, 50), "up", {0: "alike", 31: "alike", 31.5: "high"}),
        # less is better and most have none: 0 is not better than alike, as the limit is 0 itself
        ((0, 0, 0, 12, 50), "down", {0: "alike", 31: "alike", 31.5: "low"}),
        # both limits equal: alike, or the better word
        ((100, 100, 100, 100, 100), "up", {99: "alike", 100: "alike", 100.5: "high"}),
        ((100, 100, 100, 100, 100), "down", {99: "high", 100: "alike", 100.5: "alike"}),
    ],
)
def test_a_quantity__has_its_word_beyond_the_limits(p: Any, better: str, words: dict[float, Any]) -> None:
    profile = quantity(*p, better=better)
    assert {value: quantity_word(profile, Decimal(str(value))) for value in words} == words


@given(
    st.lists(st.integers(0, 100), min_size=5, max_size=5).map(sorted),
    st.integers(-5, 105),
    st.sampled_from([(), ("HAND",), ("MARKET",)]),
)
def test_less_is_better__is_the_mirror(p: list[int], value: int, reasons: tuple[str, ...]) -> None:
    up = quantity(*p, reasons=reasons)
    down = quantity(*(-figure for figure in reversed(p)), better="down", reasons=reasons)
    assert quantity_word(up, Decimal(value)) == quantity_word(down, Decimal(-value))
    if "MARKET" in reasons:
        assert quantity_word(up, Decimal(value)) is None


def test_what_orders_and_prices_decide__has_a_band_and_no_word() -> None:
    assert [
        quantity_word(quantity(1, 2, 3, 4, 5, reasons=("SOFT", "MARKET")), v) for v in exact(0, 3, 9)
    ] == [None] * 3


@given(st.lists(st.integers(0, 20), min_size=5, max_size=5).filter(any), st.integers(0, 3))
def test_a_higher_level__never_has_a_worse_word(counts: list[int], level: int) -> None:
    total = sum(counts)
    shares = [Decimal(count) / total for count in counts]
    shares[shares.index(max(shares))] += 1 - sum(shares)
    profile = SceneProfile.model_construct(shares=tuple(shares), reasons=())
    order = ("low", "alike", "high")
    first, second = (order.index(scene_word(profile, each) or "") for each in (level, level + 1))
    assert first <= second


# -- counted firms -------------------------------------------------------------------------------


def counted(n: int, **more: Any) -> Distribution:
    fields = {
        "of": "N1",
        "mode": "self",
        "period": "2026",
        "n": n,
        "cite": CITE,
        "p": exact(10, 20, 40, 60, 80),
    }
    return Distribution.model_validate({**fields, **more})


@pytest.mark.parametrize(
    ("value", "share"),
    [
        (9.9, 0),
        (10, 10),
        (15, 17),
        (20, 25),
        (30, 37),
        (40, 50),
        (50, 62),
        (60, 75),
        (70, 82),
        (80, 90),
        (999, 90),
    ],
)
def test_percentiles__are_read_between_and_floored(value: float, share: int) -> None:
    assert better_than(counted(30), Decimal(str(value))) == share


@pytest.mark.parametrize(
    ("value", "share"),
    [(80.1, 0), (80, 10), (70, 17), (60, 25), (40, 50), (20, 75), (15, 82), (10, 90), (0, 90)],
)
def test_where_less_is_better__the_reading_is_turned(value: float, share: int) -> None:
    assert better_than(counted(30, better="down"), Decimal(str(value))) == share


@pytest.mark.parametrize(
    ("p", "better", "reads"),
    [
        ((0, 45, 98, 100, 100), "up", {100: 75, 98: 50, 99: 62}),
        ((0, 50, 50, 80, 90), "up", {50: 25, 51: 50, 25: 17}),
        ((0, 0, 20, 70, 95), "up", {0: 0, 20: 50}),
        ((0, 0, 0, 4, 8), "down", {0: 50, 2: 37, 8: 10, 9: 0}),
        ((7, 7, 7, 7, 7), "up", {6: 0, 7: 0, 8: 90}),
    ],
)
def test_firms_with_the_same_value__are_not_passed(p: Any, better: str, reads: dict[int, int]) -> None:
    """Where percentiles fall together, a quarter or more of the firms stand level with this one."""
    one = counted(50, p=exact(*p), better=better)
    assert {value: better_than(one, Decimal(value)) for value in reads} == reads


def test_scenes__count_the_firms_below() -> None:
    one = counted(40, of="T1", p=None, shares=exact(0.2, 0.35, 0.25, 0.125, 0.075))
    assert [better_than(one, Decimal(level)) for level in range(5)] == [0, 20, 55, 80, 92]


def test_what_has_no_better__has_no_rank() -> None:
    assert better_than(counted(99, better="neutral"), Decimal(50)) is None


# -- one question with everything it can be held against -----------------------------------------


@pytest.fixture
def plain(tmp_path: Path) -> Pack:
    """The sample pack without references of its own."""
    pack = sample_pack(tmp_path)
    return replace(pack, benchmarks=Benchmarks(), profiles=None)


def published(**more: Any) -> Published:
    fields = {
        **{"id": "P1", "of": "N1", "measure": "mean", "value": Decimal("40.5"), "unit": "吨", "better": "up"},
        **{
            "definition": "甲除以乙",
            "denominator": "乙",
            "comparable": True,
            "scope": "全国",
            "date": "2025",
        },
        **{"who": "某部", "cite": CITE},
    }
    return Published.model_validate({**fields, **more})


def answers_of(pack: Pack, answers: Any, mode: str = "self", **firm: Any) -> Answers:
    parsed, problems = parse_answers({"mode": mode, "firm": firm, "answers": answers}, pack, "built")
    assert not problems, list(map(str, problems))
    return parsed


def position(pack: Pack, answers: Answers, size: Any = "small") -> Position | None:
    return next((one for one in positions(pack, answers, size) if one.question.id == "N1"), None)


def with_marks(pack: Pack, *found: Published | Distribution) -> Pack:
    marks = Benchmarks(
        published=tuple(one for one in found if isinstance(one, Published)),
        distributions=tuple(one for one in found if isinstance(one, Distribution)),
    )
    return replace(pack, benchmarks=marks)


N1 = {"N1": {"value": 50}}


def test_a_figure_that_can_be_compared__has_a_difference(plain: Pack) -> None:
    found = position(with_marks(plain, published()), answers_of(plain, N1))
    assert found is not None
    assert (found.value, found.published[0].difference) == (50, Decimal("9.5"))


def test_a_figure_of_another_definition__stands_beside_without_one(plain: Pack) -> None:
    found = position(with_marks(plain, published(comparable=False)), answers_of(plain, N1))
    assert found is not None
    assert found.published[0].difference is None
    assert found.published[0].reference.definition == "甲除以乙"


@pytest.mark.parametrize(
    ("more", "answers", "shown"),
    [
        ({"if": {"of": "C1", "eq": "A"}}, {"C1": {"value": "A"}, "N1": {"value": 5}}, True),
        ({"if": {"of": "C1", "eq": "A"}}, {"C1": {"value": "B"}}, False),
        ({"if": {"of": "C1", "eq": "A"}}, {}, False),  # not known is not like
        ({"sizes": ["small"]}, {}, True),
        ({"sizes": ["medium", "large"]}, {}, False),
        ({"of": "R1"}, {}, False),
    ],
)
def test_a_reference__is_shown_only_to_its_like(plain: Pack, more: Any, answers: Any, shown: bool) -> None:
    pack = with_marks(plain, published(**more))
    assert (position(pack, answers_of(pack, {**N1, **answers})) is not None) is shown


def test_without_a_size__what_is_only_for_some_sizes_is_not_shown(plain: Pack) -> None:
    pack = with_marks(plain, published(sizes=["small"]), published(id="P2"))
    found = position(pack, answers_of(pack, N1), None)
    assert found is not None
    assert [one.reference.id for one in found.published] == ["P2"]


def test_without_an_answer_or_a_reference__there_is_no_position(plain: Pack) -> None:
    pack = with_marks(plain, published())
    for answers in ({}, {"N1": {"state": "unknown"}}, {"N1": {"state": "not_applicable", "reason": "没有"}}):
        assert positions(pack, answers_of(pack, answers), "small") == ()
    assert positions(plain, answers_of(plain, N1), "small") == ()


def test_what_was_seen__comes_before_what_is_claimed_on_site(plain: Pack) -> None:
    pack = with_marks(plain, published())
    both = {"N1": {"value": 50, "verified": 40}}
    for mode, expected in (("onsite", (Decimal(40), "verified")), ("self", (Decimal(50), "claimed"))):
        found = position(pack, answers_of(pack, both, mode))
        assert found is not None
        assert (found.value, found.side) == expected
    claimed = position(pack, answers_of(pack, N1, "onsite"))
    assert claimed is not None
    assert claimed.side == "claimed"


def test_a_share__is_compared_in_per_cent(plain: Pack) -> None:
    pack = with_marks(plain, published(of="R1", value=Decimal(30)))
    found = positions(pack, answers_of(pack, {"R1": {"value": {"numerator": 1, "denominator": 4}}}), None)
    assert [(one.value, one.published[0].difference) for one in found] == [(Decimal(25), Decimal(-5))]
    only_a_letter = answers_of(pack, {"R1": {"value": "B"}})
    assert positions(pack, only_a_letter, None) == ()


# -- expert profiles -----------------------------------------------------------------------------


def profiles(**sizes: Any) -> Profiles:
    fields = {
        **{"id": "p", "edition": 1, "date": "2026-01-01", "signer": "测试", "label": "专家参考", "n": 0},
        **{"cite": CITE, "reasons": {}, "absences": {"redline": "法定要求"}},
        "scenes": {
            size: {"T1": {"shares": exact(0.1, 0.3, 0.3, 0.2, 0.1)}} for size in ("micro", "small", "medium")
        },
        "quantities": sizes,
    }
    return Profiles.model_validate(fields)


BAND = {"N1": {"p": exact(10, 20, 30, 40, 45), "unit": "吨", "better": "up"}}


def test_a_firm__is_held_against_its_own_size_and_a_large_one_against_medium(plain: Pack) -> None:
    medium = {"N1": {"p": exact(60, 70, 80, 90, 95), "unit": "吨", "better": "up"}}
    pack = replace(plain, profiles=profiles(small=BAND, medium=medium))
    found = {
        size: position(pack, answers_of(pack, N1), size)
        for size in ("micro", "small", "medium", "large", None)
    }
    told = {size: one and one.profile and (one.profile.size, one.profile.word) for size, one in found.items()}
    assert told == {
        "micro": None,
        "small": ("small", "high"),
        "medium": ("medium", "low"),
        "large": ("medium", "low"),
        None: None,
    }


def test_no_band__says_why(plain: Pack) -> None:
    pack = replace(
        plain, profiles=profiles(small={"N1": {"absent": "redline", "unit": "吨", "better": "up"}})
    )
    found = position(pack, answers_of(pack, N1))
    assert found is not None
    assert found.profile is not None
    assert (found.profile.absent, found.profile.word) == ("法定要求", None)


def test_a_scene__is_held_against_the_scene_profile(plain: Pack) -> None:
    pack = replace(plain, profiles=profiles())
    [found] = positions(pack, answers_of(pack, {"T1": {"value": 0}}), "small")
    assert found.profile is not None
    assert (found.profile.word, found.profile.scene, found.profile.quantity) == (
        "low",
        scene(0.1, 0.3, 0.3, 0.2, 0.1),
        None,
    )


@pytest.mark.parametrize(
    ("n", "band", "shown", "rank"),
    [(9, True, 0, None), (10, True, 1, None), (29, True, 1, None), (30, False, 1, 62)],
)
def test_counted_firms__stand_beside_the_band_from_10_and_replace_it_from_30(
    plain: Pack, n: int, band: bool, shown: int, rank: int | None
) -> None:
    pack = with_marks(replace(plain, profiles=profiles(small=BAND)), counted(n, mode="onsite"))
    found = position(pack, answers_of(pack, {"N1": {"value": 50, "verified": 50}}, "onsite"))
    assert found is not None
    assert (found.profile is not None) is band
    assert len(found.distributions) == shown
    assert [one.better_than for one in found.distributions] == [rank] * shown


def test_the_limits__count_per_question_and_per_size(plain: Pack) -> None:
    pack = with_marks(
        replace(plain, profiles=profiles(small=BAND)),
        counted(40, size="medium", mode="onsite"),
        counted(40, of="T1", mode="onsite"),
        counted(12, size="small", mode="onsite"),
    )
    found = position(pack, answers_of(pack, N1))
    assert found is not None
    assert found.profile is not None
    assert [one.distribution.n for one in found.distributions] == [12]


def test_what_others_claim__is_no_rank_for_what_was_seen_and_leaves_the_band(plain: Pack) -> None:
    """Claimed and confirmed figures are two samples; the band speaks of confirmed ones."""
    pack = with_marks(replace(plain, profiles=profiles(small=BAND)), counted(99, mode="self"))
    seen = position(pack, answers_of(pack, {"N1": {"value": 50, "verified": 50}}, "onsite"))
    claimed = position(pack, answers_of(pack, N1))
    for found, rank in ((seen, None), (claimed, 62)):
        assert found is not None
        assert found.profile is not None
        assert [one.better_than for one in found.distributions] == [rank]


def test_the_shipped_tires__have_a_word_or_a_reason_everywhere(tires: Pack) -> None:
    """Each band of the shipped profile says "alike" in its middle, or nothing and why."""
    assert tires.profiles is not None
    for size in tires.profiles.quantities:
        for name, profile in tires.profiles.quantities[size].items():
            if profile.p is None:
                assert tires.profiles.absences[profile.absent], name
            else:
                expected = None if "MARKET" in profile.reasons or profile.better == "neutral" else "alike"
                assert quantity_word(profile, profile.p[2]) == expected, name


def test_showcases__stand_apart_and_have_no_figure_to_compare(tires: Pack) -> None:
    answers = answers_of(tires, {"TQ25": {"value": 0}}, TP01=["全钢"])
    [found] = [one for one in positions(tires, answers, "medium") if one.question.id == "TQ25"]
    assert found.showcases
    assert all(one.firm and one.date for one in found.showcases)
    assert found.published == ()


# -- firms of an imported benchmark pack ---------------------------------------------------------


def told(*cells: Cell, region: str = "520000") -> Counted:
    rules = {"min_group": 5, "min_percentile": 10, "dominance": "p-percent", "dominance_pct": 15}
    head = Head.model_validate(
        {
            **{"id": "b1", "version": "2026.1", "campaign": "2026", "date": "2026-11-25", "region": region},
            **{
                "region_name": "贵州",
                "trades": {"valid": "白酒"},
                "rules": rules,
                "guarantee": ["不露出企业"],
            },
        }
    )
    return Counted(head, "valid", {cell.place: cell for cell in cells})


def group(n: int, size: Any = "", region: str = "", mode: Any = "self", of: str = "N1", **more: Any) -> Cell:
    figures = {"p": exact(10, 20, 40, 60, 80)} if n >= 10 and not more else {}
    return Cell.model_validate(
        {"of": of, "mode": mode, "size": size, "region": region, "n": n, **figures, **more}
    )


WHOLE, SMALL, TOWN = group(212), group(90, "small"), group(40, "small", "520300")
ONSITE = group(35, mode="onsite")


@pytest.mark.parametrize(
    ("cells", "detail", "n"),
    [
        ((WHOLE, SMALL, TOWN), "region", 40),
        ((WHOLE, SMALL, group(29, "small", "520300")), "size", 90),  # no rank from fewer than 30
        ((WHOLE, SMALL, group(7, "small", "520300")), "size", 90),
        ((WHOLE, SMALL, group(40, "small", "520100")), "size", 90),
        ((WHOLE, group(90, "medium")), "trade", 212),
        ((group(12), group(11, "small")), "size", 11),  # no rank anywhere: the narrowest
        ((WHOLE, ONSITE), "trade", 212),
        ((ONSITE,), "trade", 35),
    ],
)
def test_imported_firms__are_the_narrowest_group_that_allows_a_rank(
    plain: Pack, cells: tuple[Cell, ...], detail: str, n: int
) -> None:
    pack = replace(plain, counted=(told(*cells),), profiles=profiles(small=BAND))
    found = position(pack, replace(answers_of(pack, N1), firm={"region_code": "520302"}))
    assert found is not None
    [one] = found.distributions
    assert one.found is not None
    assert (one.found.detail, one.distribution.n) == (detail, n)
    ranked = one.distribution.mode == "self" and n >= 30
    assert one.better_than == (62 if ranked else None)
    assert found.profile is not None, "the shipped reference stays beside"


def test_a_firm_elsewhere__is_not_of_the_prefecture(plain: Pack) -> None:
    pack = replace(plain, counted=(told(WHOLE, SMALL, TOWN),), profiles=profiles(small=BAND))
    for place in ("510302", ""):
        found = position(pack, replace(answers_of(pack, N1), firm={"region_code": place}))
        assert found is not None
        assert [one.found and one.found.detail for one in found.distributions] == ["size"]


def test_levels_told_together__pass_no_firm_within(plain: Pack) -> None:
    bins = [{"low": 0, "high": 1, "share": "0.6"}, {"low": 2, "high": 4, "share": "0.4"}]
    pack = replace(plain, counted=(told(group(50, of="T1", bins=bins)),))
    ranks = []
    for level in range(5):
        [found] = [
            one
            for one in positions(pack, answers_of(pack, {"T1": {"value": level}}), None)
            if one.question.id == "T1"
        ]
        ranks.append(found.distributions[0].better_than)
    assert ranks == [0, 0, 60, 60, 60]


def test_nobody_says_which_way_is_better__there_is_no_rank(plain: Pack) -> None:
    pack = replace(plain, counted=(told(WHOLE),))
    found = position(pack, answers_of(pack, N1))
    assert found is not None
    assert [one.better_than for one in found.distributions] == [None]


def test_a_certain_score__stands_among_the_scores_of_others(plain: Pack) -> None:
    pack = replace(plain, counted=(told(group(212, of="small.score")),))
    [found] = standings(
        pack,
        answers_of(pack, N1),
        "small",
        [("small", "claimed", Decimal(50)), ("other", "claimed", Decimal(1))],
    )
    assert (found.model, found.against[0].better_than, found.against[0].distribution.n) == ("small", 62, 212)
