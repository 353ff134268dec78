"""Opening the database: durable, foreign keys on, newer ones refused, broken ones kept aside."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils.db import Database

from assessor.errors import UserError, refuse
from assessor.store.migrations import migrations

FILE_NAME = "assessor.db"


def open_database(folder: Path, stamp: str) -> tuple[Database, Path | None]:
    """The database in `folder`, made or brought up to date.

    A corrupt file is renamed with `stamp` in its name and a new one begun; its new path is the
    second value. `UserError` when the folder can't be written or the file is from a newer version.
    """
    path = folder / FILE_NAME
    with told(path):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise refuse("file-unwritable", str(folder), reason=error.strerror or str(error)) from error
        aside = _set_aside(path, stamp) if path.exists() and not _is_sound(path) else None
        return _open(path), aside


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite says into a message for a person."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _message(error, path) from error


def _message(error: sqlite3.DatabaseError, path: Path) -> UserError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    known = {
        sqlite3.SQLITE_FULL: "store-full",
        sqlite3.SQLITE_READONLY: "store-readonly",
        sqlite3.SQLITE_BUSY: "store-locked",
        sqlite3.SQLITE_LOCKED: "store-locked",
        sqlite3.SQLITE_CANTOPEN: "store-readonly",
    }
    return refuse(known.get(code, "store-failed"), str(path), reason=str(error))


def _is_sound(path: Path) -> bool:
    """Whether SQLite can read the file through; a lock held by another window is no fault."""
    connection = sqlite3.connect(path)
    try:
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        return bool(verdict == "ok")
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()


def _set_aside(path: Path, stamp: str) -> Path:
    """Rename the file and what SQLite keeps beside it; nothing is deleted."""
    aside = path.with_name(f"{path.name}.corrupt-{stamp}")
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside


def _open(path: Path) -> Database:
    database = Database(sqlite3.connect(path), execute_plugins=False)
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("PRAGMA busy_timeout = 5000")
    _refuse_newer(database, path)
    database.enable_wal()
    database.execute("PRAGMA synchronous = FULL")
    migrations.apply(database)
    return database


def _refuse_newer(database: Database, path: Path) -> None:
    known = {migration.name for migration in migrations.pending(Database(memory=True))}
    recorded = {migration.name for migration in migrations.applied(database)}
    strange = sorted(recorded - known)
    if strange:
        database.close()
        raise refuse("store-newer", str(path), steps="、".join(strange))
