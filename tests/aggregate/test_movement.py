"""From one year to the next: a firm is compared with itself, and the public matrix exposes nobody."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.aggregate.collect import Collected
from assessor.aggregate.decide import Item, Rules, decide
from assessor.aggregate.movement import Movement, movement, public_rows, steps
from assessor.aggregate.population import ALL, Group, populate
from assessor.aggregate.record import Taken
from assessor.pack.model import Pack
from tests.aggregate.attack import recovered
from tests.aggregate.booths import Booth, said
from tests.aggregate.firms import Sender


def since(sender: Sender, firms: list[Booth], campaign: str = "") -> Movement | None:
    """The movement among these files."""
    items = [
        Item(f"{at:03}", Taken(f"{at:064d}", "accepted", assessed=said(sender, one)))
        for at, one in enumerate(firms)
    ]
    ledger = decide(items, Rules(campaign))
    packs: dict[str, Pack] = {sender.pack.digest: sender.pack}
    collected = Collected(tuple(ledger), packs)
    population = populate(collected.ledger, packs, campaign)
    return movement(collected.ledger, population, sender.pack.models[0].id)


def year(campaign: str, *levels: int, first: int = 0, **more: object) -> list[Booth]:
    return [
        Booth(first + at, grade=level, campaign=campaign, **more)  # type: ignore[arg-type]
        for at, level in enumerate(levels)
    ]


def test_levels__are_compared_firm_by_firm(sender: Sender) -> None:
    files = [*year("2026", 0, 2, 4, 2), *year("2027", 4, 2, 0, 4, 4)]
    for campaign in ("", "2027"):
        found = since(sender, files, campaign)
        assert found is not None and (found.earlier, found.later) == ("2026", "2027")
        pairs = found.pairs[Group(mode="self")]
        assert sum(pairs.values()) == 4, "the fifth was not there before"
        before, now = [found_[Group(mode="self")] for found_ in (found.before, found.now)]
        assert (sum(before.values()), sum(now.values())) == (4, 5)
        up, stayed, down = steps(pairs)
        assert (up, stayed, down) == (2, 1, 1)


def test_a_visit__is_not_held_against_a_claim(sender: Sender) -> None:
    assert since(sender, [*year("2026", 1, 2), *year("2027", 1, 2, 3, mode="onsite")], "2027") is None


def test_without_an_earlier_year__there_is_no_movement(sender: Sender) -> None:
    assert since(sender, year("2027", 1, 2)) is None
    assert since(sender, [*year("2027", 1, 2), *year("2028", 3)], "2027") is None


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(0, 4), st.integers(0, 4), st.integers(0, 3)),
        min_size=1,
        max_size=80,
    )
)
def test_the_public_matrix__exposes_no_few(firms: list[tuple[str, int, int, int]]) -> None:
    """Of each firm: its trade, its levels, and whether it is in both years (0-1), new (2) or gone (3)."""
    whole, groups = Group(mode="self"), {name: Group(industry=name, mode="self") for name in "ab"}
    place = Group(region="520100", mode="self")
    everyone = (whole, *groups.values(), place)
    pairs = {group: Counter[tuple[int | str, int | str]]() for group in everyone}
    before = {group: Counter[int | str]() for group in everyone}
    now = {group: Counter[int | str]() for group in everyone}
    for trade, old, new, how in firms:
        for group in (whole, groups[trade], place):
            if how <= 1:
                pairs[group][old, new] += 1
            if how != 2:
                before[group][old] += 1
            if how != 3:
                now[group][new] += 1
    present = {group: told for group, told in pairs.items() if told}
    found = Movement("2026", "2027", "m", present, before, now)
    rows = list(public_rows(found))
    columns = [(trade, old, new) for trade in "ab" for old in range(5) for new in range(5)]
    shown, hidden = [], []
    for industry, _region, _mode, _earlier, _later, old, new, count in rows:
        row = np.array(
            [industry in (ALL, one[0]) and old in (ALL, one[1]) and new in (ALL, one[2]) for one in columns],
            dtype=np.int64,
        )
        group = groups[industry] if industry in groups else whole
        true = present[group][old, new] if old != ALL else sum(present[group].values())
        if count == "":
            hidden.append((true, row))
        else:
            assert count == true and not 0 < true < 5
            shown.append(row)
    for true, row in hidden:
        if 0 < true < 5 and row.any():
            assert not recovered(shown, row)
