"""What has been read so far, so that nothing is read twice and a run that was cut off can go on.

While a run lasts its rows go to `intake.part.db` beside the outputs, committed as they come; at the end
`intake.db` is written anew in the order of the ledger, whole, and the same bytes each time.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from assessor.aggregate.decide import Decided
from assessor.aggregate.record import FORMAT, Taken, packed, slim, unpacked
from assessor.errors import refuse

NAME, PART = "intake.db", "intake.part.db"
_TOGETHER = 16

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE taken (
  sha256 TEXT PRIMARY KEY, program TEXT NOT NULL, pack TEXT NOT NULL, version TEXT NOT NULL,
  pack_digest TEXT NOT NULL, content BLOB NOT NULL, figures BLOB NOT NULL, states BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE ledger (
  path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, state TEXT NOT NULL, uscc TEXT NOT NULL,
  site TEXT NOT NULL, pack TEXT NOT NULL, campaign TEXT NOT NULL, date TEXT NOT NULL,
  reason TEXT NOT NULL, remedy TEXT NOT NULL
) WITHOUT ROWID;
"""


class Intake:
    """The rows of a run that is under way."""

    def __init__(self, connection: sqlite3.Connection, program: str) -> None:
        self._connection = connection
        self._program = program
        self._waiting = 0

    def add(self, taken: Taken) -> None:
        """Keep a row; rows of files without digest are not kept, they are read again."""
        if not taken.digest:
            return
        self._connection.execute(
            "INSERT OR REPLACE INTO taken VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _row(taken, self._program)
        )
        self._waiting += 1
        if self._waiting >= _TOGETHER:
            self.commit()

    def commit(self) -> None:
        """Bring what waits onto the disk."""
        self._connection.commit()
        self._waiting = 0

    def rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Digest, pack, version and pack digest of the rows this program made and may use again."""
        yield from self._connection.execute(
            "SELECT sha256, pack, version, pack_digest FROM taken WHERE program = ? AND pack_digest != ''",
            (self._program,),
        )

    def forget(self, digests: Iterable[str]) -> None:
        """Drop rows that no longer hold."""
        self._connection.executemany("DELETE FROM taken WHERE sha256 = ?", ((one,) for one in digests))
        self.commit()

    def get(self, digest: str) -> Taken:
        """One row, its figures left out."""
        content, figures, states = self._one(digest)
        return slim(unpacked(content, figures, states))

    def figures(self, digests: Sequence[str]) -> Iterator[tuple[bytes, bytes]]:
        """Figures and states of some rows, in that order."""
        for digest in digests:
            _, figures, states = self._one(digest)
            yield figures, states

    def whole(self, digest: str) -> tuple[object, ...]:
        """One row as it is kept, every column."""
        found: tuple[object, ...] = self._connection.execute(
            "SELECT * FROM taken WHERE sha256 = ?", (digest,)
        ).fetchone()
        return found

    def _one(self, digest: str) -> tuple[bytes, bytes, bytes]:
        found: tuple[bytes, bytes, bytes] = self._connection.execute(
            "SELECT content, figures, states FROM taken WHERE sha256 = ?", (digest,)
        ).fetchone()
        return found


def _row(taken: Taken, program: str) -> tuple[object, ...]:
    said = taken.assessed
    return (
        taken.digest,
        program,
        taken.pack,
        taken.version,
        said.pack_digest if said else "",
        packed(taken),
        said.figures if said else b"",
        said.states if said else b"",
    )


@contextmanager
def intake(out: Path, program: str, *, resume: bool) -> Iterator[Intake]:
    """The rows of a run in `out`; with `resume` those of earlier runs are there to begin with.

    `UserError` when another run writes there, or the disk does not play along.
    """
    part = out / PART
    try:
        if not resume or not _sound(part):
            part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part, isolation_level="DEFERRED", timeout=0.5)) as connection:
            _lock(connection, out)
            _prepare(connection, out / NAME if resume and _sound(out / NAME) else None)
            rows = Intake(connection, f"{program}/{FORMAT}")
            try:
                yield rows
            finally:
                rows.commit()
    except sqlite3.Error as error:
        raise refuse("intake-store", str(out), reason=str(error)) from error


def _sound(path: Path) -> bool:
    """Whether rows can be taken from a file. A damaged one is as good as none: all can be read anew."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(path, timeout=0.5)) as connection:
            connection.execute("SELECT sha256, program, pack_digest, figures, states FROM taken LIMIT 1")
            return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise refuse("intake-busy", str(path.parent)) from error
        return False


def _lock(connection: sqlite3.Connection, out: Path) -> None:
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    try:
        connection.execute("BEGIN EXCLUSIVE")
        connection.commit()
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise refuse("intake-busy", str(out)) from error
        raise


def _prepare(connection: sqlite3.Connection, earlier: Path | None) -> None:
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'taken'").fetchone()
    if there is None:
        connection.executescript(_SCHEMA)
    if earlier is not None:
        connection.execute("ATTACH ? AS earlier", (str(earlier),))
        connection.execute("INSERT OR IGNORE INTO taken SELECT * FROM earlier.taken")
        connection.commit()
        connection.execute("DETACH earlier")


def write_database(path: Path, rows: Intake, ledger: Sequence[Decided], program: str, campaign: str) -> None:
    """`intake.db` anew: every row that the ledger names, and the ledger, in its order."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("BEGIN")
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        named = {"format": FORMAT, "program": program, "campaign": campaign}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(named.items()))
        for digest in sorted({one.taken.digest for one in ledger if one.taken.digest}):
            connection.execute("INSERT INTO taken VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows.whole(digest))
        connection.executemany("INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_line, ledger))
        connection.execute("COMMIT")
        connection.execute("VACUUM")


def _line(one: Decided) -> tuple[str, ...]:
    key, taken = one.key, one.taken
    date = taken.assessed.date if taken.assessed else ""
    return (
        one.label,
        taken.digest,
        one.state,
        key.uscc if key else taken.uscc,
        key.site if key else "",
        key.pack if key else taken.pack,
        key.campaign if key else "",
        date,
        one.reason,
        one.remedy,
    )
