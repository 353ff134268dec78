"""A plan with what people ask of it next: what is right at any cost, and what other money would buy."""

from dataclasses import dataclass

from assessor.answers.model import Answers
from assessor.pack.model import Pack
from assessor.roadmap.curve import Point, few_points
from assessor.roadmap.granted import plan_with_grants
from assessor.roadmap.plan import Roadmap, no_regret
from assessor.roadmap.request import Request


@dataclass(frozen=True, slots=True)
class Made:
    """A plan, the actions that are right at any cost, and points of the curve where they were asked for."""

    roadmap: Roadmap
    kept: frozenset[str] = frozenset()
    curve: tuple[Point, ...] | None = None


def make_roadmap(pack: Pack, answers: Answers, request: Request) -> Made:
    """The plan as a report tells it: with certain grants, its no-regret actions and a few other budgets.

    `UserError` for what can't be meant or is not known. Takes some seconds.
    """
    found = plan_with_grants(pack, answers, request)
    if found.clash is not None:
        return Made(found)
    return Made(found, no_regret(found), few_points(found))
