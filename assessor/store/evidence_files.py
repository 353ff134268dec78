"""Where does evidence lie? In a folder beside the database, each file once, under the digest of its content.

`evidence/ab/abcd…`; thumbnails are a cache under `evidence/thumbs/`. A file belongs to someone when a row of
`evidence_file` names it. Moving a file in, and deleting one, happen while holding the right to write.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlite_utils.db import Database

from assessor.errors import UserError
from assessor.store.connection import writing
from assessor.store.files import place, sweep_parts, writable

EVIDENCE = "evidence"
THUMBS = "thumbs"
CHUNK = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")


def evidence_path(folder: Path, digest: str) -> Path:
    """Where the content of that digest lies in a data folder."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError(f"no digest: {digest!r}")
    return folder / EVIDENCE / digest[:2] / digest


def thumb_path(folder: Path, digest: str) -> Path:
    """Where its thumbnail is kept once it was made."""
    return folder / EVIDENCE / THUMBS / f"{evidence_path(folder, digest).name}.jpg"


def chunks_of(path: Path) -> Iterator[bytes]:
    """The content of a file, piece by piece."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def digest_of(path: Path) -> str:
    """The digest of a file's content."""
    digest = hashlib.sha256()
    for chunk in chunks_of(path):
        digest.update(chunk)
    return digest.hexdigest()


def put_in_place(folder: Path, part: Path, digest: str, size: int) -> None:
    """Move a synced file to its place, or drop it when its content is there already."""
    path = evidence_path(folder, digest)
    if path.is_file() and path.stat().st_size == size:
        part.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    place(part, path)


def kept_digests(folder: Path) -> Iterator[str]:
    """Every digest that has a file."""
    for path in sorted((folder / EVIDENCE).glob("??/*")):
        if path.is_file() and _DIGEST.fullmatch(path.name):
            yield path.name


def doom(database: Database, digests: Iterable[str]) -> None:
    """Note files that no assessment holds any more; they go once this is committed."""
    for digest in digests:
        found = database.execute("SELECT original FROM evidence_file WHERE digest = ?", (digest,)).fetchone()
        for one in (digest, found[0] if found else None):
            database.execute(
                "INSERT OR IGNORE INTO doomed SELECT digest FROM evidence_file WHERE digest = :one"
                " AND digest NOT IN (SELECT digest FROM evidence) AND digest NOT IN"
                " (SELECT f.original FROM evidence_file f JOIN evidence e ON e.digest = f.digest"
                " WHERE f.original IS NOT NULL)",
                {"one": one},
            )
    database.execute("DELETE FROM evidence_file WHERE digest IN (SELECT digest FROM doomed)")


def remove_doomed(database: Database, path: Path) -> None:
    """Delete the files noted, also those a killed process left; one that is wanted again stays."""
    if database.execute("SELECT 1 FROM doomed LIMIT 1").fetchone() is None:
        return
    with writable(path), writing(database, path):
        found = database.execute("SELECT digest FROM doomed").fetchall()
        _unlink_unknown(database, path.parent, [str(digest) for (digest,) in found])
        database.execute("DELETE FROM doomed")


def take_away(database: Database, path: Path, digests: Iterable[str]) -> None:
    """Delete files whose row was not committed after all."""
    try:
        with writing(database, path):
            _unlink_unknown(database, path.parent, digests)
    except (UserError, OSError):
        return  # whole files that nobody refers to; `check_evidence` lists them


def _unlink_unknown(database: Database, folder: Path, digests: Iterable[str]) -> None:
    for digest in digests:
        if database.execute("SELECT 1 FROM evidence_file WHERE digest = ?", (digest,)).fetchone() is None:
            evidence_path(folder, digest).unlink(missing_ok=True)
            thumb_path(folder, digest).unlink(missing_ok=True)


def sweep_evidence(folder: Path) -> None:
    """Forget what killed processes left half written."""
    sweep_parts(folder / EVIDENCE)
