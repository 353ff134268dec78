"""How does a pack travel? As one zip with a digest: its folder and the folders it depends on.

A bundle is refused whole when a byte is wrong or the pack check finds a fault. Installing has one moment
at which it happens: before it the old packs stand, after it the new ones, also if the power goes.
"""

import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from assessor.errors import Problem, UserError, refuse, system_reason
from assessor.pack.archive import CHUNK, Archive, Kind, Writer, open_archive
from assessor.pack.draft import read_draft
from assessor.pack.load import Loaded, load_pack, pack_folders
from assessor.pack.model import Manifest, Pack
from assessor.words import _

PACK = Kind("assessor-pack", "诊断包文件")
ENDING = ".pack.zip"
_STAGING = ".staging"


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle holds. `packs` maps ids to versions, those it depends on first.

    `digest` is over the names and contents of its files, whatever the zip looks like.
    """

    id: str
    version: str
    date: str
    title: str
    digest: str
    packs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Installed:
    """What came of it: `placed` were put into the folder, `kept` were there already, as new or newer."""

    bundle: Bundle
    placed: tuple[str, ...]
    kept: tuple[str, ...]


def pack_bytes(pack: Pack, roots: Sequence[Path]) -> bytes:
    """A loaded pack with what it depends on, as a bundle to be kept with an assessment."""
    file = io.BytesIO()
    _write(file, pack, roots)
    return file.getvalue()


def write_bundle(folder: Path, roots: Sequence[Path], out: Path) -> Bundle:
    """A checked pack folder as a bundle file, which appears whole or not at all."""
    pack = _checked(folder, (*roots, folder.resolve().parent))
    if pack.id != folder.resolve().name:
        raise refuse("pack-bundle-name", str(folder), folder=folder.resolve().name, pack=pack.id)
    beside = out.with_name(f".{out.name}.part")
    try:
        with beside.open("wb") as file:
            _write(file, pack, (*roots, folder.resolve().parent))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(out)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise refuse("file-unwritable", str(out), reason=system_reason(error)) from error
    with open_archive(out, PACK, str(out)) as archive:
        return _bundle(archive)


def read_bundle(file: Path, roots: Sequence[Path]) -> Bundle:
    """What a bundle holds, every byte verified and the pack checked."""
    with tempfile.TemporaryDirectory() as scratch, open_archive(file, PACK, str(file)) as archive:
        bundle = _unpack(archive, Path(scratch))
        _checked(Path(scratch) / bundle.id, (Path(scratch), *roots), str(file))
        return bundle


def install(file: Path, target: Path, roots: Sequence[Path]) -> Installed:
    """Put a bundle's packs into the folder `target`, or refuse it and change nothing.

    What the pack depends on is placed only if it is missing or older in `roots`.
    """
    finish_install(target)
    present = {name: read_draft(found).manifest for name, found in pack_folders((target, *roots)).items()}
    with _writable(target), open_archive(file, PACK, str(file)) as archive:
        staging = _fresh(target / _STAGING)
        bundle = _unpack(archive, staging / "part")
        bundled = {name: read_draft(staging / "part" / name).manifest for name in bundle.packs}
        kept = tuple(
            name for name in bundle.packs if name != bundle.id and _is_older(bundled[name], present.get(name))
        )
        for name in kept:
            shutil.rmtree(staging / "part" / name)
        try:
            _checked(staging / "part" / bundle.id, (staging / "part", target, *roots), str(file))
        except UserError:
            shutil.rmtree(staging)
            raise
        _sync(staging / "part")
        (staging / "part").replace(staging / "ready")
        finish_install(target)
    return Installed(bundle, tuple(name for name in bundle.packs if name not in kept), kept)


def finish_install(target: Path) -> None:
    """Complete an installation that was cut short after its one moment; forget one cut short before."""
    staging = target / _STAGING
    if not staging.is_dir():
        return
    with _writable(target):
        ready = staging / "ready"
        for new in sorted(ready.iterdir()) if ready.is_dir() else ():
            place = target / new.name
            if place.exists():
                old = staging / "old"
                old.mkdir(exist_ok=True)
                shutil.rmtree(old / new.name, ignore_errors=True)
                place.replace(old / new.name)
            new.replace(place)
        shutil.rmtree(staging)


def keep_unpacked(data: bytes, folder: Path, where: str = "") -> Path:
    """A kept pack as a folder to load from; unpacked once, appears whole. Gives the pack's own folder."""
    with open_archive(io.BytesIO(data), PACK, where) as archive:
        place = folder / archive.digest[:16]
        own = place / str(archive.head["id"])
        if not own.is_dir():
            with _writable(folder):
                folder.mkdir(parents=True, exist_ok=True)
                scratch = Path(tempfile.mkdtemp(prefix=".part-", dir=folder))
                _unpack(archive, scratch)
                _move(scratch, place)
        return own


