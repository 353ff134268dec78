"""What a reading process does: file after file, one answer each. It may die; then another takes its place."""

import signal
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path
from typing import BinaryIO

from assessor.aggregate.record import Taken
from assessor.aggregate.take import digest_of, take, unusable
from assessor.errors import Problem, UserError, system_reason
from assessor.exchange.guard import MOST_BYTES
from assessor.exchange.read import Packs
from assessor.pack.load import open_pack, pack_folders
from assessor.pack.model import Pack
from assessor.pack.yamlfile import read_yaml

MEMORY = 4 * 2**30
"""What a reading process may take up, where the system can be told so: a hundred times what it needs."""
_CHUNK = 2**20


def packs_in(roots: Sequence[Path]) -> Packs:
    """Finds the pack of an id and version: the version asked for wherever it lies, None where it doesn't."""

    @lru_cache(maxsize=32)
    def find(pack_id: str, version: str) -> Pack | None:
        for root in roots:
            folder = pack_folders([root]).get(pack_id)
            if folder is not None and _version(folder) == version:
                try:
                    return open_pack(pack_id, (root, *roots))
                except UserError:
                    continue
        return None

    return find


def _version(folder: Path) -> str:
    data = read_yaml(folder / "pack.yaml", "pack.yaml").data
    return str(data.get("version", "")) if isinstance(data, dict) else ""


def work(tasks: Connection, roots: Sequence[Path], known: frozenset[str]) -> None:
    """Take file after file until the other end is closed.

    What comes is (number, path); what goes back is (number, digest, row), the row None when the digest
    is among `known`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the parent, which closes the pipe
    _limit_memory()
    packs = packs_in(roots)
    while True:
        try:
            number, path = tasks.recv()
            digest, row = read_file(path, packs, known)
            tasks.send((number, digest, row))
        except (EOFError, OSError):
            return


def read_file(path: str, packs: Packs, known: frozenset[str]) -> tuple[str, Taken | None]:
    """The digest of a file and its row; what can't be read, or is far too big, is a row too."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
            digest = digest_of(data)
            if len(data) > MOST_BYTES:
                digest, size = _rest(file, data)
                values = {"size": f"{size / 2**20:.0f} MB", "most": f"{MOST_BYTES / 2**20:.0f} MB"}
                return digest, unusable(digest, Problem("workbook-too-big", "", values))
    except OSError as error:
        reason = system_reason(error)
        return "", unusable("", Problem("file-unreadable", "", {"reason": reason}))
    return digest, None if digest in known else take(data, Path(path).name, packs)


def _rest(file: BinaryIO, start: bytes) -> tuple[str, int]:
    """Digest and size of a file too big to be held."""
    whole, size = sha256(start), len(start)
    while piece := file.read(_CHUNK):
        whole.update(piece)
        size += len(piece)
    return whole.hexdigest(), size


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the guard is what protects there
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))
