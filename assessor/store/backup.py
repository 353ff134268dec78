"""One zip that holds everything: a consistent copy of the database, and the evidence by digest.

Made while the program is at work. Put back beside the present data, never over it, and only if every byte
is what it was.
"""

import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils.db import Database

from assessor.errors import refuse
from assessor.pack.archive import Archive, Kind, Writer, open_archive
from assessor.store.connection import told
from assessor.store.database import FILE_NAME, applied_steps, copy_database, unknown_steps
from assessor.store.evidence_files import EVIDENCE, chunks_of, evidence_path
from assessor.store.files import PART, place, sync_folder, whole_file, writable
from assessor.store.store import Store
from assessor.words import _

BACKUP = Kind("assessor-backup", "备份文件")
Progress = Callable[[int, int, str], None]
_LAST = "last-backup"
_EVIDENCE = re.compile(rf"{EVIDENCE}/[0-9a-f]{{2}}/[0-9a-f]{{64}}")


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds. `missing` are digests of evidence that could not be copied whole."""

    at: str
    by: str
    program: str
    steps: tuple[str, ...]
    assessments: int
    evidence: int
    missing: tuple[str, ...]
    bytes: int


def backup(
    folder: Path, out: Path, by: str, at: str, program: str, progress: Progress | None = None
) -> Backup:
    """Copy the data folder's store into a zip, which appears whole or not at all.

    Opens connections of its own, so it may run beside the window.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        raise refuse("file-missing", str(path))
    with told(path), _copied(path) as copy, whole_file(out) as file:
        writer = Writer(file, BACKUP)
        steps, assessments, digests = _contents(copy)
        writer.add(FILE_NAME, chunks_of(copy))
        missing = _add_evidence(writer, folder, digests, progress)
        head = {
            "at": at,
            "by": by,
            "program": program,
            "steps": steps,
            "assessments": assessments,
            "evidence": len(digests) - len(missing),
            "missing": missing,
        }
        writer.finish(head)
    with told(path):
        _note_last(path, at)
    return read_backup(out)


@contextmanager
def _copied(path: Path) -> Iterator[Path]:
    with writable(path.parent):
        handle, name = tempfile.mkstemp(PART, ".", path.parent)
        os.close(handle)
    copy = Path(name)
    try:
        copy_database(path, copy)
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _contents(copy: Path) -> tuple[list[str], int, list[str]]:
    """Steps taken, number of assessments, digests of the evidence."""
    database = Database(sqlite3.connect(copy), execute_plugins=False)
    try:
        (count,) = database.execute("SELECT count(*) FROM assessment").fetchone()
        found = database.execute("SELECT digest FROM evidence_file ORDER BY digest").fetchall()
        return applied_steps(database), int(count), [str(digest) for (digest,) in found]
    finally:
        database.close()


def _add_evidence(
    writer: Writer, folder: Path, digests: Sequence[str], progress: Progress | None
) -> list[str]:
    """Put the files in; those that could not be read, or no longer are what they were."""
    missing: list[str] = []
    for index, digest in enumerate(digests):
        if progress:
            progress(index, len(digests), digest[:16])
        path = evidence_path(folder, digest)
        if not path.is_file():
            missing.append(digest)
            continue
        name = f"{EVIDENCE}/{digest[:2]}/{digest}"
        if writer.add(name, _readable(path), packed=False) != digest:
            missing.append(digest)
    return missing


def _readable(path: Path) -> Iterator[bytes]:
    """As much of a file as the disk still gives: one bad spot must not prevent the backup of all else."""
    try:
        yield from chunks_of(path)
    except OSError:
        return


def _note_last(path: Path, at: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_LAST, at))
    finally:
        connection.close()


def last_backup(store: Store) -> str | None:
    """When the last backup was made; None when there never was one."""
    with told(store.path):
        found = store.database.execute("SELECT value FROM meta WHERE key = ?", (_LAST,)).fetchone()
    return str(found[0]) if found else None


def read_backup(file: Path) -> Backup:
    """What a backup says of itself; its files are not read."""
    with open_archive(file, BACKUP, str(file)) as archive:
        return _described(archive, file)


def _described(archive: Archive, file: Path) -> Backup:
    head = archive.head
    at, by, program = (head.get(key) for key in ("at", "by", "program"))
    assessments, evidence = (head.get(key) for key in ("assessments", "evidence"))
    steps, missing = _texts(head.get("steps")), _texts(head.get("missing"))
    if not (isinstance(at, str) and isinstance(by, str) and isinstance(program, str)):
        raise archive.damaged(_("清单写法不对"))
    if not (isinstance(assessments, int) and isinstance(evidence, int)) or steps is None or missing is None:
        raise archive.damaged(_("清单写法不对"))
    if FILE_NAME not in archive.files or not all(map(_belongs, archive.files)):
        raise archive.damaged(_("内容不是备份应有的"))
    return Backup(at, by, program, steps, assessments, evidence, missing, file.stat().st_size)


def _texts(value: Any) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        return None
    return tuple(value)


def _belongs(name: str) -> bool:
    """Nothing but the database and evidence: a log beside the database would be played into it."""
    return name == FILE_NAME or bool(_EVIDENCE.fullmatch(name))


def restore(file: Path, data: Path, stamp: str, progress: Progress | None = None) -> Path:
    """Put a backup back beside the present data folder; the new folder.

    Nothing appears unless every file is what its digest says and the database is sound and not newer than
    this program.
    """
    target = data.with_name(f"{data.name}-{stamp}")
    if target.exists():
        raise refuse("restore-exists", str(target))
    part = target.with_name(f".{data.name}-restore{PART}")
    with open_archive(file, BACKUP, str(file)) as archive, writable(target):
        _described(archive, file)
        _refuse_when_full(archive, target)
        shutil.rmtree(part, ignore_errors=True)  # left by one that was killed
        try:
            _unpack(archive, part, progress)
            _refuse_unsound(archive, part / FILE_NAME, file)
            place(part, target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    return target


def _refuse_when_full(archive: Archive, target: Path) -> None:
    folder = next(parent for parent in target.parents if parent.is_dir())
    if shutil.disk_usage(folder).free < archive.size:
        raise refuse("file-unwritable", str(target), reason=_("空间不够"))


def _unpack(archive: Archive, part: Path, progress: Progress | None) -> None:
    for index, name in enumerate(archive.files):
        if progress:
            progress(index, len(archive.files), name)
        path = part / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for chunk in archive.chunks(name):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    for folder in {path.parent for path in part.rglob("*")}:
        sync_folder(folder)


def _refuse_unsound(archive: Archive, path: Path, file: Path) -> None:
    database = Database(sqlite3.connect(path), execute_plugins=False)
    try:
        (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
        strange = unknown_steps(database)
    except sqlite3.DatabaseError as error:
        raise archive.damaged(_("数据库读不出")) from error
    finally:
        database.close()
    if strange:
        raise refuse("store-newer", str(file), steps=_("、").join(strange))
    if verdict != "ok":
        raise archive.damaged(_("数据库读不出"))
