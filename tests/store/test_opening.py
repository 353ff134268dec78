"""Opening the database: made when missing, refused when newer, kept aside when broken, never harmed."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlite_utils.db import Database

from assessor.errors import UserError
from assessor.store.migrations import migrations
from assessor.store.store import Store
from tests.store.writer import AT, HEAD

FILES = Path(__file__).with_name("files")


def digests(folder: Path) -> dict[str, str]:
    """Every file of a folder with the digest of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def code_of_opening(folder: Path) -> str:
    with pytest.raises(UserError) as caught:
        Store.open(folder, "20260520-080000")
    [problem] = caught.value.problems
    return problem.code


def filled(folder: Path) -> int:
    """A closed store with one answer."""
    store = Store.open(folder, "stamp")
    key = store.add_assessment(store.add_firm(AT), HEAD, {"name": "某轮胎厂"}, "张", AT)
    store.record(key, "answer", "T01", {"value": 2}, "张", AT)
    store.close()
    return key


def answer_in(folder: Path, key: int) -> object:
    store = Store.open(folder, "stamp")
    found = store.current(key, "answer")["T01"]
    store.close()
    return found


def test_a_folder_that_is_not_there__is_made(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    store = Store.open(folder, "stamp")
    assert store.path == folder / "assessor.db"
    assert store.assessments() == []
    store.close()


def test_an_empty_file__becomes_a_database(folder: Path) -> None:
    folder.mkdir()
    (folder / "assessor.db").touch()
    store = Store.open(folder, "stamp")
    assert store.aside is None
    assert store.assessments() == []
    store.close()


def test_a_store_opened_again__holds_what_it_held(folder: Path) -> None:
    key = filled(folder)
    assert answer_in(folder, key) == {"value": 2}


def test_the_settings_that_keep_answers_safe__are_really_on(store: Store) -> None:
    def setting(name: str) -> object:
        return store._database.execute(f"PRAGMA {name}").fetchone()[0]

    assert setting("journal_mode") == "wal"
    assert setting("synchronous") == 2
    assert setting("foreign_keys") == 1
    assert setting("busy_timeout") == 5000


def test_an_assessment_of_no_firm__is_refused_by_the_database(store: Store) -> None:
    with pytest.raises(UserError) as caught:
        store.add_assessment(999, HEAD, {"name": "无"}, "张", AT)
    assert [problem.code for problem in caught.value.problems] == ["store-failed"]
    assert store.assessments() == []


# -- newer ---------------------------------------------------------------------------------------


@pytest.fixture
def newer(folder: Path) -> Path:
    """A database that a later version has taken a step further."""
    filled(folder)
    connection = sqlite3.connect(folder / "assessor.db")
    step = ("assessor", "m999_later", "2027")
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)", step
    )
    connection.execute("ALTER TABLE firm ADD COLUMN colour TEXT")
    connection.commit()
    connection.close()
    return folder


def test_a_newer_database__is_refused_and_not_touched(newer: Path) -> None:
    before = digests(newer)
    with pytest.raises(UserError) as caught:
        Store.open(newer, "stamp")
    [problem] = caught.value.problems
    assert problem.code == "store-newer"
    assert "m999_later" in problem.what
    assert digests(newer) == before


# -- broken --------------------------------------------------------------------------------------


def overwritten(path: Path, start: int, length: int) -> None:
    content = bytearray(path.read_bytes())
    content[start : start + length] = b"\x5a" * length
    path.write_bytes(bytes(content))


@pytest.mark.parametrize(
    ("start", "length"),
    [(0, 16), (0, 4096), (16, 64), (4096, 4096), (100, 200)],
    ids=["magic", "first page", "header", "second page", "schema"],
)
def test_a_broken_database__is_kept_aside_and_a_new_one_begun(folder: Path, start: int, length: int) -> None:
    filled(folder)
    overwritten(folder / "assessor.db", start, length)
    before = (folder / "assessor.db").read_bytes()
    store = Store.open(folder, "20260520-080000")
    aside = folder / "assessor.db.corrupt-20260520-080000"
    assert store.aside == aside
    assert aside.read_bytes() == before
    saved = [store.current(row.id, "answer") for row in store.assessments()]
    assert saved in ([], [{}], [{"T01": {"value": 2}}])
    key = store.add_assessment(store.add_firm(AT), {**HEAD, "uid": "u9"}, {"name": "另一家"}, "张", AT)
    assert key in [row.id for row in store.assessments()]
    store.close()
    again = Store.open(folder, "20260520-090000")
    assert again.aside is None
    assert again.current(key, "fact") == {"name": "另一家"}
    again.close()


@pytest.mark.parametrize(
    "content", [b"not a database at all, just words\n" * 200, b"PK\x03\x04" + b"\0" * 5000]
)
def test_a_file_that_is_no_database__is_kept_aside(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "assessor.db").write_bytes(content)
    store = Store.open(folder, "s")
    assert store.aside is not None
    assert store.aside.read_bytes() == content
    store.close()


