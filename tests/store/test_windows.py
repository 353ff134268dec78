"""Two windows on the same data, and bringing a store up to date while others look on."""

import multiprocessing
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Migrations
from sqlite_utils.db import Database

from assessor.store import database as opening
from assessor.store import migrations as steps
from assessor.store.store import Store
from tests.store.writer import AT, HEAD

FIRST = Path(__file__).with_name("files") / "m001-first.db"


@pytest.fixture
def second(store: Store, folder: Path) -> Iterator[Store]:
    """The same data opened by another window."""
    opened = Store.open(folder, "stamp")
    yield opened
    opened.close()


# -- what the other did ------------------------------------------------------------------------------


def test_a_window__learns_what_the_other_entered(store: Store, second: Store, assessment: int) -> None:
    token = second.changes_since(None).token
    assert second.changes_since(token).items == {}
    store.record(assessment, "answer", "T01", {"value": 1}, "张", AT)
    store.record(assessment, "answer", "T01", {"value": 2}, "张", AT)
    store.record(assessment, "fact", "site", "二厂", "张", AT)
    changes = second.changes_since(token)
    assert changes.items == {assessment: (("answer", "T01"), ("fact", "site"))}
    assert changes.listed
    again = second.changes_since(changes.token)
    assert (again.items, again.listed) == ({}, False)


def test_a_window__is_not_told_of_what_it_entered_itself(
    store: Store, second: Store, assessment: int
) -> None:
    token = second.changes_since(None).token
    second.record(assessment, "answer", "T01", {"value": 1}, "李", AT)
    assert second.changes_since(token).items == {}
    store.record(assessment, "answer", "T02", {"value": 2}, "张", AT)
    second.record(assessment, "answer", "T03", {"value": 3}, "李", AT)
    changes = second.changes_since(token)
    assert changes.items == {assessment: (("answer", "T02"),)}
    store.record(assessment, "answer", "T03", {"value": 4}, "张", AT)
    assert second.changes_since(changes.token).items == {assessment: (("answer", "T03"),)}


def test_what_was_rolled_back__is_neither_there_nor_told(
    store: Store, second: Store, assessment: int
) -> None:
    token = second.changes_since(None).token
    with pytest.raises(ZeroDivisionError), store.together():
        store.record(assessment, "answer", "T01", {"value": 1}, "张", AT)
        raise ZeroDivisionError
    assert second.changes_since(token).items == {}
    assert store.current(assessment, "answer") == {}


def test_a_new_assessment__shows_in_the_other_s_list(store: Store, second: Store, assessment: int) -> None:
    token = second.changes_since(None).token
    other = store.add_assessment(store.add_firm(AT), {**HEAD, "uid": "u2"}, {}, "张", AT)
    assert second.changes_since(token).listed
    assert other in [row.id for row in second.assessments()]


def test_everything_done_together__is_one_commit(store: Store, second: Store) -> None:
    token = second.changes_since(None).token
    with store.together():
        key = store.add_assessment(store.add_firm(AT), HEAD, {"name": "某厂"}, "张", AT)
        store.record(key, "answer", "T01", {"value": 1}, "张", AT)
        assert second.assessments() == []
        assert not second.changes_since(token).listed
    assert [row.answered for row in second.assessments()] == [1]


def test_the_line_in_the_list__follows_from_the_log(store: Store, assessment: int) -> None:
    for item, content in (
        ("T01", {"value": 1}),
        ("T01", {"value": 2}),
        ("T02", {"state": "unknown"}),
        ("T02", {"value": 0}),
        ("T01", None),
        ("T01", {"value": 1}),
    ):
        store.record(assessment, "answer", item, content, "张", AT)
    store.record(assessment, "fact", "name", None, "张", AT)
    from assessor.store.rows import summarise

    [kept] = store.assessments()
    assert (kept.firm_name, kept.answered) == ("", 2)
    with store.together():
        summarise(store.database, assessment)
    assert store.assessments() == [kept]


# -- bringing up to date ------------------------------------------------------------------------------


def test_a_new_store__needs_no_copy(store: Store, folder: Path) -> None:
    assert store.snapshot is None
    assert not (folder / "snapshots").exists()


def test_an_older_store__is_copied_before_it_is_changed(folder: Path) -> None:
    folder.mkdir()
    shutil.copy(FIRST, folder / "assessor.db")
    store = Store.open(folder, "20260520-080000")
    assert store.snapshot == folder / "snapshots" / "before-update-m001_first-20260520-080000.db"
    copy = Database(sqlite3.connect(store.snapshot), execute_plugins=False)
    assert [step.name for step in steps.migrations.applied(copy)] == ["m001_first"]
    before = sqlite3.connect(FIRST)
    rows = before.execute("SELECT * FROM log").fetchall()
    before.close()
    assert copy.execute("SELECT * FROM log").fetchall() == rows
    copy.close()
    assert all(one.is_genuine for one in store.entries(store.assessments()[0].id))
    store.close()
    again = Store.open(folder, "20260520-090000")
    assert again.snapshot is None
    again.close()


def test_a_step_that_fails__leaves_the_store_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    shutil.copy(FIRST, folder / "assessor.db")
    failing = Migrations("assessor")
    failing(name="m001_first")(steps.m001_first)

    @failing()
    def m002_travel(db: Database) -> None:
        steps.m002_travel(db)
        raise ZeroDivisionError

    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr(opening, "migrations", failing)
        Store.open(folder, "s")
    store = Store.open(folder, "s2")
    assert store.aside is None
    [row] = store.assessments()
    assert row.firm_name == "匀水示例轮胎翻新厂"
    store.close()


def _open_and_count(folder: str, barrier: Any, out: Any) -> None:
    barrier.wait()
    store = Store.open(Path(folder), "s")
    out.put((store.aside is None, len(store.assessments()), store.snapshot is not None))
    store.close()


@pytest.mark.parametrize("kind", ["none", "older", "broken"])
def test_windows_opened_at_the_same_moment__do_not_get_in_each_other_s_way(folder: Path, kind: str) -> None:
    folder.mkdir()
    if kind != "none":
        shutil.copy(FIRST, folder / "assessor.db")
    if kind == "broken":
        content = bytearray(FIRST.read_bytes())
        content[:16] = b"\0" * 16
        (folder / "assessor.db").write_bytes(bytes(content))
    context = multiprocessing.get_context("spawn")
    barrier, out = context.Barrier(3), context.Queue()
    windows = [context.Process(target=_open_and_count, args=(str(folder), barrier, out)) for _ in range(3)]
    for window in windows:
        window.start()
    said = [out.get(timeout=60) for _ in windows]
    for window in windows:
        window.join()
        assert window.exitcode == 0
    assert [count for _, count, _ in said] == [0 if kind == "none" else 1] * 3
    assert sum(not whole for whole, _, _ in said) == (1 if kind == "broken" else 0)
    assert sum(copied for _, _, copied in said) == (1 if kind == "older" else 0)
