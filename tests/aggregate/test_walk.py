"""Every file once, whatever lies there."""

import os
from pathlib import Path

import pytest

from assessor.aggregate.walk import walk
from assessor.errors import UserError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links and pipes")


def labels(found: object, root: Path) -> list[str]:
    return [one.label.removeprefix(f"{root}/") for one in found]  # type: ignore[attr-defined]


def test_links__are_followed_once_and_loops_end(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    (inbox / "a/b").mkdir(parents=True)
    (inbox / "a/b/one.xlsx").touch()
    (inbox / "a/loop").symlink_to(inbox)
    (inbox / "again.xlsx").symlink_to(inbox / "a/b/one.xlsx")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/two.xlsx").touch()
    (inbox / "link").symlink_to(tmp_path / "elsewhere")
    assert labels(walk([inbox]), inbox) == ["a/b/one.xlsx", "link/two.xlsx"]


def test_trees_that_overlap__list_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/one.xlsx").touch()
    for places in ([tmp_path / "a", tmp_path / "a/b"], [tmp_path / "a/b", tmp_path / "a", tmp_path / "a"]):
        assert labels(walk(places), tmp_path) == ["a/b/one.xlsx"]


def test_litter__is_listed_and_ignored(tmp_path: Path) -> None:
    names = ["~$one.xlsx", ".DS_Store", "Thumbs.db", "._one.xlsx", "one.xlsx", ".~lock.one.xlsx#"]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX/one.xlsx").touch()
    os.mkfifo(tmp_path / "pipe.xlsx")
    found = walk([tmp_path])
    assert len(found) == len(names) + 2
    assert [one.label.rpartition("/")[2] for one in found if not one.ignored] == ["one.xlsx"]
    assert all(one.problem and one.problem.what for one in found if one.ignored)


def test_what_cannot_be_opened__is_listed(tmp_path: Path) -> None:
    (tmp_path / "gone.xlsx").symlink_to(tmp_path / "nowhere")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    found = walk([tmp_path])
    assert labels(found, tmp_path) == ["gone.xlsx", "self"]
    assert all(one.problem and not one.ignored for one in found)


def test_own_output__is_no_input(tmp_path: Path) -> None:
    (tmp_path / "out/letters").mkdir(parents=True)
    (tmp_path / "out/summary.xlsx").touch()
    (tmp_path / "one.xlsx").touch()
    assert labels(walk([tmp_path], tmp_path / "out"), tmp_path) == ["one.xlsx"]


def test_names_that_are_no_text__can_still_be_written(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xd6\xd0.xlsx")).touch()
    except OSError:
        pytest.skip("this file system takes text only")
    [one] = walk([tmp_path])
    assert one.label.endswith("\\xd6\\xd0.xlsx")
    assert Path(one.path).exists()


def test_deep_trees__do_not_end_the_run(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 900)
    deep.mkdir(parents=True)
    (deep / "one.xlsx").touch()
    assert len(walk([tmp_path])) == 1


def test_place_that_is_not_there__is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="file-missing"):
        walk([tmp_path / "nowhere"])
