"""One firm's planning task: everything that is settled before anything is solved."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assessor.answers.model import Answers
from assessor.pack.model import Pack
from assessor.pack.rule import RedLine
from assessor.roadmap.candidates import Candidate, Offers, offers
from assessor.roadmap.cures import Remedy, lit_lines, remedies
from assessor.roadmap.effects import Gained
from assessor.roadmap.future import Future
from assessor.roadmap.quarters import Quarter, quarter_after
from assessor.roadmap.request import Limits, Request, check_request, limits_for
from assessor.roadmap.situation import Situation, situation

Schedule = Mapping[str, int]
"""Action → the quarter in which it starts, counted from 1."""


@dataclass(frozen=True)
class Task:
    """A firm, what is asked, and what there is to choose from.

    `lines` are all broken red lines, `remedies` the ways out of those that a plan can put out.
    """

    start: Situation
    request: Request
    limits: Limits
    future: Future
    offers: Offers
    lines: tuple[RedLine, ...]
    remedies: tuple[Remedy, ...]
    first: Quarter | None

    @cached_property
    def candidates(self) -> Mapping[str, Candidate]:
        """The actions a plan may choose, in the pack's order."""
        return self.offers.candidates

    def finish(self, name: str, start: int) -> int:
        """The quarter at whose end an action is finished."""
        return start + self.candidates[name].quarters - 1

    def gained(self, schedule: Schedule, quarter: int) -> frozenset[Gained]:
        """What has been gained by the end of a quarter."""
        done = {name: self.finish(name, start) for name, start in schedule.items()}
        return frozenset(
            one
            for name, finish in done.items()
            for part in self.candidates[name].parts
            if finish + part.lag <= quarter
            and all(done.get(other, quarter + 1) <= quarter for other in part.together)
            for one in part.gives
        )

    def all_gained(self, names: Iterable[str]) -> frozenset[Gained]:
        """What these actions give, all finished."""
        ids: Collection[str] = frozenset(names)
        return frozenset(
            one
            for name in ids
            for part in self.candidates[name].parts
            if all(other in ids for other in part.together)
            for one in part.gives
        )

    def varied(self, request: Request) -> "Task":
        """The same firm, asked something else."""
        return _task(self.start, self.future, request)


def task_for(pack: Pack, answers: Answers, request: Request) -> Task:
    """The task of a firm; `UserError` for what can't be meant or is not known."""
    check_request(pack, request, answers.date)
    start = situation(pack, answers)
    return _task(start, Future(start), request)


def _task(start: Situation, future: Future, request: Request) -> Task:
    check_request(start.pack, request, start.answers.date)
    lines = tuple(line for line in lit_lines(start) if line.id not in request.stopped)
    offered = offers(future, request, {name for line in lines for name in line.digital_cure})
    date = start.answers.date
    first = request.first or (quarter_after(date) if date else None)
    return Task(
        start=start,
        request=request,
        limits=limits_for(request, start.size),
        future=future,
        offers=offered,
        lines=lines,
        remedies=remedies(lines, offered),
        first=first,
    )
