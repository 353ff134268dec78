"""What may leave the house? No figure for fewer than five firms, nor one that subtraction gives away.

The statistics law forbids what lets anyone infer a single respondent; it names no number. Five is the
usual one (`min_group`), percentiles need ten: the P90 of five firms is a firm. A hidden figure must not
come out as the difference of a total and the figures shown, so others are hidden with it until every
total lacks two figures that together stand for at least five firms. What is guaranteed: no hidden count
can be computed exactly from what is shown. Bounds that a reader may draw from several tables at once
are not prevented.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assessor.aggregate.population import ALL, Group
from assessor.aggregate.statistics import Figure

MIN_GROUP = 5
MIN_PERCENTILE = 10
_PERCENTILE = re.compile(r"p\d\d")
Cell = tuple[Hashable, ...]
Split = tuple[Group, tuple[Group, ...]]
"""A group, and the groups that split it by one trait."""


@dataclass(frozen=True, slots=True)
class Family:
    """A total and the cells that add up to it."""

    total: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class PublicFigure:
    """A figure as it may be printed; value and `n` None where it is withheld."""

    group: Group
    indicator: str
    statistic: str
    value: float | None
    n: int | None


def withheld(
    counts: Mapping[Cell, int],
    families: Iterable[Family],
    least: int = MIN_GROUP,
    already: Iterable[Cell] = (),
) -> set[Cell]:
    """The cells to hide: those of 1 to `least` - 1 firms, and those that would give them away."""
    hidden = {cell for cell, count in counts.items() if 0 < count < least} | set(already)
    families = tuple(families)
    changed = True
    while changed:
        changed = False
        for family in families:
            extra = _one_more(family, hidden, counts, least)
            if extra is not None:
                hidden.add(extra)
                changed = True
    return hidden


def _one_more(family: Family, hidden: set[Cell], counts: Mapping[Cell, int], least: int) -> Cell | None:
    """A cell to hide as well, None where the family is safe."""
    parts = [cell for cell in family.parts if cell in hidden]
    gone = len(parts) + (family.total in hidden)
    if gone == 0 or (gone >= 2 and (family.total in hidden or sum(counts[c] for c in parts) >= least)):
        return None
    rest = [cell for cell in family.parts if cell not in hidden]
    if rest:
        return min(rest, key=lambda cell: (counts[cell] == 0, counts[cell], cell))
    return None if family.total in hidden else family.total


def public(figures: Iterable[Figure], least: int = MIN_GROUP) -> list[PublicFigure]:
    """The figures that may be published, those to be withheld without their value."""
    chosen = sorted(filter(_is_public, figures), key=_by_indicator)
    found: list[PublicFigure] = []
    for _, same in groupby(chosen, key=_by_indicator):
        found += _of_indicator(list(same), least)
    return sorted(found, key=lambda one: (one.group, one.indicator, one.statistic))


def _by_indicator(one: Figure) -> tuple[str, str]:
    return one.indicator, one.group.mode


def _is_public(one: Figure) -> bool:
    """Verdicts by trade, size and region, or by trade and one of the others; everything else by trade."""
    group = one.group
    if group.mode == ALL or group.traits > 2 or (group.traits == 2 and group.industry == ALL):
        return False
    if one.indicator.startswith(("finding.", "red_line.")):
        return False
    verdict = one.indicator in ("firms",) or one.indicator.endswith((".score", ".level"))
    return verdict or (group.traits <= 1 and group.size == group.region == ALL)


def _of_indicator(figures: Sequence[Figure], least: int) -> Iterator[PublicFigure]:
    """One indicator in one mode: counts and shares by their own size, means by the size of their group."""
    sizes: dict[Cell, int] = {(one.group, ALL): one.n for one in figures}
    splits = list(_totals(one.group for one in figures))
    families = [Family((total, ALL), tuple((part, ALL) for part in parts)) for total, parts in splits]
    hidden = {cell[0] for cell in withheld(sizes, families, least)}
    secret = _secret_shares(figures, splits, hidden, least)
    split = {cell[0] for cell in secret}
    spread = any(one.statistic == "p50" for one in figures)
    for one in figures:
        if spread and one.statistic == "mean":
            continue  # of amounts only percentiles go out: one giant may be most of a mean
        few = one.n < MIN_PERCENTILE and _PERCENTILE.match(one.statistic)
        solves = one.statistic == "mean" and one.group in split  # the mean level parts two hidden shares
        gone = one.group in hidden or (one.group, one.statistic) in secret or few or solves
        value, n = (None, None) if gone else (one.value, one.n)
        yield PublicFigure(one.group, one.indicator, one.statistic, value, n)


def _secret_shares(
    figures: Sequence[Figure], splits: Iterable[Split], hidden: set[Hashable], least: int
) -> set[Cell]:
    """The shares to hide within groups that are shown."""
    counts: dict[Cell, int] = {(o.group, o.statistic): o.count for o in figures if o.count is not None}
    families = []
    for group, same in groupby(figures, key=lambda one: one.group):
        told = list(same)
        families += list(_shares_of(group, told[0].n, [o.statistic for o in told], counts))
        counts[(group, ALL)] = told[0].n
    for total, parts in splits:
        for name in sorted({str(cell[1]) for cell in counts if cell[0] == total} - {ALL}):
            cells = tuple((part, name) for part in parts)
            families.append(Family((total, name), tuple(cell for cell in cells if cell in counts)))
    found = withheld(counts, families, least, [cell for cell in counts if cell[0] in hidden])
    lost = {cell[0] for cell in found if cell[1] == ALL}  # sizes are shown, so nothing else may be
    return found | {cell for cell in counts if cell[0] in lost}


def _shares_of(group: Group, n: int, names: Sequence[str], counts: dict[Cell, int]) -> Iterator[Family]:
    """The shares of a group that add up to it; answers that exclude nothing each with its complement."""
    cells: list[Cell] = [(group, name) for name in names if (group, name) in counts]
    if cells and sum(counts[cell] for cell in cells) == n:
        yield Family((group, ALL), tuple(cells))
        return
    for cell in cells:
        rest = (*cell, "rest")
        counts[rest] = n - counts[cell]
        yield Family((group, ALL), (cell, rest))


def _totals(groups: Iterable[Group]) -> Iterator[Split]:
    """Each group with the groups that split it by one trait."""
    known = sorted(set(groups))
    for total in known:
        for trait in ("industry", "size", "region"):
            if getattr(total, trait) == ALL:
                parts = tuple(
                    sorted(
                        group
                        for group in known
                        if getattr(group, trait) != ALL and replace(group, **{trait: ALL}) == total
                    )
                )
                if parts:
                    yield total, parts
