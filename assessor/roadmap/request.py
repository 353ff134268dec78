"""What is asked of a plan: the goal, the limits of money, people and time, and what a person has fixed.

Defaults marked `expert` in `docs/roadmap.md` §1 stand here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assessor.errors import Problem, raise_if
from assessor.pack.maturity import IndexModel, PointsModel
from assessor.pack.model import Pack
from assessor.pack.reference import Size
from assessor.roadmap.quarters import Quarter
from assessor.words import _

CostCase = Literal["low", "middle", "high"]
CASES: tuple[CostCase, ...] = ("low", "middle", "high")
TENTHS = 10
"""Money is counted in tenths of 万元, so that every sum is exact."""

DEFAULT_MODEL = "wanqi-ronghe"
LEAST_QUARTERS, MOST_QUARTERS = 4, 12


@dataclass(frozen=True, slots=True)
class People:
    """Own person-days a quarter: whoever looks after computers and automation, and operations."""

    it: int
    ops: int


PEOPLE: Mapping[Size, People] = {
    "micro": People(10, 20),
    "small": People(30, 60),
    "medium": People(90, 180),
    "large": People(90, 180),
}
PARALLEL: Mapping[Size, int] = {"micro": 2, "small": 3, "medium": 4, "large": 4}
BUDGET: Mapping[Size, int] = {"micro": 80, "small": 400, "medium": 2000, "large": 4000}
"""Tenths of 万元 a year, when nobody names a budget (`expert`)."""


@dataclass(frozen=True, slots=True)
class Target:
    """A level of a model to be held at the end of a quarter; the last one when none is named."""

    model: str
    level: int
    quarter: int | None = None


@dataclass(frozen=True)
class Request:
    """What is asked of a plan.

    `budget` in tenths of 万元 a year: None takes the default of the size, or no limit when there is a
    target. `pins` (action → first quarter) must be kept, `without` must stay out, `done` count as in
    place. `stopped` are red lines whose process the firm itself has decided to stop. `grants` (action →
    tenths of 万元 that are certain) lower an action's cost, never below nothing. `carry` lets unspent
    money of a year be spent later. `core` asks a target to come with at least two core process scenes at
    level 2 (`docs/roadmap.md` §7). `first` is the calendar quarter the plan begins in; by default the
    one after the assessment.
    """

    model: str = DEFAULT_MODEL
    budget: int | None = None
    quarters: int = MOST_QUARTERS
    parallel: int | None = None
    people: People | None = None
    cost: CostCase = "middle"
    target: Target | None = None
    pins: Mapping[str, int] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    stopped: frozenset[str] = frozenset()
    grants: Mapping[str, int] = field(default_factory=dict)
    carry: bool = False
    core: bool = True
    first: Quarter | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits as they hold for one firm; `budget` None is none."""

    quarters: int
    budget: int | None
    parallel: int
    people: People
    carry: bool = False


def limits_for(request: Request, size: Size) -> Limits:
    """The limits of a request, with the defaults of the firm's size."""
    budget = request.budget
    if budget is None and request.target is None:
        budget = BUDGET[size]
    return Limits(
        quarters=request.quarters,
        budget=budget,
        parallel=request.parallel or PARALLEL[size],
        people=request.people or PEOPLE[size],
        carry=request.carry,
    )


def check_request(pack: Pack, request: Request, date: str) -> None:
    """Refuse what can't be meant, all faults at once; `date` is the assessment's."""
    raise_if([*_model_problems(pack, request), *_limit_problems(request), *_action_problems(pack, request)])
    if request.first is not None and date and request.first.last_day.isoformat() < date:
        values = {"quarter": str(request.first), "date": date}
        raise_if([Problem("roadmap-past", "", values)])


def models_of(pack: Pack) -> tuple[IndexModel | PointsModel, ...]:
    """The models that a plan can be made for, the index first."""
    return (*pack.indexes, *pack.models)


def top_levels(pack: Pack) -> Mapping[str, int]:
    """Model → its highest level, for every model that a plan can be made for."""
    return {model.id: max(level.level for level in model.levels) for model in models_of(pack)}


def _model_problems(pack: Pack, request: Request) -> list[Problem]:
    tops = top_levels(pack)
    target = request.target
    asked = {request.model, *([target.model] if target else [])}
    known = _("、").join(tops)
    problems = [
        Problem("model-unknown", "", {"model": name, "known": known}) for name in sorted(asked - tops.keys())
    ]
    if target and target.model in tops and not 1 <= target.level <= tops[target.model]:
        values = {"model": target.model, "level": target.level, "top": tops[target.model]}
        problems.append(Problem("roadmap-target-level", "", values))
    return problems


def _limit_problems(request: Request) -> list[Problem]:
    problems = []
    if request.budget is not None and request.budget < 0:
        problems.append(Problem("roadmap-budget", "", {"budget": request.budget / TENTHS}))
    if not LEAST_QUARTERS <= request.quarters <= MOST_QUARTERS:
        problems.append(Problem("roadmap-quarters", "", {"quarters": request.quarters}))
    if request.parallel is not None and request.parallel < 1:
        problems.append(Problem("roadmap-parallel", "", {"parallel": request.parallel}))
    if request.people is not None and min(request.people.it, request.people.ops) < 0:
        problems.append(Problem("roadmap-people", "", {}))
    quarter = request.target.quarter if request.target else None
    if quarter is not None and not 1 <= quarter <= request.quarters:
        values = {"quarter": quarter, "quarters": request.quarters}
        problems.append(Problem("roadmap-target-quarter", "", values))
    return problems


def _action_problems(pack: Pack, request: Request) -> list[Problem]:
    actions = {action.id for action in pack.actions}
    named = (*request.pins, *sorted(request.without), *sorted(request.done))
    problems = [
        Problem("roadmap-action-unknown", "", {"id": name, "pack": pack.id, "version": pack.version})
        for name in dict.fromkeys(named)
        if name not in actions
    ]
    problems += [
        Problem("roadmap-pin-quarter", "", {"id": name, "quarter": start, "quarters": request.quarters})
        for name, start in request.pins.items()
        if not 1 <= start <= request.quarters
    ]
    problems += [
        Problem("roadmap-pin-without", "", {"id": name}) for name in request.pins if name in request.without
    ]
    return problems
