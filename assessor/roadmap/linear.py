"""The plan as a linear program: `X[a,t]`, an action has started by quarter t (`docs/roadmap.md` §5).

What follows from the starts (levels, ticks, bands, scores) hangs on them by rows that only ever hold it
down, so that the best solution rounds to nothing: it is what plain code finds for the same starts.
"""

from collections.abc import Sequence
from fractions import Fraction

from assessor.roadmap.candidates import Candidate
from assessor.roadmap.effects import Part
from assessor.roadmap.program import Line, Program, total
from assessor.roadmap.task import Schedule, Task

NOTHING = Line()


class Starts:
    """The variables of the starts, with the rows of order, money, people and red lines."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.program = Program()
        self.quarters = range(1, task.limits.quarters + 1)
        self.last = {name: task.limits.quarters - one.quarters + 1 for name, one in task.candidates.items()}
        self._started = {
            (name, quarter): self.program.variable(whole=True)
            for name, one in task.candidates.items()
            for quarter in range(one.earliest, self.last[name] + 1)
        }
        self._lawful: dict[str, Line] = {}
        for name, one in task.candidates.items():
            self._order(name, one)
        self._cures()

    # -- what has happened by a quarter ------------------------------------------------------------

    def started(self, name: str, quarter: int) -> Line:
        """Whether an action has started by a quarter."""
        if quarter < self.task.candidates[name].earliest:
            return NOTHING
        return self._started[name, min(quarter, self.last[name])]

    def finished(self, name: str, quarter: int) -> Line:
        """Whether an action is finished at the end of a quarter."""
        return self.started(name, quarter - self.task.candidates[name].quarters + 1)

    def runs(self, name: str, quarter: int) -> Line:
        """Whether an action is at work in a quarter."""
        before = self.started(name, quarter - self.task.candidates[name].quarters)
        return Line().add(self.started(name, quarter)).add(before, -1)

    def chosen(self, name: str) -> Line:
        """Whether an action is in the plan at all."""
        return self.started(name, self.last[name])

    def lawful(self, line_id: str) -> Line:
        """Whether a red line is put out the lawful, not the digital way."""
        return self._lawful[line_id]

    def counts(self, part: Part, quarter: int) -> Line:
        """Whether an effect counts at the end of a quarter."""
        own = self.finished(part.action, quarter - part.lag)
        if own.is_zero or not part.together:
            return own
        both = self.program.variable()
        for line in (own, *(self.finished(other, quarter) for other in part.together)):
            self.program.at_least(Line().add(line).add(both, -1))
        return both

    # -- rows --------------------------------------------------------------------------------------

    def _order(self, name: str, one: Candidate) -> None:
        for quarter in range(one.earliest, self.last[name] + 1):
            now = self._started[name, quarter]
            if quarter > one.earliest:
                self.program.at_least(Line().add(now).add(self._started[name, quarter - 1], -1))
            for need in one.needs:
                done = total([self.finished(other, quarter - 1 - need.wait) for other in need.any_of])
                self.program.at_least(done.add(now, -1))

    def pin(self) -> None:
        """Rows for the starts that a person has fixed."""
        for name, quarter in self.task.request.pins.items():
            if name in self.task.candidates:
                self.program.at_least(self.started(name, quarter), 1)
                self.program.at_most(self.started(name, quarter - 1), 0)

    def _cures(self) -> None:
        for remedy in self.task.remedies:
            way = self.program.variable(upper=float(remedy.lawful), whole=True)
            self._lawful[remedy.line.id] = way
            if not remedy.actions:
                self.program.at_least(way, 1)
            for name in remedy.actions:
                earliest = self.task.candidates[name].earliest
                self.program.at_least(Line().add(way).add(self.started(name, earliest)), 1)

    def limit_people(self, *, it: Line | None, ops: Line | None) -> None:
        """Rows for own person-days a quarter; None leaves them free."""
        everyone = self.task.candidates
        for days, most in (("it", it), ("ops", ops)):
            if most is None:
                continue
            for quarter in self.quarters:
                load = Line()
                for name, one in everyone.items():
                    load.add(self.runs(name, quarter), getattr(one, days) / one.quarters)
                self.program.at_most(load.add(most, -1))

    def limit_parallel(self, most: Line) -> None:
        """Rows for actions at work at once."""
        for quarter in self.quarters:
            at_work = total([self.runs(name, quarter) for name in self.task.candidates])
            self.program.at_most(at_work.add(most, -1))

    def limit_budget(self, most: Line) -> None:
        """Rows for money a year, or for what has come together by then where it may be carried."""
        spent = Line()
        for year, quarters in enumerate(years(self.task.limits.quarters), 1):
            carry = self.task.limits.carry
            spent = Line().add(spent) if carry else Line()
            for quarter in quarters:
                spent.add(self.cash(quarter))
            self.program.at_most(Line().add(spent).add(most, -(year if carry else 1)))

    def cash(self, quarter: int) -> Line:
        """Money paid in a quarter, in tenths of 万元."""
        paid = Line()
        for name, one in self.task.candidates.items():
            paid.add(self.runs(name, quarter), Fraction(one.price.net, one.quarters))
        for remedy in self.task.remedies:
            if quarter <= remedy.quarters:
                paid.add(self.lawful(remedy.line.id), Fraction(remedy.cost, remedy.quarters))
        return paid

    def cost(self) -> Line:
        """What the plan costs in all."""
        paid = Line()
        for name, one in self.task.candidates.items():
            paid.add(self.chosen(name), one.price.net)
        for remedy in self.task.remedies:
            paid.add(self.lawful(remedy.line.id), remedy.cost)
        return paid

    def finishes(self) -> Line:
        """The sum of the quarters in which actions finish."""
        found = Line()
        for name, one in self.task.candidates.items():
            found.add(self.chosen(name), self.last[name] + one.quarters)
            for quarter in range(one.earliest, self.last[name] + 1):
                found.add(self._started[name, quarter], -1)
        return found

    def precede(self, schedule: Schedule) -> Line:
        """Allow only schedules that come before one: the first action by id that differs starts earlier.

        Gives a goal that is greatest where that action comes first among the ids.
        """
        goal, differs, first = Line(), Line(), Line()
        ids = sorted(self.task.candidates)
        for place, name in enumerate(ids):
            start = schedule.get(name, self.last[name] + 1)
            if start > self.task.candidates[name].earliest:
                here = self.program.variable(whole=True)
                self.program.at_least(Line().add(self.started(name, start - 1)).add(here, -1))
                goal.add(here, len(ids) - place)
                differs = Line().add(differs).add(here)
                first.add(here)
            for quarter in range(self.task.candidates[name].earliest, self.last[name] + 1):
                change = Line(1).add(self.started(name, quarter), -1)
                if start > quarter:
                    change = Line().add(self.started(name, quarter))
                self.program.at_least(Line().add(differs).add(change, -1))
        self.program.at_least(first, 1)
        self.program.at_most(first, 1)
        return goal

    def hold(self, schedule: Schedule) -> None:
        """Allow one very schedule."""
        for (name, quarter), line in self._started.items():
            held = schedule.get(name, self.last[name] + 1) <= quarter
            (self.program.at_least if held else self.program.at_most)(line, int(held))

    def read(self, values: Sequence[float]) -> Schedule:
        """The schedule that a solution stands for."""
        schedule: dict[str, int] = {}
        for (name, quarter), line in self._started.items():
            (index,) = line.terms
            if name not in schedule and values[index] > 0.5:
                schedule[name] = quarter
        return schedule


def years(quarters: int) -> list[range]:
    """The quarters of each year of a plan."""
    return [range(first, min(first + 4, quarters + 1)) for first in range(1, quarters + 1, 4)]
