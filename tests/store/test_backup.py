"""One zip with everything, made while work goes on, and put back beside the present data."""

import hashlib
import json
import shutil
import sqlite3
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from assessor.errors import UserError
from assessor.store.backup import backup, last_backup, read_backup, restore
from assessor.store.evidence import add_evidence, check_evidence, evidence_of
from assessor.store.evidence_files import evidence_path
from assessor.store.store import Store
from tests.store.pictures import jpeg_bytes
from tests.store.test_opening import digests as all_digests
from tests.store.writer import AT

LATER = "2026-05-21T08:00:00+08:00"


@pytest.fixture
def filled(store: Store, assessment: int, tmp_path: Path) -> Store:
    """A store with an answer and two files of evidence."""
    store.record(assessment, "answer", "T01", {"value": 2}, "张", AT)
    (tmp_path / "a.jpg").write_bytes(jpeg_bytes())
    (tmp_path / "b.txt").write_bytes("证据".encode())
    for name in ("a.jpg", "b.txt"):
        add_evidence(store, assessment, tmp_path / name, "张", AT)
    return store


@pytest.fixture
def zipped(filled: Store, tmp_path: Path) -> Path:
    """A backup of it."""
    out = tmp_path / "备份.zip"
    backup(filled.folder, out, "张", LATER, "0.1.0")
    return out


