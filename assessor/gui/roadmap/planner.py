"""Plans worked out beside the window: the newest question only, each answer as soon as it is there."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from assessor.answers.model import Answers
from assessor.errors import UserError
from assessor.gui import background
from assessor.pack.model import Pack
from assessor.roadmap.curve import Point, curve
from assessor.roadmap.evaluate import Evaluator
from assessor.roadmap.granted import plan_with_grants
from assessor.roadmap.plan import Roadmap, no_regret
from assessor.roadmap.program import interruptible
from assessor.roadmap.request import Request
from assessor.roadmap.task import Schedule


@dataclass(frozen=True)
class Planned:
    """A plan, and who looks at other schedules of the same task; used in one thread at a time."""

    roadmap: Roadmap
    evaluator: Evaluator


def work_out(pack: Pack, answers: Answers, request: Request, near: Schedule | None, stop: Event) -> Planned:
    """The best plan; runs beside the window, and gives up when it is told to stop."""
    with interruptible(stop.is_set):
        roadmap = plan_with_grants(pack, answers, request, near)
        return Planned(roadmap, Evaluator(roadmap.task))


def make_sure(roadmap: Roadmap, stop: Event) -> frozenset[str]:
    """What is in the plan at any cost."""
    with interruptible(stop.is_set):
        return no_regret(roadmap)


def trade_off(roadmap: Roadmap, stop: Event) -> tuple[Point, ...]:
    """What more money buys."""
    with interruptible(stop.is_set):
        return curve(roadmap.task)


class Planner(QObject):
    """A new question gives up the old one, whose work ends within a moment.

    `planned` carries a `Planned`, `refused` a `UserError`; `sure` and `curved` what was found out besides
    for the plan shown last.
    """

    planned = Signal(object)
    refused = Signal(object)
    sure = Signal(object)
    curved = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = QElapsedTimer()
        self._jobs: dict[str, background.Job] = {}
        self._stop = Event()

    @property
    def is_planning(self) -> bool:
        """Whether a plan is being worked out."""
        return "plan" in self._jobs

    @property
    def is_busy(self) -> bool:
        """Whether anything is being worked out."""
        return bool(self._jobs)

    @property
    def is_curving(self) -> bool:
        """Whether the trade-off is being worked out."""
        return "curve" in self._jobs

    @property
    def seconds(self) -> int:
        """How long the plan has been worked on."""
        return self._clock.elapsed() // 1000 if self.is_planning else 0

    def ask(self, pack: Pack, answers: Answers, request: Request, near: Schedule | None) -> None:
        """Work out another plan."""
        self.stop()
        self._clock.start()
        self._begin("plan", self._planned, work_out, pack, answers, request, near)

    def ask_curve(self, roadmap: Roadmap) -> None:
        """Work out what more money buys, for the plan that is shown."""
        if not self.is_curving:
            self._begin("curve", self.curved.emit, trade_off, roadmap)

    def stop(self) -> None:
        """Give up whatever is under way."""
        self._stop.set()
        self._stop = Event()
        self._jobs = {}

    def _planned(self, found: Planned) -> None:
        self.planned.emit(found)
        if found.roadmap.clash is None and not self.is_planning:
            self._begin("sure", self.sure.emit, make_sure, found.roadmap)

    def _begin(self, name: str, done: Callable[[Any], object], work: Callable[..., Any], *given: Any) -> None:
        def end(outcome: background.Outcome) -> None:
            if self._jobs.get(name) is not job:
                return  # another question was asked since
            del self._jobs[name]
            if isinstance(outcome.error, UserError):
                self.refused.emit(outcome.error)
            elif outcome.error is not None:
                raise outcome.error
            else:
                done(outcome.value)

        job = background.start(self, end, work, *given, self._stop)
        self._jobs[name] = job
