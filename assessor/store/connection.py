"""A connection that keeps what it was given: durable, foreign keys on, one writer at a time.

A disk that can't do write-ahead logging (USB stick, network share) gets a rollback journal, and it is said.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlite_utils.db import Database

from assessor.errors import UserError, refuse

Connect = Callable[[Path], sqlite3.Connection]
Journal = Literal["wal", "rollback"]

_NO_SHARED_MEMORY = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PROTOCOL}
LOCK_NAME = "assessor.lock"


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite says into a message for a person."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _message(error, path) from error


def code_of(error: sqlite3.Error) -> int:
    """The primary code of an error; 0 when SQLite gave none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _message(error: sqlite3.DatabaseError, path: Path) -> UserError:
    known = {
        sqlite3.SQLITE_FULL: "store-full",
        sqlite3.SQLITE_READONLY: "store-readonly",
        sqlite3.SQLITE_BUSY: "store-locked",
        sqlite3.SQLITE_LOCKED: "store-locked",
        sqlite3.SQLITE_CANTOPEN: "store-readonly",
        sqlite3.SQLITE_CORRUPT: "store-damaged",
        sqlite3.SQLITE_NOTADB: "store-damaged",
    }
    return refuse(known.get(code_of(error), "store-failed"), str(path), reason=str(error))


@dataclass(frozen=True, slots=True)
class Connected:
    """An open database and how it is kept safe."""

    database: Database
    journal: Journal


def connect_database(path: Path, check: Callable[[Database], None], connect: Connect) -> Connected:
    """Open the file; `check` may refuse it before anything in it is touched."""
    database = _opened(path, connect)
    try:
        try:
            check(database)
            wal = _enable_wal(database.conn)
        except sqlite3.OperationalError as error:
            if code_of(error) not in _NO_SHARED_MEMORY or not path.is_file():
                raise
            database.close()
            database = _opened(path, connect)
            try:
                _leave_wal(database, check)
            except sqlite3.OperationalError:
                raise error from None  # nothing can be written here at all
            wal = False
        database.execute("PRAGMA synchronous = FULL")
        return Connected(database, "wal" if wal else "rollback")
    except BaseException:
        database.close()
        raise


def _opened(path: Path, connect: Connect) -> Database:
    database = Database(connect(path), execute_plugins=False)
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("PRAGMA busy_timeout = 5000")
    database.execute("PRAGMA secure_delete = ON")  # deleted for good means overwritten
    return database


def _enable_wal(connection: sqlite3.Connection) -> bool:
    """Whether write-ahead logging is on and really works here."""
    try:
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.OperationalError as error:
        if code_of(error) != sqlite3.SQLITE_BUSY:
            raise
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode != "wal":
        return False
    connection.execute("BEGIN IMMEDIATE")  # fails where there is no memory to share
    connection.execute("ROLLBACK")
    return True


def _leave_wal(database: Database, check: Callable[[Database], None]) -> None:
    """Turn a file that was written with write-ahead logging into one that this disk can hold.

    With the file to ourselves, SQLite needs no shared memory to read the log and put it away.
    """
    database.execute("PRAGMA locking_mode = EXCLUSIVE")
    check(database)
    database.execute("PRAGMA journal_mode = DELETE").fetchone()
    database.execute("PRAGMA locking_mode = NORMAL")
    database.execute("SELECT count(*) FROM sqlite_master").fetchone()  # lets go of the lock


@contextmanager
def writing(database: Database, path: Path) -> Iterator[None]:
    """One transaction, all or nothing, that holds the right to write before it reads.

    With a plain BEGIN, a writer that came between reading and writing would make it fail at once.
    Inside another one it joins that one.
    """
    with told(path):
        if database.conn.in_transaction:
            with database.atomic():
                yield
            return
        database.execute("BEGIN IMMEDIATE")
        try:
            yield
            database.commit()
        except BaseException:
            database.rollback()
            raise


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other windows out while the file itself is made, mended or brought up to date.

    The lock is SQLite's own, so it works on every system and ends with the process that held it.
    """
    connection = sqlite3.connect(folder / LOCK_NAME, timeout=30, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        connection.close()
