"""What of a broken database is sound? Every row that proves itself goes into a new one.

Entries of the log carry a digest of themselves, kept packs and their digests too; the rest must at least
have the shape of its table. An assessment whose own row is lost is found again in `basis`; if that is lost
too, its entries tell enough to begin it anew, and a person must say which pack it was.
"""

import hashlib
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlite_utils.db import Database

from assessor.errors import refuse
from assessor.store import rows
from assessor.store.log import KINDS, Entry
from assessor.store.migrations import migrations
from assessor.store.pages import Cell, leaf_rows
from assessor.words import _

_DIGEST = re.compile(r"[0-9a-f]{64}")
_MODES = ("self", "onsite")
Found = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Rescued:
    """How much was saved. `missing` is what the numbering says may have been there besides, at most.

    `guessed` counts assessments of which only entries were left: pack, mode and date are a guess.
    """

    assessments: int
    entries: int
    damaged: int
    missing: int
    guessed: int = 0


@dataclass(frozen=True, slots=True)
class _Shape:
    """The columns of a table, and what a row of it must look like. `key` names its number."""

    table: str
    columns: Sequence[str]
    fits: Callable[[Found], bool]
    key: str = "id"


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and bool(_DIGEST.fullmatch(value))


def _all_text(found: Found, *names: str) -> bool:
    return all(isinstance(found[name], str) for name in names)


_ASSESSMENT = (
    *("id", "uid", "firm", "pack", "pack_version", "pack_digest", "mode", "campaign", "date"),
    *("assessed_by", "created_at"),
)
_BASIS = (
    *("id", "assessment", "uid", "firm", "pack", "pack_version", "pack_digest", "mode", "campaign", "date"),
    *("author", "at", "step", "act"),
)
_LOG = ("id", "assessment", "kind", "item", "content", "author", "at", "parents", "digest")


def _fits_log(found: Found) -> bool:
    return (
        found["kind"] in KINDS
        and isinstance(found["assessment"], int)
        and _all_text(found, "item", "content", "author", "at", "parents")
        and _is_digest(found["digest"])
    )


def _fits_assessment(found: Found) -> bool:
    texts = ("uid", "pack", "pack_version", "pack_digest", "campaign", "date")
    return found["mode"] in _MODES and isinstance(found["firm"], int) and _all_text(found, *texts)


def _fits_copy(found: Found) -> bool:
    data = found["data"]
    return isinstance(data, bytes) and hashlib.sha256(data).hexdigest() == found["sha256"]


_SHAPES = (
    _Shape("log", _LOG, _fits_log),
    _Shape("log", (*_LOG, "uid", "step", "act"), _fits_log),
    _Shape("assessment", _ASSESSMENT, _fits_assessment),
    _Shape("basis", _BASIS, _fits_assessment),
    _Shape(
        "evidence_file",
        ("digest", "media_type", "bytes", "original"),
        lambda found: _is_digest(found["digest"]) and isinstance(found["bytes"], int),
        "",
    ),
    _Shape(
        "evidence",
        ("id", "assessment", "digest", "name", "author", "at"),
        lambda found: _is_digest(found["digest"]) and _all_text(found, "name", "author", "at"),
    ),
    _Shape(
        "trash",
        ("assessment", "author", "at"),
        lambda found: isinstance(found["assessment"], int) and _all_text(found, "author", "at"),
        "assessment",
    ),
    _Shape("pack_copy", ("digest", "pack", "version", "sha256", "at", "data"), _fits_copy, ""),
    _Shape("sqlite_sequence", ("name", "seq"), lambda found: found["name"] == "log", ""),
    _Shape(
        "_sqlite_migrations",
        ("id", "migration_set", "name", "applied_at"),
        lambda found: found["migration_set"] == migrations.name,
    ),
)


@dataclass
class _Haul:
    """What was read, by table and then by number."""

    tables: dict[str, dict[int, Found]] = field(default_factory=dict)

    def of(self, table: str) -> dict[int, Found]:
        return self.tables.setdefault(table, {})


def rescue(path: Path, target: Database) -> Rescued:
    """Read the broken file and put what is sound into `target`, a new database, in one transaction."""
    haul = _haul(path)
    _refuse_newer(haul, path)
    with target.atomic():
        assessments, guessed = _put_assessments(haul, target)
        entries, damaged = _put_log(haul, target, assessments)
        _put_rest(haul, target, assessments)
        for key in assessments:
            rows.summarise(target, key)
    ids = haul.of("log")
    given = (_number(one["seq"]) for one in haul.of("sqlite_sequence").values())
    missing = max([*ids, *given], default=0) - len(ids)
    return Rescued(len(assessments), entries, damaged, missing, guessed)


def _haul(path: Path) -> _Haul:
    haul = _Haul()
    for number, cells in leaf_rows(path):
        for table, found in _named(number, cells):
            haul.of(table).setdefault(number, found)
    return haul


def _named(number: int, cells: Sequence[Cell]) -> Iterator[tuple[str, Found]]:
    for shape in _SHAPES:
        if len(shape.columns) != len(cells):
            continue
        found = dict(zip(shape.columns, cells, strict=True))
        if shape.key:
            if found[shape.key] is not None:
                continue
            found[shape.key] = number
        if shape.fits(found):
            yield shape.table, found


