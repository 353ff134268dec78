"""Which groups of a tree may be told, so that no small group comes out by subtraction, today or from before?

Groups lie in one tree: a trade, its sizes, their prefectures. A group is told only if the group above it is.
Then the firms of a told group that are in no told group below it, its *rest*, are exactly what subtraction
within the tree gives, and every other result is a union of such rests. So each rest must be large enough.

Two publications (or a publication and the bulletin) cut the firms twice. Take each rest as a point, and one
more point for "not published"; a firm joins its rest here to its rest there. What subtraction gives are the
cuts of that graph, and the firms it speaks of are those that cross. Lines of `least` firms are contracted; a
line that is left may be a cut of too few, so a group it touches is hidden, and the search begins anew. Three
publications together are held against each other in pairs only.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Path = tuple[str, ...]
"""A group: trade, size, prefecture, as far as it is narrowed. `("liquor", "small")` holds both its towns."""
Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
OUT = 0
_COLOURS = 64
_HALF = 1 << 30
Lines = dict[tuple[int, int], int]
"""Between two points, the smaller first, twice the firms. Rests here are above `OUT`, rests there below."""
UNKNOWN = "unknown"
DOMINANCE_PCT = 15


@dataclass(frozen=True)
class Overlap:
    """How another publication cuts the same firms.

    `inside` has for each firm its rest there, -1 for none (N,); `changed` whether it said something else
    then; `gone` how many firms of each rest are not here.
    """

    inside: Numbers
    changed: NDArray[np.bool_]
    gone: Mapping[int, int]


@dataclass(frozen=True)
class Layer:
    """The firms of one question as one kind of figure tells them: each with its leaf of the tree (N,).

    `colours` parts the firms further where shares are told, by level; `values` are given where a sum is
    told that one firm may dominate; `mixed` refuses a rest all of one colour, which tells what each of its
    firms said.
    """

    leaves: Sequence[Path]
    leaf: Numbers
    colours: Numbers
    values: Floats | None = None
    overlaps: tuple[Overlap, ...] = ()
    mixed: bool = False

    @property
    def counts(self) -> Mapping[Path, int]:
        """The size of every group that has firms."""
        found: dict[Path, int] = defaultdict(int)
        for leaf, count in enumerate(np.bincount(self.leaf, minlength=len(self.leaves)).tolist()):
            for depth in range(1, len(self.leaves[leaf]) + 1):
                if count:
                    found[self.leaves[leaf][:depth]] += count
        return dict(found)


def dominates(values: Floats, percent: int = DOMINANCE_PCT) -> bool:
    """The p%-rule: whether the second largest firm could tell the largest to within `percent`.

    It knows the total and its own part; what is left for all others is its doubt. Amounts count by size
    whatever their sign (Handbook on Statistical Disclosure Control, ch. 4).
    """
    amounts = np.sort(np.abs(values))
    if not len(amounts) or amounts[-1] == 0:
        return False
    return bool(amounts[:-2].sum() < amounts[-1] * percent / 100)


def told(layer: Layer, least: int, within: frozenset[Path] | None = None) -> frozenset[Path]:
    """The groups that may be told, of those `within`; closed upwards, without unknown sizes and places."""
    counts = layer.counts
    shown = {path for path, count in counts.items() if count >= least and UNKNOWN not in path}
    shown = shown if within is None else shown & within
    shown = {path for path in shown if all(path[:depth] in shown for depth in range(1, len(path)))}
    while shown:
        weak = _weak(layer, shown, least)
        if weak is None:
            return frozenset(_with_what_is_told_anyway(shown, counts, within))
        _hide(weak, shown, counts)
    return frozenset()


def rests(leaves: Sequence[Path], shown: Iterable[Path]) -> dict[int, Path]:
    """For each leaf the narrowest told group it lies in; a leaf in none is left out."""
    known = frozenset(shown)
    found = {}
    for place, leaf in enumerate(leaves):
        for depth in range(len(leaf), 0, -1):
            if leaf[:depth] in known:
                found[place] = leaf[:depth]
                break
    return found


def _with_what_is_told_anyway(
    shown: set[Path], counts: Mapping[Path, int], within: frozenset[Path] | None
) -> set[Path]:
    """A group that is the whole rest of the one above it is no secret; hiding it would only look like one."""
    waiting = sorted(shown)
    while waiting:
        path = waiting.pop()
        gone = [one for one in counts if one[:-1] == path and one not in shown]
        if len(gone) == 1 and UNKNOWN not in gone[0] and (within is None or gone[0] in within):
            shown.add(gone[0])
            waiting.append(gone[0])
    return shown


def _hide(weak: Path, shown: set[Path], counts: Mapping[Path, int]) -> None:
    """Make the rest of a group larger: by its smallest told part with all below; without one, hide it."""
    parts = [path for path in shown if path[:-1] == weak]
    least = min(parts, key=lambda path: (counts[path], path), default=weak)
    shown -= {path for path in shown if path[: len(least)] == least}


def _weak(layer: Layer, shown: set[Path], least: int) -> Path | None:
    """The group whose rest gives somebody away, the narrowest and smallest first; None when all is well."""
    by_leaf = rests(layer.leaves, shown)
    order = sorted(set(by_leaf.values()))
    place = {path: number for number, path in enumerate(order)}
    of_leaf = np.array([place[by_leaf[at]] if at in by_leaf else -1 for at in range(len(layer.leaves))])
    rest: Numbers = of_leaf[layer.leaf]
    sizes = np.bincount(rest[rest >= 0], minlength=len(order))
    found = set(_alone(layer, rest, len(order)))
    here: Numbers = np.where(rest < 0, OUT, rest * _COLOURS + layer.colours + 1)
    for overlap in (None, *layer.overlaps):
        points = _cut_off(_lines(here, overlap), 2 * least)
        found |= {(point - 1) // _COLOURS for point in points}
    weak = [order[at] for at in found]
    return min(weak, key=lambda path: (-len(path), sizes[place[path]], path), default=None)


def _alone(layer: Layer, rest: Numbers, count: int) -> Iterator[int]:
    """Rests that are wrong in themselves: dominated by one firm, or all of one colour."""
    for at in range(count):
        inside = rest == at
        if layer.values is not None and dominates(layer.values[inside]):
            yield at
        elif layer.mixed and inside.any() and len(np.unique(layer.colours[inside])) < 2:
            yield at


def _lines(here: Numbers, overlap: Overlap | None) -> Lines:
    """The lines of the graph; a firm that said something else is half on two."""
    lines: Lines = defaultdict(int)
    if overlap is None:
        _join(lines, here, np.zeros_like(here), 2)
        return lines
    there: Numbers = -(overlap.inside + 1)
    same = ~overlap.changed
    _join(lines, here[same], there[same], 2)
    for side in (here, there):
        points = side[overlap.changed]
        _join(lines, points, np.zeros_like(points), 1)
    for at, count in overlap.gone.items():
        lines[-(at + 1), OUT] += 2 * count
    return lines


def _join(lines: Lines, one: Numbers, other: Numbers, weight: int) -> None:
    low, high = np.minimum(one, other), np.maximum(one, other)
    joined = ((low + _HALF) * 2 * _HALF + high + _HALF)[low != high]
    found, counts = np.unique(joined, return_counts=True)
    for pair, count in zip(found.tolist(), counts.tolist(), strict=True):
        start, end = divmod(pair, 2 * _HALF)
        lines[start - _HALF, end - _HALF] += weight * count


def _cut_off(lines: Lines, least: int) -> set[int]:
    """The points here at a line lighter than `least` after all heavier ones are contracted.

    Those that did not fall together with `OUT`, if there are any.
    """
    group = {point: point for pair in lines for point in pair}
    light = _contracted(lines, group, least)
    touched = {point for pair in light for point in pair}
    inner = {point for point, at in group.items() if point > OUT and at in touched - {group.get(OUT)}}
    return inner or {point for point, at in group.items() if point > OUT and at in touched}


def _contracted(lines: Lines, group: dict[int, int], least: int) -> Lines:
    """The light lines that are left; `group` then names for each point the one it fell together with."""
    while True:
        heavy = next((pair for pair, weight in lines.items() if weight >= least), None)
        if heavy is None:
            return lines
        keep, drop = heavy
        for point, at in group.items():
            if at == drop:
                group[point] = keep
        joined: Lines = defaultdict(int)
        for pair, weight in lines.items():
            one, other = (keep if point == drop else point for point in pair)
            if one != other:
                joined[min(one, other), max(one, other)] += weight
        lines = joined
