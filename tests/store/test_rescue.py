"""What is sound in a broken file comes back, row by row, and it is said how much."""

import os
import random  # noqa: TID251  # seeded
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils.db import Database

from assessor.errors import UserError
from assessor.store import database as opening
from assessor.store.basis import name_pack
from assessor.store.log import Entry
from assessor.store.pages import leaf_rows
from assessor.store.store import Store
from tests.store.writer import AT, HEAD

PAGE = 4096


def filled(folder: Path, assessments: int = 30, answers: int = 40) -> dict[str, list[Entry]]:
    """A closed store; its log by uid."""
    store = Store.open(folder, "s")
    logs: dict[str, list[Entry]] = {}
    with store.together():
        for number in range(assessments):
            head = {**HEAD, "uid": f"u{number}"}
            key = store.add_assessment(store.add_firm(AT), head, {"name": f"第 {number} 厂"}, "张", AT)
            for part in range(2):
                items = {
                    f"T{index:02}": {"value": index % 5, "remark": f"备注 {part}"} for index in range(answers)
                }
                store.record_all(key, "answer", items, "李", AT)
            store.record(key, "answer", "long", {"remark": "长" * 4000}, "王", AT)
            logs[f"u{number}"] = list(store.entries(key))
    store.close()
    return logs


def damaged_at(path: Path, pages: list[int]) -> None:
    content = bytearray(path.read_bytes())
    for page in pages:
        content[page * PAGE : (page + 1) * PAGE] = b"\x5a" * len(content[page * PAGE : (page + 1) * PAGE])
    path.write_bytes(bytes(content))


def saved(folder: Path) -> tuple[Store, dict[str, list[Entry]]]:
    store = Store.open(folder, "20260520-080000")
    return store, {row.uid: list(store.entries(row.id)) for row in store.assessments()}


def code_of(store: Store) -> list[str]:
    return [problem.code for problem in store.notices()]


def test_a_file_without_its_first_page__comes_back_whole(folder: Path) -> None:
    logs = filled(folder)
    damaged_at(folder / "assessor.db", [0])
    store, found = saved(folder)
    assert found == logs
    assert store.rescued is not None
    assert (store.rescued.assessments, store.rescued.damaged, store.rescued.missing) == (30, 0, 0)
    assert store.rescued.entries == sum(map(len, logs.values()))
    assert code_of(store) == ["store-rescued"]
    [notice] = store.notices()
    assert "assessor.db.corrupt-20260520-080000" in notice.what
    row = next(row for row in store.assessments() if row.uid == "u7")
    assert (row.firm_name, row.answered) == ("第 7 厂", 40)
    assert store.current(row.id, "answer")["long"] == {"remark": "长" * 4000}
    store.record(row.id, "answer", "T01", {"value": 4}, "张", AT)
    store.close()


