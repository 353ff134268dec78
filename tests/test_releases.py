"""Files of every released version open for ever. The name of a test is the name of its file.

`tools/build_release.py` makes those of this version; `expected.json` beside them says what they hold.
"""

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from assessor import __version__
from assessor.errors import UserError
from assessor.pack.bundle import open_kept, read_bundle
from assessor.store.backup import backup, restore
from assessor.store.evidence import check_evidence
from assessor.store.store import Store
from assessor.store.undo import steps, undo

ROOT = Path(__file__).resolve().parent.parent
RELEASES = Path(__file__).resolve().parent / "data/releases"
AT = "2099-01-01T00:00:00+08:00"

sys.path.insert(0, str(ROOT / "tools"))

from build_release import contents, pack_contents, workbook_contents  # noqa: E402


def files(name: str) -> list[Any]:
    found = sorted(RELEASES.glob(f"*/{name}"))
    return [pytest.param(path, id=f"{path.parent.name}/{name}") for path in found]


def expected(path: Path) -> Any:
    return json.loads((path.parent / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(params=files("store.zip"))
def released(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Any]:
    """A data folder as one version left it, and what it holds."""
    with zipfile.ZipFile(request.param) as archive:
        archive.extractall(tmp_path / "data")
    return tmp_path / "data", expected(request.param)["store"]


def test_a_store__holds_what_it_held(released: tuple[Path, Any]) -> None:
    folder, held = released
    assert json.loads(json.dumps(contents(folder))) == held


def test_a_store__is_worked_on_as_if_it_were_new(released: tuple[Path, Any]) -> None:
    folder, _ = released
    store = Store.open(folder, "s")
    assert store.notices() == []
    assert check_evidence(store, read_all=True) == check_evidence(store)
    assert check_evidence(store).missing == ()
    for row in store.assessments():
        store.record(row.id, "answer", "anything", {"value": 1}, "z", AT)
        before = len(steps(store, row.id).undo)
        assert undo(store, row.id, "z", AT) is not None
        assert len(steps(store, row.id).undo) == before - 1
        for item, said in store.open_items(row.id).items():
            store.settle(row.id, item, said[0].content, "z", AT)
        assert store.open_items(row.id) == {}
    store.close()
    backup(folder, folder.parent / "x.zip", "z", AT, __version__)
    again = Store.open(restore(folder.parent / "x.zip", folder, "again"), "s")
    assert len(again.assessments()) == 2
    again.close()


@pytest.mark.parametrize("path", files("pack.zip"))
def test_a_pack__opens_with_all_it_asked(path: Path, tmp_path: Path) -> None:
    assert json.loads(json.dumps(pack_contents(path, tmp_path))) == expected(path)["pack"]


@pytest.mark.parametrize("path", files("pack.zip"))
def test_a_pack__is_still_taken_as_a_bundle_or_told_why_not(path: Path) -> None:
    """Checks grow stricter; a pack that no longer passes is refused for installing, with every reason."""
    try:
        assert read_bundle(path, ()).id == expected(path)["pack"]["id"]
    except UserError as error:
        assert error.problems[0].code == "pack-broken"
        assert path.parent.name != __version__, "run tools/build_release.py: this version is not released yet"


@pytest.mark.parametrize("path", files("workbook.xlsx"))
def test_a_workbook__says_what_it_said(path: Path, tmp_path: Path) -> None:
    pack = open_kept((path.parent / "pack.zip").read_bytes(), tmp_path / "kept")
    held = expected(path)["workbook"]
    assert held["state"] == "accepted"
    assert len(held["answers"]["answers"]) > 10
    assert json.loads(json.dumps(workbook_contents(path, pack))) == held


def test_this_version__has_its_files() -> None:
    found = {path.name for path in (RELEASES / __version__).iterdir()}
    assert {"store.zip", "pack.zip", "workbook.xlsx", "expected.json"} <= found
