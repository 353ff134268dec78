"""The best plan for a firm, checked against every limit by plain code and rescored by the engine."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from assessor.answers.model import Answers
from assessor.errors import Problem, raise_if
from assessor.pack.action import Action
from assessor.pack.model import Pack
from assessor.roadmap.burden import needed_cures
from assessor.roadmap.candidates import Reason
from assessor.roadmap.checking import broken_limits
from assessor.roadmap.clash import Clash, clash_of
from assessor.roadmap.cures import Remedy
from assessor.roadmap.effects import Gained
from assessor.roadmap.evaluate import Evaluation, Evaluator, Standing
from assessor.roadmap.explain import LeftOut, Planned, left_out, planned
from assessor.roadmap.grants import NO_CLAIM, Claim
from assessor.roadmap.program import NODE_LIMIT, Status
from assessor.roadmap.request import CASES, TENTHS, CostCase, Request
from assessor.roadmap.solve import Found, Planner, discounts
from assessor.roadmap.task import Schedule, Task, task_for
from assessor.scoring.index_verdict import score_indexes
from assessor.scoring.result import score_all
from assessor.words import _


class PromiseError(AssertionError):
    """The plan promised other figures than the engine gives: a defect of the program, never the user's."""


@dataclass(frozen=True)
class Cured:
    """How a red line is put out: by `actions` of the plan, or (none) the lawful way at `cost` tenths."""

    remedy: Remedy
    actions: tuple[str, ...]
    cost: int