def open_kept(data: bytes, folder: Path, where: str = "", roots: Sequence[Path] = ()) -> Pack:
    """The pack out of a kept bundle, with the dependencies it had then.

    It was sound when it was kept, so a check that came later does not shut an old assessment out. Overlays
    are taken from `roots`, as they stand today.
    """
    own = keep_unpacked(data, folder, where)
    loaded = load_pack(own, (own.parent, *roots))
    if loaded.pack is None:
        raise UserError(*_faults(loaded, own, where))
    return loaded.pack


def _move(scratch: Path, place: Path) -> None:
    try:
        scratch.replace(place)
    except OSError:
        shutil.rmtree(scratch)
        if not place.is_dir():  # else another window was quicker, with the same content
            raise


def _write(file: IO[bytes], pack: Pack, roots: Sequence[Path]) -> None:
    folders = pack_folders(roots)
    own = {**{name: folders[name] for name in pack.manifest.depends}, pack.id: pack.folder}
    manifests = {name: read_draft(folder).manifest for name, folder in own.items()}
    writer = Writer(file, PACK)
    for name, folder in own.items():
        for path in files_of(folder):
            writer.add(f"{name}/{path.relative_to(folder).as_posix()}", _chunks(path))
    head = pack.manifest
    writer.finish(
        {
            "id": head.id,
            "version": head.version,
            "date": head.date,
            "title": head.title,
            "pack_digest": pack.digest,
            "packs": [[name, one.version if one else ""] for name, one in manifests.items()],
        }
    )


def files_of(folder: Path) -> Sequence[Path]:
    """The files that belong to a pack, in order; hidden ones and links are left out."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not path.is_symlink()
        and not any(part.startswith((".", "__")) for part in path.relative_to(folder).parts)
    )


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _bundle(archive: Archive) -> Bundle:
    head = archive.head
    id_, version, date, title = (head.get(key) for key in ("id", "version", "date", "title"))
    named = _named_packs(head.get("packs"))
    if not all(isinstance(text, str) for text in (id_, version, date, title)) or not named:
        raise archive.damaged(_("清单写法不对"))
    if id_ not in named or {name.split("/")[0] for name in archive.files} != set(named):
        raise archive.damaged(_("清单与文件夹不符"))
    return Bundle(str(id_), str(version), str(date), str(title), archive.digest, named)


def _named_packs(raw: Any) -> Mapping[str, str]:
    """Ids and versions as the manifest lists them; empty when it is written wrongly."""
    if not isinstance(raw, list):
        return {}
    pairs = [pair for pair in raw if isinstance(pair, list) and len(pair) == 2]
    named = {id_: version for id_, version in pairs if isinstance(id_, str) and isinstance(version, str)}
    return named if len(named) == len(raw) else {}


def _unpack(archive: Archive, folder: Path) -> Bundle:
    """Write every file, each verified, into `folder`."""
    bundle = _bundle(archive)
    for name in archive.files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for chunk in archive.chunks(name):
                file.write(chunk)
    return bundle


def _checked(folder: Path, roots: Sequence[Path], where: str = "") -> Pack:
    """The pack in a folder; `UserError` with every fault. `where` names the bundle it came in."""
    loaded = load_pack(folder, roots)
    if loaded.pack is None or loaded.problems:
        raise UserError(*_faults(loaded, folder, where))
    if loaded.pack.id != folder.resolve().name:
        raise refuse("pack-bundle-name", where or str(folder), folder=folder.name, pack=loaded.pack.id)
    return loaded.pack


def _faults(loaded: Loaded, folder: Path, where: str) -> Sequence[Problem]:
    """All faults; those of a bundle are placed inside it rather than in the folder it was unpacked to."""
    unpacked = f"{folder.parent}{os.sep}"
    inside = [
        replace(problem, where=problem.where.replace(unpacked, f"{where} ")) if where else problem
        for problem in loaded.problems
    ]
    return [Problem("pack-broken", where or str(folder), {"count": len(inside)}), *inside]


def _is_older(bundled: Manifest | None, present: Manifest | None) -> bool:
    """Whether what is there already is as new as what came."""
    if present is None or bundled is None:
        return False
    return not is_newer(bundled, present)


def is_newer(one: Manifest, other: Manifest) -> bool:
    """Whether one version of a pack came after the other: by date, then by number."""
    return _age(one) > _age(other)


def _age(manifest: Manifest) -> tuple[str, Sequence[tuple[int, str]]]:
    parts = re.findall(r"\d+|\D+", manifest.version)
    return manifest.date, [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _sync(folder: Path) -> None:
    """Bring every file of a folder onto the disk."""
    _each_to_disk(path for path in folder.rglob("*") if path.is_file())


def _each_to_disk(paths: Iterable[Path]) -> None:
    for path in paths:
        with path.open("rb+") as file:
            os.fsync(file.fileno())


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise refuse("file-unwritable", str(folder), reason=system_reason(error)) from error
