"""Firms, assessments and answers as the program uses them.

Every write is committed, and on the disk, before the call returns.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from sqlite_utils.db import Database

from assessor.errors import Problem, refuse
from assessor.store import rows
from assessor.store.connection import Connect, Journal, told, writing
from assessor.store.database import Opened, open_database, plain_connect
from assessor.store.evidence_files import remove_doomed, sweep_evidence
from assessor.store.log import Entry, Item, Kind, distinct, entry, heads, in_order, is_signature, standing
from assessor.store.rescue import Rescued


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One line of the list: the assessment, what its firm is called, and how far it is."""

    id: int
    uid: str
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
class Token:
    """How much of the data a window has seen."""

    version: int
    last: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What another window did since a token: `items` by assessment, and whether the list may differ."""

    token: Token
    items: Mapping[int, tuple[Item, ...]]
    listed: bool


class Store:
    """An open database. One connection, used by the thread that opened it."""

    def __init__(self, opened: Opened) -> None:
        self._database = opened.database
        self._own: set[int] = set()
        self.path = opened.path
        self.aside: Path | None = opened.aside
        """Where a corrupt database found at opening was put, if there was one."""
        self.rescued: Rescued | None = opened.rescued
        """What of it could be saved."""
        self.snapshot: Path | None = opened.snapshot
        """The copy made before this version brought the database up to date, if it did."""
        self.journal: Journal = opened.journal

    @classmethod
    def open(cls, folder: Path, stamp: str, connect: Connect = plain_connect) -> Self:
        """Open or make the database in `folder`; see `open_database`."""
        opened = open_database(folder, stamp, connect)
        with told(opened.path):
            remove_doomed(opened.database, opened.path)
        sweep_evidence(folder)
        return cls(opened)

    def close(self) -> None:
        """Close the connection."""
        self._database.close()

    @property
    def database(self) -> Database:
        """The connection, for the other modules of the store."""
        return self._database

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.path.parent

    def notices(self) -> Sequence[Problem]:
        """What a person should be told once after opening."""
        found = []
        if self.aside is not None and self.rescued is not None and self.rescued.entries:
            values = {
                "aside": self.aside.name,
                "assessments": self.rescued.assessments,
                "entries": self.rescued.entries,
                "damaged": self.rescued.damaged,
                "missing": self.rescued.missing,
            }
            found.append(Problem("store-rescued", str(self.path), values))
        elif self.aside is not None:
            found.append(Problem("store-corrupt", str(self.path), {"aside": self.aside.name}))
        if self.rescued is not None and self.rescued.guessed:
            found.append(Problem("store-guessed", str(self.path), {"count": self.rescued.guessed}))
        if self.journal != "wal":
            found.append(Problem("store-slow-journal", str(self.path)))
        return found

    @contextmanager
    def together(self) -> Iterator[None]:
        """Everything done inside is committed at once, or not at all."""
        own = set(self._own)
        try:
            with writing(self._database, self.path):
                yield
        except BaseException:
            self._own = own
            raise

    def add_firm(self, at: str) -> int:
        """A new firm; what it is called comes with the facts of its assessments."""
        with self.together():
            return _key(self._database.table("firm").insert({"created_at": at}).last_pk)

    def add_assessment(
        self, firm: int, head: Mapping[str, str], facts: Mapping[str, Any], by: str, at: str
    ) -> int:
        """A new assessment of a firm with its first facts, all or nothing.

        `head` holds uid, pack, pack_version, pack_digest, mode, campaign, date.
        """
        with self.together():
            row = {**head, "firm": firm, "assessed_by": by, "created_at": at}
            key = _key(self._database.table("assessment").insert(row).last_pk)
            basis = {**head, "assessment": key, "firm": firm, "author": by, "at": at}
            self._database.table("basis").insert(basis)
            rows.start_summary(self._database, key, at)
            new = [entry(head["uid"], "fact", item, content, by, at, ()) for item, content in facts.items()]
            self.own(rows.append(self._database, key, new))
            rows.follow(self._database, key, [((), one) for one in new])
            return key

    def record(self, assessment: int, kind: Kind, item: str, content: Any, by: str, at: str) -> None:
        """Append what was entered for one item and commit it. `None` means it was taken back."""
        self.record_all(assessment, kind, {item: content}, by, at)

    def record_all(self, assessment: int, kind: Kind, contents: Mapping[str, Any], by: str, at: str) -> None:
        """Append several items in one commit; each replaces all that stands for its item.

        This is one step to undo, and it settles an open item.
        """
        with self.together():
            uid, step = self._uid(assessment), rows.next_step(self._database)
            changes: list[tuple[Sequence[Entry], Entry]] = []
            for item, content in contents.items():
                over = rows.standing_of(self._database, assessment, kind, item)
                new = entry(uid, kind, item, content, by, at, [head.digest for head in over])
                changes.append((over, new))
            self.own(rows.append(self._database, assessment, [new for _, new in changes], step, "enter"))
            rows.follow(self._database, assessment, changes)

    def own(self, ids: Sequence[int]) -> None:
        """Note rows as this window's own, so that `changes_since` doesn't tell of them."""
        self._own.update(ids)

    def _uid(self, assessment: int) -> str:
        return rows.uid_of(self._database, assessment)

    # -- reading -----------------------------------------------------------------------------------

    def entries(self, assessment: int) -> Sequence[Entry]:
        """The whole log of an assessment, in the order it came into this database."""
        with told(self.path):
            return rows.entries(self._database, assessment)

    def current(self, assessment: int, kind: Kind) -> dict[str, Any]:
        """Item → content as it stands now, in the order of first entry.

        Open items are left out, and signatures, which are no facts of the firm.
        """
        with told(self.path):
            stands = standing(rows.entries(self._database, assessment, "AND kind = ?", kind))
        return {
            item: found[0].content
            for (_, item), found in stands.items()
            if len(found) == 1 and found[0].content is not None and not is_signature((kind, item))
        }

    def open_items(self, assessment: int) -> Mapping[Item, tuple[Entry, ...]]:
        """Items for which different entries stand, to be settled by a person: all of them, by who said so.

        What was said of a plan is shown side by side where the plan is; the score does not wait for it.
        """
        with told(self.path):
            stands = heads(rows.entries(self._database, assessment, "AND kind <> 'plan'"))
        return {key: found for key, found in stands.items() if len(distinct(found)) > 1}

    def open_counts(self) -> Mapping[int, int]:
        """How many items are open, by assessment. Only a merge opens any, so nothing else is looked at."""
        with told(self.path):
            found = [int(key) for (key,) in self._database.execute(_UNSETTLED).fetchall()]
        counts = {key: len(self.open_items(key)) for key in found}
        return {key: count for key, count in counts.items() if count}

    def imported(self, assessment: int) -> frozenset[str]:
        """The digests of entries that came in a file from elsewhere."""
        with told(self.path):
            found = self._database.execute(
                "SELECT digest FROM log WHERE assessment = ? AND act = 'merge'", (assessment,)
            ).fetchall()
        return frozenset(str(digest) for (digest,) in found)

    def settle(self, assessment: int, item: Item, content: Any, by: str, at: str) -> None:
        """Close an open item: one entry that replaces all that stood. Who said what stays in the history."""
        self.record(assessment, *item, content, by, at)

    def history(self, assessment: int, item: str) -> Sequence[Entry]:
        """Everything ever entered for one item: each entry after those it replaces, else by time."""
        with told(self.path):
            return in_order(rows.entries(self._database, assessment, "AND item = ?", item))

    def changes_since(self, token: Token | None) -> Changes:
        """What other windows committed since; with None, only the token to begin with. Cheap to ask often."""
        with told(self.path):
            (version,) = self._database.execute("PRAGMA data_version").fetchone()
            if token is not None and token.version == version:
                return Changes(token, {}, False)
            (last,) = self._database.execute("SELECT coalesce(max(id), 0) FROM log").fetchone()
            new = Token(int(version), int(last))
            if token is None:
                return Changes(new, {}, False)
            found = self._database.execute(
                "SELECT id, assessment, kind, item FROM log WHERE id > ? ORDER BY id", (token.last,)
            ).fetchall()
        items: dict[int, dict[Item, None]] = {}
        for key, assessment, kind, item in found:
            if key not in self._own:
                items.setdefault(int(assessment), {})[(kind, str(item))] = None
        self._own = {key for key in self._own if key > new.last}
        return Changes(new, {key: tuple(each) for key, each in items.items()}, True)

    def assessments(self) -> Sequence[AssessmentRow]:
        """All assessments but those in the trash, the one changed last first."""
        return self._listed("WHERE a.id NOT IN (SELECT assessment FROM trash)")

    def begun(self) -> str:
        """When the first assessment was begun; empty when there is none."""
        with told(self.path):
            (found,) = self._database.execute("SELECT min(created_at) FROM assessment").fetchone()
        return str(found or "")

    def trashed(self) -> Sequence[AssessmentRow]:
        """The assessments in the trash, the one changed last first."""
        return self._listed("WHERE a.id IN (SELECT assessment FROM trash)")

    def assessment(self, key: int) -> AssessmentRow:
        """One assessment, in the trash or not; `UserError` when there is none of that id."""
        found = self._listed("WHERE a.id = ?", key)
        if not found:
            raise refuse("store-unknown", str(self.path), id=key)
        return found[0]

    def damaged_entries(self) -> Mapping[int, int]:
        """How many entries of which assessment no longer are what their digest says; reads everything."""
        found: dict[int, int] = {}
        for row in (*self.assessments(), *self.trashed()):
            count = sum(not one.is_genuine for one in self.entries(row.id))
            if count:
                found[row.id] = count
        return found

    def _listed(self, where: str, *values: object) -> Sequence[AssessmentRow]:
        with told(self.path):
            found = list(self._database.query(f"{_LIST} {where} {_ORDER}", values))
        return [AssessmentRow(**row) for row in found]


def _key(value: Any) -> int:
    return int(value)


_LIST = """
SELECT a.id, a.uid, a.firm, a.pack, a.pack_version, a.pack_digest, a.mode, a.campaign, a.date,
    a.assessed_by, s.firm_name, s.uscc, s.site, s.answered, s.changed_at
FROM assessment a JOIN summary s ON s.assessment = a.id
"""
_ORDER = "ORDER BY s.changed_at DESC, a.id DESC"
_UNSETTLED = """
WITH merged AS (SELECT DISTINCT assessment FROM log WHERE act = 'merge'),
replaced AS (
    SELECT l.assessment, j.value AS digest FROM log l, json_each(l.parents) j
    WHERE l.assessment IN (SELECT assessment FROM merged)
)
SELECT DISTINCT assessment FROM (
    SELECT l.assessment FROM log l LEFT JOIN replaced r ON r.assessment = l.assessment AND r.digest = l.digest
    WHERE l.assessment IN (SELECT assessment FROM merged) AND r.digest IS NULL AND l.kind <> 'plan'
    GROUP BY l.assessment, l.kind, l.item HAVING count(DISTINCT l.content) > 1
)
"""
"""Assessments for whose items several entries stand; some may say the same, which only reading tells."""
