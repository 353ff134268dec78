"""A plan whose money counts the grants that are certain, and never more than the policies give it.

What a grant comes to hangs on the plan (caps run over all of it, a policy must hold on the day), and the
plan hangs on the grant. So: promise each action what it would get alone, plan, claim for the very plan that
came out, take back what was promised too much, plan again. It ends when the claim carries all that was
promised; after `ROUNDS` without that, the plan is made without grants.

Guaranteed: every amount in the plan's net cost is in one claim for exactly these actions in these quarters.
Not guaranteed: that no other pairing of plan and claim is better; proven is that there is no better plan
for the grants that stand in it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from assessor.answers.model import Answers
from assessor.pack.model import Pack
from assessor.roadmap.grants import Claim, grants, offers
from assessor.roadmap.plan import Roadmap, plan_task
from assessor.roadmap.program import NODE_LIMIT
from assessor.roadmap.request import Request
from assessor.roadmap.task import Schedule, Task, task_for

ROUNDS = 4


def plan_with_grants(
    pack: Pack,
    answers: Answers,
    request: Request,
    near: Schedule | None = None,
    node_limit: int = NODE_LIMIT,
) -> Roadmap:
    """The best plan with certain grants; `claim` says which policy pays what. Grants asked for stay as asked.

    `near`, a plan to begin from, changes speed, not the result.
    """
    task = task_for(pack, answers, request)
    promised = {} if request.grants else _alone(task)
    if not promised:
        return plan_task(task, near, node_limit)
    for _round in range(ROUNDS):
        made = plan_task(_promising(task, promised), near, node_limit)
        claim = claim_of(made.task, made.schedule)
        kept = {name: promised[name] for name in made.schedule if name in promised}
        if all(amount <= claim.of(name) for name, amount in kept.items()):
            return replace(made, task=_promising(task, kept), claim=_at_most(claim, kept))
        lowered = {name: min(amount, claim.of(name)) for name, amount in kept.items()}
        promised = {name: amount for name, amount in {**promised, **lowered}.items() if amount}
        near = made.schedule or near
    return plan_task(task, near, node_limit)


def claim_of(task: Task, schedule: Schedule) -> Claim:
    """What can be drawn for a schedule: policies that are certain from each action's first day to its last.

    A cap by year is taken to hold for the whole plan; one that hangs on a level still to be certified
    pays nothing.
    """
    if task.first is None:
        return Claim()
    return grants(task.start.pack, task.start.answers, _days(task, schedule), _costs(task, schedule))


def _alone(task: Task) -> Mapping[str, int]:
    """What each candidate would get if it alone were done, in the quarter that pays it best."""
    if task.first is None:
        return {}
    best: dict[str, tuple[int, int]] = {}
    for later in range(task.limits.quarters):
        starts = {name: one.earliest + later for name, one in task.candidates.items()}
        starts = {n: start for n, start in starts.items() if task.finish(n, start) <= task.limits.quarters}
        for offer in offers(task.start.pack, task.start.answers, _days(task, starts), _costs(task, starts)):
            for name, amount in offer.amounts.items():
                best[name] = max(best.get(name, (0, 0)), (amount, -starts[name]))
    found = {name: claim_of(task, {name: -start}).of(name) for name, (_amount, start) in best.items()}
    return {name: amount for name, amount in found.items() if amount}


def _days(task: Task, schedule: Schedule) -> Mapping[str, tuple[date, date]]:
    assert task.first is not None
    return {
        name: (
            task.first.plus(start - 1).first_day,
            task.first.plus(task.finish(name, start) - 1).last_day,
        )
        for name, start in schedule.items()
    }


def _costs(task: Task, schedule: Schedule) -> Mapping[str, int]:
    return {name: task.candidates[name].price.of(task.request.cost) for name in schedule}


def _promising(task: Task, promised: Mapping[str, int]) -> Task:
    return task.varied(replace(task.request, grants=promised))


def _at_most(claim: Claim, promised: Mapping[str, int]) -> Claim:
    """The claim cut down to what was promised."""
    left, kept = dict(promised), []
    for grant in claim.grants:
        given = min(grant.amount, left.get(grant.action, 0))
        if given:
            kept.append(replace(grant, amount=given))
            left[grant.action] -= given
    return Claim(tuple(kept))
