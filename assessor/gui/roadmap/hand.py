"""The plan as a person has moved it, until the planner has an answer: its scores, money and broken limits."""

from collections.abc import Mapping
from dataclasses import replace

from assessor.gui.roadmap.planner import Planned
from assessor.report.charts.gantt import Gantt, gantt_of
from assessor.report.roadmap_words import verdict_text
from assessor.roadmap.evaluate import Evaluation


class Hand:
    """One plan and what was done to it. `moved` names the bar that was moved last, empty when none was."""

    def __init__(self, planned: Planned) -> None:
        self.planned = planned
        self.kept: frozenset[str] = frozenset()
        self.back()

    def back(self) -> None:
        """Everything as the plan has it."""
        self.moved = ""
        self._schedule = dict(self.planned.roadmap.schedule)
        self._settled = dict(self._schedule)
        self.evaluation: Evaluation = self.planned.roadmap.evaluation

    def move(self, name: str, quarter: int) -> None:
        """Look at the plan with one action elsewhere. A pin is a wish, not a limit that it could break."""
        self.moved = name
        self._schedule = {**self._schedule, name: quarter}
        found = self.planned.evaluator.evaluate(self._schedule)
        broken = tuple(one for one in found.broken if one.code != "pin")
        self.evaluation = replace(found, broken=broken)

    def let_go(self) -> None:
        """Keep the bar where it is now."""
        self._settled = dict(self._schedule)

    def undo(self) -> None:
        """The bar in hand goes back to where it was taken up."""
        if self._settled == dict(self.planned.roadmap.schedule):
            self.back()
        elif self.moved:
            self._schedule = dict(self._settled)
            self.move(self.moved, self._settled[self.moved])

    @property
    def limits(self) -> tuple[str, ...]:
        """The broken limits in words."""
        return tuple(one.text for one in self.evaluation.broken)

    @property
    def verdict(self) -> str:
        """The plan as it lies there, in one sentence."""
        return verdict_text(self.planned.roadmap, self.evaluation)

    def view(self, pins: Mapping[str, int]) -> Gantt:
        """What is drawn; `pins` are those that are wanted now."""
        return gantt_of(self.planned.roadmap, self.evaluation, self.kept, self.moved, pins)
