"""How are the red lines put out? By their digital actions together, or by the cheapest lawful way.

One of them starts in quarter 1, or as early as prerequisites allow. A way that stops production is never
planned: it is shown, and stands alone only where there is no action (`docs/roadmap.md` §2).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assessor.answers.rules import red_lines
from assessor.pack.rule import RedLine
from assessor.roadmap.candidates import Offers
from assessor.roadmap.money import tenths
from assessor.roadmap.situation import Situation

DAYS_OF_A_QUARTER = 91


@dataclass(frozen=True)
class Remedy:
    """The ways out of one lit red line.

    `actions` all together, each at its earliest quarter, are the digital one (none when empty);
    `lawful` says whether the other may be planned, at `cost` tenths of 万元 over `quarters`.
    """

    line: RedLine
    actions: tuple[str, ...]
    lawful: bool
    cost: int
    quarters: int


def lit_lines(start: Situation) -> tuple[RedLine, ...]:
    """The red lines that are broken."""
    return tuple(line for line in red_lines(start.pack, start.answers) if line.colour == "red")


def remedies(lines: Sequence[RedLine], offered: Offers) -> tuple[Remedy, ...]:
    """The ways out of each line; one that has none but to stop is not planned and so left out."""
    found = (_remedy(line, offered) for line in lines)
    return tuple(remedy for remedy in found if remedy.lawful or remedy.actions)


def _remedy(line: RedLine, offered: Offers) -> Remedy:
    wanted = [name for name in line.digital_cure if not _is_not_for(name, offered)]
    ready = bool(wanted) and all(name in offered.candidates for name in wanted)
    cure = line.cure
    return Remedy(
        line=line,
        actions=tuple(wanted) if ready else (),
        lawful=not cure.stops_production,
        cost=tenths(cure.cost_wan) if cure.cost_wan is not None else 0,
        quarters=max(1, -(-(cure.days or 0) // DAYS_OF_A_QUARTER)),
    )


def _is_not_for(name: str, offered: Offers) -> bool:
    """Whether the firm is not offered an action of the cure; such are left out of it."""
    reason = offered.left_out.get(name)
    return reason is not None and reason.code in ("size", "facts", "no-scene")
