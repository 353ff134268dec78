"""An assessment keeps the exact pack it was made with, as a bundle under the pack's digest."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from assessor.pack.bundle import open_kept
from assessor.pack.model import Pack
from assessor.store.connection import told
from assessor.store.store import Store

UNPACKED = "packs-kept"
"""Folder of the data folder where kept packs are unpacked to be read; a cache, it may be deleted."""


def has_pack(store: Store, digest: str) -> bool:
    """Whether the pack of that digest is kept."""
    with told(store.path):
        found = store.database.execute("SELECT 1 FROM pack_copy WHERE digest = ?", (digest,)).fetchone()
    return found is not None


def keep_pack(store: Store, pack: Pack, data: bytes, at: str) -> None:
    """Keep a pack; `data` is what `pack_bytes` made of it."""
    keep_copy(store, (pack.digest, pack.id, pack.version), data, at)


def keep_copy(store: Store, named: tuple[str, str, str], data: bytes, at: str) -> None:
    """The same for a copy at hand; `named` is digest, id and version."""
    sha256 = hashlib.sha256(data).hexdigest()
    with store.together():
        store.database.execute(
            "INSERT OR IGNORE INTO pack_copy (digest, pack, version, sha256, at, data)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (*named, sha256, at, data),
        )


def pack_data(store: Store, digest: str) -> bytes | None:
    """The kept bundle, or None."""
    with told(store.path):
        found = store.database.execute("SELECT data FROM pack_copy WHERE digest = ?", (digest,)).fetchone()
    return bytes(found[0]) if found else None


def kept_pack(store: Store, digest: str, roots: Sequence[Path] = ()) -> Pack | None:
    """The pack of that digest out of the store; None when it was never kept.

    Overlays in `roots` bring it newer policies and platforms.
    """
    data = pack_data(store, digest)
    return None if data is None else open_kept(data, _unpacked(store), str(store.path), roots)


def _unpacked(store: Store) -> Path:
    return store.folder / UNPACKED
