"""No figure for fewer than five firms, and none that subtraction gives away."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.aggregate.disclosure import Cell, Family, public, withheld
from assessor.aggregate.population import Group
from assessor.aggregate.statistics import Figure


def computable(counts: dict[Cell, int], families: list[Family], hidden: set[Cell]) -> set[Cell]:
    """The hidden cells that somebody with a pencil can work out from the others."""
    unknown = sorted(hidden, key=str)
    if not unknown:
        return set()
    place = {cell: column for column, cell in enumerate(unknown)}
    rows = []
    for family in families:
        row = np.zeros(len(unknown))
        for cell in family.parts:
            if cell in place:
                row[place[cell]] += 1
        if family.total in place:
            row[place[family.total]] -= 1
        rows.append(row)
    system = np.array(rows)
    rank = np.linalg.matrix_rank(system)
    found = set()
    for cell, column in place.items():
        unit = np.zeros(len(unknown))
        unit[column] = 1
        if np.linalg.matrix_rank(np.vstack([system, unit])) == rank:
            found.add(cell)
    return found


@given(table=st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=5))
def test_table_with_margins__no_small_cell_can_be_worked_out(table: list[list[int]]) -> None:
    counts: dict[Cell, int] = {("all", "all"): sum(map(sum, table))}
    families: list[Family] = []
    columns = range(3)
    for row, cells in enumerate(table):
        counts |= {(row, column): cells[column] for column in columns}
        counts[(row, "all")] = sum(cells)
        families.append(Family((row, "all"), tuple((row, column) for column in columns)))
    for column in columns:
        counts[("all", column)] = sum(cells[column] for cells in table)
        families.append(Family(("all", column), tuple((row, column) for row in range(len(table)))))
    families.append(Family(("all", "all"), tuple((row, "all") for row in range(len(table)))))
    families.append(Family(("all", "all"), tuple(("all", column) for column in columns)))
    hidden = withheld(counts, families)
    small = {cell for cell, count in counts.items() if 0 < count < 5}
    assert small <= hidden
    assert not small & computable(counts, families, hidden)


def test_one_small_cell__takes_another_with_it() -> None:
    counts: dict[Cell, int] = {("t",): 43, ("a",): 3, ("b",): 10, ("c",): 30}
    assert withheld(counts, [Family(("t",), (("a",), ("b",), ("c",)))]) == {("a",), ("b",)}


def test_hidden_together__are_five_at_least() -> None:
    counts: dict[Cell, int] = {("t",): 44, ("a",): 2, ("b",): 2, ("c",): 40}
    assert withheld(counts, [Family(("t",), (("a",), ("b",), ("c",)))]) == {("a",), ("b",), ("c",)}


def figures(group: Group, n: int, levels: dict[int, int]) -> list[Figure]:
    shares = [
        Figure(group, "m.level", f"share_{level}", 100 * levels.get(level, 0) / n, n, levels.get(level, 0))
        for level in range(5)
    ]
    return [Figure(group, "firms", "count", n, n, n), *shares]


def test_few_firms__are_not_published_at_all() -> None:
    whole = Group(mode="self")
    parts = {"a": 4, "b": 20, "c": 40}
    made = figures(whole, 64, {1: 64})
    for region, n in parts.items():
        made += figures(replace(whole, region=region), n, {1: n})
    told = {(one.group.region, one.statistic): one.value for one in public(made) if one.indicator == "firms"}
    assert told == {("all", "count"): 64, ("a", "count"): None, ("b", "count"): None, ("c", "count"): 40}
    gone = [one for one in public(made) if one.group.region in "ab"]
    assert all(one.value is None and one.n is None for one in gone)


def test_share_of_few__is_hidden_within_a_group_of_many() -> None:
    [one, *rest] = [
        (each.statistic, each.value)
        for each in public(figures(Group(mode="self"), 60, {0: 3, 1: 20, 2: 37}))
        if each.indicator == "m.level"
    ]
    told = dict([one, *rest])
    assert told["share_0"] is None and told["share_1"] is None
    assert told["share_2"] == pytest.approx(100 * 37 / 60)


def test_percentiles__need_ten_and_amounts_have_no_mean() -> None:
    group = Group(industry="x", mode="self")
    few = [Figure(group, "N1", name, 1.0, 9) for name in ("mean", "p50", "p90")]
    many = [Figure(group, "N2", name, 1.0, 10) for name in ("mean", "p50", "p90")]
    told = {(one.indicator, one.statistic): one.value for one in public([*few, *many])}
    assert told == {("N1", "p50"): None, ("N1", "p90"): None, ("N2", "p50"): 1.0, ("N2", "p90"): 1.0}


def test_three_traits_and_doubts__stay_in_the_house() -> None:
    deep = Group("x", "small", "520100", "self")
    made = figures(deep, 50, {1: 50})
    made += [Figure(Group(mode="self"), "finding.x", "share", 50.0, 100, 50)]
    assert public(made) == []


def test_the_mean_level__does_not_part_two_hidden_shares() -> None:
    """Two unknown counts with a known sum are known once their mean is."""
    group = Group(industry="x", mode="self")
    levels = {0: 3, 1: 20, 2: 37}
    shares = [
        Figure(group, "T1", f"share_{at}", 100 * levels.get(at, 0) / 60, 60, levels.get(at, 0))
        for at in range(5)
    ]
    mean = Figure(group, "T1", "mean", (20 + 74) / 60, 60)
    told = {one.statistic: one.value for one in public([*shares, mean])}
    assert told["share_0"] is None and told["share_1"] is None and told["mean"] is None
    open_ = [replace(one, count=one.count and one.count * 10, n=600) for one in shares]
    assert {one.statistic: one.value for one in public([*open_, replace(mean, n=600)])}["mean"] == mean.value
