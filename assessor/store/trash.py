"""What is not wanted goes to the trash and can come back; only on request does it go for good."""

from collections.abc import Sequence

from sqlite_utils.db import Database

from assessor.errors import refuse
from assessor.store import rows
from assessor.store.connection import told
from assessor.store.evidence_files import doom, remove_doomed
from assessor.store.store import Store

_ROWS = ("log", "basis", "summary", "trash", "evidence")


def discard(store: Store, assessment: int, by: str, at: str) -> None:
    """Put an assessment into the trash; nothing of it is lost."""
    with store.together():
        rows.uid_of(store.database, assessment)
        store.database.execute("INSERT OR IGNORE INTO trash VALUES (?, ?, ?)", (assessment, by, at))


def restore(store: Store, assessment: int) -> None:
    """Take an assessment out of the trash."""
    with store.together():
        rows.uid_of(store.database, assessment)
        store.database.execute("DELETE FROM trash WHERE assessment = ?", (assessment,))


def erase(store: Store, *assessments: int) -> None:
    """Delete assessments in the trash for good, with what only they held: log, evidence, packs, firms.

    The one place where rows vanish. Deleted rows are overwritten in the file; copies made earlier
    (backups, snapshots, parts given to others) are not touched.
    """
    with store.together():
        for assessment in assessments:
            _erase(store, assessment)
    with told(store.path):
        remove_doomed(store.database, store.path)
        store.database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _erase(store: Store, assessment: int) -> None:
    database = store.database
    rows.uid_of(database, assessment)
    if database.execute("SELECT 1 FROM trash WHERE assessment = ?", (assessment,)).fetchone() is None:
        raise refuse("trash-first", str(store.path), id=assessment)
    digests = _column(database, "SELECT digest FROM evidence WHERE assessment = ?", assessment)
    firms = _column(database, "SELECT firm FROM assessment WHERE id = ?", assessment)
    packs = _column(database, "SELECT DISTINCT pack_digest FROM basis WHERE assessment = ?", assessment)
    for table in _ROWS:
        database.execute(f"DELETE FROM {table} WHERE assessment = ?", (assessment,))
    database.execute("DELETE FROM assessment WHERE id = ?", (assessment,))
    for firm in firms:
        database.execute("DELETE FROM firm WHERE id = ? AND id NOT IN (SELECT firm FROM assessment)", (firm,))
    for pack in packs:
        database.execute(
            "DELETE FROM pack_copy WHERE digest = ? AND digest NOT IN (SELECT pack_digest FROM basis)",
            (pack,),
        )
    doom(database, map(str, digests))


def _column(database: Database, sql: str, assessment: int) -> Sequence[object]:
    return [value for (value,) in database.execute(sql, (assessment,)).fetchall()]
