"""Small packs for tests: a copy of the valid sample pack, with pieces of its text replaced."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from assessor.errors import Problem
from assessor.pack.load import Loaded, load_pack, place_of
from assessor.pack.model import Pack

VALID = Path(__file__).resolve().parent.parent / "data/broken_packs/valid"


class Edit(NamedTuple):
    """In `file`, `old` (which stands there once) becomes `new`."""

    file: str
    old: str
    new: str


def write_pack(folder: Path, *edits: Edit, without: Sequence[str] = ()) -> Path:
    """The sample pack with edits and without some files, written into `folder/valid`."""
    target = folder / "valid"
    shutil.copytree(VALID, target)
    for file in without:
        (target / file).unlink()
    for file, old, new in edits:
        text = (target / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (target / file).write_text(text.replace(old, new), encoding="utf-8")
    return target


def load(folder: Path) -> Loaded:
    """The pack in a folder, found among its neighbours."""
    return load_pack(folder, (folder.parent,))


def sample_pack(folder: Path, *edits: Edit, without: Sequence[str] = ()) -> Pack:
    """The sample pack with edits that keep it valid."""
    loaded = load(write_pack(folder, *edits, without=without))
    assert not loaded.problems, "\n".join(map(str, loaded.problems))
    assert loaded.pack is not None
    return loaded.pack


def line_told(problem: Problem) -> str:
    """File and line of a problem, its column left out."""
    file, line, _ = place_of(problem)
    return f"{file}:{line}" if line else file


def line_of(path: Path, text: str) -> int:
    """The line of the first place where a text stands in a file."""
    content = path.read_text(encoding="utf-8")
    assert text in content, text
    return content[: content.index(text)].count("\n") + 1
