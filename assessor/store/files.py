"""How does a file appear whole or not at all? Written beside its place, synced, then moved there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from assessor.errors import refuse, system_reason

PART = ".part"
"""What is still being written ends so; it may be deleted by anyone who finds it old."""
STALE_SECONDS = 24 * 3600


@contextmanager
def writable(path: Path) -> Iterator[None]:
    """Turn what the system says while writing into a message for a person."""
    try:
        yield
    except OSError as error:
        raise refuse("file-unwritable", str(path), reason=system_reason(error)) from error


def sync_folder(folder: Path) -> None:
    """Make what was moved into a folder survive a power cut, where the system has that notion."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # some network folders know no such thing
        return
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Bring a file's content onto the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def place(part: Path, path: Path) -> None:
    """Move what was written and synced to where it belongs."""
    part.replace(path)
    sync_folder(path.parent)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write into, which takes its place only if all went well."""
    part = path.with_name(f".{path.name}{PART}")
    with writable(path):
        try:
            with part.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            place(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def sweep_parts(folder: Path) -> None:
    """Delete what was left half written here by a process that ended long ago."""
    found = [path for path in folder.glob(f"*{PART}") if path.is_file()] if folder.is_dir() else []
    if not found:
        return
    probe = folder / f".probe{PART}"  # the folder's own clock, which may not be this machine's
    try:
        probe.touch()
        now = probe.stat().st_mtime
        for path in found:
            if now - path.stat().st_mtime > STALE_SECONDS or path == probe:
                path.unlink(missing_ok=True)
    except OSError:
        return  # another window swept first, or nothing may be deleted here
    finally:
        _forget(probe)


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
