"""Conditions have three outcomes, and what is not known stays not known unless the rest decides."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from assessor.pack.condition import Condition, holds

KNOWN: dict[str, object] = {
    "product": ("全钢", "翻新"),
    "source": "自炼",
    "own": True,
    "people": Decimal(20),
    "level": 3,
    "share": Fraction(100, 3),
}


def outcome(raw: dict[str, Any], known: dict[str, object] = KNOWN) -> bool | None:
    return holds(Condition.model_validate(raw), known.get)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"of": "source", "eq": "自炼"}, True),
        ({"of": "source", "eq": "两者"}, False),
        ({"of": "source", "ne": "两者"}, True),
        ({"of": "source", "in": ["自炼", "两者"]}, True),
        ({"of": "source", "in": ["两者"]}, False),
        ({"of": "product", "has": "翻新"}, True),
        ({"of": "product", "has": "实心"}, False),
        ({"of": "product", "has_any": ["实心", "全钢"]}, True),
        ({"of": "product", "has_any": ["实心"]}, False),
        ({"of": "product", "subset_of": ["全钢", "翻新", "实心"]}, True),
        ({"of": "product", "subset_of": ["翻新"]}, False),
        ({"of": "source", "has": "自炼"}, True),
        ({"of": "own", "eq": True}, True),
        ({"of": "own", "eq": False}, False),
        ({"of": "people", "lt": 20}, False),
        ({"of": "people", "le": 20}, True),
        ({"of": "people", "gt": 20}, False),
        ({"of": "people", "ge": 20}, True),
        ({"of": "people", "lt": "20.001"}, True),
        ({"of": "level", "ge": 3}, True),
        ({"of": "level", "gt": 3}, False),
        ({"of": "share", "gt": 33}, True),
        ({"of": "share", "lt": 34}, True),
        ({"of": "share", "ge": "33.4"}, False),
    ],
)
def test_a_comparison__is_exact(raw: dict[str, Any], expected: bool) -> None:
    assert outcome(raw) is expected


@pytest.mark.parametrize(
    "test",
    [
        {"eq": "A"},
        {"ne": "A"},
        {"lt": 1},
        {"le": 1},
        {"gt": 1},
        {"ge": 1},
        {"in": ["A"]},
        {"has": "A"},
        {"has_any": ["A"]},
        {"subset_of": ["A"]},
    ],
)
def test_a_comparison_with_what_is_not_known__is_not_known(test: dict[str, Any]) -> None:
    assert outcome({"of": "nobody", **test}) is None


@pytest.mark.parametrize(
    "raw",
    [
        {"of": "source", "lt": 5},
        {"of": "own", "has": "A"},
        {"of": "people", "has_any": ["A"]},
        {"of": "level", "subset_of": ["A"]},
        {"of": "product", "ge": 1},
    ],
)
def test_a_comparison_with_another_kind_of_value__says_nothing(raw: dict[str, Any]) -> None:
    assert outcome(raw) is None


T, F, U = {"of": "own", "eq": True}, {"of": "own", "eq": False}, {"of": "nobody", "eq": 1}


@pytest.mark.parametrize(
    ("parts", "every", "some"),
    [
        ([T, T], True, True),
        ([T, F], False, True),
        ([F, F], False, False),
        ([T, U], None, True),
        ([F, U], False, None),
        ([U, U], None, None),
        ([T, F, U], False, True),
        ([], True, False),
    ],
)
def test_all_and_any__follow_kleene(parts: list[Any], every: bool | None, some: bool | None) -> None:
    assert outcome({"all": parts}) is every
    assert outcome({"any": parts}) is some


def test_no_condition__always_holds() -> None:
    assert holds(None, {}.get) is True


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"all": [T], "any": [T]},
        {"of": "own"},
        {"of": "own", "eq": True, "ne": False},
        {"eq": True},
        {"all": [T], "eq": True},
        {"of": "own", "eq": True, "not": T},
        {"of": "own", "like": "x"},
    ],
)
def test_a_condition_of_no_or_of_two_forms__is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Condition.model_validate(raw)


NAMES = ("a", "b", "c")
leaves = st.builds(lambda of, eq: {"of": of, "eq": eq}, st.sampled_from(NAMES), st.booleans())
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=8,
)
worlds = st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in NAMES})
World = dict[str, Any]


@given(trees, worlds)
def test_not__turns_the_outcome_and_leaves_the_unknown(tree: World, world: World) -> None:
    inner = outcome(tree, world)
    assert outcome({"not": tree}, world) is (None if inner is None else not inner)
    assert outcome({"not": {"not": tree}}, world) is inner


@given(st.lists(trees, max_size=3), worlds)
def test_de_morgan__holds_with_the_unknown(parts: list[World], world: World) -> None:
    negated = [{"not": part} for part in parts]
    assert outcome({"not": {"all": parts}}, world) is outcome({"any": negated}, world)
    assert outcome({"not": {"any": parts}}, world) is outcome({"all": negated}, world)


@given(trees, worlds)
def test_what_is_decided__stays_decided_when_more_becomes_known(tree: World, world: World) -> None:
    before = outcome(tree, world)
    for name in NAMES:
        for value in (True, False):
            if world[name] is None and before is not None:
                assert outcome(tree, {**world, name: value}) is before


@given(trees)
def test_ids__are_all_that_is_looked_at(tree: World) -> None:
    condition = Condition.model_validate(tree)
    seen: set[str] = set()

    def lookup(name: str) -> object:
        seen.add(name)
        return True

    holds(condition, lookup)
    assert seen == condition.ids()
