"""How do parts from several machines become one assessment? Their logs are united, entry by entry.

An entry is named by its digest, so any order gives the same, and doing it again changes nothing. Where two
people said different things about one item both stand, and the item is open until a person settles it.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessor.errors import refuse
from assessor.pack.archive import Archive, open_archive
from assessor.store import rows
from assessor.store.basis import change_basis
from assessor.store.evidence import Prepared, new_part, note_file, write_part
from assessor.store.evidence_files import EVIDENCE, evidence_path, put_in_place, take_away
from assessor.store.files import writable
from assessor.store.kept_packs import keep_copy
from assessor.store.log import Item, entry, in_order
from assessor.store.parts import PART_KIND, Part, key_of, parse_part, part_of
from assessor.store.store import AssessmentRow, Store
from assessor.store.trash import discard, restore
from assessor.words import _

_AND = "、"


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of it: into which assessment, what was new, and what now waits for a person."""

    assessment: int
    created: bool
    entries: int
    evidence: int
    open: tuple[Item, ...]


def merge_file(store: Store, file: Path, by: str, at: str, assessment: int | None = None) -> Merged:
    """Unite a part with the assessment it belongs to, which is found or, if there is none, begun.

    With `assessment`, with that one or not at all. All of it is committed at once.
    """
    with open_archive(file, PART_KIND, str(file)) as archive, ExitStack() as stack:
        part = parse_part(archive)
        _target(store, part, assessment, str(file))  # refuse before the long part
        waiting = _waiting(store, archive, part, stack)
        copy = archive.read(name) if (name := _pack_name(part)) in archive.files else None
        try:
            with writable(store.folder / EVIDENCE), store.together():
                target = _target(store, part, assessment, str(file))
                key = target or _begin(store, part, by, at)
                if copy is not None:
                    head = part.head
                    keep_copy(store, (head["pack_digest"], head["pack"], head["pack_version"]), copy, at)
                for one in waiting:
                    put_in_place(store.folder, one.part, one.digest, one.bytes)
                return _unite(store, key, part, by, at, created=target is None)
        except BaseException:
            take_away(store.database, store.path, [one.digest for one in waiting])
            raise


def _pack_name(part: Part) -> str:
    return f"packs/{part.head['pack_digest']}.zip"


def _waiting(store: Store, archive: Archive, part: Part, stack: ExitStack) -> Sequence[Prepared]:
    """Evidence we don't have yet, unpacked and verified under names of its own."""
    found: list[Prepared] = []
    for one in part.evidence:
        path = evidence_path(store.folder, one.digest)
        if path.is_file() and path.stat().st_size == one.bytes:
            continue
        waiting = new_part(store.folder)
        stack.callback(waiting.unlink, missing_ok=True)
        write_part(waiting, archive.chunks(f"{EVIDENCE}/{one.digest[:2]}/{one.digest}"))
        found.append(Prepared(waiting, one.name, one.digest, one.media_type, one.bytes))
    return found


# -- into which one ------------------------------------------------------------------------------


def _target(store: Store, part: Part, wanted: int | None, where: str) -> int | None:
    """The assessment a part belongs to; None when it is a new one."""
    found = [store.assessment(wanted)] if wanted is not None else _candidates(store, part)
    if len(found) > 1:
        ids = _AND.join(str(row.id) for row in found)
        raise refuse("merge-several", where, count=len(found), ids=ids, keys=tuple(row.id for row in found))
    for row in found:
        if not part.uids & rows.names_of(store.database, row.id):
            reason = key_of(row).difference(part.key) or ("" if part.key.uscc else _("没有统一社会信用代码"))
            if reason:
                raise refuse("merge-other", where, reason=reason)
        if row.pack_digest != part.head["pack_digest"]:
            ours, theirs = _version(row.pack_version, row.pack_digest), _version(**_pack_of(part))
            raise refuse("merge-version", where, ours=ours, theirs=theirs)
        return row.id
    return None


def _pack_of(part: Part) -> Mapping[str, str]:
    return {"version": part.head["pack_version"], "digest": part.head["pack_digest"]}


def _version(version: str, digest: str) -> str:
    return _("{version}（{digest}）").format(version=version, digest=digest[:8])


