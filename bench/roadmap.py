"""Plans of the shipped sample firms: the proven optimum beside a greedy plan and HiGHS on the plain form."""

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter
from unittest.mock import patch

from assessor import commands
from assessor.roadmap import solve
from assessor.roadmap.burden import needed_cures
from assessor.roadmap.checking import broken_limits
from assessor.roadmap.evaluate import Evaluator
from assessor.roadmap.linear import Starts
from assessor.roadmap.plan import plan_task
from assessor.roadmap.program import Line, total
from assessor.roadmap.request import Request
from assessor.roadmap.solve import Planner, discounts
from assessor.roadmap.task import Schedule, Task, task_for
from bench.table import Row, show, timed

QUARTERS = 12
NODES = 200
STOPPED = frozenset({"CR10"})
"""The small chemical firm can't pay for the one digital way out of this line; it stops that step."""


class PlainStarts(Starts):
    """The usual form: one variable for each quarter in which an action might start."""

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        # the rows of order, built on "has started by", are built anew on the sums
        self.program.cut(0)
        for name, one in task.candidates.items():
            starts: list[Line] = []
            for quarter in range(one.earliest, self.last[name] + 1):
                starts.append(self.program.variable(whole=True))
                self._started[name, quarter] = total(starts)
            self.program.at_most(total(starts), 1)
            self._order(name, one)
        self._lawful.clear()
        self._cures()


def run() -> None:
    """One firm a block of rows; times in milliseconds, gaps in per cent of the discounted gain."""
    here = commands.places()
    rows: list[Row] = []
    for file in commands.samples(here):
        pack, answers = commands.read_answers(here, file)
        request = Request(quarters=QUARTERS, stopped=STOPPED)
        rows += _firm(f"{file.parent.parent.name} {file.stem}", task_for(pack, answers, request))
    show("Roadmap (twelve quarters, default limits)", rows)


def _firm(name: str, task: Task) -> Iterator[Row]:
    begun = perf_counter()
    planner = Planner(task)
    first = planner.program.maximise(planner.score())
    proof = (perf_counter() - begun) * 1000
    best = plan_task(task)
    whole = Row(f"{name}: first proof of the optimum", [proof], note=f"{first.status}, {first.nodes} nodes")
    yield whole
    evaluator = Evaluator(task)
    floor = sum(discounts(QUARTERS)) * best.standings[0].low

    def gap(value: float) -> str:
        return f"{100 * (first.bound - value) / max(1.0, first.bound - floor):.2f} % below the optimum"

    began = perf_counter()
    schedule = _greedy(evaluator)
    spent = [(perf_counter() - began) * 1000]
    yield Row(f"{name}: greedy, gain for the money", spent, whole, gap(_value(evaluator, schedule)))
    with patch.object(solve, "Starts", PlainStarts):
        began = perf_counter()
        plain = Planner(task)
        goal = plain.score()
        found = plain.program.maximise(goal, node_limit=NODES)
        spent = [(perf_counter() - began) * 1000]
    value = solve.value_of(goal, found.values) if found.values else floor
    yield Row(f"{name}: HiGHS on start variables", spent, whole, f"{found.status}, {gap(value)}")
    changed = task.varied(replace(task.request, without=frozenset(list(best.schedule)[:1])))
    began = perf_counter()
    Planner(changed).solve(best.schedule)
    yield Row(f"{name}: planned anew without one action", [(perf_counter() - began) * 1000], whole)
    dragged = dict(best.schedule)
    last = best.actions[-1].id if best.actions else ""

    def drag() -> None:
        if last:
            dragged[last] = dragged[last] % QUARTERS + 1
        evaluator.evaluate(dragged)

    yield Row(f"{name}: answer while an action is dragged", timed(drag, 120))


def _value(evaluator: Evaluator, schedule: Schedule) -> int:
    rows = evaluator.standings(schedule)[evaluator.task.request.model][1:]
    return sum(w * row.low for w, row in zip(discounts(QUARTERS), rows, strict=True))


def _greedy(evaluator: Evaluator) -> Schedule:
    """Again and again the action, with what it lacks before it, that gives most for its money."""
    task = evaluator.task
    schedule: dict[str, int] = {}
    if needed_cures(task, schedule) and any(broken.code == "red-line" for broken in broken_limits(task, {})):
        return schedule
    while True:
        now, best = _value(evaluator, schedule), None
        for name in task.candidates:
            tried = _placed(task, schedule, name)
            if tried is None or len(tried) == len(schedule):
                continue
            cost = sum(task.candidates[one].price.net for one in tried.keys() - schedule.keys())
            worth = (_value(evaluator, tried) - now) / max(1, cost)
            if worth > 0 and (best is None or worth > best[0]):
                best = worth, tried
        if best is None:
            return schedule
        schedule = best[1]


def _placed(task: Task, schedule: Schedule, name: str) -> dict[str, int] | None:
    """The schedule with an action and its prerequisites at their earliest, or None where they don't fit."""
    found = dict(schedule)
    if name in found:
        return found
    for need in task.candidates[name].needs:
        if not any(other in found for other in need.any_of):
            before = _placed(task, found, need.any_of[0])
            if before is None:
                return None
            found = before
    for start in range(task.candidates[name].earliest, task.limits.quarters + 1):
        tried = {**found, name: start}
        if not broken_limits(task, tried):
            return tried
    return None
