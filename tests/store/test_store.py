"""Firms, assessments and answers: an append-only log whose newest entries stand."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.errors import UserError
from assessor.store.store import Store
from tests.store.writer import AT, HEAD

LATER = "2026-05-20T09:00:00+08:00"


@pytest.fixture
def second(store: Store, folder: Path) -> Iterator[Store]:
    """The same data opened by another window."""
    opened = Store.open(folder, "stamp")
    yield opened
    opened.close()


def codes(caught: pytest.ExceptionInfo[UserError]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def record(store: Store, assessment: int, item: str, content: Any, at: str = AT) -> None:
    store.record(assessment, "answer", item, content, "张", at)


# -- what stands -----------------------------------------------------------------------------------


def test_an_answer__stands_until_the_next(store: Store, assessment: int) -> None:
    record(store, assessment, "T01", {"value": 1})
    record(store, assessment, "T01", {"value": 2})
    assert store.current(assessment, "answer") == {"T01": {"value": 2}}


def test_the_same_answer_again__is_one_more_entry(store: Store, assessment: int) -> None:
    for value in (1, 2, 1, 1):
        record(store, assessment, "T01", {"value": value})
    assert [entry.content["value"] for entry in store.history(assessment, "T01")] == [1, 2, 1, 1]
    assert store.current(assessment, "answer") == {"T01": {"value": 1}}


def test_an_answer_taken_back__is_gone_but_not_forgotten(store: Store, assessment: int) -> None:
    record(store, assessment, "T01", {"value": 1})
    record(store, assessment, "T01", None)
    assert store.current(assessment, "answer") == {}
    assert [entry.content for entry in store.history(assessment, "T01")] == [{"value": 1}, None]


def test_the_history__says_who_and_when(store: Store, assessment: int) -> None:
    store.record(assessment, "answer", "T01", {"value": 1}, "张", AT)
    store.record(assessment, "answer", "T01", {"value": 2}, "李", LATER)
    found = [(entry.kind, entry.item, entry.author, entry.at) for entry in store.history(assessment, "T01")]
    assert found == [("answer", "T01", "张", AT), ("answer", "T01", "李", LATER)]


def test_facts_and_answers__are_kept_apart(store: Store, assessment: int) -> None:
    store.record(assessment, "fact", "TP01", ["全钢"], "张", AT)
    record(store, assessment, "TP01", {"value": ["半钢"]})
    assert store.current(assessment, "fact")["TP01"] == ["全钢"]
    assert store.current(assessment, "answer") == {"TP01": {"value": ["半钢"]}}


def test_answers__come_in_the_order_of_first_entry(store: Store, assessment: int) -> None:
    for item in ("T02", "T01", "T03", "T02"):
        record(store, assessment, item, {"value": 1})
    assert list(store.current(assessment, "answer")) == ["T02", "T01", "T03"]


def test_assessments__do_not_see_each_other(store: Store, assessment: int) -> None:
    other = store.add_assessment(store.add_firm(AT), {**HEAD, "uid": "u2"}, {"name": "另一家"}, "张", AT)
    record(store, assessment, "T01", {"value": 1})
    record(store, other, "T01", {"value": 4})
    assert store.current(assessment, "answer") == {"T01": {"value": 1}}
    assert store.current(other, "answer") == {"T01": {"value": 4}}
    assert store.current(other, "fact") == {"name": "另一家"}


@pytest.mark.parametrize(
    "content",
    [
        {"value": 0.1},
        {"value": "引号\"'\\与换行\n"},
        {"value": "𠮷😀\u0000\u2028"},
        [1, [2]],
        "字",
        0,
        False,
        "",
    ],
)
def test_content__comes_back_as_it_was(store: Store, assessment: int, content: Any) -> None:
    record(store, assessment, "T01", content)
    assert store.current(assessment, "answer") == {"T01": content}


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["T01", "T02", "T03"]),
            st.none() | st.integers(0, 4),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_what_stands__is_the_newest_of_each_item(tmp_path_factory: Any, steps: list[Any]) -> None:
    store = Store.open(tmp_path_factory.mktemp("log"), "stamp")
    key = store.add_assessment(store.add_firm(AT), HEAD, {}, "张", AT)
    expected: dict[str, Any] = {}
    for item, value, together in steps:
        if together:
            store.record_all(key, "answer", {item: value, "T09": value}, "张", AT)
            expected["T09"] = value
        else:
            record(store, key, item, value)
        expected[item] = value
    assert store.current(key, "answer") == {
        item: value for item, value in expected.items() if value is not None
    }
    assert len(store.entries(key)) == sum(2 if together else 1 for _, _, together in steps)
    assert store.open_items(key) == {}
    store.close()


# -- the list ----------------------------------------------------------------------------------------


def test_the_list__says_which_firm_and_how_far(store: Store, assessment: int) -> None:
    store.record(assessment, "fact", "site", "二厂", "张", AT)
    record(store, assessment, "T01", {"value": 0})
    record(store, assessment, "T02", {"value": 3})
    record(store, assessment, "T03", {"value": 3})
    record(store, assessment, "T03", None)
    record(store, assessment, "T04", {"state": "unanswered"}, LATER)
    [row] = store.assessments()
    assert (row.firm_name, row.uscc, row.site) == ("某轮胎厂", "91000000MA0000007C", "二厂")
    assert (row.pack, row.pack_version, row.mode, row.campaign) == ("tires", "2026.1", "self", "2026")
    assert (row.date, row.assessed_by) == ("2026-05-20", "张")
    assert row.answered == 2
    assert row.changed_at == LATER


def test_the_list__has_the_one_changed_last_first(store: Store, assessment: int) -> None:
    other = store.add_assessment(store.add_firm(AT), {**HEAD, "uid": "u2"}, {}, "张", LATER)
    assert [row.id for row in store.assessments()] == [other, assessment]
    record(store, assessment, "T01", {"value": 1}, "2026-05-20T10:00:00+08:00")
    assert [row.id for row in store.assessments()] == [assessment, other]


def test_an_assessment_without_facts__is_listed_without_a_name(store: Store) -> None:
    store.add_assessment(store.add_firm(AT), HEAD, {}, "", AT)
    [row] = store.assessments()
    assert (row.firm_name, row.uscc, row.site, row.answered, row.changed_at) == ("", "", "", 0, AT)


def test_an_assessment_that_is_not_there__is_refused(store: Store) -> None:
    with pytest.raises(UserError) as caught:
        store.assessment(7)
    assert codes(caught) == ["store-unknown"]
    with pytest.raises(UserError) as caught:
        record(store, 7, "T01", {"value": 1})
    assert codes(caught) == ["store-unknown"]


# -- all or nothing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("head", "error"), [({"mode": "visit"}, UserError), ({}, TypeError)])
def test_an_assessment_that_fails_half_way__is_not_there_at_all(
    store: Store, head: Any, error: type[Exception]
) -> None:
    facts = {"name": "某轮胎厂"} if head else {"name": "某轮胎厂", "bad": object()}
    with pytest.raises(error):
        store.add_assessment(store.add_firm(AT), {**HEAD, **head}, facts, "张", AT)
    assert store.assessments() == []
    key = store.add_assessment(store.add_firm(AT), HEAD, {"name": "某轮胎厂"}, "张", AT)
    assert [row.id for row in store.assessments()] == [key]


def test_answers_of_which_one_fails__are_none_of_them_there(store: Store, assessment: int) -> None:
    record(store, assessment, "T01", {"value": 1})
    with pytest.raises(TypeError):
        store.record_all(assessment, "answer", {"T01": {"value": 2}, "T02": object()}, "张", AT)
    assert store.current(assessment, "answer") == {"T01": {"value": 1}}


# -- two windows -------------------------------------------------------------------------------------


def test_two_windows__see_each_other_s_answers(store: Store, second: Store, assessment: int) -> None:
    record(store, assessment, "T01", {"value": 1})
    assert second.current(assessment, "answer") == {"T01": {"value": 1}}
    record(second, assessment, "T01", {"value": 2})
    record(second, assessment, "T02", {"value": 3})
    assert store.current(assessment, "answer") == {"T01": {"value": 2}, "T02": {"value": 3}}
    assert [row.answered for row in store.assessments()] == [2]


def test_a_database_held_by_another__is_told_and_nothing_is_written(
    store: Store, folder: Path, assessment: int
) -> None:
    store._database.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(folder / "assessor.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError) as caught:
        record(store, assessment, "T01", {"value": 1})
    assert codes(caught) == ["store-locked"]
    other.execute("ROLLBACK")
    other.close()
    assert store.current(assessment, "answer") == {}
    record(store, assessment, "T01", {"value": 1})
    assert store.current(assessment, "answer") == {"T01": {"value": 1}}


# -- no room, no right -------------------------------------------------------------------------------


def test_a_full_disk__is_told_and_what_was_saved_stays(store: Store, folder: Path, assessment: int) -> None:
    record(store, assessment, "T01", {"value": 1})
    pages = store._database.execute("PRAGMA page_count").fetchone()[0]
    store._database.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(UserError) as caught:
        record(store, assessment, "T02", {"remark": "长" * 50_000})
    assert codes(caught) == ["store-full"]
    assert store.current(assessment, "answer") == {"T01": {"value": 1}}
    store._database.execute("PRAGMA max_page_count = 100000")
    record(store, assessment, "T02", {"remark": "长" * 50_000})
    assert len(store.current(assessment, "answer")["T02"]["remark"]) == 50_000


def test_a_database_turned_read_only__is_told_and_what_was_saved_stays(store: Store, assessment: int) -> None:
    record(store, assessment, "T01", {"value": 1})
    store._database.execute("PRAGMA query_only = ON")
    with pytest.raises(UserError) as caught:
        record(store, assessment, "T01", {"value": 2})
    assert codes(caught) == ["store-readonly"]
    assert store.current(assessment, "answer") == {"T01": {"value": 1}}
