"""The steps that bring a database to this version's shape; a step once released never changes."""

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("assessor")


@migrations()
def m001_first(db: Database) -> None:
    """Firms, assessments, log.

    The log is only ever appended to. Each entry names the entries it replaces (`parents`, digests);
    what no other entry replaces stands. Two machines that replaced the same entry leave two standing.
    """
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
            uid TEXT NOT NULL UNIQUE,
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
            at TEXT NOT NULL,
            parents TEXT NOT NULL CHECK (json_valid(parents)),
            digest TEXT NOT NULL UNIQUE
        ) STRICT
        """
    )
    db.execute("CREATE INDEX log_item ON log (assessment, kind, item)")
    db.execute("CREATE INDEX assessment_firm ON assessment (firm)")


@migrations()
def m002_travel(db: Database) -> None:
    """What undo, merging, trash, evidence, kept packs and backups need.

    The log gets `uid` (the assessment an entry was first made in: part of its digest), `step` (entries
    committed together) and `act` (what kind of step), and its ids are never used twice. `basis` tells
    what an assessment rested on and since when; its last row is what `assessment` holds too. `summary`
    follows from the log and is kept beside it for the list. `doomed` are files still to be deleted.
    """
    for statement in _TRAVEL.split(";"):
        if statement.strip():
            db.execute(statement)


_TRAVEL = """
CREATE TABLE log_2 (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    assessment INTEGER NOT NULL REFERENCES assessment (id),
    kind TEXT NOT NULL CHECK (kind IN ('fact', 'answer')),
    item TEXT NOT NULL,
    content TEXT NOT NULL CHECK (json_valid(content)),
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    parents TEXT NOT NULL CHECK (json_valid(parents)),
    digest TEXT NOT NULL,
    uid TEXT NOT NULL,
    step INTEGER,
    act TEXT CHECK (act IN ('enter', 'undo', 'redo', 'merge', 'carry')),
    UNIQUE (assessment, digest)
) STRICT;

INSERT INTO log_2 (id, assessment, kind, item, content, author, at, parents, digest, uid)
SELECT l.id, l.assessment, l.kind, l.item, l.content, l.author, l.at, l.parents, l.digest, a.uid
FROM log l JOIN assessment a ON a.id = l.assessment ORDER BY l.id;

DROP TABLE log;
ALTER TABLE log_2 RENAME TO log;
CREATE INDEX log_item ON log (assessment, kind, item, step, act);
CREATE INDEX log_step ON log (assessment, step, act) WHERE step IS NOT NULL;

CREATE TABLE basis (
    id INTEGER PRIMARY KEY,
    assessment INTEGER NOT NULL REFERENCES assessment (id),
    uid TEXT NOT NULL,
    firm INTEGER NOT NULL,
    pack TEXT NOT NULL,
    pack_version TEXT NOT NULL,
    pack_digest TEXT NOT NULL,
    mode TEXT NOT NULL,
    campaign TEXT NOT NULL,
    date TEXT NOT NULL,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    step INTEGER,
    act TEXT CHECK (act IN ('undo', 'redo', 'carry', 'merge'))
) STRICT;

CREATE INDEX basis_assessment ON basis (assessment);
INSERT INTO basis (assessment, uid, firm, pack, pack_version, pack_digest, mode, campaign, date, author, at)
SELECT id, uid, firm, pack, pack_version, pack_digest, mode, campaign, date, assessed_by, created_at
FROM assessment;

CREATE TABLE summary (
    assessment INTEGER PRIMARY KEY REFERENCES assessment (id),
    firm_name TEXT NOT NULL,
    uscc TEXT NOT NULL,
    site TEXT NOT NULL,
    answered INTEGER NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

WITH standing AS (
    SELECT * FROM log WHERE digest NOT IN (SELECT parent.value FROM log, json_each(log.parents) AS parent)
)
INSERT INTO summary
SELECT a.id,
    coalesce(max(CASE WHEN s.kind = 'fact' AND s.item = 'name' THEN json_extract(s.content, '$') END), ''),
    coalesce(max(CASE WHEN s.kind = 'fact' AND s.item = 'uscc' THEN json_extract(s.content, '$') END), ''),
    coalesce(max(CASE WHEN s.kind = 'fact' AND s.item = 'site' THEN json_extract(s.content, '$') END), ''),
    count(CASE WHEN s.kind = 'answer' AND json_extract(s.content, '$.value') IS NOT NULL THEN 1 END),
    coalesce((SELECT max(at) FROM log WHERE assessment = a.id), a.created_at)
FROM assessment a LEFT JOIN standing s ON s.assessment = a.id
GROUP BY a.id;

CREATE TABLE trash (
    assessment INTEGER PRIMARY KEY REFERENCES assessment (id),
    author TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE evidence_file (
    digest TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    original TEXT
) STRICT;

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    assessment INTEGER NOT NULL REFERENCES assessment (id),
    digest TEXT NOT NULL REFERENCES evidence_file (digest),
    name TEXT NOT NULL,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (assessment, digest)
) STRICT;

CREATE INDEX evidence_digest ON evidence (digest);

CREATE TABLE doomed (digest TEXT PRIMARY KEY) STRICT;

CREATE TABLE pack_copy (
    digest TEXT PRIMARY KEY,
    pack TEXT NOT NULL,
    version TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    at TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT;

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT
"""


@migrations()
def m003_plans(db: Database) -> None:
    """The log takes the roadmap a firm has accepted, and what became of its actions, as a third kind."""
    for statement in _PLANS.split(";"):
        if statement.strip():
            db.execute(statement)


_PLANS = """
CREATE TABLE log_3 (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    assessment INTEGER NOT NULL REFERENCES assessment (id),
    kind TEXT NOT NULL CHECK (kind IN ('fact', 'answer', 'plan')),
    item TEXT NOT NULL,
    content TEXT NOT NULL CHECK (json_valid(content)),
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    parents TEXT NOT NULL CHECK (json_valid(parents)),
    digest TEXT NOT NULL,
    uid TEXT NOT NULL,
    step INTEGER,
    act TEXT CHECK (act IN ('enter', 'undo', 'redo', 'merge', 'carry')),
    UNIQUE (assessment, digest)
) STRICT;

INSERT INTO log_3 SELECT * FROM log ORDER BY id;
DELETE FROM sqlite_sequence WHERE name = 'log_3';
INSERT INTO sqlite_sequence (name, seq) SELECT 'log_3', seq FROM sqlite_sequence WHERE name = 'log';
DROP TABLE log;
ALTER TABLE log_3 RENAME TO log;
CREATE INDEX log_item ON log (assessment, kind, item, step, act);
CREATE INDEX log_step ON log (assessment, step, act) WHERE step IS NOT NULL
"""