def test_a_database_cut_short__is_kept_aside(folder: Path) -> None:
    filled(folder)
    path = folder / "assessor.db"
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    store = Store.open(folder, "s")
    assert store.aside is not None
    assert store.aside.read_bytes() == content[: len(content) // 2]
    store.close()


def test_a_second_broken_database__does_not_replace_the_first_kept_aside(folder: Path) -> None:
    folder.mkdir()
    for content in (b"first" * 100, b"second" * 100):
        (folder / "assessor.db").write_bytes(content)
        Store.open(folder, "same-second").close()
        (folder / "assessor.db").unlink()
    kept = {path.read_bytes() for path in folder.glob("assessor.db.corrupt-*")}
    assert kept == {b"first" * 100, b"second" * 100}


def test_a_sound_database__is_never_put_aside(folder: Path) -> None:
    key = filled(folder)
    store = Store.open(folder, "s")
    assert store.aside is None
    store.close()
    assert answer_in(folder, key) == {"value": 2}
    assert not list(folder.glob("*corrupt*"))


# -- places that can't be written ----------------------------------------------------------------


def test_a_folder_below_a_file__is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    before = digests(tmp_path)
    assert code_of_opening(tmp_path / "file" / "data") == "file-unwritable"
    assert code_of_opening(tmp_path / "file") == "file-unwritable"
    assert digests(tmp_path) == before


def test_a_folder_where_the_database_should_be__is_refused(folder: Path) -> None:
    (folder / "assessor.db").mkdir(parents=True)
    assert code_of_opening(folder) == "store-readonly"
    assert list(folder.iterdir()) == [folder / "assessor.db"]


def test_a_folder_that_may_not_be_made__is_refused(
    open_folder: Path, ordinary_user: AbstractContextManager[None]
) -> None:
    with ordinary_user:
        assert code_of_opening(open_folder / "data") == "file-unwritable"


def test_an_empty_folder_that_may_not_be_written__is_refused(
    open_folder: Path, ordinary_user: AbstractContextManager[None]
) -> None:
    open_folder.chmod(0o555)
    with ordinary_user:
        assert code_of_opening(open_folder) == "store-readonly"
    assert list(open_folder.iterdir()) == []


def test_a_database_that_may_not_be_written__is_refused_and_not_taken_for_broken(
    open_folder: Path, ordinary_user: AbstractContextManager[None]
) -> None:
    filled(open_folder)
    (open_folder / "assessor.db").chmod(0o444)
    open_folder.chmod(0o555)
    before = digests(open_folder)
    with ordinary_user:
        assert code_of_opening(open_folder) == "store-readonly"
    assert digests(open_folder) == before


# -- databases of released versions --------------------------------------------------------------


@pytest.fixture(params=sorted(FILES.glob("*.db")), ids=lambda path: path.stem)
def released(request: pytest.FixtureRequest, folder: Path) -> Iterator[Store]:
    """A database file as one version wrote it, opened by this one."""
    folder.mkdir()
    shutil.copy(request.param, folder / "assessor.db")
    store = Store.open(folder, "stamp")
    yield store
    store.close()


def test_a_database_of_an_earlier_version__is_read_and_written(released: Store) -> None:
    assert released.aside is None
    [row] = released.assessments()
    assert (row.firm_name, row.uscc, row.site) == ("匀水示例轮胎翻新厂", "91000000MA0DEM021H", "本部")
    assert (row.pack, row.pack_version, row.mode, row.date) == ("tires", "2026.1", "onsite", "2026-01-02")
    assert released.current(row.id, "answer") == {
        "T01": {"value": 2, "verified": 1, "reason": "缺记录"},
        "miit.Q2": {"value": {"numerator": 14, "denominator": 70}},
    }
    assert [entry.content for entry in released.history(row.id, "T02")] == [{"value": 3}, None]
    released.record(row.id, "answer", "T02", {"value": 1}, "张", AT)
    assert released.current(row.id, "answer")["T02"] == {"value": 1}


@pytest.mark.parametrize("path", sorted(FILES.glob("*.db")), ids=lambda path: path.stem)
def test_a_step_once_taken__still_makes_the_same_tables(path: Path, tmp_path: Path) -> None:
    def tables(connection: sqlite3.Connection) -> list[str]:
        rows = connection.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        ).fetchall()
        return [" ".join(sql.split()) for (sql,) in rows]

    shutil.copy(path, tmp_path / "released.db")
    released = Database(tmp_path / "released.db")
    taken = [step.name for step in migrations.applied(released)]
    later = [step.name for step in migrations.pending(released)]
    today = Database(memory=True)
    migrations.apply(today, stop_before=later)
    assert taken[-1] == path.stem.replace("-", "_")
    assert tables(released.conn) == tables(today.conn)
    released.close()
    today.close()