@dataclass(frozen=True)
class Roadmap:
    """A plan with its proof.

    `gap_percent` is how much more discounted gain could at most be had (or money saved), 0 when proven,
    None without a bound. Everything per quarter stands in `evaluation`. `before` and `after` are answers
    ready to be scored. `paper_cost` (tenths of 万元) is what the target would cost without its core
    process scenes, a level on paper; None where nothing is saved. `claim` is where the grants come from
    that the net cost counts (`assessor.roadmap.granted`). Without a plan `status` is
    `infeasible`, `clash` says why and the rest is empty.
    """

    task: Task
    status: Status
    gap_percent: float | None
    evaluation: Evaluation
    actions: tuple[Planned, ...]
    left_out: tuple[LeftOut, ...]
    cures: tuple[Cured, ...]
    before: Answers
    after: Answers
    clash: Clash | None = None
    paper_cost: int | None = None
    claim: Claim = NO_CLAIM

    @property
    def schedule(self) -> Schedule:
        """Action → first quarter."""
        return self.evaluation.schedule

    @property
    def request(self) -> Request:
        """What was asked."""
        return self.task.request

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The planned model today and at the end of each quarter."""
        return self.evaluation.standings[self.task.request.model]

    @property
    def gain(self) -> int:
        """Thousandths of a point won by the last quarter."""
        return self.standings[-1].low - self.standings[0].low

    @property
    def gain_discounted(self) -> float:
        """The same over all quarters, each at its worth; thousandths."""
        today, worth = self.standings[0].low, discounts(self.task.limits.quarters)
        return sum(w * (s.low - today) for w, s in zip(worth, self.standings[1:], strict=True)) / 1000

    def total(self, case: CostCase) -> int:
        """What the plan costs in tenths of 万元 before grants, at `low`, `middle` or `high` cost."""
        return sum(one.candidate.price.of(case) for one in self.actions) + sum(c.cost for c in self.cures)

    @property
    def net_total(self) -> int:
        """What the firm pays, in tenths of 万元."""
        return sum(one.candidate.price.net for one in self.actions) + sum(cure.cost for cure in self.cures)

    @cached_property
    def at_high_cost(self) -> Evaluation:
        """The same schedule when everything costs its high end."""
        task = self.task.varied(replace(self.task.request, cost="high"))
        return Evaluator(task).evaluate(self.schedule)

    @property
    def survives_high(self) -> bool:
        """Whether the plan keeps its budget when everything costs its high end."""
        return self.at_high_cost.feasible


def plan(
    pack: Pack,
    answers: Answers,
    request: Request,
    near: Schedule | None = None,
    node_limit: int = NODE_LIMIT,
) -> Roadmap:
    """The best plan for a firm. `near`, a plan to begin from, changes speed, not the result."""
    return plan_task(task_for(pack, answers, request), near, node_limit)


def plan_task(task: Task, near: Schedule | None = None, node_limit: int = NODE_LIMIT) -> Roadmap:
    """The best plan of a task."""
    check_pins(task)
    found = Planner(task).solve(near, node_limit)
    if found is None:
        return _without_plan(task)
    evaluator = Evaluator(task)
    evaluation = evaluator.evaluate(found.schedule)
    found = _as_found(task, evaluation, found)
    _check(task, evaluation, found)
    return Roadmap(
        task=task,
        status="optimal" if found.proven else "feasible",
        gap_percent=_gap(task, evaluation, found),
        evaluation=evaluation,
        actions=planned(evaluator, evaluation),
        left_out=left_out(task, found.schedule),
        cures=_cured(task, found.schedule),
        before=task.start.answers,
        after=task.future.answers(task.gained(found.schedule, task.limits.quarters)),
        paper_cost=_paper_cost(task, found, node_limit),
    )


def check_pins(task: Task) -> None:
    """Refuse a start that a person has fixed and that can never be."""
    problems = []
    for name, quarter in task.request.pins.items():
        one = task.candidates.get(name)
        if one is None:
            reason = task.offers.left_out.get(name, Reason("in-place"))
            values = {"id": name, "reason": LeftOut(_action(task, name), reason).text}
            problems.append(Problem("roadmap-pin-left-out", "", values))
        elif quarter < one.earliest:
            problems.append(
                Problem("roadmap-pin-early", "", {"id": name, "quarter": quarter, "earliest": one.earliest})
            )
        else:
            problems += [
                Problem("roadmap-pin-order", "", {"id": name, "quarter": quarter, "other": other})
                for need in one.needs
                for other in need.any_of
                if len(need.any_of) == 1
                and other in task.request.pins
                and task.request.pins[other] + task.candidates[other].quarters + need.wait > quarter
            ]
    raise_if(problems)


def _action(task: Task, name: str) -> Action:
    return next(action for action in task.start.pack.actions if action.id == name)


def _without_plan(task: Task) -> Roadmap:
    evaluation = Evaluator(task).evaluate({})
    return Roadmap(
        task=task,
        status="infeasible",
        gap_percent=None,
        evaluation=evaluation,
        actions=(),
        left_out=left_out(task, {}),
        cures=(),
        before=task.start.answers,
        after=task.start.answers,
        clash=clash_of(task),
    )


def _cured(task: Task, schedule: Schedule) -> tuple[Cured, ...]:
    lawful = needed_cures(task, schedule)
    return tuple(
        Cured(remedy, (), remedy.cost) if remedy.line.id in lawful else Cured(remedy, remedy.actions, 0)
        for remedy in task.remedies
    )


def _paper_cost(task: Task, found: Found, node_limit: int) -> int | None:
    if task.request.target is None or not task.request.core:
        return None
    paper = Planner(task, ["core"]).solve(node_limit=node_limit, settle=False)
    return -paper.value if paper is not None and paper.value > found.value else None


def _gap(task: Task, evaluation: Evaluation, found: Found) -> float:
    """How much better another plan could at most be, in per cent."""
    if found.proven:
        return 0.0
    more = max(0.0, found.bound - found.value)
    if task.request.target is not None:
        return 100 * more / max(1, -found.value)
    worth = discounts(task.limits.quarters)
    today = evaluation.standings[task.request.model][0].low
    return 100 * more / max(1, found.value - sum(worth) * today)


# -- what was promised must be so ------------------------------------------------------------------


def _as_found(task: Task, evaluation: Evaluation, found: Found) -> Found:
    """A search that was cut short may find better while it breaks ties; what it found last counts."""
    if found.proven:
        return found
    return replace(found, value=max(found.value, _value(task, evaluation)))


def _check(task: Task, evaluation: Evaluation, found: Found) -> None:
    broken = broken_limits(task, found.schedule)
    if broken:
        raise PromiseError(_("；").join(one.text for one in broken))
    promised = _value(task, evaluation)
    if promised != found.value:
        raise PromiseError(f"{promised} != {found.value}")
    _check_engine(task, evaluation)
    target = task.request.target
    if target is not None:
        reached = evaluation.standings[target.model][target.quarter or task.limits.quarters].level_low
        if reached < target.level:
            raise PromiseError(f"{target.model} {reached} < {target.level}")


def _value(task: Task, evaluation: Evaluation) -> int:
    """What the goal comes to by plain code."""
    if task.request.target is not None:
        return -round(sum(evaluation.cash) * TENTHS)
    worth = discounts(task.limits.quarters)
    scores = evaluation.standings[task.request.model][1:]
    return sum(w * s.low for w, s in zip(worth, scores, strict=True))


def _check_engine(task: Task, evaluation: Evaluation) -> None:
    """Every model at the end of every quarter, scored whole from the lifted answers."""
    known: dict[frozenset[Gained], Mapping[str, Standing]] = {}
    for quarter in range(1, task.limits.quarters + 1):
        gained = task.gained(evaluation.schedule, quarter)
        if gained not in known:
            known[gained] = standings_by_engine(task.start.pack, task.future.answers(gained))
        for model, rows in evaluation.standings.items():
            if rows[quarter] != known[gained][model]:
                raise PromiseError(f"{model} {quarter}: {rows[quarter]} != {known[gained][model]}")


def standings_by_engine(pack: Pack, answers: Answers) -> Mapping[str, Standing]:
    """Every model as the whole engine scores answers that are ready to be scored."""
    found = {}
    for index in score_indexes(pack, answers):
        side, span = index.claimed, index.claimed.span
        ends = (span.low, span.high) if span else (-1, -1)
        found[index.model.id] = Standing(*ends, side.level_low, side.level_high)
    for result in score_all(pack, answers):
        side_of = result.claimed
        span_of = side_of.span
        found[result.model.id] = Standing(span_of.low, span_of.high, side_of.level_low, side_of.level_high)
    return found


def no_regret(roadmap: Roadmap, node_limit: int = NODE_LIMIT) -> frozenset[str]:
    """The actions that are in the best plan at low, middle and high cost alike.

    At the other costs, of plans that are equally good one of the cheapest is looked at: which starts it
    has does not matter here.
    """
    chosen = []
    for case in CASES:
        if case == roadmap.request.cost:
            chosen.append(frozenset(roadmap.schedule))
            continue
        task = roadmap.task.varied(replace(roadmap.request, cost=case))
        found = Planner(task).solve(node_limit=node_limit, settle=False)
        chosen.append(frozenset(found.schedule) if found else frozenset())
    return frozenset.intersection(*chosen)
