"""The best plan by HiGHS, its ties broken for good, and how far it is proven."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assessor.answers.proposal import scene_weight
from assessor.errors import refuse
from assessor.roadmap.expressions import IndexExpressions, expressions_of
from assessor.roadmap.linear import Starts
from assessor.roadmap.program import NODE_LIMIT, Line, Solved, total
from assessor.roadmap.request import Target
from assessor.roadmap.rising import Rising
from assessor.roadmap.task import Schedule, Task

Limit = Literal["budget", "parallel", "people", "pins", "target", "core"]
LIMITS: tuple[Limit, ...] = ("budget", "parallel", "people", "pins", "target", "core")
DISCOUNT = 0.98
_HALF = Fraction(1, 2)
_CORE_WEIGHT, _CORE_SCENES, _CORE_LEVEL = 2, 2, 2
_DEAREST = 10_000
"""More than any sum of finish quarters, so that money and finish can be weighed in one goal."""


def discounts(quarters: int) -> tuple[int, ...]:
    """Worth of a point in each quarter, per mille: one quarter earlier is worth 2 % more (`expert`)."""
    return tuple(round(1000 * DISCOUNT**quarter) for quarter in range(quarters))


@dataclass(frozen=True)
class Found:
    """A schedule and what is proven of it: `value` reached, `bound` on any, `proven` when they meet."""

    schedule: Schedule
    value: int
    bound: float
    proven: bool
    nodes: int


class Planner:
    """The program of one task, to be solved for its goal. `free` names limits to be left out."""

    def __init__(self, task: Task, free: Collection[Limit] = ()) -> None:
        self.task = task
        self.starts = Starts(task)
        self.program = self.starts.program
        self._rising = {quarter: Rising(self.starts, quarter) for quarter in self.starts.quarters}
        limits = task.limits
        if "budget" not in free and limits.budget is not None:
            self.starts.limit_budget(Line(limits.budget))
        if "parallel" not in free:
            self.starts.limit_parallel(Line(limits.parallel))
        if "people" not in free:
            self.starts.limit_people(it=Line(limits.people.it), ops=Line(limits.people.ops))
        if "pins" not in free:
            self.starts.pin()
        target = task.request.target
        if target is not None and "target" not in free:
            self._hold(target)
            if task.request.core and "core" not in free:
                self._hold_core(target)

    def _at(self, target: Target) -> Rising:
        return self._rising[target.quarter or self.task.limits.quarters]

    def _hold(self, target: Target) -> None:
        """Rows for a level that must be held."""
        needs = expressions_of(self.task.start, target.model).needs(target.level, self._at(target))
        if needs is None:
            self.program.at_least(Line(), 1)
            return
        for need in needs:
            self.program.at_least(need.line, need.least)

    def _hold_core(self, target: Target) -> None:
        """Rows for core process scenes, so that the level is none on paper."""
        lines = core_lines(self.task, self._at(target))
        self.program.at_least(total(lines), min(_CORE_SCENES, len(lines)))

    def score(self) -> Line:
        """The discounted sum of scores, whole at every solution: an index is rounded as the engine does."""
        model = expressions_of(self.task.start, self.task.request.model)
        goal = Line()
        for quarter, worth in zip(self.starts.quarters, discounts(self.task.limits.quarters), strict=True):
            exact = model.score(self._rising[quarter])
            goal.add(self._rounded(exact) if isinstance(model, IndexExpressions) else exact, worth)
        return goal

    def _rounded(self, exact: Line) -> Line:
        if not exact.terms:
            return Line(int(exact.constant + _HALF))
        whole = self.program.variable(upper=100_000, whole=True)
        self.program.at_least(Line(_HALF).add(exact).add(whole, -1))
        return whole

    def goal(self) -> Line:
        """What is to be as great as it can: the score, or with a target the money not spent."""
        return self.score() if self.task.request.target is None else Line().add(self.starts.cost(), -1)

    def solve(
        self, near: Schedule | None = None, node_limit: int = NODE_LIMIT, *, settle: bool = True
    ) -> Found | None:
        """The best plan; None when there is none. `near` is a plan to begin from.

        Without `settle` only the cost breaks ties: enough for a point of a curve.
        """
        goal = self.goal()
        begun = self._begin(goal, near)
        first = self.program.maximise(goal, start=begun, node_limit=node_limit)
        if first.status == "infeasible":
            return None
        if not first.values:
            raise refuse("roadmap-node-limit")
        value = round(value_of(goal, first.values))
        self.program.narrow(goal, value)
        self.program.at_least(goal, value)
        schedule = self._settled(first, node_limit) if settle else self._cheapest(first, node_limit)
        return Found(schedule, value, first.bound, first.status == "optimal", first.nodes)

    def feasible(self) -> bool:
        """Whether there is any plan at all."""
        return bool(self.program.maximise(Line(), node_limit=NODE_LIMIT).values)

    def least(self, line: Line) -> int | None:
        """The least value an expression can have; None when there is no plan at all."""
        found = self.program.maximise(Line().add(line, -1))
        return round(value_of(line, found.values)) if found.values else None

    def _begin(self, goal: Line, near: Schedule | None) -> Sequence[float]:
        """A whole solution around a schedule; nothing when the schedule does not keep the limits."""
        if near is None or any(name not in self.task.candidates for name in near):
            return ()
        mark = self.program.mark()
        self.starts.hold(near)
        found = self.program.maximise(goal)
        self.program.cut(mark)
        return found.values

    def _cheapest(self, first: Solved, node_limit: int) -> Schedule:
        cost = Line().add(self.starts.cost(), -1)
        return self.starts.read(self._then(cost, first, node_limit).values)

    # -- ties --------------------------------------------------------------------------------------

    def _settled(self, first: Solved, node_limit: int) -> Schedule:
        """Ties broken: less cost, earlier finish, then actions by their ids, earlier start first."""
        tie = Line().add(self.starts.cost(), -_DEAREST).add(self.starts.finishes(), -1)
        second = self._then(tie, first, node_limit)
        schedule = self.starts.read(second.values)
        while True:
            mark = self.program.mark()
            goal = self.starts.precede(schedule)
            found = self.program.maximise(goal, node_limit=node_limit)
            self.program.cut(mark)
            if not found.values:
                return schedule
            schedule = self.starts.read(found.values)

    def _then(self, goal: Line, before: Solved, node_limit: int) -> Solved:
        """The best for a further goal among the solutions that are equally good so far."""
        found = self.program.maximise(goal, start=before.values, node_limit=node_limit)
        if not found.values or value_of(goal, found.values) < value_of(goal, before.values):
            found = before
        self.program.at_least(goal, round(value_of(goal, found.values)))
        return found


def core_lines(task: Task, rising: Rising) -> list[Line]:
    """Whether each core process scene that can get there stands at level 2."""
    lines = (rising.level(name, _CORE_LEVEL) for name in core_scenes(task))
    return [line for line in lines if not line.is_zero]


def core_scenes(task: Task) -> list[str]:
    """The trade's core process scenes of this firm."""
    crosswalk, start = task.start.pack.crosswalk, task.start
    if crosswalk is None:
        return []
    return [s.id for s in start.pack.scenes if scene_weight(crosswalk, s.id, start.answers) == _CORE_WEIGHT]


def value_of(line: Line, values: Sequence[float]) -> float:
    """The value of an expression at a solution."""
    return float(line.constant) + sum(float(value) * values[name] for name, value in line.terms.items())
