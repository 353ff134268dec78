"""What does a finished action change? Its effects as single things gained, for one firm.

A `Gained` is the smallest piece of an effect: one rung of a scene, one tick, one step with a system, some
units of a ratio. The same piece from two actions counts once. Both the plain look into the future
(`future`) and the linear model (`linear`) are built from these.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from assessor.answers.model import Ratio
from assessor.pack.action import Action, Effect, Units
from assessor.pack.question import option_ids
from assessor.roadmap.situation import Situation

Kind = Literal["level", "tick", "rung", "step", "unit"]
ANY_BELOW = 2
"""Levels up to this one are reached from any level below; higher ones only from the one just below."""
SYSTEMS = "miit.Q5"
DIGITAL, NETWORKED = "miit.Q2", "miit.Q3"


@dataclass(frozen=True, slots=True)
class Gained:
    """One thing gained: `which` level, option, rung (as its place in the ladder) or step of a question.

    For units: `amount` more in the numerator, `added` more in the denominator; `which` names what is
    counted, so that the same machines counted by two actions count once.
    """

    kind: Kind
    question: str
    which: int | str
    amount: Fraction = Fraction(0)
    added: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Part:
    """One effect of one action: what it gives, once every action in `together` is finished too."""

    action: str
    gives: frozenset[Gained]
    lag: int
    together: tuple[str, ...]


def parts_of(start: Situation, action: Action) -> tuple[Part, ...]:
    """The effects of an action that count at this firm's size, `together` as it is written."""
    effects = [effect for effect in action.effects if not effect.sizes or start.offered in effect.sizes]
    return tuple(
        Part(action.id, frozenset(_gains(start, action, effect)), action.lag_quarters, effect.together)
        for effect in effects
    )


def _gains(start: Situation, action: Action, effect: Effect) -> Iterator[Gained]:
    for name, level in effect.levels.items():
        for one in sorted(provided(level, effect.via.get(name, ()))):
            yield Gained("level", name, one)
    for name, options in effect.ticks.items():
        yield from (Gained("tick", name, option) for option in options)
    for name, option in effect.rungs.items():
        yield Gained("rung", name, option_ids(start.pack.questions[name]).index(option))
    yield from (Gained("step", SYSTEMS, step) for step in effect.steps)
    for name, units in effect.units.items():
        found = _unit(start, action, name, units)
        if found is not None:
            yield found


def provided(level: int, via: tuple[int, ...] = ()) -> set[int]:
    """The levels a lift provides: up to 2 every one below, higher ones that alone; the same for `via`."""
    found = {level, *via}
    low = [one for one in found if one <= ANY_BELOW]
    return found | set(range(1, max(low) + 1)) if low else found


def _unit(start: Situation, action: Action, name: str, units: Units) -> Gained | None:
    """Units by the first rule that is known: counted, by size, or a share of the denominator."""
    added = Fraction(units.added.get(start.offered, Decimal(0)))
    known = start.answers.known(units.count_of) if units.count_of else None
    if isinstance(known, Decimal):
        return Gained("unit", name, units.count_of, Fraction(known) * Fraction(units.factor), added)
    if start.offered in units.by_size:
        return Gained("unit", name, action.id, Fraction(units.by_size[start.offered]), added)
    whole = whole_of(start, name)
    if units.share is not None and whole is not None:
        return Gained("unit", name, action.id, Fraction(units.share) * whole, added)
    return None


def whole_of(start: Situation, name: str) -> Fraction | None:
    """The denominator of a ratio; 1 where only a band is known, None without an answer."""
    value = start.answers.get(name).value
    if not isinstance(value, Ratio):
        return None
    return Fraction(value.denominator) if value.denominator is not None else Fraction(1)


def scene_targets(action: Action) -> Mapping[str, int]:
    """Question → the highest level the action leads to, over all its effects."""
    found: dict[str, int] = {}
    for effect in action.effects:
        for name, level in effect.levels.items():
            found[name] = max(level, found.get(name, 0))
    return found
