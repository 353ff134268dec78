"""The plan is the best there is: every possible schedule is tried beside the solver."""

from dataclasses import replace

import numpy as np
import pytest

from assessor.answers.model import Answers
from assessor.pack.model import Pack
from assessor.roadmap.evaluate import Evaluator
from assessor.roadmap.plan import plan
from assessor.roadmap.request import People, Request, Target
from assessor.roadmap.task import task_for
from tests.roadmap.firms import only, sample, without_red_lines
from tests.roadmap.oracle import Oracle

FIRMS = ("tires:demo", "tires:retread", "liquor:small", "liquor:medium", "chemicals:medium")
CASES = [(firm, seed) for seed in range(3) for firm in FIRMS]


@pytest.fixture(scope="module")
def packs(tires: Pack, liquor: Pack, chemicals: Pack) -> dict[str, Pack]:
    return {"tires": tires, "liquor": liquor, "chemicals": chemicals}


def drawn(packs: dict[str, Pack], firm: str, seed: int) -> tuple[Pack, Answers, list[str], Request]:
    """A firm with five actions, some of them each other's prerequisites, and tight limits."""
    pack_id, name = firm.split(":")
    pack, chance = packs[pack_id], np.random.RandomState(100 * FIRMS.index(firm) + seed)
    answers = sample(pack, name)
    offered = task_for(pack, answers, Request()).candidates
    names = [str(name) for name in chance.choice(sorted(offered), 3, replace=False)]
    for action in list(names):  # so that order matters
        needs = offered[action].needs
        names += [other for need in needs for other in need.any_of[:1] if other not in names]
    names = sorted(dict.fromkeys(names))[:5]
    request = Request(
        model=str(chance.choice(["wanqi-ronghe", "miit-sme-2024"])),
        budget=sum(offered[one].price.net for one in names) * int(chance.choice([5, 7, 9])) // 10,
        quarters=int(chance.choice([4, 5])),
        parallel=int(chance.choice([1, 2, 3])),
        people=People(int(max(offered[one].it for one in names)) + int(chance.choice([0, 5])), 200),
        core=False,
    )
    return without_red_lines(only(pack, *names)), answers, names, request


@pytest.mark.parametrize(("firm", "seed"), CASES)
def test_the_plan__is_the_best_of_all_schedules(packs: dict[str, Pack], firm: str, seed: int) -> None:
    pack, answers, names, request = drawn(packs, firm, seed)
    best = Oracle(pack, answers, names, request).best()
    found = plan(pack, answers, request)
    assert best is not None
    assert found.status == "optimal"
    assert found.gap_percent == 0
    assert dict(found.schedule) == dict(best[1])


def test_the_cases__are_no_empty_plans(packs: dict[str, Pack]) -> None:
    sizes = [len(plan(p, a, r).schedule) for p, a, _, r in (drawn(packs, *case) for case in CASES)]
    assert sum(size >= 2 for size in sizes) >= len(CASES) * 2 // 3


@pytest.mark.parametrize("quarter", [3, 5])
@pytest.mark.parametrize("parallel", [2, 4])
def test_the_cheapest_way_to_a_level__is_the_cheapest_of_all(
    tires: Pack, quarter: int, parallel: int
) -> None:
    names = ["common.K08", "common.K10", "common.K14", "common.K18", "common.K06"]
    pack, answers = without_red_lines(only(tires, *names)), sample(tires, "demo")
    request = Request(
        budget=300,
        quarters=5,
        parallel=parallel,
        people=People(99, 99),
        target=Target("miit-sme-2024", 2, quarter),
        core=False,
    )
    best = Oracle(pack, answers, names, request).best()
    found = plan(pack, answers, request)
    assert best is not None
    assert found.net_total == -best[0] > 0
    assert dict(found.schedule) == dict(best[1])


def test_a_level_out_of_reach__has_no_plan_and_says_so(tires: Pack) -> None:
    names = ["common.K08", "common.K10", "common.K14"]
    pack, answers = without_red_lines(only(tires, *names)), sample(tires, "demo")
    request = Request(
        budget=300,
        quarters=4,
        parallel=1,
        people=People(99, 99),
        target=Target("miit-sme-2024", 3),
        core=False,
    )
    assert Oracle(pack, answers, names, request).best() is None
    found = plan(pack, answers, request)
    assert found.status == "infeasible"
    assert found.clash is not None
    assert "3 级" in found.clash.text


def test_a_plan_to_begin_from__changes_nothing(tires: Pack) -> None:
    pack, answers = without_red_lines(tires), sample(tires, "retread")
    request = Request(budget=50, quarters=4)
    first = plan(pack, answers, request)
    again = plan(pack, answers, request, near=first.schedule)
    broken = plan(pack, answers, request, near={"tires.R10": 1})
    assert first.schedule == again.schedule == broken.schedule


def test_the_order_of_the_pack__changes_nothing(tires: Pack) -> None:
    pack, answers = without_red_lines(tires), sample(tires, "retread")
    turned = replace(pack, actions=tuple(reversed(pack.actions)))
    request = Request(budget=50, quarters=4)
    assert plan(pack, answers, request).schedule == plan(turned, answers, request).schedule


def test_a_firm_with_nothing_to_spend__is_told_what_costs_nothing(tires: Pack) -> None:
    found = plan(tires, sample(tires, "retread"), Request(budget=0))
    assert found.net_total == 0
    assert Evaluator(found.task).evaluate(found.schedule).feasible