def digests(folder: Path) -> dict[str, str]:
    """Every file but the memory that connections share, which reading changes too."""
    return {name: digest for name, digest in all_digests(folder).items() if not name.endswith("-shm")}


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(UserError) as caught:
        act()
    return caught.value.problems[0].code


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The zip with its files changed."""
    with zipfile.ZipFile(file) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file


def changed_manifest(content: dict[str, bytes], **values: object) -> None:
    manifest = json.loads(content["manifest.json"])
    manifest.update(values)
    content["manifest.json"] = json.dumps(manifest).encode()


# -- made ------------------------------------------------------------------------------------------------


def test_a_backup__says_what_it_holds(filled: Store, zipped: Path) -> None:
    found = read_backup(zipped)
    assert (found.at, found.by, found.program) == (LATER, "张", "0.1.0")
    assert found.steps == ("m001_first", "m002_travel", "m003_plans")
    assert (found.assessments, found.evidence, found.missing) == (1, 2, ())
    assert found.bytes == zipped.stat().st_size
    with zipfile.ZipFile(zipped) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 4
    assert not [path for path in filled.folder.iterdir() if path.name.endswith(".part")]


def test_the_last_backup__is_known_to_every_window(filled: Store, tmp_path: Path) -> None:
    assert last_backup(filled) is None
    backup(filled.folder, tmp_path / "x.zip", "张", AT, "0.1.0")
    backup(filled.folder, tmp_path / "y.zip", "张", LATER, "0.1.0")
    assert last_backup(filled) == LATER
    other = Store.open(filled.folder, "s")
    assert last_backup(other) == LATER
    other.close()


def test_a_backup_made_while_answers_come_in__is_one_moment_of_them(
    filled: Store, assessment: int, tmp_path: Path
) -> None:
    stop, made = threading.Event(), []

    def make() -> None:
        while not stop.is_set():
            out = tmp_path / f"{len(made)}.zip"
            backup(filled.folder, out, "张", AT, "0.1.0")
            made.append(out)

    thread = threading.Thread(target=make)
    thread.start()
    count = 0
    while len(made) < 3 and count < 2000:
        filled.record_all(assessment, "answer", {f"Q{n}": {"value": count} for n in range(5)}, "张", AT)
        count += 1
        stop.wait(0.002)
    stop.set()
    thread.join()
    for number, out in enumerate(made):
        copy = Store.open(restore(out, filled.folder, str(number)), "s")
        values = {copy.current(assessment, "answer").get(f"Q{n}", {}).get("value") for n in range(5)}
        assert len(values) == 1
        copy.close()


def test_evidence_that_is_lost_or_changed__is_told_and_prevents_nothing(
    filled: Store, assessment: int, tmp_path: Path
) -> None:
    lost, changed = (one.digest for one in evidence_of(filled, assessment))
    evidence_path(filled.folder, lost).unlink()
    evidence_path(filled.folder, changed).write_bytes(b"?")
    found = backup(filled.folder, tmp_path / "x.zip", "张", AT, "0.1.0")
    assert set(found.missing) == {lost, changed}
    copy = Store.open(restore(tmp_path / "x.zip", filled.folder, "n"), "s")
    assert copy.current(assessment, "answer") == {"T01": {"value": 2}}
    checked = check_evidence(copy, read_all=True)
    assert (checked.missing, checked.damaged) == ((lost,), (changed,))
    copy.close()


def test_a_place_that_can_t_be_written__is_told_and_leaves_the_old_backup(
    filled: Store, zipped: Path, tmp_path: Path
) -> None:
    (tmp_path / "dir").mkdir()
    (tmp_path / "dir" / "x").touch()
    assert code_of(lambda: backup(filled.folder, tmp_path / "dir", "张", AT, "1")) == "file-unwritable"
    assert (
        code_of(lambda: backup(filled.folder, tmp_path / "no" / "x.zip", "张", AT, "1")) == "file-unwritable"
    )
    assert code_of(lambda: backup(tmp_path / "nothing", tmp_path / "x.zip", "张", AT, "1")) == "file-missing"
    assert last_backup(filled) == LATER
    assert not list(tmp_path.rglob("*.part"))


def test_progress__is_told(filled: Store, tmp_path: Path) -> None:
    said: list[tuple[int, int]] = []
    backup(
        filled.folder, tmp_path / "x.zip", "张", AT, "1", lambda done, total, _: said.append((done, total))
    )
    assert said == [(0, 2), (1, 2)]
    restore(tmp_path / "x.zip", filled.folder, "n", lambda done, total, _: said.append((done, total)))
    assert said[2:] == [(0, 3), (1, 3), (2, 3)]


# -- put back --------------------------------------------------------------------------------------------


def test_a_restored_store__is_the_same_and_lies_beside_the_present_one(
    filled: Store, zipped: Path, assessment: int
) -> None:
    filled.record(assessment, "answer", "T01", {"value": 4}, "张", LATER)
    before = digests(filled.folder)
    target = restore(zipped, filled.folder, "20260521")
    assert target == filled.folder.with_name("data-20260521")
    assert digests(filled.folder) == before
    copy = Store.open(target, "s")
    assert copy.aside is None
    assert copy.current(assessment, "answer") == {"T01": {"value": 2}}
    assert evidence_of(copy, assessment) == evidence_of(filled, assessment)
    assert check_evidence(copy, read_all=True) == check_evidence(filled)
    assert copy.entries(assessment) == filled.entries(assessment)[:-1]
    copy.close()


def test_a_second_restore_to_the_same_place__is_refused(filled: Store, zipped: Path) -> None:
    restore(zipped, filled.folder, "n")
    assert code_of(lambda: restore(zipped, filled.folder, "n")) == "restore-exists"


def test_a_restore_where_an_earlier_one_was_killed__works(filled: Store, zipped: Path) -> None:
    left = filled.folder.with_name(".data-restore.part")
    (left / "evidence").mkdir(parents=True)
    (left / "assessor.db").write_bytes(b"half")
    target = restore(zipped, filled.folder, "n")
    assert not left.exists()
    assert (target / "assessor.db").stat().st_size > 1000


def swapped(files: dict[str, bytes]) -> None:
    name = next(name for name in files if name.startswith("evidence/"))
    files[name] = b"?" * len(files[name])


def renamed(files: dict[str, bytes]) -> None:
    name = next(name for name in files if name.startswith("evidence/"))
    files["evidence/../../../out"] = files.pop(name)
    entries = json.loads(files["manifest.json"])["files"]
    entries["evidence/../../../out"] = entries.pop(name)
    changed_manifest(files, files=entries)


def with_a_log(files: dict[str, bytes]) -> None:
    files["assessor.db-wal"] = b"to be played"
    entries = json.loads(files["manifest.json"])["files"]
    entries["assessor.db-wal"] = {"sha256": hashlib.sha256(b"to be played").hexdigest(), "bytes": 12}
    changed_manifest(files, files=entries)


def no_database(files: dict[str, bytes]) -> None:
    content = b"x" * 4096
    files["assessor.db"] = content
    entries = json.loads(files["manifest.json"])["files"]
    entries["assessor.db"] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": 4096}
    changed_manifest(files, files=entries)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (swapped, "bundle-damaged"),
        (lambda files: files.pop(next(name for name in files if "evidence" in name)), "bundle-damaged"),
        (lambda files: files.update({"evidence/ab/more": b"1"}), "bundle-damaged"),
        (lambda files: files.pop("assessor.db"), "bundle-damaged"),
        (lambda files: files.update({"manifest.json": b"{"}), "bundle-damaged"),
        (lambda files: changed_manifest(files, files=[]), "bundle-damaged"),
        (lambda files: changed_manifest(files, steps=5), "bundle-damaged"),
        (lambda files: changed_manifest(files, at=None), "bundle-damaged"),
        (renamed, "bundle-damaged"),
        (with_a_log, "bundle-damaged"),
        (no_database, "bundle-damaged"),
        (lambda files: files.pop("manifest.json"), "bundle-foreign"),
        (lambda files: changed_manifest(files, format="assessor-pack"), "bundle-foreign"),
        (lambda files: changed_manifest(files, edition=2), "bundle-newer"),
    ],
)
def test_a_backup_that_is_not_what_was_made__is_refused_and_all_is_untouched(
    filled: Store, zipped: Path, change: Callable[[dict[str, bytes]], None], code: str
) -> None:
    rewritten(zipped, change)
    before = digests(zipped.parent)
    assert code_of(lambda: restore(zipped, filled.folder, "n")) == code
    assert digests(zipped.parent) == before
    assert not filled.folder.with_name("data-n").exists()


@pytest.mark.parametrize("share", [0, 1, 10, 50, 90, 99])
def test_a_backup_cut_short__is_refused(filled: Store, zipped: Path, share: int) -> None:
    content = zipped.read_bytes()
    zipped.write_bytes(content[: len(content) * share // 100])
    code = code_of(lambda: restore(zipped, filled.folder, "n"))
    assert code == ("bundle-foreign" if share == 0 else "bundle-damaged")


def test_every_single_flipped_byte__is_refused_or_harmless(filled: Store, zipped: Path) -> None:
    content = zipped.read_bytes()
    refused = 0
    for place in range(0, len(content), max(len(content) // 60, 1)):
        flipped = bytearray(content)
        flipped[place] ^= 0xFF
        zipped.write_bytes(bytes(flipped))
        try:
            target = restore(zipped, filled.folder, "n")
        except UserError:
            refused += 1
            continue
        assert (target / "assessor.db").is_file()
        shutil.rmtree(target)
    assert refused > 40


def test_a_file_that_is_no_zip_or_not_there__is_refused(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"words")
    assert code_of(lambda: restore(tmp_path / "x.zip", filled.folder, "n")) == "bundle-foreign"
    assert code_of(lambda: restore(tmp_path / "none.zip", filled.folder, "n")) == "file-missing"
    assert code_of(lambda: restore(tmp_path, filled.folder, "n")) == "file-unreadable"


def test_a_backup_of_a_newer_version__is_refused(filled: Store, tmp_path: Path) -> None:
    filled._database.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('assessor', 'm999', '')"
    )
    out = tmp_path / "newer.zip"
    backup(filled.folder, out, "张", AT, "9.9")
    assert code_of(lambda: restore(out, filled.folder, "n")) == "store-newer"
    assert not list(tmp_path.glob("*data-*"))


def test_a_backup_of_an_older_version__is_brought_up_to_date_when_opened(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(Path(__file__).with_name("files") / "m001-first.db", folder / "assessor.db")
    Store.open(folder, "s").close()
    copy = next((folder / "snapshots").glob("*.db"))
    shutil.copy(copy, tmp_path / "old.db")
    connection = sqlite3.connect(tmp_path / "old.db")
    assert connection.execute("SELECT name FROM _sqlite_migrations").fetchall() == [("m001_first",)]
    connection.close()
