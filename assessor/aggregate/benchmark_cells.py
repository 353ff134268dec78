"""From the firms of an intake to the cells of a benchmark pack: what is told of which group, safely.

Three kinds of figure have each their own set of told groups: sizes with percentiles, means, levels. Expert
profiles are no figures of firms and never enter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from assessor.aggregate.contributors import Before, Crowd, Told
from assessor.aggregate.cover import Floats, Layer, Numbers, Overlap, rests, told
from assessor.aggregate.cover import Path as Group
from assessor.aggregate.statistics import PERCENTILES
from assessor.pack.counted import LEAST_PERCENTILE, LEVELS, Bin, Cell
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion, NumberQuestion

_FIGURES = 2
_UNTOLD = LEVELS
Public = frozenset[tuple[str, ...]]
"""What the bulletin's table shows: industry, size, region, mode, indicator, statistic."""


@dataclass(frozen=True)
class Sheet:
    """The answers of one trade and mode to one question: firms without one are left out (N,)."""

    crowd: Crowd
    of: str
    tokens: Numbers
    leaf: Numbers
    values: Floats
    kind: str

    def groups(self) -> set[Group]:
        """Every group that has firms, whether it may be told or not."""
        leaves = [self.crowd.leaves[at] for at in sorted(set(self.leaf.tolist()))]
        return {leaf[:depth] for leaf in leaves for depth in range(1, len(leaf) + 1)}

    def members(self, group: Group) -> Numbers:
        """The places of a group's firms."""
        inside = [place for place, leaf in enumerate(self.crowd.leaves) if leaf[: len(group)] == group]
        found: Numbers = np.flatnonzero(np.isin(self.leaf, inside))
        return found


def sheets(crowd: Crowd, pack: Pack | None) -> Iterator[Sheet]:
    """Every question and score that somebody answered; of those the pack no longer asks none."""
    for of, values in sorted(crowd.values.items()):
        kind = "score" if of.endswith(".score") else _kind(pack, of)
        known = ~np.isnan(values)
        if kind and known.any():
            yield Sheet(crowd, of, crowd.tokens[known].view(np.int64), crowd.leaf[known], values[known], kind)


def _kind(pack: Pack | None, of: str) -> str:
    question = pack.questions.get(of) if pack else None
    match question:
        case LevelQuestion():
            return "level"
        case NumberQuestion():
            return "number"
    return "share" if question is not None else ""


def told_of(sheet: Sheet, least: int, before: Sequence[Before], public: Public) -> Told:
    """Which groups may be told of, for each kind of figure."""
    crowd = sheet.crowd
    was = [one for one in before if (crowd.trade, crowd.mode, sheet.of) in one.told]
    plain = Layer(crowd.leaves, sheet.leaf, np.zeros_like(sheet.leaf))
    same = tuple(_overlap(sheet, one, "sizes") for one in was)
    sizes = told(replace(plain, overlaps=(*same, *_bulletin_regions(sheet, public))), least)
    if sheet.kind == "level":
        tops = _tops(sheet.values, least)
        colours: Numbers = np.searchsorted(tops, sheet.values).astype(np.int64)
        layer = replace(
            plain,
            colours=colours,
            overlaps=(*(_overlap(sheet, one, "shares") for one in was), *_bulletin_levels(sheet, public)),
            mixed=True,
        )
        return Told(sizes, shares=told(layer, least, sizes), tops=tuple(tops))
    if sheet.kind == "score":
        return Told(sizes)
    means = told(
        replace(plain, values=sheet.values, overlaps=tuple(_overlap(sheet, one, "means") for one in was)),
        least,
        sizes,
    )
    return Told(sizes, means=means)


def _tops(values: Floats, least: int) -> list[int]:
    """The highest levels of the bins: neighbours are joined until each bin has enough firms of the trade."""
    counts = np.bincount(values.astype(np.int64), minlength=LEVELS).tolist()
    bins = [[level] for level in range(LEVELS)]
    while len(bins) > 1:
        sizes = [sum(counts[level] for level in one) for one in bins]
        small = [at for at, size in enumerate(sizes) if 0 < size < least]
        if not small:
            break
        at = small[0]
        beside = [place for place in (at - 1, at + 1) if 0 <= place < len(bins)]
        other = min(beside, key=lambda place: (sizes[place] == 0, sizes[place], place))
        low, high = sorted((at, other))
        bins[low : high + 1] = [[*bins[low], *bins[high]]]
    return [one[-1] for one in bins]


