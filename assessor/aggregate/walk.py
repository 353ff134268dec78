"""Which files are there? Every one once, whatever links to what, in an order that depends on names alone."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor.errors import Problem, refuse, system_reason

_LITTER = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"})
_LITTER_STARTS = {"~$": "intake-lock-file", ".~": "intake-lock-file", "._": "intake-litter"}
_LITTER_FOLDERS = frozenset({"__macosx", "$recycle.bin", "system volume information"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file, or a folder that can't be opened. `problem` tells why it will not be read."""

    path: str
    label: str
    problem: Problem | None = None
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    real: str
    linked: bool
    found: Found


def walk(places: Sequence[Path], leave_out: Path | None = None) -> list[Found]:
    """All files in these folders and below, sorted by label; `leave_out` is the folder of our own output.

    A file that can be reached in several ways is listed once, under its own name rather than a link's.
    `UserError` when one of the places is not there.
    """
    for place in places:
        if not os.path.lexists(place):
            raise refuse("file-missing", str(place))
    own = os.path.realpath(leave_out) if leave_out else None
    seen: dict[str, _Seen] = {}
    for place in places:
        for one in _below(place, own):
            before = seen.get(one.real)
            if before is None or (one.linked, one.found.label) < (before.linked, before.found.label):
                seen[one.real] = one
    return sorted((one.found for one in seen.values()), key=lambda found: found.label)


def label_of(path: Path) -> str:
    """A path as text that can be written anywhere, whatever bytes the system keeps in it."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return text.replace(os.sep, "/") if os.sep != "/" else text


def _below(place: Path, own: str | None) -> Iterator[_Seen]:
    """Everything at and below a place; a folder that links back to one above it is not entered again."""
    stack = [(place, os.path.realpath(place), False, frozenset[str]())]
    while stack:
        path, real, linked, above = stack.pop()
        if real == own or real in above:
            continue
        try:
            mode = path.stat().st_mode
            inside = sorted(path.iterdir()) if stat.S_ISDIR(mode) else None
        except OSError as error:
            yield _Seen(real, linked, _unreadable(path, error))
            continue
        if inside is None:
            yield _Seen(real, linked, _file(path, mode))
        else:
            inner = above | {real}
            stack += [(one, *_real(one, real, linked), inner) for one in inside]


def _real(path: Path, folder: str, linked: bool) -> tuple[str, bool]:
    """Where a file really lies, and whether a link led there."""
    if path.is_symlink():
        return os.path.realpath(path), True
    return os.path.join(folder, path.name), linked  # noqa: PTH118  # thousands of them, all plain text


def _unreadable(path: Path, error: OSError) -> Found:
    reason = system_reason(error)
    return Found(str(path), label_of(path), Problem("file-unreadable", "", {"reason": reason}))


def _file(path: Path, mode: int) -> Found:
    label, name = label_of(path), str(path)
    if not stat.S_ISREG(mode):
        return Found(name, label, Problem("intake-not-a-file"), ignored=True)
    code = _litter(path)
    return Found(name, label, Problem(code), ignored=True) if code else Found(name, label)


def _litter(path: Path) -> str | None:
    """Files that programs leave behind and no firm has written."""
    name = path.name
    for start, code in _LITTER_STARTS.items():
        if name.startswith(start):
            return code
    hidden = name.startswith(".") or name.lower() in _LITTER
    within = _LITTER_FOLDERS.intersection(part.lower() for part in path.parent.parts)
    return "intake-litter" if hidden or within else None
