"""A new pack to be filled in: every file with one example, and TODO wherever content is to be written."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from assessor.errors import refuse
from assessor.pack.draft import TODO
from assessor.pack.yamltext import flow

_ID = re.compile(r"[a-z][a-z0-9-]*")
_NO_TITLE = f"{TODO} 诊断包名称，如 有色金属行业诊断包"


def check_new(pack_id: str, folders: Mapping[str, Path], target: Path) -> None:
    """`UserError` when the id can't be one, is taken, or there is something in the place of the folder."""
    if not _ID.fullmatch(pack_id):
        raise refuse("authoring-id", id=pack_id)
    if pack_id in folders:
        raise refuse("authoring-taken", id=pack_id, folder=folders[pack_id])
    if target.exists():
        raise refuse("authoring-place", str(target))
    if target.name != pack_id:
        raise refuse("pack-bundle-name", str(target), folder=target.name, pack=pack_id)


def scaffold(templates: Path, pack_id: str, title: str, date: str, taken: Iterable[str]) -> Mapping[str, str]:
    """The files of a new pack by name. `taken` are ids of questions it must not use."""
    words = {
        "@ID@": pack_id,
        "@TITLE@": flow(title or _NO_TITLE),
        "@DATE@": date,
        "@P@": prefix(pack_id, taken),
    }
    files = {}
    for path in sorted(templates.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for mark, word in words.items():
            text = text.replace(mark, word)
        files[path.name] = text
    return files


def prefix(pack_id: str, taken: Iterable[str]) -> str:
    """Capital letters for the ids of a pack's questions, as few as are free: N for nonferrous, else NO, …"""
    used = {found[0] for name in taken if (found := re.match(r"[A-Z]+?(?=[PQGXRAOL]?[0-9])", name))}
    letters = re.sub(r"[^a-z]", "", pack_id).upper()
    choices = (letters[:length] for length in range(1, len(letters) + 1))
    return next((choice for choice in choices if choice not in used), f"{letters}X")
