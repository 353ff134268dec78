"""Opening the database: newer refused, broken kept aside and rescued, older brought up to date.

Whatever changes the file as a whole happens with other windows kept out, and a process that is killed in
the midst of it leaves something the next opening finishes or forgets.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils.db import Database

from assessor.errors import refuse, system_reason
from assessor.store.connection import Connect, Journal, alone, connect_database, told
from assessor.store.files import PART, place, sweep_parts, sync_file, writable
from assessor.store.migrations import migrations
from assessor.store.rescue import Rescued, rescue
from assessor.words import _

FILE_NAME = "assessor.db"
SNAPSHOTS = "snapshots"
_RESCUE = f".{FILE_NAME}.rescue"
_KEPT_SNAPSHOTS = 20


@dataclass(frozen=True, slots=True)
class Opened:
    """The database, and what opening it took.

    `aside` is where a broken file was put and `rescued` what could be saved of it; `snapshot` is a copy
    from before it was brought up to date; `journal` is how commits are kept safe on this disk.
    """

    database: Database
    path: Path
    journal: Journal
    aside: Path | None = None
    rescued: Rescued | None = None
    snapshot: Path | None = None


def plain_connect(path: Path) -> sqlite3.Connection:
    """A connection as Python makes it."""
    return sqlite3.connect(path)


def open_database(folder: Path, stamp: str, connect: Connect = plain_connect) -> Opened:
    """The database in `folder`, made or brought up to date.

    A broken file is renamed with `stamp` in its name, and what is sound in it goes into a new one.
    `UserError` when the folder can't be written or the file is from a newer version.
    """
    path = folder / FILE_NAME
    with told(path):
        _make(folder)
        aside, rescued = _mend(path, stamp, connect)
        opened = connect_database(path, lambda database: _refuse_newer(database, path), connect)
        try:
            snapshot = _bring_up_to_date(opened.database, path, stamp, connect)
        except BaseException:
            opened.database.close()
            raise
    _tidy(folder)
    return Opened(opened.database, path, opened.journal, aside, rescued, snapshot)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse("file-unwritable", str(folder), reason=system_reason(error)) from error


def _tidy(folder: Path) -> None:
    """Forget what killed processes left half written."""
    sweep_parts(folder)
    sweep_parts(folder / SNAPSHOTS)


# -- newer and older -----------------------------------------------------------------------------


def _refuse_newer(database: Database, path: Path) -> None:
    strange = unknown_steps(database)
    if strange:
        raise refuse("store-newer", str(path), steps=_("、").join(strange))


def unknown_steps(database: Database) -> list[str]:
    """Steps this version has never heard of."""
    known = {migration.name for migration in migrations.pending(Database(memory=True))}
    return sorted(set(applied_steps(database)) - known)


def applied_steps(database: Database) -> list[str]:
    """The steps that have been taken, in order."""
    return [migration.name for migration in migrations.applied(database)]


def _bring_up_to_date(database: Database, path: Path, stamp: str, connect: Connect) -> Path | None:
    """Take the steps still to be taken; the copy made before, if there was something to copy."""
    if not migrations.pending(database):
        return None
    with alone(path.parent):
        if not migrations.pending(database):  # another window was quicker
            return None
        done = applied_steps(database)
        copy = snapshot(path, f"before-update-{done[-1]}", stamp, connect) if done else None
        migrations.apply(database)
        return copy


def snapshot(path: Path, why: str, stamp: str, connect: Connect = plain_connect) -> Path:
    """A consistent copy of the database as it stands, in `snapshots/`; the oldest of many make room."""
    folder = path.parent / SNAPSHOTS
    _make(folder)
    target, number = folder / f"{why}-{stamp}.db", 1
    while target.exists():
        target, number = folder / f"{why}-{stamp}-{number}.db", number + 1
    part = target.with_name(f".{target.name}{PART}")
    part.unlink(missing_ok=True)
    try:
        copy_database(path, part, connect)
        place(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    for old in sorted(folder.glob("*.db"), key=lambda each: each.stat().st_mtime)[:-_KEPT_SNAPSHOTS]:
        old.unlink(missing_ok=True)
    return target


def copy_database(path: Path, target: Path, connect: Connect = plain_connect) -> None:
    """A consistent copy in one file, made while others may read and write; on the disk when this returns."""
    source = connect(path)
    try:
        copy = sqlite3.connect(target)
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
    finally:
        source.close()
    sync_file(target)


# -- broken --------------------------------------------------------------------------------------


def _mend(path: Path, stamp: str, connect: Connect) -> tuple[Path | None, Rescued | None]:
    """Put a broken file aside and a new one with its sound rows in its place."""
    if not _is_left(path) and (not path.exists() or _is_sound(path, connect)):
        return None, None
    with writable(path), alone(path.parent):
        _finish(path)
        if not path.exists() or _is_sound(path, connect):  # another window was quicker
            return None, None
        part = path.with_name(f"{_RESCUE}{PART}")
        part.unlink(missing_ok=True)
        rescued = _rescued(path, part)
        part.replace(path.with_name(_RESCUE))
        aside = _set_aside(path, stamp)
        place(path.with_name(_RESCUE), path)
        return aside, rescued


def _is_left(path: Path) -> bool:
    return path.with_name(_RESCUE).exists()


def _finish(path: Path) -> None:
    """A rescue that was cut short: complete it if the broken file is aside already, else begin again."""
    left = path.with_name(_RESCUE)
    if not left.exists():
        return
    if path.exists():
        left.unlink()
        return
    _rename_beside(path, path.with_name(f"{path.name}.corrupt-left"))
    place(left, path)


def _rescued(path: Path, part: Path) -> Rescued:
    target = Database(sqlite3.connect(part), execute_plugins=False)
    try:
        migrations.apply(target)
        found = rescue(path, target)
    except BaseException:
        target.close()
        part.unlink(missing_ok=True)
        raise
    target.close()
    sync_file(part)
    return found


def _is_sound(path: Path, connect: Connect) -> bool:
    """Whether SQLite can read the file through; a lock held by another window is no fault."""
    connection = connect(path)
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
    aside, number = path.with_name(f"{path.name}.corrupt-{stamp}"), 1
    while aside.exists():
        aside, number = path.with_name(f"{path.name}.corrupt-{stamp}-{number}"), number + 1
    path.rename(aside)
    _rename_beside(path, aside)
    return aside


def _rename_beside(path: Path, aside: Path) -> None:
    """Take away the log beside a file: SQLite would play it into the new one."""
    for suffix in ("-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.replace(aside.with_name(aside.name + suffix))
