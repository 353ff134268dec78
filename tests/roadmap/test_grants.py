"""What grants carry of a plan's cost: what is certain, once, under every cap, never above the cost."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.pack.model import Pack
from assessor.roadmap.grants import Claim, Grant, grants, offers
from tests.roadmap.supported import SHARE, firm, policy, with_policies

DAY = date(2026, 6, 30)
A, B, C = "common.K01", "common.K03", "common.K05"


def claim(pack: Pack, *policies: Any, costs: Mapping[str, int], day: date = DAY, level: int = 0) -> Claim:
    chosen = with_policies(pack, *policies)
    return grants(chosen, firm(chosen), day, costs, level=level)


def share(**fields: Any) -> dict[str, Any]:
    return {**SHARE, **fields}


def test_a_share__is_paid_in_whole_tenths_rounded_down(common: Pack) -> None:
    found = claim(common, policy(), costs={A: 333})  # 33.3 万元, of which 9.99
    assert found.grants == (Grant(A, "policy.T-1", 99),)
    assert (found.total, found.of(A), found.of(B)) == (99, 99, 0)


def test_a_cap_per_project__holds_for_each_action(common: Pack) -> None:
    found = claim(common, policy(), costs={A: 3000, B: 3000})
    assert [grant.amount for grant in found.grants] == [500, 500]


@pytest.mark.parametrize("per", ["firm", "firm-year"])
def test_a_cap_per_firm__holds_for_all_together(common: Pack, per: str) -> None:
    found = claim(common, policy(pays=[share(cap_per=per)]), costs={A: 3000, B: 1000})
    assert (found.of(A), found.of(B), found.total) == (500, 0, 500)


def test_items_of_one_cap__share_it(common: Pack) -> None:
    pays = [
        share(cap_per="firm-year", cap_group="x", pays_for={"actions": [name]}, rate=Decimal("0.6"))
        for name in (A, B)
    ]
    assert claim(common, policy(pays=pays), costs={A: 700, B: 700}).total == 500
    apart = [{**item, "cap_group": ""} for item in pays]
    assert claim(common, policy(pays=apart), costs={A: 700, B: 700}).total == 840


def test_of_two_levels_of_government__the_higher_offer_pays_alone(common: Pack) -> None:
    city = policy(id="policy.T-2", region="520300", pays=[share(rate=Decimal("0.4"), cap_wan=30)])
    small = claim(common, policy(), city, costs={A: 500})
    assert small.grants == (Grant(A, "policy.T-2", 200),)
    large = claim(common, policy(), city, costs={A: 3000})
    assert large.grants == (Grant(A, "policy.T-1", 500),)


@pytest.mark.parametrize("side", ["policy.T-1", "policy.T-2"])
def test_policies_that_may_be_added__are_added_but_never_above_the_cost(common: Pack, side: str) -> None:
    stack = {
        "T-1": {},
        "T-2": {},
        side[7:]: {"adds_to": "policy.T-2" if side.endswith("1") else "policy.T-1"},
    }
    one = policy(stack=stack["T-1"], pays=[share(rate=Decimal("0.7"))])
    two = policy(id="policy.T-2", stack=stack["T-2"], pays=[share(rate=Decimal("0.6"))])
    found = claim(common, one, two, costs={A: 100})
    assert [(grant.policy, grant.amount) for grant in found.grants] == [
        ("policy.T-1", 70),
        ("policy.T-2", 30),
    ]


def test_policies_that_exclude_each_other__are_drawn_for_the_better_total(common: Pack) -> None:
    few = policy(
        pays=[share(rate=Decimal("0.9"), pays_for={"actions": [A]})], stack={"not_with": "policy.T-2"}
    )
    many = policy(id="policy.T-2", pays=[share(rate=Decimal("0.5"))])
    found = claim(common, few, many, costs={A: 400, B: 400, C: 400})
    assert {grant.policy for grant in found.grants} == {"policy.T-2"}
    assert found.total == 600
    assert {grant.policy for grant in claim(common, few, many, costs={A: 400}).grants} == {"policy.T-1"}


def test_a_sum__is_paid_once_and_not_above_the_cost(common: Pack) -> None:
    fixed = {"kind": "fixed", "amount_wan": 10, "pays_for": {"actions": [A, B]}}
    assert claim(common, policy(pays=[fixed]), costs={A: 60, B: 80}).total == 100
    assert claim(common, policy(pays=[fixed]), costs={A: 60}).total == 60


def test_a_sum_by_size__is_that_of_the_firm(common: Pack) -> None:
    fixed = {"kind": "fixed", "sizes_wan": {"small": 10, "medium": 30}, "pays_for": {"every": True}}
    assert claim(common, policy(pays=[fixed]), costs={A: 900}).total == 100


@pytest.mark.parametrize(("level", "total"), [(1, 0), (2, 300), (3, 600)])
def test_a_cap_by_level__pays_what_the_plan_is_sure_to_reach(common: Pack, level: int, total: int) -> None:
    caps = {
        "kind": "share",
        "rate": Decimal("0.5"),
        "level_caps_wan": {2: 30, 3: 60},
        "model": "miit-sme-2024",
        "pays_for": {"every": True},
    }
    found = claim(common, policy(pays=[caps]), costs={A: 1000, B: 1000}, level=level)
    assert found.total == total


@pytest.mark.parametrize(
    ("pays_for", "paid"),
    [
        ({"every": True}, {A, B}),
        ({"kinds": ["数转"]}, {A, B}),
        ({"kinds": ["网联"]}, set()),
        ({"actions": [B]}, {B}),
        ({"every": True, "except": [A]}, {B}),
    ],
)
def test_only_actions_the_money_goes_to__are_paid(common: Pack, pays_for: Any, paid: set[str]) -> None:
    found = claim(common, policy(pays=[share(pays_for=pays_for)]), costs={A: 100, B: 100})
    assert {grant.action for grant in found.grants} == paid


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "unknown"},
        {"ask": ["补多少？"]},
        {"comparator": True},
        {"payee": "other"},
        {"region": "520100"},
        {"when": {"of": "G16.6", "eq": True}},
        {"pays": [share(ceiling=True)]},
        {"pays": [share(cap_wan=None)]},
        {"pays": [{key: value for key, value in SHARE.items() if key != "pays_for"}]},
        {"pays": [{"kind": "interest", "points": Decimal("0.015"), "years_max": 2}]},
        {"pays": [{"kind": "credit", "rate": Decimal("0.1"), "base": "投入"}]},
    ],
)
def test_what_is_not_certain__pays_nothing(common: Pack, fields: dict[str, Any]) -> None:
    assert claim(common, policy(**fields), costs={A: 1000}) == Claim()


@pytest.mark.parametrize(("day", "total"), [(date(2026, 12, 31), 300), (date(2027, 3, 31), 0)])
def test_a_grant__ends_with_its_policy(common: Pack, day: date, total: int) -> None:
    assert claim(common, policy(), costs={A: 1000}, day=day).total == total


def test_an_action_that_costs_nothing__gets_nothing(common: Pack) -> None:
    assert claim(common, policy(), costs={A: 0, B: 100}).grants == (Grant(B, "policy.T-1", 30),)
    assert claim(common, policy(), costs={}) == Claim()


def test_offers__tell_the_terms_before_anything_is_chosen(common: Pack) -> None:
    chosen = with_policies(common, policy(pays=[share(cap_per="firm-year")]), policy(id="policy.T-2"))
    first, second = offers(chosen, firm(chosen), DAY, {A: 3000, B: 100})
    assert (dict(first.amounts), first.cap, first.yearly) == ({A: 500, B: 30}, 500, True)
    assert (dict(second.amounts), second.cap, second.yearly) == ({A: 500, B: 30}, None, False)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Any], dict[str, int]]:
    ids = [f"policy.T-{number}" for number in range(1, draw(st.integers(1, 4)) + 1)]
    made = []
    for name in ids:
        others = st.lists(st.sampled_from(ids), unique=True, max_size=2)
        stack = {key: [id_ for id_ in draw(others) if id_ != name] for key in ("adds_to", "not_with")}
        item = share(
            rate=draw(st.integers(1, 100)) / Decimal(100),
            cap_wan=draw(st.integers(0, 60)),
            cap_per=draw(st.sampled_from(["project", "firm", "firm-year"])),
        )
        made.append(policy(id=name, stack=stack, pays=[item]))
    costs = draw(st.dictionaries(st.sampled_from([A, B, C]), st.integers(0, 2000)))
    return made, costs


@given(case=cases())
def test_no_claim__breaks_a_rule(common: Pack, case: tuple[list[Any], dict[str, int]]) -> None:
    policies, costs = case
    found = claim(common, *policies, costs=costs)
    by_id = {one.id: one for one in policies}
    used = {grant.policy for grant in found.grants}
    for name in used:
        assert not set(by_id[name].stack.not_with) & used
        item = by_id[name].pays[0]
        paid = [grant.amount for grant in found.grants if grant.policy == name]
        assert (max(paid) if item.cap_per == "project" else sum(paid)) <= item.cap_wan * 10
    for action, cost in costs.items():
        held = [grant for grant in found.grants if grant.action == action]
        assert sum(grant.amount for grant in held) <= cost
        for one in held:
            assert 0 < one.amount <= by_id[one.policy].pays[0].rate * cost
            for other in held:
                both = {one.policy, other.policy}
                assert len(both) == 1 or any(both - {name} <= set(by_id[name].stack.adds_to) for name in both)