def _overlap(sheet: Sheet, before: Before, kind: str) -> Overlap:
    """How an earlier publication cut the same firms.

    Levels count firms, so a firm that moved joins two bins; sums and percentiles take its new value as new.
    """
    crowd = before.crowds[sheet.crowd.trade, sheet.crowd.mode]
    was = before.told[crowd.trade, crowd.mode, sheet.of]
    groups = {"sizes": was.sizes, "means": was.means, "shares": was.shares}[kind]
    by_leaf = rests(crowd.leaves, groups)
    order = sorted(set(by_leaf.values()))
    values = crowd.values[sheet.of]
    known = ~np.isnan(values)
    of_leaf = np.array([order.index(by_leaf[at]) if at in by_leaf else -1 for at in range(len(crowd.leaves))])
    rest = of_leaf[crowd.leaf]
    if kind == "shares":
        bins = np.searchsorted(was.tops, np.nan_to_num(values))
        rest = np.where(rest < 0, -1, rest * LEVELS + bins)
    rest = np.where(known, rest, -1)
    tokens = crowd.tokens.view(np.int64)
    at = {token: place for place, token in enumerate(tokens.tolist())}
    place = np.array([at.get(token, -1) for token in sheet.tokens.tolist()], dtype=np.int64)
    inside = np.where(place < 0, -1, rest[place])
    moved = np.zeros(len(place), dtype=np.bool_)
    if kind != "shares":
        moved = (inside >= 0) & (values[place] != sheet.values)
    lost = rest[(rest >= 0) & ~np.isin(tokens, sheet.tokens)]
    codes, counts = np.unique(lost, return_counts=True)
    return Overlap(inside, moved, dict(zip(codes.tolist(), counts.tolist(), strict=True)))


def _bulletin_regions(sheet: Sheet, public: Public) -> Iterator[Overlap]:
    """The bulletin cuts scores by prefecture across all sizes."""
    if sheet.kind != "score":
        return
    trade, mode = sheet.crowd.trade, sheet.crowd.mode
    shown = {
        line[2] for line in public if line[0] == trade and line[1] == "all" and line[3:5] == (mode, sheet.of)
    }
    regions = sorted(shown - {"all"})
    of_leaf = np.array([_place(regions, leaf[2]) for leaf in sheet.crowd.leaves], dtype=np.int64)
    yield _beside(of_leaf[sheet.leaf])


def _bulletin_levels(sheet: Sheet, public: Public) -> Iterator[Overlap]:
    """The bulletin tells each level's share of a trade by itself."""
    trade, mode = sheet.crowd.trade, sheet.crowd.mode
    shown = [
        level for level in range(LEVELS) if (trade, "all", "all", mode, sheet.of, f"share_{level}") in public
    ]
    codes = np.array([level if level in shown else _UNTOLD for level in range(LEVELS)], dtype=np.int64)
    yield _beside(codes[sheet.values.astype(np.int64)])


def _place(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else len(names)


def _beside(inside: Numbers) -> Overlap:
    return Overlap(inside, np.zeros(len(inside), dtype=np.bool_), {})


# -- figures -------------------------------------------------------------------------------------


def cells(sheet: Sheet, may: Told, few: int = LEAST_PERCENTILE) -> Iterator[Cell]:
    """The cells of a question, the widest first; percentiles from `few` firms on."""
    for group in sorted(may.sizes, key=lambda group: (len(group), group)):
        values = sheet.values[sheet.members(group)]
        spread = sheet.kind != "level" and len(values) >= few
        yield Cell(
            of=sheet.of,
            mode=sheet.crowd.mode,  # type: ignore[arg-type]  # one of the two
            size=group[1] if len(group) > 1 else "",  # type: ignore[arg-type]  # unknown sizes are never told
            region=group[2] if len(group) > 2 else "",
            n=len(values),
            p=_percentiles(values, sheet.kind) if spread else None,  # type: ignore[arg-type]  # five
            mean=_rounded(float(values.mean()), sheet.kind) if group in may.means else None,
            bins=tuple(_bins(values, may.tops)) if group in may.shares else (),
        )


def _percentiles(values: Floats, kind: str) -> tuple[Decimal, ...]:
    return tuple(_rounded(float(one), kind) for one in np.percentile(values, PERCENTILES))


def _rounded(value: float, kind: str) -> Decimal:
    """Scores and shares to the whole point, other figures to two: what is told is no firm's own figure."""
    exact = Decimal(repr(value))
    step = Decimal(1)
    if kind == "number" and exact:
        step = Decimal(1).scaleb(exact.adjusted() - _FIGURES + 1)
    return Decimal(f"{exact.quantize(step, ROUND_HALF_UP):f}").normalize() + 0


def _bins(values: Floats, tops: Sequence[int]) -> Iterator[Bin]:
    low = 0
    for top in tops:
        count = int(((values >= low) & (values <= top)).sum())
        share = (Decimal(count) / len(values)).quantize(Decimal("0.0001"), ROUND_HALF_UP)
        yield Bin(low=low, high=top, share=share)
        low = top + 1
