"""Told groups give no small one away: by subtraction, against an earlier publication, by a giant."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.aggregate.cover import Layer, Overlap, Path, dominates, rests, told
from tests.aggregate.attack import Row, exposed, recovered

LEAST = 5
SIZES, TOWNS = ("micro", "small"), ("520100", "520300", "unknown")
LEAVES: tuple[Path, ...] = tuple(("x", size, town) for size in SIZES for town in TOWNS)
Firm = tuple[int, int]
"""Its leaf and what it says."""

counts = st.lists(st.integers(0, 14), min_size=len(LEAVES), max_size=len(LEAVES))


def layer(leaf: Sequence[int], overlaps: tuple[Overlap, ...] = (), **more: object) -> Layer:
    plain = np.array(leaf, dtype=np.int64)
    return Layer(LEAVES, plain, more.pop("colours", np.zeros_like(plain)), overlaps=overlaps, **more)  # type: ignore[arg-type]


def spread(sizes: Sequence[int]) -> list[int]:
    return [leaf for leaf, count in enumerate(sizes) for _ in range(count)]


def row(path: Path, leaf: Sequence[int]) -> Row:
    return np.array([LEAVES[at][: len(path)] == path for at in leaf], dtype=np.int64)


def every() -> set[Path]:
    return {leaf[:depth] for leaf in LEAVES for depth in (1, 2, 3)}


@given(counts)
def test_one_publication__gives_away_no_small_group_and_no_hidden_one(sizes: list[int]) -> None:
    leaf = spread(sizes)
    shown = told(layer(leaf), LEAST)
    rows = [row(path, leaf) for path in sorted(shown)]
    assert all(path[:depth] in shown for path in shown for depth in range(1, len(path)))
    assert not exposed(rows, range(len(leaf)), LEAST)
    for path in every() - shown:
        hidden = row(path, leaf)
        if hidden.any() and "unknown" not in path:
            assert not recovered(rows, hidden), path


@given(counts)
def test_what_is_safe__is_told(sizes: list[int]) -> None:
    """Hiding everything would be safe too: where no group is small, none is hidden."""
    large = [0 if count < LEAST or "unknown" in LEAVES[at] else count for at, count in enumerate(sizes)]
    leaf = spread(large)
    there = {LEAVES[at][:depth] for at in leaf for depth in (1, 2, 3)}
    assert told(layer(leaf), LEAST) == there


def test_a_small_town__takes_its_smallest_neighbour_with_it() -> None:
    shown = told(layer([0] * 9 + [1] * 3 + [3] * 20 + [4] * 8), LEAST)
    assert shown == {("x",), ("x", "micro"), ("x", "small"), LEAVES[3], LEAVES[4]}


def overlap(
    now: Sequence[tuple[int, Firm]], before: Sequence[tuple[int, Firm]], was: frozenset[Path]
) -> Overlap:
    """How an earlier publication cut the firms, told from its lists."""
    places = rests(LEAVES, was)
    codes = {path: at for at, path in enumerate(sorted(was))}
    old = {name: (codes[places[leaf]], said) for name, (leaf, said) in before if leaf in places}
    inside = np.array([old[name][0] if name in old else -1 for name, _ in now], dtype=np.int64)
    changed = np.array([name in old and old[name][1] != said for name, (_, said) in now], dtype=np.bool_)
    names = {name for name, _ in now}
    lost = [code for name, (code, _) in old.items() if name not in names]
    return Overlap(inside, changed, {code: lost.count(code) for code in set(lost)})


@st.composite
def campaigns(draw: st.DrawFn) -> tuple[list[tuple[int, Firm]], list[tuple[int, Firm]]]:
    """The firms of two publications: a few came, went, or say something else."""
    before = [(name, (leaf, 0)) for name, leaf in enumerate(spread(draw(counts)))]
    gone = draw(st.sets(st.integers(0, max(len(before) - 1, 0)), max_size=6))
    moved = draw(st.sets(st.integers(0, max(len(before) - 1, 0)), max_size=6))
    came = draw(st.lists(st.integers(0, len(LEAVES) - 1), max_size=6))
    now = [(name, (leaf, int(name in moved))) for name, (leaf, _) in before if name not in gone]
    now += [(1000 + at, (leaf, 0)) for at, leaf in enumerate(came)]
    return before, now


@settings(max_examples=150, deadline=None)
@given(campaigns())
def test_two_publications__give_away_nobody_who_came_went_or_changed(
    both: tuple[list[tuple[int, Firm]], list[tuple[int, Firm]]],
) -> None:
    """A column is a firm with what it said: a firm that says something else stands in two columns."""
    before, now = both
    was = told(layer([leaf for _, (leaf, _) in before]), LEAST)
    shown = told(layer([leaf for _, (leaf, _) in now], (overlap(now, before, was),)), LEAST)
    columns = sorted({(name, leaf, said) for one in both for name, (leaf, said) in one})
    rows: list[Row] = []
    for firms, paths in ((before, was), (now, shown)):
        there = {(name, leaf, said) for name, (leaf, said) in firms}
        for path in sorted(paths):
            inside = [one in there and LEAVES[one[1]][: len(path)] == path for one in columns]
            rows.append(np.array(inside, dtype=np.int64))
    assert not exposed(rows, [name for name, _, _ in columns], LEAST, most=3)
    for path in every() - shown:
        there = {(name, leaf, said) for name, (leaf, said) in now}
        hidden = np.array(
            [one in there and LEAVES[one[1]][: len(path)] == path for one in columns], dtype=np.int64
        )
        if 0 < hidden.sum() < LEAST:
            assert not recovered(rows, hidden), path


@pytest.mark.parametrize("came", [1, 4, 5])
def test_firms_that_came__hide_the_new_figure_until_they_are_enough(came: int) -> None:
    before = [(name, (0, 0)) for name in range(20)]
    now = [*before, *((100 + at, (0, 0)) for at in range(came))]
    was = told(layer([leaf for _, (leaf, _) in before]), LEAST)
    shown = told(layer([leaf for _, (leaf, _) in now], (overlap(now, before, was),)), LEAST)
    assert bool(shown) is (came >= LEAST)


def test_the_same_firms_again__are_told_again() -> None:
    firms = [(name, (name % 2, 0)) for name in range(40)]
    was = told(layer([leaf for _, (leaf, _) in firms]), LEAST)
    assert told(layer([leaf for _, (leaf, _) in firms], (overlap(firms, firms, was),)), LEAST) == was


# -- one giant -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amounts", "gone"),
    [
        ([100, 0, 0, 0, 0], True),  # the total is the giant
        ([100, 50, 14.9, 0, 0], True),  # the second largest tells the largest to within 15 %
        ([100, 50, 15, 0, 0], False),
        ([10, 10, 10, 10, 10], False),
        ([0, 0, 0, 0, 0], False),
        ([-100, 1, 1, 1, 1], True),  # a loss may be a giant's too
    ],
)
def test_a_sum__is_dominated_by_the_p_rule(amounts: list[float], gone: bool) -> None:
    assert dominates(np.array(amounts)) is gone


@given(counts, st.data())
def test_a_dominated_rest__is_never_left_over(sizes: list[int], data: st.DataObject) -> None:
    leaf = spread(sizes)
    values = np.array(
        data.draw(st.lists(st.sampled_from([1.0, 3.0, 500.0]), min_size=len(leaf), max_size=len(leaf)))
    )
    shown = told(layer(leaf, values=values), LEAST)
    by_leaf = rests(LEAVES, shown)
    for path in shown:
        inside = np.array([by_leaf.get(at) == path for at in leaf])
        assert not inside.any() or (inside.sum() >= LEAST and not dominates(values[inside]))


@given(counts, st.data())
def test_levels__are_told_by_enough_firms_each_and_never_all_the_same(
    sizes: list[int], data: st.DataObject
) -> None:
    leaf = spread(sizes)
    levels = data.draw(st.lists(st.integers(0, 2), min_size=len(leaf), max_size=len(leaf)))
    shown = told(layer(leaf, colours=np.array(levels, dtype=np.int64), mixed=True), LEAST)
    rows = [
        row(path, leaf) * np.array([said == level for said in levels], dtype=np.int64)
        for path in sorted(shown)
        for level in range(3)
    ]
    assert not exposed([one for one in rows if one.any()], range(len(leaf)), LEAST, most=3)
    for path in shown:
        assert (
            len({said for at, said in zip(leaf, levels, strict=True) if LEAVES[at][: len(path)] == path}) > 1
        )
