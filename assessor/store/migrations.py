"""The steps that bring a database to this version's shape; a step once released never changes."""

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("assessor")


@migrations()
def m001_first(db: Database) -> None:
    """Firms, assessments, log. The log is only ever appended to; the newest entry of an item counts."""
    db.execute(
        """
        CREATE TABLE firm (
            id INTEGER PRIMARY KEY,
            created_at TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE assessment (
            id INTEGER PRIMARY KEY,
            firm INTEGER NOT NULL REFERENCES firm (id),
            pack TEXT NOT NULL,
            pack_version TEXT NOT NULL,
            pack_digest TEXT NOT NULL,
            mode TEXT NOT NULL CHECK (mode IN ('self', 'onsite')),
            campaign TEXT NOT NULL,
            date TEXT NOT NULL,
            assessed_by TEXT NOT NULL,
            created_at TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE log (
            id INTEGER PRIMARY KEY,
            assessment INTEGER NOT NULL REFERENCES assessment (id),
            kind TEXT NOT NULL CHECK (kind IN ('fact', 'answer')),
            item TEXT NOT NULL,
            content TEXT NOT NULL CHECK (json_valid(content)),
            author TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX log_latest ON log (assessment, kind, item, id)")
    db.execute("CREATE INDEX assessment_firm ON assessment (firm)")