@pytest.mark.parametrize("seed", range(8))
def test_a_file_with_damaged_pages__loses_only_what_lay_on_them(folder: Path, seed: int) -> None:
    logs = filled(folder)
    path = folder / "assessor.db"
    count = path.stat().st_size // PAGE
    pages = sorted(random.Random(seed).sample(range(count), 1 + count // 20))
    in_pages = rows_by_page(path)
    damaged_at(path, pages)
    store, found = saved(folder)
    assert store.aside is not None
    lost = sum(in_pages.get(page, 0) for page in pages)
    total = sum(map(len, logs.values()))
    # rows of the log on damaged pages are gone; so are those whose long text ran through one
    assert total - lost - len(pages) <= sum(map(len, found.values())) <= total
    for uid, entries in found.items():
        assert [one for one in logs[uid] if one in entries] == entries
        assert all(one.is_genuine for one in entries)
    store.close()
    again = Store.open(folder, "s")
    assert again.aside is None
    again.close()


def rows_by_page(path: Path) -> dict[int, int]:
    """How many rows of the log lie on each page (numbered from 0)."""
    whole = path.read_bytes()
    found = {}
    for number in range(len(whole) // PAGE):
        page = whole[number * PAGE : (number + 1) * PAGE]
        start = 100 if number == 0 else 0
        if page[start] == 0x0D:
            found[number] = int.from_bytes(page[start + 3 : start + 5], "big")
    return found


def test_an_assessment_whose_own_row_is_lost__is_found_again_in_basis(folder: Path) -> None:
    logs = filled(folder, 3, 5)
    path = folder / "assessor.db"
    connection = sqlite3.connect(path)
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'assessment'").fetchone()
    connection.close()
    damaged_at(path, [root - 1])
    store, found = saved(folder)
    assert found == logs
    row = next(row for row in store.assessments() if row.uid == "u1")
    assert (row.pack, row.mode, row.campaign, row.assessed_by) == ("tires", "self", "2026", "张")
    store.close()


def test_an_entry_that_no_longer_is_what_its_digest_says__is_not_taken_for_genuine(folder: Path) -> None:
    filled(folder, 1, 3)
    path = folder / "assessor.db"
    content = path.read_bytes()
    assert content.count('{"value": 2, "remark": "备注 1"}'.encode()) == 1
    content = content.replace(
        '{"value": 2, "remark": "备注 1"}'.encode(), '{"value": 4, "remark": "备注 1"}'.encode()
    )
    path.write_bytes(b"\x00" * 16 + content[16:])
    store, found = saved(folder)
    assert store.rescued is not None
    assert store.rescued.damaged == 1
    assert [one.content["value"] for one in found["u0"] if one.item == "T02"] == [2]
    store.close()


def test_a_changed_entry_in_a_file_that_is_sound_otherwise__is_found_on_request(folder: Path) -> None:
    filled(folder, 2, 3)
    store = Store.open(folder, "s")
    assert store.damaged_entries() == {}
    store._database.execute("UPDATE log SET author = 'x' WHERE assessment = 2 AND item = 'T01'")
    assert store.damaged_entries() == {2: 2}
    store.close()


def test_what_lay_only_in_the_log_beside_the_file__comes_back_too(folder: Path, tmp_path: Path) -> None:
    filled(folder, 2, 3)
    store = Store.open(folder, "s")
    [row, _] = store.assessments()
    store.record(row.id, "answer", "newest", {"value": 3}, "张", AT)
    copy = tmp_path / "killed"
    shutil.copytree(folder, copy)
    store.close()
    assert (copy / "assessor.db-wal").stat().st_size > 0
    content = bytearray((copy / "assessor.db").read_bytes())
    content[:16] = b"not a database.."
    (copy / "assessor.db").write_bytes(bytes(content))
    found = {cells[3] for _, cells in leaf_rows(copy / "assessor.db") if len(cells) == 12}
    assert "newest" in found


def test_a_truncated_file__gives_what_is_left_of_it(folder: Path) -> None:
    logs = filled(folder)
    path = folder / "assessor.db"
    os.truncate(path, path.stat().st_size // 2 + 100)
    store, found = saved(folder)
    assert store.rescued is not None
    total = sum(map(len, logs.values()))
    assert total * 0.4 < sum(map(len, found.values())) == store.rescued.entries < total
    assert store.rescued.entries + store.rescued.missing == total
    assert all(one in logs[uid] for uid, entries in found.items() for one in entries)
    store.close()


def test_an_assessment_of_which_only_entries_are_left__is_begun_anew_and_told(folder: Path) -> None:
    logs = filled(folder, 3, 5)
    path = folder / "assessor.db"
    connection = sqlite3.connect(path)
    roots = connection.execute("SELECT rootpage FROM sqlite_master WHERE name IN ('assessment', 'basis')")
    pages = [root - 1 for (root,) in roots]
    connection.close()
    damaged_at(path, pages)
    store, found = saved(folder)
    assert found == logs
    assert code_of(store) == ["store-rescued", "store-guessed"]
    row = next(row for row in store.assessments() if row.uid == "u1")
    assert (row.firm_name, row.pack, row.date, row.assessed_by) == ("第 1 厂", "", "2026-05-20", "张、李、王")
    with store.together():
        name_pack(store.database, row.id, ("tires", "2026.1", "d"), "张", AT)
    assert store.assessment(row.id).pack == "tires"
    store.record(row.id, "answer", "T01", {"value": 4}, "张", AT)
    store.close()


def test_a_broken_file_of_a_newer_version__is_refused_and_left_alone(folder: Path) -> None:
    filled(folder, 2, 2)
    path = folder / "assessor.db"
    connection = sqlite3.connect(path)
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('assessor', 'm999', '')"
    )
    connection.commit()
    connection.close()
    damaged_at(path, [0])
    before = path.read_bytes()
    with pytest.raises(UserError) as caught:
        Store.open(folder, "s")
    assert [problem.code for problem in caught.value.problems] == ["store-newer"]
    assert path.read_bytes() == before
    assert not list(folder.glob("*corrupt*"))


def test_a_broken_file_of_the_first_version__is_rescued_into_today_s_shape(folder: Path) -> None:
    folder.mkdir()
    path = folder / "assessor.db"
    shutil.copy(Path(__file__).with_name("files") / "m001-first.db", path)
    before = Database(sqlite3.connect(path), execute_plugins=False)
    digests = {digest for (digest,) in before.execute("SELECT digest FROM log")}
    before.close()
    content = bytearray(path.read_bytes())
    content[:100] = b"\0" * 100
    path.write_bytes(bytes(content))
    store, found = saved(folder)
    [entries] = found.values()
    assert {one.digest for one in entries} == digests
    assert [row.firm_name for row in store.assessments()] == ["匀水示例轮胎翻新厂"]
    store.close()


@pytest.mark.parametrize("noise", range(12))
def test_noise_of_any_kind__is_never_more_than_a_new_empty_store(folder: Path, noise: int) -> None:
    folder.mkdir()
    draw = random.Random(noise)
    content = draw.randbytes(PAGE * 6)
    if noise % 2:
        pages = bytearray(content)
        for start in range(0, len(pages), PAGE):  # pages that claim to be leaves full of rows
            pages[start : start + 8] = bytes([0x0D, 0, 0, 0, 200, 0, 0, 0])
        content = bytes(pages)
    (folder / "assessor.db").write_bytes(content)
    store = Store.open(folder, "s")
    assert store.assessments() == []
    assert code_of(store) == ["store-corrupt"]
    assert store.aside is not None
    assert store.aside.read_bytes() == content
    store.close()


# -- cut short ---------------------------------------------------------------------------------------


class PulledError(Exception):
    """The plug."""


def test_a_rescue_cut_short_before_the_file_is_aside__begins_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs = filled(folder, 3, 5)
    damaged_at(folder / "assessor.db", [0])

    def pulled(path: Path, stamp: str) -> Path:
        raise PulledError

    with monkeypatch.context() as patch, pytest.raises(PulledError):
        patch.setattr(opening, "_set_aside", pulled)
        Store.open(folder, "s")
    store, found = saved(folder)
    assert found == logs
    assert store.aside is not None
    store.close()


def test_a_rescue_cut_short_with_no_file_in_place__is_completed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs = filled(folder, 3, 5)
    damaged_at(folder / "assessor.db", [0])
    (folder / "assessor.db-wal").write_bytes(b"old log")
    real = opening.place

    def pulled(part: Path, path: Path) -> None:
        if path.name == "assessor.db":
            raise PulledError
        real(part, path)

    with monkeypatch.context() as patch, pytest.raises(PulledError):
        patch.setattr(opening, "place", pulled)
        Store.open(folder, "s")
    assert not (folder / "assessor.db").exists()
    (folder / "assessor.db-wal").write_bytes(b"must not be played into the new file")
    store, found = saved(folder)
    assert found == logs
    store.close()
    assert len(list(folder.glob("assessor.db.corrupt-*"))) >= 1


def test_every_table_with_rows_worth_saving__has_a_shape(store: Store) -> None:
    from assessor.store.rescue import _SHAPES

    tables = {
        name: [column for _, column, *_ in store._database.execute(f"PRAGMA table_info({name})")]
        for (name,) in store._database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    follows_or_small = {"summary", "firm", "meta", "doomed"}
    shapes = {shape.table: list(shape.columns) for shape in _SHAPES}
    assert {name: columns for name, columns in tables.items() if name not in follows_or_small} == shapes
