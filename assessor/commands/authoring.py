"""Writing packs: a new one to be filled in, and the same pack in Excel."""

import shutil
from pathlib import Path

from assessor import shipped
from assessor.commands import Places, get_pack, now
from assessor.errors import UserError, refuse
from assessor.pack.load import pack_folders
from assessor.words import _

ENDING = ".xlsx"


def new_pack(here: Places, pack_id: str, title: str = "", out: Path | None = None) -> Path:
    """A pack folder to be filled in, in the user's own folder of packs unless told otherwise."""
    from assessor.pack.scaffold import check_new, scaffold

    target = (out or here.packs[0] / pack_id).absolute()
    folders = pack_folders(here.packs)
    check_new(pack_id, folders, target)
    taken = [item for name in folders for item in _ids_of(here, name)]
    templates = shipped("questionnaires") / "schema" / "scaffold"
    files = scaffold(templates, pack_id, title, now().date().isoformat(), taken)
    beside = target.with_name(f".{target.name}.part")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        for name, text in files.items():
            (beside / name).write_text(text, encoding="utf-8")
        beside.rename(target)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise refuse("file-unwritable", str(target), reason=error.strerror or str(error)) from error
    return target


def _ids_of(here: Places, name: str) -> list[str]:
    """The ids in use in a pack; none of a pack that can't be read."""
    try:
        return list(get_pack(here, name).items)
    except UserError:
        return []


def write_pack_book(here: Places, pack: str, out: Path) -> Path:
    """The workbook in which a pack (its id, or its folder) can be written."""
    from assessor.exchange.authoring.convert import pack_workbook
    from assessor.exchange.write import put_file

    if out.suffix.lower() != ENDING:
        raise refuse("book-format", str(out), suffix=out.suffix)
    put_file(out, pack_workbook(folder_of(here, pack)))
    return out


def folder_of(here: Places, pack: str) -> Path:
    """The folder of a pack, named by its id or by its path."""
    if (Path(pack) / "pack.yaml").is_file():
        return Path(pack)
    folders = pack_folders(here.packs)
    if pack not in folders and Path(pack).is_dir():
        raise refuse("pack-file-missing", pack, file="pack.yaml")
    if pack not in folders:
        raise refuse("pack-missing", pack=pack, known=_("、").join(folders) or _("无"))
    return folders[pack]


def read_pack_book(here: Places, file: Path, out: Path, *, replace: bool = False) -> Path:
    """The pack folder of a workbook, written whole or not at all; `UserError` names every fault's cell."""
    from assessor.exchange.authoring.convert import unpack_workbook

    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise refuse("file-missing", str(file)) from error
    except OSError as error:
        raise refuse("file-unreadable", str(file), reason=error.strerror or str(error)) from error
    return unpack_workbook(data, str(file), out.absolute(), here.packs, over=replace)