def _refuse_newer(haul: _Haul, path: Path) -> None:
    known = {migration.name for migration in migrations.pending(Database(memory=True))}
    strange = sorted({str(found["name"]) for found in haul.of("_sqlite_migrations").values()} - known)
    if strange:
        raise refuse("store-newer", str(path), steps=_("、").join(strange))


def _put_assessments(haul: _Haul, target: Database) -> tuple[Mapping[int, Found], int]:
    """The assessments, and how many of them are a guess."""
    history = [basis for _, basis in sorted(haul.of("basis").items())]
    found = {_number(basis["assessment"]): _from_basis(basis) for basis in history}
    found.update(haul.of("assessment"))
    guessed = _guessed(haul, found)
    found.update(guessed)
    by_uid: dict[Cell, int] = {one["uid"]: key for key, one in found.items()}
    kept = {key: one for key, one in sorted(found.items()) if by_uid[one["uid"]] == key}
    _insert(target, "firm", [{"id": one["firm"], "created_at": one["created_at"]} for one in kept.values()])
    _insert(target, "assessment", kept.values())
    _insert(target, "basis", history, kept)
    return kept, sum(key in guessed for key in kept)


def _guessed(haul: _Haul, found: Mapping[int, Found]) -> Mapping[int, Found]:
    """Assessments of which nothing but entries is left, each with what those tell."""
    entries: dict[int, list[Found]] = {}
    for one in haul.of("log").values():
        if one["assessment"] not in found and isinstance(one.get("uid"), str) and _genuine(one):
            entries.setdefault(_number(one["assessment"]), []).append(one)
    pack = _only_pack(haul)
    most = max((_number(one["firm"]) for one in found.values()), default=0)
    return {key: _guess(key, most + key, own, pack) for key, own in sorted(entries.items())}


def _guess(key: int, firm: int, entries: Sequence[Found], pack: Found) -> Found:
    uids = Counter(str(one["uid"]) for one in entries)
    first = min(str(one["at"]) for one in entries)
    return {
        "id": key,
        "uid": max(uids, key=lambda uid: (uids[uid], uid)),
        "firm": firm,
        **pack,
        "mode": "self",
        "campaign": first[:4],
        "date": first[:10],
        "assessed_by": "、".join(sorted({str(one["author"]) for one in entries})),
        "created_at": first,
    }


def _only_pack(haul: _Haul) -> Found:
    """The pack that everything else rests on, if it is one; else blank, for a person to say."""
    names = ("pack", "pack_version", "pack_digest")
    rows_found = (*haul.of("basis").values(), *haul.of("assessment").values())
    known = {tuple(one[name] for name in names) for one in rows_found}
    known |= {(one["pack"], one["version"], one["digest"]) for one in haul.of("pack_copy").values()}
    return dict(zip(names, known.pop() if len(known) == 1 else ("", "", ""), strict=True))


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _from_basis(basis: Found) -> Found:
    more = {"id": basis["assessment"], "assessed_by": basis["author"], "created_at": basis["at"]}
    return {name: {**basis, **more}[name] for name in _ASSESSMENT}


def _put_log(haul: _Haul, target: Database, assessments: Mapping[int, Found]) -> tuple[int, int]:
    """How many entries were put in, and how many no longer are what their digest says."""
    kept = damaged = 0
    for _key, found in sorted(haul.of("log").items()):
        assessment = assessments.get(_number(found["assessment"]))
        uid = found.get("uid") or (assessment["uid"] if assessment else "")
        whole = {**found, "uid": uid, "step": found.get("step"), "act": found.get("act")}
        put = _insert(target, "log", [whole]) if assessment and _genuine(whole) else 0
        kept, damaged = kept + put, damaged + 1 - put
    return kept, damaged


def _genuine(found: Found) -> Entry | None:
    wanted: list[Any] = [found[name] for name in (*_LOG[2:], "uid")]
    try:
        one = rows.as_entry(*wanted)
    except (ValueError, TypeError, RecursionError):
        return None
    return one if one.is_genuine else None


def _put_rest(haul: _Haul, target: Database, assessments: Mapping[int, Found]) -> None:
    files = haul.of("evidence_file").values()
    digests = {found["digest"] for found in files}
    links = haul.of("evidence").values()
    _insert(target, "evidence_file", files)
    _insert(target, "pack_copy", haul.of("pack_copy").values())
    _insert(target, "evidence", [one for one in links if one["digest"] in digests], assessments)
    _insert(target, "trash", haul.of("trash").values(), assessments)


def _insert(target: Database, table: str, found: Iterable[Found], only: Container[Cell] | None = None) -> int:
    """Put rows in, those of the assessments in `only`; how many were new and fitted the table."""
    count = 0
    for one in found:
        if only is not None and one["assessment"] not in only:
            continue
        names, marks = ", ".join(one), ", ".join("?" for _ in one)
        values = tuple(one.values())
        try:
            count += target.execute(
                f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", values
            ).rowcount
        except sqlite3.IntegrityError:
            continue
    return count
