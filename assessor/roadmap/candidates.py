"""Which actions may a plan choose from, and why not the others?

An action is a candidate when it lifts something the firm has not reached (or cures a red line), is offered
at its size and its facts hold. It is in place when what it is bought for is reached: its scenes, or where
it has none its levels and ticks. So nobody is sold a system twice for a side effect of it. What a lit red
line calls for is not in place, whatever it lifts: others wait for it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from assessor.answers.rules import expression, lookup_seen
from assessor.answers.state import state_of
from assessor.pack.action import Action
from assessor.pack.condition import Lookup
from assessor.pack.question import option_ids
from assessor.roadmap.effects import SYSTEMS, Part, parts_of, scene_targets
from assessor.roadmap.future import GONE, Future
from assessor.roadmap.money import Price, price_of
from assessor.roadmap.quarters import MONTHS, YEAR
from assessor.roadmap.request import Request


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is left out or waits: a code of `explain.REASONS` and the values of its sentence."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Need:
    """One of these must be finished `wait` quarters before."""

    any_of: tuple[str, ...]
    wait: int


@dataclass(frozen=True)
class Candidate:
    """An action that a plan may choose.

    `quarters` it runs for; `earliest` first quarter by prerequisites alone; `it` and `ops` own
    person-days in all. `cures` are the red lines it helps to put out.
    """

    action: Action
    quarters: int
    needs: tuple[Need, ...]
    parts: tuple[Part, ...]
    price: Price
    it: Fraction
    ops: Fraction
    earliest: int = 1
    cures: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The action's id."""
        return self.action.id


@dataclass(frozen=True)
class Offers:
    """What a plan may choose from: `candidates` in the pack's order, what is in place, what is left out."""

    candidates: Mapping[str, Candidate]
    in_place: frozenset[str]
    left_out: Mapping[str, Reason]


def offers(future: Future, request: Request, cures: Collection[str] = ()) -> Offers:
    """Sort every action of the pack; `cures` are those that red lines call for, reached or not."""
    return _Sorting(future, request, cures).result()


