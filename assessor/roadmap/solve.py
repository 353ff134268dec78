"""The best plan by HiGHS, its ties broken for good, and how far it is proven."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessor.pack.maturity import IndexModel
from assessor.roadmap.expressions import IndexExpressions, expressions_of
from assessor.roadmap.linear import Starts
from assessor.roadmap.program import NODE_LIMIT, Line, Program, Solved, total
from assessor.roadmap.request import Target
from assessor.roadmap.rising import Rising
from assessor.roadmap.task import Schedule, Task

DISCOUNT = 0.98
_HALF = Fraction(1, 2)
_CORE_WEIGHT, _CORE_SCENES, _CORE_LEVEL = 2, 2, 2


def discounts(quarters: int) -> tuple[int, ...]:
    """Worth of a point in each quarter, per mille: one quarter earlier is worth 2 % more (`expert`)."""
    return tuple(round(1000 * DISCOUNT**quarter) for quarter in range(quarters))


@dataclass(frozen=True)
class Found:
    """A schedule and what is proven of it: `value` reached, `bound` on any, `proven` when they meet."""

    schedule: Schedule
    lawful: tuple[str, ...]
    value: int
    bound: float
    proven: bool
    nodes: int


class Planner:
    """The program of one task, to be solved for its goal."""

    def __init__(self, task: Task, *, limited: bool = True) -> None:
        self.task = task
        self.starts = Starts(task)
        self.program: Program = self.starts.program
        self._rising = {quarter: Rising(self.starts, quarter) for quarter in self.starts.quarters}
        if limited:
            limits = task.limits
            self.starts.limit(
                budget=limits.budget,
                parallel=limits.parallel,
                it=limits.people.it,
                ops=limits.people.ops,
                carry=limits.carry,
            )
        if task.request.target is not None:
            self._hold(task.request.target)

    def _hold(self, target: Target) -> None:
        """Rows for a level that must be held, and for core scenes so that it is no level on paper."""
        rising = self._rising[target.quarter or self.task.limits.quarters]
        needs = expressions_of(self.task.start, target.model).needs(target.level, rising)
        if needs is None:
            self.program.at_least(Line(), 1)
            return
        for need in needs:
            self.program.at_least(need.line, need.least)
        if self.task.request.core:
            self._hold_core(rising)

    def _hold_core(self, rising: Rising) -> None:
        lines = core_lines(self.task, rising)
        self.program.at_least(total(lines), min(_CORE_SCENES, len(lines)))

    def score_line(self) -> Line:
        """The discounted sum of scores, whole at every solution: an index is rounded as the engine does."""
        model = expressions_of(self.task.start, self.task.request.model)
        goal = Line()
        for quarter, worth in zip(
            self.starts.quarters, discounts(self.task.limits.quarters), strict=True
        ):
            exact = model.score(self._rising[quarter])
            goal.add(self._rounded(exact) if isinstance(model, IndexExpressions) else exact, worth)
        return goal

    def _rounded(self, exact: Line) -> Line:
        if not exact.terms:
            return Line(int(exact.constant + _HALF))
        whole = self.program.variable(upper=100_000, whole=True)
        self.program.at_least(Line(_HALF).add(exact).add(whole, -1))
        return whole

    def solve(self, start: Schedule | None = None, node_limit: int = NODE_LIMIT) -> Found | None:
        """The best plan; None when there is none."""
        if self.task.request.target is None:
            return self._best(self.score_line(), start, node_limit)
        return self._best(Line().add(self.starts.cost(), -1), start, node_limit)

    def _best(self, goal: Line, start: Schedule | None, node_limit: int) -> Found | None:
        first = self.program.maximise(goal, node_limit=node_limit)
        if first.status == "infeasible" or not first.values:
            return None
        value = round(_value(goal, first.values))
        mark = self.program.mark()
        self.program.at_least(goal, value)
        schedule, lawful = self._settled(first, node_limit)
        self.program.cut(mark)
        return Found(schedule, lawful, value, first.bound, first.status == "optimal", first.nodes)

    def _settled(self, first: Solved, node_limit: int) -> tuple[Schedule, tuple[str, ...]]:
        """Ties broken: less cost, earlier finish, then actions in the pack's order."""
        tie = Line().add(self.starts.cost(), -10_000).add(self.starts.finishes(), -1)
        second = self.program.maximise(tie, start=first.values, node_limit=node_limit)
        if not second.values:
            return self.starts.read(first.values)
        self.program.at_least(tie, round(_value(tie, second.values)))
        return self.starts.read(second.values)


def core_lines(task: Task, rising: Rising) -> list[Line]:
    """Whether each core process scene that can get there stands at level 2."""
    from assessor.answers.proposal import scene_weight

    crosswalk = task.start.pack.crosswalk
    if crosswalk is None:
        return []
    core = [
        scene.id
        for scene in task.start.pack.scenes
        if scene_weight(crosswalk, scene.id, task.start.answers) == _CORE_WEIGHT
    ]
    return [line for line in (rising.level(name, _CORE_LEVEL) for name in core) if not line.is_zero]


def _value(line: Line, values: Sequence[float]) -> float:
    return float(line.constant) + sum(float(value) * values[name] for name, value in line.terms.items())
