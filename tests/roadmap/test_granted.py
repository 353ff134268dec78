"""A plan with grants: only what one claim for this very plan carries is taken off its cost."""

from dataclasses import replace
from typing import Any

import pytest

from assessor.pack.model import Pack
from assessor.roadmap.granted import claim_of, plan_with_grants
from assessor.roadmap.plan import plan
from assessor.roadmap.request import Request
from tests.roadmap.firms import only, sample, without_red_lines
from tests.roadmap.supported import SHARE, policy, with_policies

SOME = ("common.K02", "common.K03", "common.K04", "common.K05", "common.K12")
SHORT = Request(quarters=4, budget=200)


@pytest.fixture(scope="module")
def few(tires: Pack) -> Pack:
    return without_red_lines(only(tires, *SOME))


def paid(**fields: Any) -> Any:
    """A policy of the sample firm's province in force all the time that pays half, whatever it is for."""
    terms = {**SHARE, "rate": "0.5", "cap_per": "project", **fields}
    return policy(**{"from": "2026-01-01", "to": "2028-12-31", "pays": [terms]})


def test_without_a_certain_grant__the_plan_is_as_it_was(few: Pack) -> None:
    pack = with_policies(few, paid(rate=None), policy(status="unknown"))
    answers = sample(few, "demo")
    made = plan_with_grants(pack, answers, SHORT)
    assert made.schedule == plan(pack, answers, SHORT).schedule
    assert made.claim.total == 0
    assert made.net_total == made.total("middle")


def test_a_certain_grant__lowers_what_the_firm_pays_and_says_whose_it_is(few: Pack) -> None:
    made = plan_with_grants(with_policies(few, paid()), sample(few, "demo"), SHORT)
    assert made.actions
    for one in made.actions:
        price = one.candidate.price
        assert (price.grant, price.net) == (price.middle // 2, price.middle - price.middle // 2)
        assert made.claim.of(one.id) == price.grant
    assert {grant.policy for grant in made.claim.grants} == {"policy.T-1"}
    assert made.net_total == made.total("middle") - made.claim.total
    assert round(sum(made.evaluation.cash) * 10) == made.net_total


def test_a_grant__lets_the_firm_do_more_with_its_money(few: Pack) -> None:
    answers, tight = sample(few, "demo"), replace(SHORT, budget=20)
    alone = plan(few, answers, tight)
    helped = plan_with_grants(with_policies(few, paid(rate="0.9")), answers, tight)
    assert helped.gain > alone.gain


@pytest.mark.parametrize("cap", [1, 3, 8])
def test_a_cap_over_the_whole_firm__is_never_promised_twice(few: Pack, cap: int) -> None:
    pack = with_policies(few, paid(cap_per="firm", cap_wan=cap))
    made = plan_with_grants(pack, sample(few, "demo"), SHORT)
    promised = {one.id: one.candidate.price.grant for one in made.actions}
    claim = claim_of(made.task, made.schedule)
    assert 0 < sum(promised.values()) <= cap * 10
    assert all(amount <= claim.of(name) for name, amount in promised.items())
    assert made.claim.total == sum(promised.values())


def test_a_policy__pays_only_for_what_is_done_while_it_holds(few: Pack) -> None:
    short = policy(**{"from": "2026-01-01", "to": "2026-12-31", "pays": [{**SHARE, "rate": "0.5"}]})
    made = plan_with_grants(with_policies(few, short), sample(few, "demo"), SHORT)
    first = made.task.first
    assert first is not None
    for one in made.actions:
        ends = first.plus(one.finish - 1).last_day.isoformat()
        assert (one.candidate.price.grant > 0) <= (ends <= "2026-12-31")
    assert made.claim.total > 0


def test_grants_named_by_a_person__stay_as_named(few: Pack) -> None:
    asked = replace(SHORT, grants={"common.K03": 5})
    made = plan_with_grants(with_policies(few, paid()), sample(few, "demo"), asked)
    assert made.request.grants == {"common.K03": 5}


def test_without_a_date__nothing_is_promised(few: Pack) -> None:
    answers = replace(sample(few, "demo"), date="")
    assert plan_with_grants(with_policies(few, paid()), answers, SHORT).claim.total == 0
