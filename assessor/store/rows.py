"""Rows of an assessment in the database: reading and appending, inside whatever transaction is open."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlite_utils.db import Database

from assessor.errors import refuse
from assessor.store.log import Act, Entry, Kind, Steps, distinct, heads, standing, steps_of

_COLUMNS = "kind, item, content, author, at, parents, digest, uid"
_LISTED = {"name": "firm_name", "uscc": "uscc", "site": "site"}
"""Facts that the list of assessments shows, and the columns of `summary` they stand in."""


def as_entry(
    kind: Kind, item: str, content: str, author: str, at: str, parents: str, digest: str, uid: str
) -> Entry:
    """A row of the table as an entry."""
    return Entry(kind, item, json.loads(content), author, at, tuple(json.loads(parents)), digest, uid)


def entries(database: Database, assessment: int, where: str = "", *values: object) -> Sequence[Entry]:
    """Rows of an assessment's log, oldest first."""
    found = database.execute(
        f"SELECT {_COLUMNS} FROM log WHERE assessment = ? {where} ORDER BY id", (assessment, *values)
    )
    return [as_entry(*row) for row in found]


def uid_of(database: Database, assessment: int) -> str:
    """The assessment's name on every machine; `UserError` when there is no such assessment."""
    found = database.execute("SELECT uid FROM assessment WHERE id = ?", (assessment,)).fetchone()
    if found is None:
        raise refuse("store-unknown", id=assessment)
    return str(found[0])


def names_of(database: Database, assessment: int) -> frozenset[str]:
    """All names under which entries of an assessment were made, on this machine or another."""
    found = database.execute("SELECT DISTINCT uid FROM log WHERE assessment = ?", (assessment,)).fetchall()
    return frozenset({uid_of(database, assessment), *(str(uid) for (uid,) in found)})


def next_step(database: Database) -> int:
    """A number for what is about to be committed together, above all given so far."""
    (found,) = database.execute(
        "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'log'), 0),"
        " coalesce((SELECT max(step) FROM basis), 0))"
    ).fetchone()
    return 1 + int(found)


def append(
    database: Database,
    assessment: int,
    found: Iterable[Entry],
    step: int | None = None,
    act: Act | None = None,
) -> Sequence[int]:
    """Append entries that are not there yet; the ids they got."""
    ids: list[int] = []
    for one in found:
        cursor = database.execute(
            "INSERT OR IGNORE INTO log"
            f" (assessment, {_COLUMNS}, step, act) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                assessment,
                one.kind,
                one.item,
                json.dumps(one.content, ensure_ascii=False),
                one.author,
                one.at,
                json.dumps(one.parents),
                one.digest,
                one.uid,
                step,
                act,
            ),
        )
        if cursor.rowcount and cursor.lastrowid is not None:
            ids.append(cursor.lastrowid)
    return ids


def steps(database: Database, assessment: int) -> Steps:
    """What can be undone and redone."""
    found = database.execute(
        "SELECT step, act FROM log WHERE assessment = ? AND step IS NOT NULL"
        " UNION SELECT step, act FROM basis WHERE assessment = ? AND step IS NOT NULL ORDER BY step",
        (assessment, assessment),
    )
    return steps_of((int(step), act) for step, act in found)


# -- the summary kept for the list ---------------------------------------------------------------


def is_answered(kind: Kind, content: Any) -> bool:
    """Whether an entry counts as an answer in the list."""
    return kind == "answer" and isinstance(content, Mapping) and content.get("value") is not None


def start_summary(database: Database, assessment: int, at: str) -> None:
    """An empty line for a new assessment."""
    database.execute("INSERT OR REPLACE INTO summary VALUES (?, '', '', '', 0, ?)", (assessment, at))


def follow(database: Database, assessment: int, changes: Sequence[tuple[Sequence[Entry], Entry]]) -> None:
    """Bring the line up to date: each entry has replaced all that stood for its item."""
    more, facts, at = 0, {}, ""
    for over, new in changes:
        was = distinct(over)
        more += is_answered(new.kind, new.content)
        more -= len(was) == 1 and is_answered(new.kind, was[0].content)
        at = max(at, new.at)
        if new.kind == "fact" and new.item in _LISTED:
            facts[_LISTED[new.item]] = _shown(new.content)
    columns = "".join(f", {column} = ?" for column in facts)
    database.execute(
        f"UPDATE summary SET answered = answered + ?, changed_at = max(changed_at, ?) {columns}"
        " WHERE assessment = ?",
        (more, at, *facts.values(), assessment),
    )


def summarise(database: Database, assessment: int) -> None:
    """Work the line out anew from the whole log."""
    rows = entries(database, assessment)
    stands = standing(rows)
    answered = sum(
        len(found) == 1 and is_answered(kind, found[0].content) for (kind, _), found in stands.items()
    )
    facts = {column: _fact(stands, item) for item, column in _LISTED.items()}
    created = database.execute("SELECT created_at FROM assessment WHERE id = ?", (assessment,)).fetchone()
    changed = max((one.at for one in rows), default=str(created[0]))
    database.execute(
        "INSERT OR REPLACE INTO summary (assessment, firm_name, uscc, site, answered, changed_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (assessment, facts["firm_name"], facts["uscc"], facts["site"], answered, changed),
    )


def _fact(stands: Mapping[tuple[Kind, str], Sequence[Entry]], item: str) -> str:
    found = stands.get(("fact", item), ())
    return next((_shown(one.content) for one in found if one.content is not None), "")


def _shown(content: Any) -> str:
    return "" if content is None else str(content)


def standing_of(database: Database, assessment: int, kind: Kind, item: str) -> Sequence[Entry]:
    """All entries of one item that nothing replaces, equal ones too.

    Whatever is entered here replaces all that stands, so that nothing older than the last such step needs
    to be read, however long the history.
    """
    named = (assessment, kind, item)
    last = database.execute(
        "SELECT step FROM log WHERE assessment = ? AND kind = ? AND item = ? AND step IS NOT NULL"
        " AND act <> 'merge' ORDER BY step DESC LIMIT 1",
        named,
    ).fetchone()
    since, values = ("AND step >= ?", [last[0]]) if last else ("", [])
    found = entries(database, assessment, f"AND kind = ? AND item = ? {since}", kind, item, *values)
    return heads(found).get((kind, item), ())
