"""The formulas of the policies against examples reckoned by hand, most of them told with the policy."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from assessor import shipped
from assessor.pack.load import open_pack
from assessor.pack.policy import Credit, Deduction, Fixed, Interest, Policy, Share
from assessor.roadmap.formula import (
    fixed_amount,
    interest_saved,
    share_amount,
    tax_credited,
    tax_saved,
    terms_known,
)
from tests.roadmap.supported import pay

POLICIES = {one.id: one for one in open_pack("common", (shipped("questionnaires"),)).policies}


def only(policy: Policy, kind: type[Any]) -> Any:
    (found,) = [one for one in policy.pays if isinstance(one, kind)]
    return found


@pytest.mark.parametrize(
    ("principal", "years", "saved"),
    [(600, 2, 18), (5000, 2, 150), (9000, 2, 150), (600, 1, 9), (600, 3, 18), (600, Fraction(1, 2), "4.5")],
)
def test_interest_of_small_firms__is_one_and_a_half_points_for_two_years_at_most(
    principal: int, years: int, saved: object
) -> None:
    found = interest_saved(only(POLICIES["policy.CN-03"], Interest), principal, years)
    assert found == Fraction(str(saved))


def test_interest_of_equipment__has_no_ceiling_that_was_found() -> None:
    item = only(POLICIES["policy.CN-04"], Interest)
    assert interest_saved(item, 20000, 2) == 600
    assert (item.loan_cap_wan, item.cap_wan) == (None, None)


@pytest.mark.parametrize(
    ("spent", "device", "credit"), [(60, 200, 6), (150, 200, 10), (100, 200, 10), (0, 200, 0)]
)
def test_the_credit_for_special_equipment__stops_at_half_of_the_device(
    spent: int, device: int, credit: int
) -> None:
    assert tax_credited(only(POLICIES["policy.CN-06"], Credit), spent, device) == credit


@pytest.mark.parametrize(("tax", "saved"), [("0.25", 25), ("0.15", 15), ("0.05", 5)])
def test_the_research_deduction__is_worth_the_tax_rate(tax: str, saved: int) -> None:
    assert tax_saved(only(POLICIES["policy.CN-05"], Deduction), 100, Decimal(tax)) == saved


def test_the_rates_of_tax__stand_by_the_options_of_the_question() -> None:
    worth = only(POLICIES["policy.CN-05"], Deduction).worth
    assert worth.of == "G16.7"
    assert worth.rates == {"A": Decimal("0.25"), "B": Decimal("0.05"), "C": Decimal("0.15")}


def test_a_deduction_that_only_comes_earlier__saves_nothing() -> None:
    assert tax_saved(only(POLICIES["policy.CN-07"], Deduction), 100, Decimal("0.25")) == 0


@pytest.mark.parametrize(("spent", "paid"), [(100, 30), (166, "49.8"), (170, 50), (1000, 50), (0, 0)])
def test_a_share__is_cut_at_its_cap(spent: int, paid: object) -> None:
    item = pay(kind="share", rate=Decimal("0.3"), cap_wan=50, cap_per="firm")
    assert share_amount(item, spent) == Fraction(str(paid))


def test_a_share_without_a_cap__grows_with_what_is_spent() -> None:
    assert share_amount(pay(kind="share", rate=Decimal("0.3"), uncapped=True), 1000) == 300


@pytest.mark.parametrize(("level", "cap"), [(0, 0), (1, 0), (2, 30), (3, 60), (4, 100)])
def test_a_cap_by_level__is_that_of_the_highest_level_reached(level: int, cap: int) -> None:
    known: Share = only(POLICIES["policy.CMP-02"], Share)
    item = known.model_copy(update={"rate": Decimal("0.5")})
    assert share_amount(item, 1000, level) == cap


@pytest.mark.parametrize(("size", "sum_"), [("large", 50), ("medium", 30), ("small", 10), ("micro", 10)])
def test_a_sum_by_size__is_that_of_the_firm(size: Any, sum_: int) -> None:
    assert fixed_amount(only(POLICIES["policy.GY-03"], Fixed), size) == sum_


def test_a_sum_by_size__is_not_known_without_the_size() -> None:
    assert fixed_amount(only(POLICIES["policy.GY-03"], Fixed), None) is None


@pytest.mark.parametrize(
    ("fields", "known"),
    [
        ({"kind": "share", "rate": Decimal("0.3"), "cap_wan": 5, "cap_per": "firm"}, True),
        ({"kind": "share", "rate": Decimal("0.3"), "uncapped": True}, True),
        ({"kind": "share", "rate": Decimal("0.3")}, False),
        ({"kind": "share", "cap_wan": 5, "cap_per": "firm"}, False),
        ({"kind": "share", "rate": Decimal("0.3"), "ceiling": True, "cap_wan": 5, "cap_per": "firm"}, False),
        ({"kind": "fixed", "amount_wan": 5}, True),
        ({"kind": "fixed", "low_wan": 1, "high_wan": 5}, False),
        ({"kind": "fixed"}, False),
        ({"kind": "interest", "points": Decimal("0.015"), "years_max": 2}, True),
        ({"kind": "interest", "cap_wan": 500}, False),
        ({"kind": "credit", "rate": Decimal("0.1"), "base": "投入"}, True),
        ({"kind": "loan", "what": "贷款"}, False),
        ({"kind": "unknown", "what": "奖励"}, False),
    ],
)
def test_terms__are_known_only_when_rate_and_cap_are(fields: dict[str, Any], known: bool) -> None:
    assert terms_known(pay(**fields)) is known


def test_a_share_that_is_not_known__gives_no_amount() -> None:
    assert share_amount(pay(kind="share", rate=Decimal("0.3")), 100) is None
