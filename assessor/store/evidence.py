"""Photos, files, screenshots: kept with the assessment, each content once, never half.

The slow part (`prepare`: copy, digest, scale) touches no database and may run beside the window; the quick
part (`attach`) moves the file in and commits. An answer names its evidence by `reference`.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlite_utils.db import Database

from assessor.answers.proof import mark_of, reference
from assessor.errors import refuse, system_reason
from assessor.store import pictures, rows
from assessor.store.connection import told
from assessor.store.evidence_files import (
    EVIDENCE,
    chunks_of,
    digest_of,
    doom,
    evidence_path,
    kept_digests,
    put_in_place,
    remove_doomed,
    take_away,
    thumb_path,
)
from assessor.store.files import PART, place, sync_file, whole_file, writable
from assessor.store.store import Store

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file of an assessment. `original` is the digest of the picture it was scaled from, if it was."""

    digest: str
    name: str
    media_type: str
    bytes: int
    original: str | None
    author: str
    at: str

    @property
    def reference(self) -> str:
        """How an answer names it: readable, and found again by `referenced`."""
        return reference(self.name, self.digest)

    @property
    def is_picture(self) -> bool:
        """Whether it can have a thumbnail."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file ready to be attached, waiting under a name of its own. `original` waits too when it is kept."""

    part: Path
    name: str
    digest: str
    media_type: str
    bytes: int
    original: "Prepared | None" = None
    original_digest: str | None = None

    def drop(self) -> None:
        """Forget it."""
        self.part.unlink(missing_ok=True)
        if self.original is not None:
            self.original.drop()


def prepare(folder: Path, source: Path, *, keep_original: bool = False) -> Prepared:
    """Copy a file into the data folder and scale it if it is a large picture; nothing refers to it yet."""
    if not source.is_file():
        raise refuse("file-missing", str(source))
    taken = new_part(folder)
    try:
        digest, size = write_part(taken, _read(source))
        found = pictures.look_at(taken, source.name)
        whole = Prepared(taken, source.name, digest, found.media_type, size)
        return _scaled(folder, whole, keep_original) if found.scale else whole
    except BaseException:
        taken.unlink(missing_ok=True)
        raise


def new_part(folder: Path) -> Path:
    """An empty file in a data folder's evidence, under a name of its own, to be filled and then placed."""
    waiting = folder / EVIDENCE
    with writable(waiting):
        waiting.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(PART, ".", waiting)
        os.close(handle)
    return Path(name)


