"""Firms, assessments and answers as the program uses them.

Everything entered is one more row of the log; what stands now is the newest row of each item.
Every write is committed, and on the disk, before the call returns.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

from sqlite_utils.db import Database

from assessor.errors import refuse
from assessor.store.database import FILE_NAME, open_database, told

Kind = Literal["fact", "answer"]


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One line of the list: the assessment, what its firm is called, and how far it is."""

    id: int
    firm: int
    firm_name: str
    uscc: str
    site: str
    pack: str
    pack_version: str
    pack_digest: str
    mode: str
    campaign: str
    date: str
    assessed_by: str
    answered: int
    changed_at: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the log."""

    id: int
    kind: Kind
    item: str
    content: Any
    author: str
    at: str


class Store:
    """An open database. One connection, used by the thread that opened it."""

    def __init__(self, database: Database, path: Path, aside: Path | None) -> None:
        self._database = database
        self.path = path
        self.aside = aside
        """Where a corrupt database found at opening was put, if there was one."""

    @classmethod
    def open(cls, folder: Path, stamp: str) -> Self:
        """Open or make the database in `folder`; see `open_database`."""
        database, aside = open_database(folder, stamp)
        return cls(database, folder / FILE_NAME, aside)

    def close(self) -> None:
        """Close the connection."""
        self._database.close()

    def add_firm(self, at: str) -> int:
        """A new firm; what it is called comes with the facts of its assessments."""
        with told(self.path):
            return _key(self._database.table("firm").insert({"created_at": at}).last_pk)

    def add_assessment(
        self, firm: int, head: Mapping[str, str], facts: Mapping[str, Any], by: str, at: str
    ) -> int:
        """A new assessment of a firm with its first facts, all or nothing.

        `head` holds pack, pack_version, pack_digest, mode, campaign, date.
        """
        with told(self.path), self._database.atomic():
            row = {**head, "firm": firm, "assessed_by": by, "created_at": at}
            key = _key(self._database.table("assessment").insert(row).last_pk)
            for item, content in facts.items():
                self._append(key, "fact", item, content, by, at)
            return key

    def record(self, assessment: int, kind: Kind, item: str, content: Any, by: str, at: str) -> None:
        """Append what was entered for one item and commit it. `None` means it was taken back."""
        with told(self.path), self._database.atomic():
            self._append(assessment, kind, item, content, by, at)

    def record_all(self, assessment: int, kind: Kind, contents: Mapping[str, Any], by: str, at: str) -> None:
        """Append several items in one commit."""
        with told(self.path), self._database.atomic():
            for item, content in contents.items():
                self._append(assessment, kind, item, content, by, at)

    def _append(self, assessment: int, kind: Kind, item: str, content: Any, by: str, at: str) -> None:
        self._database.execute(
            "INSERT INTO log (assessment, kind, item, content, author, at) VALUES (?, ?, ?, ?, ?, ?)",
            (assessment, kind, item, json.dumps(content, ensure_ascii=False), by, at),
        )

    def current(self, assessment: int, kind: Kind) -> dict[str, Any]:
        """Item → content as it stands now, in the order of first entry."""
        with told(self.path):
            rows = self._database.query(
                """
                SELECT item, content FROM log WHERE id IN (
                    SELECT max(id) FROM log WHERE assessment = ? AND kind = ? GROUP BY item
                ) ORDER BY id
                """,
                (assessment, kind),
            )
            found = {row["item"]: json.loads(row["content"]) for row in rows}
        return {item: content for item, content in found.items() if content is not None}

    def history(self, assessment: int, item: str) -> Sequence[Entry]:
        """Everything ever entered for one item, oldest first."""
        with told(self.path):
            rows = list(
                self._database.query(
                    "SELECT id, kind, item, content, author, at FROM log"
                    " WHERE assessment = ? AND item = ? ORDER BY id",
                    (assessment, item),
                )
            )
        return [Entry(**{**row, "content": json.loads(row["content"])}) for row in rows]

    def assessments(self) -> Sequence[AssessmentRow]:
        """All assessments, the one changed last first."""
        with told(self.path):
            rows = list(self._database.query(_LIST))
        return [AssessmentRow(**row) for row in rows]

    def assessment(self, key: int) -> AssessmentRow:
        """One assessment; `UserError` when there is none of that id."""
        found = next((row for row in self.assessments() if row.id == key), None)
        if found is None:
            raise refuse("store-unknown", str(self.path), id=key)
        return found


def _key(value: Any) -> int:
    return int(value)


_LIST = """
WITH latest AS (
    SELECT assessment, kind, item, content, at FROM log
    WHERE id IN (SELECT max(id) FROM log GROUP BY assessment, kind, item)
),
facts AS (
    SELECT assessment,
        max(CASE item WHEN 'name' THEN json_extract(content, '$') END) AS name,
        max(CASE item WHEN 'uscc' THEN json_extract(content, '$') END) AS uscc,
        max(CASE item WHEN 'site' THEN json_extract(content, '$') END) AS site
    FROM latest WHERE kind = 'fact' GROUP BY assessment
),
answers AS (
    SELECT assessment, count(*) AS answered FROM latest
    WHERE kind = 'answer' AND content <> 'null' GROUP BY assessment
),
touched AS (SELECT assessment, max(at) AS at FROM log GROUP BY assessment)
SELECT a.id, a.firm, a.pack, a.pack_version, a.pack_digest, a.mode, a.campaign, a.date,
    a.assessed_by, coalesce(f.name, '') AS firm_name, coalesce(f.uscc, '') AS uscc,
    coalesce(f.site, '') AS site, coalesce(n.answered, 0) AS answered,
    coalesce(t.at, a.created_at) AS changed_at
FROM assessment a
LEFT JOIN facts f ON f.assessment = a.id
LEFT JOIN answers n ON n.assessment = a.id
LEFT JOIN touched t ON t.assessment = a.id
ORDER BY changed_at DESC, a.id DESC
"""
