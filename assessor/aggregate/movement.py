"""Who moved up, who down? The levels of firms that two campaigns hold, from one year to the next.

The earlier campaign is the last one before, found among the same files; its files count by the same rules.
A firm is compared with itself in the same site, pack and mode only: a claim is not held against a visit.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessor.aggregate.decide import Decided, Item, Rules, decide
from assessor.aggregate.disclosure import MIN_GROUP, Cell, Family, withheld
from assessor.aggregate.population import ALL, Group, Population, counted, prefecture
from assessor.aggregate.record import Assessed
from assessor.aggregate.statistics import LEVELS, OPEN
from assessor.pack.model import Regions

Level = int | str
STEPS: Sequence[Level] = (*LEVELS, OPEN)
MOVEMENT = ("industry", "region", "mode", "earlier", "later", "from", "to", "firms")
_STAYS, _REST = "pair", "rest"


@dataclass(frozen=True)
class Movement:
    """The pairs (level before, level now) of each group under one model, and all firms of either year.

    Groups are told by trade and by prefecture, never by both; `before` and `now` count levels.
    """

    earlier: str
    later: str
    model: str
    pairs: Mapping[Group, Counter[tuple[Level, Level]]]
    before: Mapping[Group, Counter[Level]]
    now: Mapping[Group, Counter[Level]]


def movement(ledger: Iterable[Decided], population: Population, model: str) -> Movement | None:
    """The movement since the last campaign before; None without one, or without a firm in both."""
    lines = list(ledger)
    told = {said.key.campaign for one in lines if (said := one.taken.assessed) is not None}
    earlier = max((name for name in told if name < population.campaign), default="")
    regions = next((pack.regions for pack in population.packs.values()), None)
    if not earlier or regions is None:
        return None
    was = {_who(one): one for one in _members(lines, earlier)}
    both = [(was[_who(one)], one) for one in population.members if _who(one) in was]
    if not both:
        return None
    pairs: dict[Group, Counter[tuple[Level, Level]]] = {}
    for old, new in both:
        for group in _groups(new, regions):
            pairs.setdefault(group, Counter())[_level(old, model), _level(new, model)] += 1
    before = _levels(was.values(), regions, model)
    now = _levels(population.members, regions, model)
    return Movement(earlier, population.campaign, model, dict(sorted(pairs.items())), before, now)


def _members(lines: Iterable[Decided], campaign: str) -> Iterator[Assessed]:
    """What counted in an earlier campaign, decided anew: this run may have left it aside."""
    items = [
        Item(one.label, one.taken)
        for one in lines
        if one.taken.assessed is not None and one.taken.assessed.key.campaign == campaign
    ]
    for one in counted(decide(items, Rules(campaign))):
        assert one.taken.assessed is not None
        yield one.taken.assessed


def _who(one: Assessed) -> tuple[str, str, str, str]:
    return one.key.uscc, one.key.site, one.key.pack, one.mode


def _groups(one: Assessed, regions: Regions) -> Sequence[Group]:
    place = prefecture(one.region_code, regions)
    return (
        Group(mode=one.mode),
        Group(industry=one.key.pack, mode=one.mode),
        Group(region=place, mode=one.mode),
    )


def _level(one: Assessed, model: str) -> Level:
    found = next((verdict.level for verdict in one.verdicts if verdict.model == model), None)
    return OPEN if found is None else found


def _levels(members: Iterable[Assessed], regions: Regions, model: str) -> dict[Group, Counter[Level]]:
    found: dict[Group, Counter[Level]] = {}
    for one in members:
        for group in _groups(one, regions):
            found.setdefault(group, Counter())[_level(one, model)] += 1
    return found


def steps(pairs: Counter[tuple[Level, Level]]) -> tuple[int, int, int]:
    """How many moved up, stayed, moved down; those whose level is open in either year are in none."""
    sure = [(old, new, n) for (old, new), n in pairs.items() if isinstance(old, int) and isinstance(new, int)]
    up = sum(n for old, new, n in sure if new > old)
    stayed = sum(n for old, new, n in sure if new == old)
    return up, stayed, sum(n for old, new, n in sure if new < old)


def public_rows(found: Movement, least: int = MIN_GROUP) -> Iterator[tuple[object, ...]]:
    """The matrix as it may leave the house: figures withheld are empty.

    Withheld too is what the totals give away, within the matrix and against the levels of all firms of
    either year: the difference is the firms that came or went.
    """
    counts: dict[Cell, int] = {}
    families: list[Family] = []
    for group, pairs in found.pairs.items():
        families += _whole(group, pairs, counts)
        families += _margins(group, found, counts, least)
    families += _across(found)
    already = [cell for cell in counts if cell[0] == _REST]
    hidden = withheld(counts, families, least, already)
    for group in found.pairs:
        head = (group.industry, group.region, group.mode, found.earlier, found.later)
        for old, new in (*((old, new) for old in STEPS for new in STEPS), (ALL, ALL)):
            cell = (_STAYS, group, old, new)
            yield (*head, old, new, "" if cell in hidden else counts[cell])


def _whole(group: Group, pairs: Counter[tuple[Level, Level]], counts: dict[Cell, int]) -> Iterator[Family]:
    cells: list[Cell] = []
    for old in STEPS:
        for new in STEPS:
            cells.append((_STAYS, group, old, new))
            counts[cells[-1]] = pairs[old, new]
    total = (_STAYS, group, ALL, ALL)
    counts[total] = sum(pairs.values())
    yield Family(total, tuple(cells))


def _margins(group: Group, found: Movement, counts: dict[Cell, int], least: int) -> Iterator[Family]:
    """Each level of all firms is that of the pairs and the few that came or went, where they are few."""
    for side, all_levels in enumerate((found.before[group], found.now[group])):
        for level in STEPS:
            cells = tuple(
                (_STAYS, group, *((level, other) if side == 0 else (other, level))) for other in STEPS
            )
            rest = all_levels[level] - sum(counts[cell] for cell in cells)
            if 0 < rest < least:
                alone, total = (_REST, group, side, level), ("all", group, side, level)
                counts[alone], counts[total] = rest, all_levels[level]
                yield Family(total, (*cells, alone))


def _across(found: Movement) -> Iterator[Family]:
    """The whole is the sum of the trades, and the sum of the prefectures."""
    for whole in (group for group in found.pairs if group.traits == 0):
        for trait in ("industry", "region"):
            parts = [
                group
                for group in found.pairs
                if group.mode == whole.mode and group.traits == 1 and getattr(group, trait) != ALL
            ]
            for old, new in (*((old, new) for old in STEPS for new in STEPS), (ALL, ALL)):
                yield Family((_STAYS, whole, old, new), tuple((_STAYS, group, old, new) for group in parts))