def write_part(target: Path, chunks: Iterable[bytes]) -> tuple[str, int]:
    """Fill it and bring it onto the disk; digest and size."""
    digest, size = hashlib.sha256(), 0
    with writable(target), target.open("wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _read(source: Path) -> Iterator[bytes]:
    """A file from elsewhere: a cable pulled out is told apart from our own disk being full."""
    try:
        yield from chunks_of(source)
    except OSError as error:
        raise refuse("file-unreadable", str(source), reason=system_reason(error)) from error


def _scaled(folder: Path, whole: Prepared, keep_original: bool) -> Prepared:
    """The smaller picture; the whole one again if its pixels can't be read."""
    part = new_part(folder)
    try:
        with writable(part):
            media_type = pictures.scale(whole.part, part)
            if media_type is not None:
                sync_file(part)
        if media_type is None:
            part.unlink()
            return whole
        small = Prepared(part, whole.name, digest_of(part), media_type, part.stat().st_size)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    if not keep_original:
        whole.part.unlink()
    return replace(small, original=whole if keep_original else None, original_digest=whole.digest)


def attach(store: Store, assessment: int, prepared: Prepared, by: str, at: str) -> Evidence:
    """Give a prepared file to an assessment. Attached twice, it is kept once, under its first name."""
    folder = store.folder
    files = [one for one in (prepared, prepared.original) if one is not None]
    try:
        with writable(folder / EVIDENCE), store.together():
            rows.uid_of(store.database, assessment)
            for one in files:
                put_in_place(folder, one.part, one.digest, one.bytes)
                note_file(store.database, one.digest, one.media_type, one.bytes, one.original_digest)
            store.database.execute(
                "INSERT OR IGNORE INTO evidence (assessment, digest, name, author, at)"
                " VALUES (?, ?, ?, ?, ?)",
                (assessment, prepared.digest, prepared.name, by, at),
            )
    except BaseException:
        take_away(store.database, store.path, [one.digest for one in files])
        raise
    finally:
        prepared.drop()
    return next(one for one in evidence_of(store, assessment) if one.digest == prepared.digest)


def note_file(database: Database, digest: str, media_type: str, size: int, original: str | None) -> None:
    """Note a file that lies in its place, in the transaction that refers to it."""
    database.execute(
        "INSERT INTO evidence_file (digest, media_type, bytes, original) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (digest) DO UPDATE SET original = coalesce(original, excluded.original)",
        (digest, media_type, size, original),
    )


def add_evidence(
    store: Store, assessment: int, source: Path, by: str, at: str, *, keep_original: bool = False
) -> Evidence:
    """Prepare and attach in one go."""
    return attach(store, assessment, prepare(store.folder, source, keep_original=keep_original), by, at)


def evidence_of(store: Store, assessment: int) -> Sequence[Evidence]:
    """The evidence of an assessment, first attached first."""
    with told(store.path):
        found = store.database.execute(
            "SELECT e.digest, e.name, f.media_type, f.bytes, f.original, e.author, e.at"
            " FROM evidence e JOIN evidence_file f ON f.digest = e.digest"
            " WHERE e.assessment = ? ORDER BY e.at, e.name, e.digest",
            (assessment,),
        )
        return [Evidence(*row) for row in found]


def referenced(text: str, found: Sequence[Evidence]) -> Evidence | None:
    """The evidence that an answer's reference means; None for words that mean no kept file."""
    mark = mark_of(text)
    return next((one for one in found if mark and one.digest.startswith(mark)), None)


def content_path(store: Store, digest: str) -> Path:
    """The file itself, to be read; `UserError` when it is not there."""
    path = evidence_path(store.folder, digest)
    if not path.is_file():
        raise refuse("evidence-lost", str(path), digest=digest[:16])
    return path


def copy_out(store: Store, one: Evidence, target: Path) -> Path:
    """A copy for other programs, verified on the way: in the folder `target` under its own name."""
    path = target / (_UNSAFE.sub("_", one.name).strip(" .") or one.digest[:16])
    digest = hashlib.sha256()
    with whole_file(path) as file:
        for chunk in chunks_of(content_path(store, one.digest)):
            digest.update(chunk)
            file.write(chunk)
        if digest.hexdigest() != one.digest:
            raise refuse("evidence-lost", str(path), digest=one.digest[:16])
    return path


def thumbnail(folder: Path, digest: str) -> Path | None:
    """A small picture, made when first asked for; None for what is no picture. May run beside the window."""
    path, thumb = evidence_path(folder, digest), thumb_path(folder, digest)
    if thumb.is_file():
        return thumb
    if not path.is_file():
        return None
    with writable(thumb):
        thumb.parent.mkdir(parents=True, exist_ok=True)
        part = new_part(folder)
        try:
            if pictures.make_thumbnail(path, part):
                place(part, thumb)
                return thumb
            return None
        finally:
            part.unlink(missing_ok=True)


def drop_evidence(store: Store, assessment: int, digest: str) -> None:
    """Take a file away from an assessment for good; it goes from the disk when nobody else holds it."""
    with store.together():
        store.database.execute(
            "DELETE FROM evidence WHERE assessment = ? AND digest = ?", (assessment, digest)
        )
        doom(store.database, [digest])
    with told(store.path):
        remove_doomed(store.database, store.path)


@dataclass(frozen=True, slots=True)
class EvidenceCheck:
    """What is wrong with the folder: files missing or changed, and files that nobody refers to (digests)."""

    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    orphans: tuple[str, ...]


def check_evidence(store: Store, *, read_all: bool = False) -> EvidenceCheck:
    """Compare database and folder; with `read_all` every file is read and its digest taken."""
    with told(store.path):
        known = dict(store.database.execute("SELECT digest, bytes FROM evidence_file").fetchall())
    found = set(kept_digests(store.folder))
    present = {digest: evidence_path(store.folder, digest) for digest in known if digest in found}
    damaged = [
        digest
        for digest, path in present.items()
        if path.stat().st_size != known[digest] or (read_all and digest_of(path) != digest)
    ]
    return EvidenceCheck(
        tuple(sorted(known.keys() - found)), tuple(sorted(damaged)), tuple(sorted(found - known.keys()))
    )


def clear_orphans(store: Store) -> int:
    """Delete files nobody refers to, on request; how many. Never done unasked: after a rescue they may be
    all that is left of what they belonged to."""
    with store.together():
        orphans = check_evidence(store).orphans
        for digest in orphans:
            evidence_path(store.folder, digest).unlink(missing_ok=True)
            thumb_path(store.folder, digest).unlink(missing_ok=True)
    return len(orphans)
