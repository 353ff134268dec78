"""Where write-ahead logging can't be had, where nothing can be written, where there is no room."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from assessor.errors import UserError
from assessor.store.store import Store
from tests.store.writer import AT, HEAD

ROOT = Path(__file__).resolve().parents[2]


def without_shared_memory(path: Path) -> sqlite3.Connection:
    """SQLite on a disk like a USB stick or a share: locks by files, no memory shared between processes."""
    return sqlite3.connect(f"{path.as_uri()}?vfs=unix-dotfile", uri=True)


needs_dotfile = pytest.mark.skipif(sys.platform == "win32", reason="this way of opening exists on Unix")


def put(store: Store, value: int) -> None:
    [row] = store.assessments()
    store.record(row.id, "answer", "T01", {"value": value}, "张", AT)


def answer(store: Store) -> object:
    [row] = store.assessments()
    return store.current(row.id, "answer")


def begun(folder: Path) -> None:
    store = Store.open(folder, "s")
    store.add_assessment(store.add_firm(AT), HEAD, {"name": "某厂"}, "张", AT)
    store.close()


def test_a_usual_disk__has_write_ahead_logging_and_nothing_to_tell(store: Store) -> None:
    assert store.journal == "wal"
    assert store.notices() == []


@needs_dotfile
def test_a_disk_without_it__falls_back_to_a_rollback_journal_and_says_so(folder: Path) -> None:
    store = Store.open(folder, "s", without_shared_memory)
    assert store.journal == "rollback"
    assert [problem.code for problem in store.notices()] == ["store-slow-journal"]
    assert store._database.execute("PRAGMA synchronous").fetchone() == (2,)
    store.add_assessment(store.add_firm(AT), HEAD, {}, "张", AT)
    put(store, 1)
    assert answer(store) == {"T01": {"value": 1}}
    store.close()


@needs_dotfile
def test_a_file_from_a_usual_disk__loses_nothing_on_one_without(folder: Path, tmp_path: Path) -> None:
    begun(folder)
    store = Store.open(folder, "s")
    put(store, 1)
    stick = tmp_path / "stick"
    shutil.copytree(folder, stick)  # the newest answers are still in the log beside the file
    store.close()
    assert (stick / "assessor.db-wal").stat().st_size > 0
    moved = Store.open(stick, "s", without_shared_memory)
    assert (moved.journal, moved.aside) == ("rollback", None)
    assert answer(moved) == {"T01": {"value": 1}}
    second = Store.open(stick, "s", without_shared_memory)
    put(second, 2)
    put(moved, 3)
    assert answer(second) == {"T01": {"value": 3}}
    second.close()
    moved.close()
    back = Store.open(stick, "s")
    assert (back.journal, answer(back)) == ("wal", {"T01": {"value": 3}})
    back.close()


@needs_dotfile
def test_a_newer_file_on_a_disk_without__is_refused_and_not_touched(folder: Path) -> None:
    begun(folder)
    connection = sqlite3.connect(folder / "assessor.db")
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('assessor', 'm999', '')"
    )
    connection.commit()
    connection.close()
    before = (folder / "assessor.db").read_bytes()
    with pytest.raises(UserError) as caught:
        Store.open(folder, "s", without_shared_memory)
    assert [problem.code for problem in caught.value.problems] == ["store-newer"]
    assert (folder / "assessor.db").read_bytes() == before


def test_a_connection_that_meets_damage__says_to_open_again(folder: Path) -> None:
    begun(folder)
    store = Store.open(folder, "s")
    [row] = store.assessments()
    items = {f"Q{number}": {"remark": "字" * 50} for number in range(300)}
    store.record_all(row.id, "answer", items, "张", AT)
    store.close()
    opened = Store.open(folder, "s")
    data = bytearray((folder / "assessor.db").read_bytes())
    data[4096 * 20 :] = b"\x5a" * (len(data) - 4096 * 20)
    (folder / "assessor.db").write_bytes(bytes(data))
    with pytest.raises(UserError) as caught:
        opened.entries(row.id)
    assert [problem.code for problem in caught.value.problems] == ["store-damaged"]
    opened.close()


# -- a small disk of our own -----------------------------------------------------------------------


def on_a_small_disk(folder: Path, kilobytes: int, program: str) -> str:
    """What a program printed that ran with FOLDER on a disk of that size."""
    folder.mkdir(exist_ok=True)
    mount = f"mount -t tmpfs -o size={kilobytes}k tmpfs {folder}"
    if subprocess.run(["unshare", "-rm", "sh", "-c", mount], capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r})\nFOLDER = {str(folder)!r}\n{program}"
    command = ["unshare", "-rm", "sh", "-c", f'{mount} && exec "$@"', "sh", sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


needs_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts are made the Linux way")


@needs_linux
def test_a_disk_that_is_really_full__keeps_every_saved_answer(tmp_path: Path) -> None:
    said = on_a_small_disk(
        tmp_path / "disk",
        900,
        """
from pathlib import Path
from assessor.errors import UserError
from assessor.store.store import Store
from tests.store.writer import AT, HEAD
store = Store.open(Path(FOLDER), "s")
key = store.add_assessment(store.add_firm(AT), HEAD, {}, "z", AT)
count = 0
try:
    while count < 5000:
        store.record(key, "answer", f"Q{count}", {"remark": "x" * 3000}, "z", AT)
        count += 1
except UserError as error:
    print(error.problems[0].code)
assert len(store.current(key, "answer")) == count > 10
store.close()
store = Store.open(Path(FOLDER), "s")
assert store.aside is None
assert len(store.current(key, "answer")) == count
print("kept")
""",
    )
    assert said.split() == ["store-full", "kept"]


@needs_linux
def test_a_disk_mounted_read_only__is_refused_with_a_clear_line(tmp_path: Path) -> None:
    said = on_a_small_disk(
        tmp_path / "disk",
        2000,
        """
import subprocess
from pathlib import Path
from assessor.errors import UserError
from assessor.store.store import Store
Store.open(Path(FOLDER), "s").close()
subprocess.run(["mount", "-o", "remount,ro", FOLDER], check=True)
try:
    Store.open(Path(FOLDER), "s")
except UserError as error:
    print(error.problems[0].code)
""",
    )
    assert said.split() == ["store-readonly"]
