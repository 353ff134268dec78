"""Taking back and doing again, by new entries; and the summary line along with it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.store.log import Entry, entry, in_order, standing, steps_of
from assessor.store.rows import summarise
from assessor.store.store import Store
from assessor.store.undo import redo, steps, undo
from tests.store.writer import AT, HEAD

LATER = "2026-05-20T09:00:00+08:00"


def put(store: Store, key: int, value: Any, item: str = "T01") -> None:
    store.record(key, "answer", item, None if value is None else {"value": value}, "张", AT)


def values(store: Store, key: int) -> dict[str, Any]:
    return {item: content["value"] for item, content in store.current(key, "answer").items()}


def test_nothing_to_undo__is_no_fault(store: Store, assessment: int) -> None:
    assert undo(store, assessment, "张", AT) is None
    assert redo(store, assessment, "张", AT) is None
    assert len(store.entries(assessment)) == 2


def test_the_first_facts__are_not_undone(store: Store, assessment: int) -> None:
    put(store, assessment, 1)
    assert undo(store, assessment, "张", AT) is not None
    assert undo(store, assessment, "张", AT) is None
    assert store.current(assessment, "fact")["name"] == "某轮胎厂"


def test_steps__are_taken_back_one_by_one_and_done_again(store: Store, assessment: int) -> None:
    seen = [values(store, assessment)]
    for value, item in ((1, "T01"), (2, "T01"), (3, "T02"), (None, "T01")):
        put(store, assessment, value, item)
        seen.append(values(store, assessment))
    for before in reversed(seen[:-1]):
        assert undo(store, assessment, "李", LATER) is not None
        assert values(store, assessment) == before
    assert undo(store, assessment, "李", LATER) is None
    for after in seen[1:]:
        assert redo(store, assessment, "李", LATER) is not None
        assert values(store, assessment) == after
    assert redo(store, assessment, "李", LATER) is None
    assert [len(found) for found in (steps(store, assessment).undo, steps(store, assessment).redo)] == [4, 0]


def test_an_undo__is_a_new_entry_by_who_pressed_it(store: Store, assessment: int) -> None:
    put(store, assessment, 1)
    put(store, assessment, 2)
    reverted = undo(store, assessment, "李", LATER)
    assert reverted is not None
    assert (reverted.items, reverted.pack_changed) == ((("answer", "T01"),), False)
    history = [(one.content["value"], one.author) for one in store.history(assessment, "T01")]
    assert history == [(1, "张"), (2, "张"), (1, "李")]
    [row] = store.assessments()
    assert (row.answered, row.changed_at) == (1, LATER)


def test_several_answers_of_one_commit__are_one_step(store: Store, assessment: int) -> None:
    put(store, assessment, 1)
    store.record_all(assessment, "answer", {"T01": {"value": 4}, "T02": {"value": 4}}, "张", AT)
    undo(store, assessment, "张", AT)
    assert values(store, assessment) == {"T01": 1}
    redo(store, assessment, "张", AT)
    assert values(store, assessment) == {"T01": 4, "T02": 4}


def test_a_new_answer__ends_what_can_be_done_again(store: Store, assessment: int) -> None:
    put(store, assessment, 1)
    undo(store, assessment, "张", AT)
    put(store, assessment, 2)
    assert redo(store, assessment, "张", AT) is None
    undo(store, assessment, "张", AT)
    assert values(store, assessment) == {}


def test_undo__works_across_closing_and_in_another_window(store: Store, assessment: int) -> None:
    put(store, assessment, 1)
    put(store, assessment, 2)
    other = Store.open(store.folder, "s")
    undo(other, assessment, "张", AT)
    other.close()
    assert values(store, assessment) == {"T01": 1}
    redo(store, assessment, "张", AT)
    assert values(store, assessment) == {"T01": 2}


def test_another_assessment__is_not_touched(store: Store, assessment: int) -> None:
    other = store.add_assessment(store.add_firm(AT), {**HEAD, "uid": "u2"}, {}, "张", AT)
    put(store, assessment, 1)
    put(store, other, 2)
    undo(store, assessment, "张", AT)
    assert (values(store, assessment), values(store, other)) == ({}, {"T01": 2})


@settings(max_examples=25)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["undo", "redo"]),
            st.tuples(st.sampled_from(["T01", "T02"]), st.none() | st.integers(0, 4)),
        ),
        max_size=14,
    )
)
def test_undo_and_redo__are_those_of_every_editor(
    tmp_path_factory: pytest.TempPathFactory, acts: Any
) -> None:
    store = Store.open(tmp_path_factory.mktemp("undo"), "s")
    key = store.add_assessment(store.add_firm(AT), HEAD, {}, "张", AT)
    past: list[dict[str, Any]] = []
    future: list[dict[str, Any]] = []
    now: dict[str, Any] = {}
    for act in acts:
        if act == "undo":
            undo(store, key, "张", AT)
            if past:
                future.append(now)
                now = past.pop()
        elif act == "redo":
            redo(store, key, "张", AT)
            if future:
                past.append(now)
                now = future.pop()
        else:
            item, value = act
            put(store, key, value, item)
            past.append(now)
            future = []
            now = {key_: held for key_, held in now.items() if key_ != item}
            now |= {} if value is None else {item: value}
        assert values(store, key) == now
    assert store.open_items(key) == {}
    assert all(one.is_genuine for one in store.entries(key))
    [row] = store.assessments()
    with store.together():
        summarise(store.database, key)
    assert store.assessments() == [row]
    store.close()


# -- the log itself -----------------------------------------------------------------------------------


def test_merging__ends_what_can_be_undone() -> None:
    assert steps_of([(1, "enter"), (2, "merge"), (3, "enter")]).undo == (3,)
    assert steps_of([(1, "enter"), (2, "undo"), (3, "merge")]).redo == ()


def test_the_order__is_that_of_cause_and_then_of_time() -> None:
    first = entry("u", "answer", "T", 1, "a", "2026-01-01T10:00", ())
    fast_clock = entry("u", "answer", "T", 2, "b", "2026-01-01T08:00", (first.digest,))
    last = entry("u", "answer", "T", 3, "c", "2026-01-01T09:00", (fast_clock.digest,))
    aside = entry("u", "answer", "T", 4, "d", "2026-01-01T11:00", ())
    ordered = in_order([aside, last, fast_clock, first])
    assert [one.content for one in ordered] == [1, 2, 3, 4]


def test_equal_contents__count_once_but_both_are_replaced(store: Store, assessment: int) -> None:
    from assessor.store.merge import merge_contents

    put(store, assessment, 2)
    merge_contents(store, assessment, {("answer", "T01"): {"value": 2}}, "file", "李", AT)
    assert store.open_items(assessment) == {}
    assert len(standing(store.entries(assessment))[("answer", "T01")]) == 1
    put(store, assessment, 3)
    assert store.open_items(assessment) == {}
    assert values(store, assessment) == {"T01": 3}


def test_undoing_a_settlement__opens_the_item_again_with_who_said_what(store: Store, assessment: int) -> None:
    from assessor.store.merge import merge_contents

    put(store, assessment, 1)
    merge_contents(store, assessment, {("answer", "T01"): {"value": 4}}, "file", "李", AT)
    store.settle(assessment, ("answer", "T01"), {"value": 2}, "王", LATER)
    assert values(store, assessment) == {"T01": 2}
    undo(store, assessment, "王", LATER)
    said: dict[str, Entry] = {one.author: one for one in store.open_items(assessment)[("answer", "T01")]}
    assert {author: one.content["value"] for author, one in said.items()} == {"张": 1, "李": 4}
    redo(store, assessment, "王", LATER)
    assert values(store, assessment) == {"T01": 2}
