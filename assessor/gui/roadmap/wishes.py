"""What the person at the window wants of a plan: the goal, the limits, and what was moved by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from assessor.answers.firm import size_class
from assessor.answers.model import Answers
from assessor.diagnosis import Diagnosis
from assessor.pack.model import Pack
from assessor.pack.reference import Size
from assessor.roadmap.clash import Change
from assessor.roadmap.money import tenths
from assessor.roadmap.request import (
    DEFAULT_MODEL,
    People,
    Request,
    Target,
    models_of,
    top_levels,
)

DEFAULT_QUARTERS = 8
"""Two years: as far as a small firm plans its spending (`expert`)."""


@dataclass(frozen=True)
class Wishes:
    """Empty limits take the defaults of the firm's size; `budget` in tenths of 万元 a year.

    `stopped` are red lines whose process the firm has decided to stop.
    """

    target: Target | None = None
    budget: int | None = None
    quarters: int = DEFAULT_QUARTERS
    parallel: int | None = None
    people: People | None = None
    pins: Mapping[str, int] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    stopped: frozenset[str] = frozenset()

    def request(self, pack: Pack, done: frozenset[str]) -> Request:
        """As the planner takes it; what a pack does not know any more is left out."""
        known = {action.id for action in pack.actions}
        return Request(
            model=self.target.model if self.target else self._model(pack),
            budget=self.budget,
            quarters=self.quarters,
            parallel=self.parallel,
            people=self.people,
            target=self.target,
            pins={name: at for name, at in self.pins.items() if at <= self.quarters and name not in done},
            without=self.without - done,
            done=done & known,
            stopped=self.stopped,
        )

    @staticmethod
    def _model(pack: Pack) -> str:
        names = [model.id for model in models_of(pack)]
        return DEFAULT_MODEL if DEFAULT_MODEL in names or not names else names[0]

    def pinned(self, name: str, quarter: int) -> "Wishes":
        """With an action held to a first quarter, and so not left out."""
        return replace(self, pins={**self.pins, name: quarter}, without=self.without - {name})

    def unpinned(self, name: str) -> "Wishes":
        """With an action free to move again."""
        return replace(self, pins={other: at for other, at in self.pins.items() if other != name})

    def switched(self, name: str, *, on: bool) -> "Wishes":
        """With an action left out, or open to the plan again."""
        if on:
            return replace(self, without=self.without - {name})
        return replace(self.unpinned(name), without=self.without | {name})

    def with_stopped(self, line: str, *, stopped: bool) -> "Wishes":
        """With a red line's process stopped by the firm's own decision, or kept going."""
        kept = self.stopped - {line}
        return replace(self, stopped=kept | {line} if stopped else kept)

    def changed_by(self, change: Change) -> "Wishes | None":
        """With the smallest change that lets there be a plan; None for one that can't be made here."""
        values = change.values
        match change.code:
            case "budget":
                return replace(self, budget=tenths(_decimal(values["need"])))
            case "parallel":
                return replace(self, parallel=int(str(values["need"])))
            case "people":
                return replace(self, people=People(int(str(values["it"])), int(str(values["ops"]))))
            case "level" if self.target is not None:
                return replace(self, target=replace(self.target, level=int(str(values["need"]))))
            case "pins":
                return replace(self, pins={})
            case _:
                return None


def _decimal(value: object) -> Decimal:
    return Decimal(str(value))


def wishes_of(plan: Mapping[str, Any]) -> Wishes:
    """What was wanted of a plan that was accepted, as far as its document says."""
    target, budget, people = plan.get("target"), plan.get("budget_wan"), plan.get("people")
    return Wishes(
        target=Target(target["model"], target["level"]) if target else None,
        budget=None if budget is None else tenths(_decimal(budget)),
        quarters=plan.get("quarters", DEFAULT_QUARTERS),
        parallel=plan.get("parallel"),
        people=People(people["it"], people["ops"]) if people else None,
    )


def goals_of(diagnosis: Diagnosis) -> Sequence[Target]:
    """The levels above today's that a plan can aim at, by model."""
    pack = diagnosis.pack
    today = {verdict.result.model.id: verdict.result.counting.level_low for verdict in diagnosis.verdicts}
    today |= {index.model.id: index.claimed.level_low for index in diagnosis.indexes}
    tops = top_levels(pack)
    return [
        Target(model, level)
        for model, level_now in today.items()
        if model in tops
        for level in range(max(1, level_now + 1), tops[model] + 1)
    ]


def size_of(answers: Answers) -> Size | None:
    """The firm's size, None while it is not known."""
    return size_class(answers)
