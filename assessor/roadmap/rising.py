"""Levels, ticks, rungs and units in the linear program, for one quarter at a time.

The mirror of `future`: what that finds in plain code, these rows allow at most.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations
from math import lcm

from assessor.pack.question import Question, RatioQuestion, SingleQuestion
from assessor.roadmap.effects import DIGITAL, NETWORKED, SYSTEMS, Gained, Kind, Part
from assessor.roadmap.future import Future
from assessor.roadmap.linear import NOTHING, Starts
from assessor.roadmap.program import Line, total
from assessor.scoring.compiled import TOP_LEVEL

ONE = Line(1)


class Rising:
    """What may have risen by the end of one quarter."""

    def __init__(self, starts: Starts, quarter: int) -> None:
        self._starts, self._program, self._quarter = starts, starts.program, quarter
        self._future: Future = starts.task.future
        self._parts: dict[Part, Line] = {}
        self._gained: dict[Gained, Line] = {}
        self._levels: dict[tuple[str, int], Line] = {}
        self._ladders: dict[str, list[Line]] = {}

    @cached_property
    def _providers(self) -> Mapping[Gained, tuple[Part, ...]]:
        found: dict[Gained, list[Part]] = {}
        for one in self._starts.task.candidates.values():
            for part in one.parts:
                for gained in part.gives:
                    found.setdefault(gained, []).append(part)
        return {gained: tuple(parts) for gained, parts in found.items()}

    @cached_property
    def _reachable(self) -> Mapping[str, int]:
        """How far each level could rise at the very most."""
        return self._future.risen_levels(self._providers.keys())

    def gained(self, one: Gained) -> Line:
        """Whether one thing has been gained, from whichever action."""
        if one not in self._gained:
            self._gained[one] = self._any(self._providers.get(one, ()))
        return self._gained[one]

    def _any(self, parts: Iterable[Part]) -> Line:
        lines = [line for line in map(self._counts, parts) if not line.is_zero]
        if len(lines) <= 1:
            return lines[0] if lines else NOTHING
        found = self._program.variable()
        self._program.at_least(total(lines).add(found, -1))
        return found

    def _counts(self, part: Part) -> Line:
        if part not in self._parts:
            self._parts[part] = self._starts.counts(part, self._quarter)
        return self._parts[part]

    def _of(self, kind: Kind, question: str) -> list[Gained]:
        return [one for one in self._providers if one.kind == kind and one.question == question]

    # -- levels ------------------------------------------------------------------------------------

    def level(self, name: str, level: int) -> Line:
        """Whether a level question stands at a level or above; nothing where it is blank."""
        today = self._future.levels.get(name)
        if today is None or level > self._reachable[name]:
            return NOTHING
        if level <= today:
            return ONE
        key = name, level
        if key not in self._levels:
            self._levels[key] = NOTHING  # stands while the level is built from what is below
            self._levels[key] = self._built_level(name, level)
        return self._levels[key]

    def _built_level(self, name: str, level: int) -> Line:
        ways = [self.gained(Gained("level", name, level)), self._proposed(name, level)]
        ways = [way for way in ways if not way.is_zero]
        bounds = [self.level(name, level - 1)]
        bounds += [self.level(*need) for need in self._future.needs.get((name, level), {}).items()]
        if not ways or any(bound.is_zero for bound in bounds):
            return NOTHING
        found = self._program.variable()
        self._program.at_least(total(ways).add(found, -1))
        for bound in bounds:
            if bound is not ONE:
                self._program.at_least(Line().add(bound).add(found, -1))
        return found

    def _proposed(self, name: str, level: int) -> Line:
        rule = self._future.follows.get(name)
        if rule is None or level == TOP_LEVEL:
            return NOTHING
        scenes = [self.level(scene, level) for scene in rule.scenes]
        every = rule.needed == len(scenes)
        if every and any(scene.is_zero for scene in scenes):
            return NOTHING
        found = self._program.variable(whole=not every)
        if every:
            for scene in scenes:
                self._program.at_least(Line().add(scene).add(found, -1))
        else:
            self._program.at_least(total(scenes).add(found, -rule.needed))
        return found

    # -- ticks, ladders, bands ---------------------------------------------------------------------

    def tick(self, name: str, option: str) -> Line:
        """Whether an option is ticked that is not ticked today; nothing where the question is blank."""
        value = self._future.value(name)
        if not isinstance(value, tuple) or option in value:
            return NOTHING
        return self.gained(Gained("tick", name, option))

    def above(self, question: Question) -> list[Line]:
        """Whether each state above today's is reached, lowest first; for ladders and ratios with bands."""
        if question.id not in self._ladders:
            if question.id == SYSTEMS:
                found = self._system_rungs()
            elif isinstance(question, SingleQuestion):
                found = self._rungs(question.id, len(question.options))
            else:
                found = self._bands(question.id) if isinstance(question, RatioQuestion) else []
            self._ladders[question.id] = found
        return self._ladders[question.id]

    def _rungs(self, name: str, count: int) -> list[Line]:
        place = self._future.rung(name)
        found: list[Line] = []
        if place is None:
            return found
        for rung in range(place + 1, count):
            way = self.gained(Gained("rung", name, rung))
            if way.is_zero:
                break
            reached = self._program.variable()
            self._program.at_least(Line().add(way).add(reached, -1))
            if found:
                self._program.at_least(Line().add(found[-1]).add(reached, -1))
            found.append(reached)
        return found

    def _system_rungs(self) -> list[Line]:
        """For the question of how many steps run in a system: by counting steps."""
        today = self._future.value(SYSTEMS)
        counts = self._future.step_counts
        if not isinstance(today, str):
            return []
        known = self._future.steps or frozenset()
        steps = total([self.gained(one) for one in self._of("step", SYSTEMS) if one.which not in known])
        rungs = sorted(count for count in counts.values() if count > counts[today])
        return self._in_order(self._reached([(steps, Fraction(least - len(known)))]) for least in rungs)

    def _reached(self, rises: Sequence[tuple[Line, Fraction]]) -> Line:
        """Whether every sum of gains comes to what is needed.

        A gain counts for no more than what is needed, so that half an action is not half of what two
        would have given in vain; where each gain is enough by itself nothing is left to round.
        """
        if any(sum(gains.terms.values()) < need for gains, need in rises):
            return NOTHING
        enough = all(value >= need for gains, need in rises for value in gains.terms.values())
        reached = self._program.variable(whole=not enough)
        for gains, need in rises:
            counted = Line(0, {name: min(value, need) for name, value in gains.terms.items()})
            self._program.at_least(counted.add(reached, -need))
        return reached

    def _in_order(self, states: Iterable[Line]) -> list[Line]:
        """States above today's, lowest first: each only with the one below."""
        found: list[Line] = []
        for state in states:
            if found and not state.is_zero:
                self._program.at_least(Line().add(found[-1]).add(state, -1))
            found.append(state)
        return found

    def units(self, name: str) -> Line:
        """How many units have been added to a ratio; the same units from two actions once."""
        found = Line()
        groups: dict[int | str, list[Gained]] = {}
        for one in self._of("unit", name):
            groups.setdefault(one.which, []).append(one)
        for group in groups.values():
            below = Fraction(0)
            for amount in sorted({one.amount for one in group}):
                parts = [part for one in group if one.amount >= amount for part in self._providers[one]]
                found.add(self._any(dict.fromkeys(parts)), amount - below)
                below = amount
        return found

    def _bands(self, name: str) -> list[Line]:
        """For ratios with bands; a band includes its upper end."""
        question = self._future.start.pack.questions[name]
        if not isinstance(question, RatioQuestion) or self._future.parts_today(name) is None:
            return []
        ends = [Fraction(band.up_to) for band in question.bands if band.up_to is not None]
        return self._in_order(self._above(name, end) for end in ends if not self._is_above(name, end))

    def _is_above(self, name: str, end: Fraction) -> bool:
        top, whole = self._future.parts_today(name) or (Fraction(0), Fraction(1))
        return 100 * top > end * whole

    def _above(self, name: str, end: Fraction) -> Line:
        """Whether a share is above a cut; networked equipment only as far as digital equipment is."""
        rises = []
        for one in (DIGITAL, NETWORKED) if name == NETWORKED else (name,):
            today = self._future.parts_today(one)
            if today is None:
                return NOTHING
            if self._is_above(one, end):
                continue
            top, whole = today
            gains, missing = Line().add(self.units(one), 100), end * whole - 100 * top
            rises.append((gains, missing + _grain((missing, *gains.terms.values()))))
        return self._reached(rises)

    # -- shares ------------------------------------------------------------------------------------

    def share(self, name: str) -> Line:
        """How much a ratio's share has risen, between 0 and 1."""
        today, value = self._future.parts_today(name), self._future.value(name)
        found = self._of("unit", name)
        if today is None or not found or getattr(value, "denominator", None) is None:
            return NOTHING
        if any(one.added for one in found):
            return self._share_by_table(name, found)
        top, whole = today
        if not whole:
            return NOTHING
        units = self.units(name)
        rise = Line().add(units, 1 / whole)
        room = 1 - top / whole
        if sum(units.terms.values()) <= whole - top:
            return rise
        held = self._program.variable(upper=float(room))
        self._program.at_least(rise.add(held, -1))
        self._program.at_least(Line(room).add(held, -1))
        return held

    def _share_by_table(self, name: str, found: list[Gained]) -> Line:
        """A share whose denominator grows too: no linear thing, so every combination has its row."""
        top, whole = self._future.parts_today(name) or (Fraction(0), Fraction(1))
        today = top / whole if whole else Fraction(0)
        lines = {one: self.gained(one) for one in found}

        def rise(chosen: Iterable[Gained]) -> Fraction:
            risen = self._future.risen_answers(tuple(chosen)).get(name)
            share = getattr(risen, "share", None)
            return (share if share is not None else today) - today

        most = max(rise(some) for some in _subsets(found))
        held = self._program.variable(upper=1)
        for some in _subsets(found):
            row = Line(rise(some)).add(held, -1)
            for one in found:
                if one not in some:
                    row.add(lines[one], most - rise(some))
            self._program.at_least(row)
        return held


def _subsets(found: list[Gained]) -> Iterable[tuple[Gained, ...]]:
    return chain.from_iterable(combinations(found, size) for size in range(len(found) + 1))


def _grain(numbers: Iterable[int | Fraction]) -> Fraction:
    """The least difference that sums of such numbers can make."""
    return Fraction(1, lcm(1, *(Fraction(number).denominator for number in numbers)))