class _Sorting:
    def __init__(self, future: Future, request: Request, cures: Collection[str]) -> None:
        self._future, self._request, self._cures = future, request, cures
        self._start = future.start
        self._actions = {action.id: action for action in future.start.pack.actions}
        self._look = lookup_seen(self._start.pack, self._start.answers)
        self._growing = {name for action in self._actions.values() for name in action.records}
        self._left: dict[str, Reason] = {}
        self._place: set[str] = set()
        self._grows: dict[str, tuple[int, str]] = {}

    def result(self) -> Offers:
        chosen = {}
        for action in self._actions.values():
            if action.id in self._request.done:
                self._place.add(action.id)
                continue
            reason = self._why_not(action)
            if reason is not None and reason.code == "in-place":
                self._place.add(action.id)
            if reason is None:
                chosen[action.id] = action
            else:
                self._left[action.id] = reason
        candidates = {name: self._candidate(action) for name, action in chosen.items()}
        candidates = self._without_blocked(candidates)
        return Offers(self._timed(candidates), frozenset(self._place), self._left)

    # -- one action by itself ----------------------------------------------------------------------

    def _why_not(self, action: Action) -> Reason | None:
        """Why an action is no candidate; what a person leaves out is only what could be in the plan."""
        if self._start.offered not in action.cost_wan:
            return Reason("size")
        reason = self._why_not_by_facts(action) or self._why_not_by_effect(action)
        if reason is not None and reason.code == "in-place" and action.id in self._cures:
            reason = None  # while its red line is lit, it is not done
        if reason is None and action.id in self._request.without:
            return Reason("without")
        return reason

    def _why_not_by_facts(self, action: Action) -> Reason | None:
        if action.when is None:
            return None
        found = expression(action.when)
        value = found.value(self._look)
        if value is True:
            return None
        grown = self._quarters_to_grow(action)
        if grown is not None:
            self._grows[action.id] = grown
            return None
        if value is None:
            unknown = [name for name in found.ids if self._look(name) is None and not self._is_gone(name)]
            if unknown:
                return Reason("facts-unknown", {"ids": tuple(unknown)})
        return Reason("facts", {"who": action.who})

    def _is_gone(self, name: str) -> bool:
        question = self._start.pack.items.get(name)
        return question is not None and state_of(question, self._start.answers) in GONE

    def _quarters_to_grow(self, action: Action) -> tuple[int, str] | None:
        """Quarters until records are old enough, and the fact that counts them; None if that is not it."""
        when = expression(action.when or "")
        for name in [name for name in when.ids if name in self._growing]:
            today = self._look(name)
            if not isinstance(today, Decimal):
                continue
            for quarters in range(1, self._request.quarters + 1):
                grown = today + Decimal(quarters) / YEAR
                if when.value(_with(self._look, name, grown)) is True:
                    return quarters, name
        return None

    def _why_not_by_effect(self, action: Action) -> Reason | None:
        scenes = {scene.id for scene in self._start.pack.scenes}
        targets = scene_targets(action)
        trade = {name: level for name, level in targets.items() if name in scenes}
        applying = {name: level for name, level in trade.items() if not self._is_gone(name)}
        if trade and not applying:
            return Reason("no-scene", {"ids": tuple(trade)})
        if self._is_reached(action, applying):
            return Reason("in-place")
        return None

    def _is_reached(self, action: Action, applying: Mapping[str, int]) -> bool:
        """Whether all that the action is bought for is reached; what is blank is not."""
        levels = self._future.levels
        if applying:
            return all(levels.get(name, -1) >= level for name, level in applying.items())
        pieces = [one for part in parts_of(self._start, action) for one in part.gives]
        main = [one for one in pieces if one.kind in ("level", "tick")] or pieces
        return bool(main) and all(self._holds(one.kind, one.question, one.which) for one in main)

    def _holds(self, kind: str, name: str, which: int | str) -> bool:
        if self._is_gone(name):
            return True
        value = self._future.value(name)
        match kind:
            case "level":
                return self._future.levels.get(name, -1) >= int(which)
            case "tick":
                return isinstance(value, tuple) and which in value
            case "rung":
                return (self._future.rung(name) or 0) >= int(which)
            case "step":
                return (
                    which in (self._future.steps or ())
                    or value == option_ids(self._start.pack.questions[SYSTEMS])[-1]
                )
            case _:
                today = self._future.parts_today(name)
                return today is not None and today[0] >= today[1]

    # -- among each other --------------------------------------------------------------------------

    def _candidate(self, action: Action) -> Candidate:
        size = self._start.offered
        days = action.person_days[size]
        grant = self._request.grants.get(action.id, 0)
        return Candidate(
            action=action,
            quarters=max(1, -(-action.months[size] // MONTHS)),
            needs=(),
            parts=parts_of(self._start, action),
            price=price_of(action, self._start, self._request.cost, grant),
            it=Fraction(days.it),
            ops=Fraction(days.ops),
            cures=action.cures,
        )

    def _without_blocked(self, candidates: dict[str, Candidate]) -> dict[str, Candidate]:
        """Prerequisites put in; what can't be begun for want of one is left out, as often as it takes."""
        while True:
            found: dict[str, Candidate] = {}
            for name, one in candidates.items():
                needs = self._needs(one.action, candidates)
                if isinstance(needs, Reason):
                    self._left[name] = needs
                else:
                    found[name] = replace(one, needs=needs, parts=self._joined(one.parts, candidates))
            if len(found) == len(candidates):
                return found
            candidates = found

    def _needs(self, action: Action, candidates: Mapping[str, Candidate]) -> tuple[Need, ...] | Reason:
        needs = []
        for entry in action.prerequisites:
            if self._place & set(entry):
                continue
            open_ = tuple(name for name in entry if name in candidates)
            if open_:
                needs.append(Need(open_, action.wait_quarters))
            elif blocked := [name for name in entry if self._is_blocking(name)]:
                return Reason("prerequisite", {"ids": tuple(blocked)})
        if action.id in self._grows:
            recorded = self._recorded(action, candidates)
            if isinstance(recorded, Reason):
                return recorded
            needs += recorded
        return tuple(needs)

    def _recorded(self, action: Action, candidates: Mapping[str, Candidate]) -> list[Need] | Reason:
        """What an action waits for whose records do not run yet; those that do run need no other action."""
        quarters, name = self._grows[action.id]
        starts = [one.id for one in self._actions.values() if name in one.records]
        if self._runs(name):
            return []
        open_ = tuple(one for one in starts if one in candidates)
        return [Need(open_, quarters)] if open_ else Reason("facts", {"who": action.who})

    def _is_blocking(self, name: str) -> bool:
        """Whether a prerequisite is wanted and can't be had; one the firm is not offered is waived."""
        reason = self._left.get(name)
        return reason is not None and reason.code not in ("size", "facts", "no-scene", "in-place")

    def _joined(self, parts: Sequence[Part], candidates: Mapping[str, Candidate]) -> tuple[Part, ...]:
        """Effects with only those companions left that are still to be done; null where one can't be."""
        found = []
        for part in parts:
            if any(self._is_blocking(name) for name in part.together):
                continue
            rest = tuple(name for name in part.together if name in candidates)
            found.append(replace(part, together=rest))
        return tuple(found)

    def _timed(self, candidates: Mapping[str, Candidate]) -> Mapping[str, Candidate]:
        """Earliest starts by the longest path; what can't be finished in time is left out."""
        timed: dict[str, Candidate] = {}

        def earliest(name: str) -> int:
            one = candidates[name]
            starts = [
                min(earliest(other) + candidates[other].quarters + need.wait for other in need.any_of)
                for need in one.needs
            ]
            return max([1, *starts, *self._grown(name)])

        for name, one in candidates.items():
            start = earliest(name)
            if start + one.quarters - 1 > self._request.quarters:
                self._left[name] = Reason("no-time", {"quarter": start + one.quarters - 1})
            else:
                timed[name] = replace(one, earliest=start)
        kept = {name: _in_time(one, timed) for name, one in timed.items()}
        return kept

    def _grown(self, name: str) -> Iterator[int]:
        """The first quarter in which records that run already are old enough."""
        if name in self._grows and self._runs(self._grows[name][1]):
            yield 1 + self._grows[name][0]

    def _runs(self, fact: str) -> bool:
        """Whether the records that a fact counts are being kept already."""
        starts = {one.id for one in self._actions.values() if fact in one.records}
        return bool(self._look(fact)) or bool(self._place & starts)


def _in_time(one: Candidate, timed: Mapping[str, Candidate]) -> Candidate:
    """A candidate whose prerequisites and companions are only those that can be had in time."""
    needs = tuple(
        replace(need, any_of=tuple(name for name in need.any_of if name in timed)) for need in one.needs
    )
    parts = tuple(part for part in one.parts if all(name in timed for name in part.together))
    return replace(one, needs=needs, parts=parts)


def _with(look: Lookup, name: str, value: object) -> Lookup:
    return lambda other: value if other == name else look(other)
