"""How do several files travel as one? A zip with a manifest of digests, used whole or refused.

Pack bundles, backups and parts of an assessment are all such archives; `format` tells them apart and
`edition` is raised when an older program could no longer read one.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from assessor.errors import UserError, refuse, system_reason
from assessor.words import _

MANIFEST = "manifest.json"
CHUNK = 1 << 20
_MOST_MANIFEST = 64 << 20
_NAME = re.compile(r"[^\\:\x00-\x1f/]+(/[^\\:\x00-\x1f/]+)*")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of archive: its mark, what people call it, and the newest edition we know."""

    format: str
    title: str
    edition: int = 1


class Writer:
    """Puts files into a zip and notes their digests; same content, same bytes."""

    def __init__(self, file: IO[bytes], kind: Kind) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._kind = kind
        self.files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, chunks: Iterable[bytes], *, packed: bool = True) -> str:
        """One file; `packed` False for what is compressed already. Its digest."""
        info = zipfile.ZipInfo(name, _EPOCH)
        info.create_system = 3
        info.external_attr = 0o644 << 16
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as target:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        self.files[name] = {"sha256": digest.hexdigest(), "bytes": size}
        return digest.hexdigest()

    def finish(self, head: Mapping[str, Any]) -> None:
        """Write the manifest and close the zip."""
        manifest = {"format": self._kind.format, "edition": self._kind.edition, **head, "files": self.files}
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        self._zip.writestr(zipfile.ZipInfo(MANIFEST, _EPOCH), text.encode(), zipfile.ZIP_DEFLATED)
        self._zip.close()


class Archive:
    """An archive whose manifest and list of files agree. What is read from it is checked on the way."""

    def __init__(self, source: zipfile.ZipFile, kind: Kind, where: str, manifest: Mapping[str, Any]) -> None:
        self._zip = source
        self._kind = kind
        self._where = where
        self.head = manifest
        self.files: Mapping[str, Mapping[str, Any]] = manifest["files"]

    @property
    def digest(self) -> str:
        """One digest over all files and their names."""
        return files_digest({name: str(file["sha256"]) for name, file in self.files.items()})

    @property
    def size(self) -> int:
        """What all files take when unpacked."""
        return sum(int(file["bytes"]) for file in self.files.values())

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a file piece by piece; `UserError` at its end if it is not what was put in."""
        digest = hashlib.sha256()
        try:
            with self._zip.open(name) as file:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
                    yield chunk
        except _BROKEN as error:
            raise self.damaged(_("{name} 读不出").format(name=name)) from error
        if digest.hexdigest() != self.files[name]["sha256"]:
            raise self.damaged(_("{name} 的内容与清单不符").format(name=name))

    def read(self, name: str) -> bytes:
        """The whole content of a file."""
        if name not in self.files:
            raise self.damaged(_("缺少 {name}").format(name=name))
        return b"".join(self.chunks(name))

    def verify(self) -> None:
        """Read everything once; `UserError` at the first file that is not what was put in."""
        for name in self.files:
            for _chunk in self.chunks(name):
                pass

    def damaged(self, reason: str) -> UserError:
        """The refusal of this archive, to be raised."""
        return refuse("bundle-damaged", self._where, what=_(self._kind.title), reason=reason)


def files_digest(digests: Mapping[str, str]) -> str:
    """One digest over files, given their names and digests."""
    lines = "\n".join(f"{name} {digest}" for name, digest in sorted(digests.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


@contextmanager
def open_archive(source: Path | IO[bytes], kind: Kind, where: str) -> Iterator[Archive]:
    """An archive of that kind; `UserError` when it is foreign, newer, or not whole."""
    try:
        opened = zipfile.ZipFile(source)
    except FileNotFoundError as error:
        raise refuse("file-missing", where) from error
    except zipfile.BadZipFile as error:
        raise _not_a_zip(source, kind, where) from error
    except (OSError, ValueError, NotImplementedError) as error:
        raise refuse("file-unreadable", where, reason=system_reason(error)) from error
    with opened:
        yield Archive(opened, kind, where, _manifest(opened, kind, where))


def format_of(file: Path) -> str:
    """What a file says it is, such as `assessor-part`; empty when it is no archive of ours."""
    try:
        with zipfile.ZipFile(file) as opened:
            if opened.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
                return ""
            data = json.loads(opened.read(MANIFEST))
    except (*_BROKEN, KeyError, RecursionError):
        return ""
    return str(data.get("format", "")) if isinstance(data, dict) else ""


def _not_a_zip(source: Path | IO[bytes], kind: Kind, where: str) -> UserError:
    """A zip cut short still begins like one."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            start = file.read(4)
    else:
        source.seek(0)
        start = source.read(4)
    if start == b"PK\x03\x04":
        return refuse("bundle-damaged", where, what=_(kind.title), reason=_("文件不完整"))
    return refuse("bundle-foreign", where, what=_(kind.title))


def _manifest(opened: zipfile.ZipFile, kind: Kind, where: str) -> Mapping[str, Any]:
    def damaged(reason: str) -> UserError:
        return refuse("bundle-damaged", where, what=_(kind.title), reason=reason)

    if MANIFEST not in opened.namelist():
        raise refuse("bundle-foreign", where, what=_(kind.title))
    try:
        if opened.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
            raise damaged(_("清单过大"))
        data = json.loads(opened.read(MANIFEST))
    except (*_BROKEN, RecursionError) as error:
        raise damaged(_("清单读不出")) from error
    if not isinstance(data, dict) or data.get("format") != kind.format:
        raise refuse("bundle-foreign", where, what=_(kind.title))
    if not isinstance(data.get("edition"), int) or data["edition"] > kind.edition:
        raise refuse("bundle-newer", where, what=_(kind.title))
    reason = _disagreement(opened, data.get("files"))
    if reason:
        raise damaged(reason)
    return data


def _disagreement(opened: zipfile.ZipFile, files: Any) -> str:
    """How the manifest's list and the zip's differ; empty when they agree."""
    if not isinstance(files, dict) or not all(map(_is_file, files.values())):
        return _("清单写法不对")
    names = [info.filename for info in opened.infolist()]
    if len(set(map(str.casefold, names))) < len(names):
        return _("有重名的文件")
    found = {info.filename: info.file_size for info in opened.infolist() if info.filename != MANIFEST}
    checks: tuple[tuple[Callable[[str], bool], str], ...] = (
        (lambda name: not is_safe(name), _("文件名“{}”不可用")),
        (lambda name: name not in found, _("缺少 {}")),
        (lambda name: name not in files, _("多出 {}")),
        (lambda name: found.get(name) != files[name]["bytes"], _("{} 的大小与清单不符")),
    )
    for is_wrong, reason in checks:
        for name in sorted({*found, *files}):
            if is_wrong(name):
                return reason.format(name)
    return ""


def _is_file(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("sha256"), str)
        and type(entry.get("bytes")) is int
        and entry["bytes"] >= 0
    )


def is_safe(name: str) -> bool:
    """Whether a name in a zip stays inside the folder it is unpacked to, on every system."""
    parts = name.split("/")
    return (
        bool(_NAME.fullmatch(name))
        and not {".", ".."}.intersection(parts)
        and all(part == part.rstrip(" .") for part in parts)
    )
