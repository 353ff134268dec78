"""Which file counts; the order of files never matters."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.aggregate.decide import Decided, Item, Rules, decide
from tests.aggregate.firms import Sender


def states(ledger: list[Decided]) -> Mapping[str, str]:
    return {one.label: one.state for one in ledger}


def test_newest_complete__wins(sender: Sender) -> None:
    items = [
        sender.item("old", 1, date="2026-05-01"),
        sender.item("new", 1, date="2026-06-01", level=3),
    ]
    assert states(decide(items, Rules())) == {"old": "superseded", "new": "accepted"}


def test_newer_but_incomplete__does_not_displace_the_complete_one(sender: Sender) -> None:
    items = [
        sender.item("old", 1, date="2026-05-01"),
        sender.item("new", 1, date="2026-06-01", drop=("R1",)),
    ]
    ledger = decide(items, Rules())
    assert states(ledger) == {"old": "accepted", "new": "superseded"}
    [new] = [one for one in ledger if one.label == "new"]
    assert "1 道" in new.reason and new.remedy


def test_newest__wins_where_none_is_complete(sender: Sender) -> None:
    items = [
        sender.item("old", 1, date="2026-05-01", drop=("R1",)),
        sender.item("new", 1, date="2026-06-01", drop=("R1", "T1")),
    ]
    assert states(decide(items, Rules())) == {"old": "superseded", "new": "accepted"}


def test_same_content__is_counted_once(sender: Sender) -> None:
    items = [sender.item(label, 1) for label in ("b", "a", "c")]
    assert states(decide(items, Rules())) == {"a": "accepted", "b": "duplicate", "c": "duplicate"}


@pytest.mark.parametrize("drop", [(), ("R1",)])
def test_same_day_other_content__is_for_a_person(sender: Sender, drop: tuple[str, ...]) -> None:
    items = [sender.item("a", 1), sender.item("b", 1, level=3, drop=drop)]
    ledger = decide(items, Rules())
    assert states(ledger) == {"a": "conflict", "b": "conflict"}
    assert "b" in ledger[0].reason and "a" in ledger[1].reason


def test_conflict__leaves_older_ones_uncounted(sender: Sender) -> None:
    items = [
        sender.item("old", 1, date="2026-01-01"),
        sender.item("a", 1),
        sender.item("b", 1, level=3),
    ]
    assert states(decide(items, Rules())) == {"old": "superseded", "a": "conflict", "b": "conflict"}


def test_other_firm_or_campaign__is_another_key(sender: Sender) -> None:
    items = [
        sender.item("a", 1),
        sender.item("b", 2),
        sender.item("c", 1, campaign="2025", level=3),
    ]
    assert set(states(decide(items, Rules())).values()) == {"accepted"}


def test_campaign__leaves_others_out_and_takes_the_nameless_in(sender: Sender) -> None:
    items = [
        sender.item("this", 1),
        sender.item("last", 1, date="2025-05-20"),
        sender.item("nameless", 2, date=""),
    ]
    ledger = decide(items, Rules(campaign="2026"))
    assert states(ledger) == {"this": "accepted", "last": "ignored", "nameless": "accepted"}
    assert {one.key.campaign for one in ledger if one.state == "accepted" and one.key} == {"2026"}


def test_neither_date_nor_campaign__waits_for_a_person(sender: Sender) -> None:
    [one] = decide([sender.item("a", 1, date="")], Rules())
    assert (one.state, "--campaign" in one.remedy) == ("quarantined", True)


def test_date_to_come__does_not_win(sender: Sender) -> None:
    items = [sender.item("a", 1), sender.item("b", 1, date="2062-05-20", campaign="2026")]
    assert states(decide(items, Rules(today="2026-11-25"))) == {"a": "accepted", "b": "quarantined"}


@given(data=st.data())
def test_order_of_files__changes_nothing(sender: Sender, data: st.DataObject) -> None:
    draws = st.tuples(
        st.integers(1, 2),
        st.sampled_from(["2026-05-01", "2026-06-01", "2026-06-02"]),
        st.sampled_from([(), ("R1",)]),
        st.integers(1, 2),
    )
    chosen = data.draw(st.lists(draws, min_size=1, max_size=7))
    items = [
        sender.item(f"{place:02d}", number, date=date, drop=drop, level=level)
        for place, (number, date, drop, level) in enumerate(chosen)
    ]
    mixed: list[Item] = data.draw(st.permutations(items))
    ledger = decide(items, Rules())
    assert decide(mixed, Rules()) == ledger
    assert [one.label for one in ledger] == [item.label for item in items], "every file once"
    counting = [one.key for one in ledger if one.state == "accepted"]
    assert len(counting) == len(set(counting)), "one for each key"
