"""What does more money buy? Best plans for a ladder of budgets, and the cheapest way to each level."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assessor.roadmap.evaluate import Evaluator
from assessor.roadmap.plan import Roadmap
from assessor.roadmap.program import NODE_LIMIT
from assessor.roadmap.request import TENTHS, Target, top_levels
from assessor.roadmap.solve import Found, Planner
from assessor.roadmap.task import Schedule, Task

MOST_POINTS = 20
_BUDGETS = 10


@dataclass(frozen=True, slots=True)
class Point:
    """One plan: what it costs in all (tenths of 万元), the score (thousandths) and level it ends at.

    `budget` is the yearly one it was made for, None for the cheapest way to `target`.
    """

    cost: int
    score: int
    level: int
    budget: int | None
    target: int | None
    proven: bool
    schedule: Schedule


def curve(task: Task, node_limit: int = NODE_LIMIT) -> tuple[Point, ...]:
    """At most twenty points from nothing to everything, cheapest first, dominated ones dropped."""
    points = [*_levels(task, node_limit), *_ladder(task, node_limit)]
    return undominated(points)[:MOST_POINTS]


def few_points(roadmap: Roadmap, node_limit: int = NODE_LIMIT) -> tuple[Point, ...]:
    """Nothing, half the budget, the plan itself and double the budget; dominated ones dropped.

    Empty for a plan with a target or without a budget: there money is no ladder.
    """
    task, budget = roadmap.task, roadmap.task.limits.budget
    if task.request.target is not None or budget is None or roadmap.clash is not None:
        return ()
    others = dict.fromkeys(each for each in (0, budget // 2, 2 * budget) if each != budget)
    found = (_point(task.varied(replace(task.request, budget=each)), node_limit) for each in others)
    end = roadmap.standings[-1]
    own = Point(
        cost=round(sum(roadmap.evaluation.cash) * TENTHS),
        score=end.low,
        level=end.level_low,
        budget=budget,
        target=None,
        proven=roadmap.gap_percent == 0,
        schedule=roadmap.schedule,
    )
    return undominated([own, *(point for point in found if point is not None)])


def undominated(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points that no other beats: neither cheaper at the same score nor better at the same cost."""
    kept: list[Point] = []
    for point in sorted(points, key=lambda one: (one.cost, -one.score, one.target is None)):
        if not kept or point.score > kept[-1].score:
            kept.append(point)
    return tuple(kept)


def _levels(task: Task, node_limit: int) -> Iterator[Point]:
    model = task.request.model
    today = Evaluator(task).evaluate({}).standings[model][0].level_low
    for level in range(today + 1, top_levels(task.start.pack)[model] + 1):
        request = replace(task.request, target=Target(model, level), budget=task.request.budget)
        point = _point(task.varied(request), node_limit)
        if point is None:
            return  # a level above one that can't be had can't be had either
        yield point


def _ladder(task: Task, node_limit: int) -> Iterator[Point]:
    """Budgets from nothing to what the dearest plan would use in a year, closer together below."""
    whole = sum(one.price.net for one in task.candidates.values())
    top = -(-whole // -(-task.limits.quarters // 4))
    last: Point | None = None
    for step in range(_BUDGETS + 1):
        budget = round(top * (step / _BUDGETS) ** 2)
        point = _point(task.varied(replace(task.request, target=None, budget=budget)), node_limit)
        if point is not None:
            yield point
            if (
                last is not None
                and point.schedule == last.schedule
                and point.cost == last.cost
                and point.cost
            ):
                return  # more money changes nothing any more
        last = point


def _point(task: Task, node_limit: int) -> Point | None:
    found: Found | None = Planner(task).solve(node_limit=node_limit, settle=False)
    if found is None:
        return None
    evaluation = Evaluator(task).evaluate(found.schedule)
    end = evaluation.standings[task.request.model][-1]
    target = task.request.target
    return Point(
        cost=round(sum(evaluation.cash) * TENTHS),
        score=end.low,
        level=end.level_low,
        budget=None if target else task.request.budget,
        target=target.level if target else None,
        proven=found.proven,
        schedule=found.schedule,
    )
