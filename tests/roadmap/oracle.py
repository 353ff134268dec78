"""Every possible schedule, tried one by one: the plan that the solver must find.

Written from `docs/roadmap.md` and apart from the solver: own order of actions, own sums of money and
days; scores by the whole engine on the lifted answers.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import ceil

from assessor.answers.firm import size_class
from assessor.answers.model import Answers
from assessor.pack.model import Pack
from assessor.roadmap.future import lift
from assessor.roadmap.plan import standings_by_engine
from assessor.roadmap.request import Request
from tests.roadmap.firms import action_of

Schedule = Mapping[str, int]
WORTH = (1000, 980, 960, 941, 922, 904)


class Oracle:
    """All schedules of some actions for one firm. Red lines are left to tests of their own."""

    def __init__(self, pack: Pack, answers: Answers, names: list[str], request: Request) -> None:
        self._pack, self._answers, self._request = pack, answers, request
        size = size_class(answers)
        assert size is not None and size != "large"
        self.names = sorted(names)
        self._actions = {name: action_of(pack, name) for name in names}
        self._length = {name: max(1, ceil(one.months[size] / 3)) for name, one in self._actions.items()}
        self._days = {name: one.person_days[size] for name, one in self._actions.items()}
        self._cost = {name: _middle(*one.cost_wan[size]) for name, one in self._actions.items()}
        self._known: dict[frozenset[str], tuple[int, int]] = {}

    def best(self) -> tuple[int, Schedule] | None:
        """The best value and its schedule, ties broken as the definition says; None when none is allowed."""
        target = self._request.target
        found = None
        for schedule in self._all():
            if target is not None and not self._reaches(schedule):
                continue
            cost = sum(self._cost[name] for name in schedule)
            value = self._value(schedule) if target is None else -cost
            finish = sum(start + self._length[name] - 1 for name, start in schedule.items())
            order = tuple(schedule.get(name, 99) for name in self.names)
            key = (-value, cost, finish, order)
            if found is None or key < found[0]:
                found = key, value, schedule
        return None if found is None else (found[1], found[2])

    def _all(self) -> Iterator[Schedule]:
        quarters = self._request.quarters
        for starts in product(range(quarters + 1), repeat=len(self.names)):
            schedule = {name: start for name, start in zip(self.names, starts, strict=True) if start}
            if self._is_allowed(schedule):
                yield schedule

    def _is_allowed(self, schedule: Schedule) -> bool:
        quarters, request = self._request.quarters, self._request
        assert request.people is not None and request.parallel is not None and request.budget is not None
        end = {name: start + self._length[name] - 1 for name, start in schedule.items()}
        if any(last > quarters for last in end.values()):
            return False
        for name, start in schedule.items():
            action = self._actions[name]
            for entry in action.prerequisites:
                known = [other for other in entry if other in self._actions]
                done = [end[other] for other in known if other in end]
                if known and not any(last + action.wait_quarters < start for last in done):
                    return False
        for quarter in range(1, quarters + 1):
            busy = [name for name, start in schedule.items() if start <= quarter <= end[name]]
            it = sum(Fraction(self._days[name].it) / self._length[name] for name in busy)
            ops = sum(Fraction(self._days[name].ops) / self._length[name] for name in busy)
            if len(busy) > request.parallel or it > request.people.it or ops > request.people.ops:
                return False
        for year in range(0, quarters, 4):
            paid = sum(
                Fraction(self._cost[name], self._length[name])
                for name, start in schedule.items()
                for quarter in range(start, end[name] + 1)
                if year < quarter <= year + 4
            )
            if paid > request.budget:
                return False
        return True

    def _value(self, schedule: Schedule) -> int:
        quarters = range(1, self._request.quarters + 1)
        return sum(WORTH[q - 1] * self._standing(schedule, q)[0] for q in quarters)

    def _reaches(self, schedule: Schedule) -> bool:
        target = self._request.target
        assert target is not None
        return self._standing(schedule, target.quarter or self._request.quarters)[1] >= target.level

    def _standing(self, schedule: Schedule, quarter: int) -> tuple[int, int]:
        done = frozenset(
            name
            for name, start in schedule.items()
            if start + self._length[name] - 1 + self._actions[name].lag_quarters <= quarter
        )
        if done not in self._known:
            risen = lift(self._pack, self._answers, [self._actions[name] for name in done])
            target = self._request.target
            found = standings_by_engine(self._pack, risen)
            level = found[target.model].level_low if target else 0
            self._known[done] = found[self._request.model].low, level
        return self._known[done]


def _middle(low: object, high: object) -> int:
    """The middle in tenths, half up."""
    return int((Fraction(str(low)) + Fraction(str(high))) * 5 + Fraction(1, 2))