def _candidates(store: Store, part: Part) -> Sequence[AssessmentRow]:
    """By the names of its entries, else by key; one in the trash only if no other has the name."""
    present, trashed = store.assessments(), store.trashed()
    for some in (present, trashed):
        named = (
            [row for row in some if part.uids & rows.names_of(store.database, row.id)]
            if _knows(store, part)
            else []
        )
        if named:
            return named
    return [row for row in present if part.key.uscc and key_of(row) == part.key]


def _knows(store: Store, part: Part) -> bool:
    """Whether any entry here was made under a name of the part."""
    marks = ", ".join("?" for _ in part.uids)
    found = store.database.execute(
        f"SELECT 1 FROM log WHERE uid IN ({marks}) UNION SELECT 1 FROM assessment WHERE uid IN ({marks})",
        (*part.uids, *part.uids),
    )
    return found.fetchone() is not None


def _begin(store: Store, part: Part, by: str, at: str) -> int:
    firm = next(
        (row.firm for row in store.assessments() if part.key.uscc and row.uscc == part.key.uscc), None
    )
    head = {"uid": part.uid, **part.head}
    return store.add_assessment(store.add_firm(at) if firm is None else firm, head, {}, part.assessed_by, at)


# -- uniting -------------------------------------------------------------------------------------


def _unite(store: Store, key: int, part: Part, by: str, at: str, *, created: bool = False) -> Merged:
    database = store.database
    step = rows.next_step(database)
    new = rows.append(database, key, in_order(part.entries), step, "merge")
    store.own(new)
    evidence = _unite_evidence(store, key, part)
    _unite_head(store, key, part, (step, by, at))
    restore(store, key)
    rows.summarise(database, key)
    return Merged(key, created, len(new), evidence, tuple(store.open_items(key)))


def _unite_evidence(store: Store, key: int, part: Part) -> int:
    """The same file named differently keeps the name it had first."""
    database = store.database
    (before,) = database.execute("SELECT count(*) FROM evidence WHERE assessment = ?", (key,)).fetchone()
    for one in part.evidence:
        note_file(database, one.digest, one.media_type, one.bytes, one.original)
        database.execute(
            "INSERT INTO evidence (assessment, digest, name, author, at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (assessment, digest) DO UPDATE SET name = excluded.name, author = excluded.author,"
            " at = excluded.at WHERE (excluded.at, excluded.author, excluded.name) < (at, author, name)",
            (key, one.digest, one.name, one.author, one.at),
        )
    (after,) = database.execute("SELECT count(*) FROM evidence WHERE assessment = ?", (key,)).fetchone()
    return int(after) - int(before)


def _unite_head(store: Store, key: int, part: Part, made: tuple[int, str, str]) -> None:
    """The later date, and everyone who assessed: the same whichever came first."""
    step, by, at = made
    row = store.assessment(key)
    date = max(row.date, part.head["date"])
    if date != row.date:
        change_basis(store.database, key, {"date": date}, (step, "merge"), by, at)
    people = sorted(
        {name for both in (row.assessed_by, part.assessed_by) for name in both.split(_AND) if name}
    )
    store.database.execute("UPDATE assessment SET assessed_by = ? WHERE id = ?", (_AND.join(people), key))


def join(store: Store, into: int, other: int, by: str, at: str) -> Merged:
    """Unite two assessments of this store that are one by key; the other goes to the trash."""
    part = part_of(store, other)
    with store.together():
        if into != other:
            _target(store, part, into, str(store.path))
            merged = _unite(store, into, part, by, at)
            discard(store, other, by, at)
            return merged
        return Merged(into, False, 0, 0, tuple(store.open_items(into)))


def merge_contents(
    store: Store,
    assessment: int,
    contents: Mapping[Item, Any],
    uid: str,
    by: str,
    at: str,
    over: Mapping[Item, Iterable[str]] | None = None,
) -> Merged:
    """Unite what a workbook or an answers file says with an assessment.

    `uid` names the file (such as its digest) and `by` and `at` come out of it, so that the same file twice
    changes nothing. `over` gives, where the file knows, the digests of the entries it started from; else
    what it says stands beside what stands here.
    """
    known = over or {}
    new = [entry(uid, *item, content, by, at, known.get(item, ())) for item, content in contents.items()]
    with store.together():
        rows.uid_of(store.database, assessment)
        step = rows.next_step(store.database)
        added = rows.append(store.database, assessment, in_order(new), step, "merge")
        store.own(added)
        rows.summarise(store.database, assessment)
        return Merged(assessment, False, len(added), 0, tuple(store.open_items(assessment)))
