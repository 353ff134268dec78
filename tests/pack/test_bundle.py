"""A pack as one zip: whole or refused, and put in place in one moment."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from assessor.errors import UserError
from assessor.pack import bundle as bundling
from assessor.pack.archive import Kind, Writer, is_safe, open_archive
from assessor.pack.bundle import (
    finish_install,
    install,
    keep_unpacked,
    open_kept,
    pack_bytes,
    read_bundle,
    write_bundle,
)
from assessor.pack.load import load_pack, open_pack, pack_folders
from tests.pack.build import Edit, sample_pack, write_pack

CHILD = """
id: child
version: "1"
date: "2026-02-01"
title: 子包
title_en: Child
provider: 测试
licence: Apache-2.0
depends: [valid]
"""


def codes(caught: pytest.ExceptionInfo[UserError]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


@pytest.fixture
def roots(tmp_path: Path) -> tuple[Path]:
    """A folder with the sample pack and one that depends on it."""
    root = tmp_path / "packs"
    root.mkdir()
    write_pack(root)
    child(root)
    return (root,)


def child(root: Path, version: str = "1", date: str = "2026-02-01") -> Path:
    folder = root / "child"
    (folder / "samples").mkdir(parents=True, exist_ok=True)
    text = CHILD.replace('"1"', f'"{version}"').replace("2026-02-01", date)
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    (folder / "questionnaire.yaml").write_text("sections: []\n", encoding="utf-8")
    (folder / "samples/a.json").write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture
def bundle(roots: tuple[Path], tmp_path: Path) -> Path:
    """The dependent pack as a bundle."""
    out = tmp_path / "child.pack.zip"
    write_bundle(roots[0] / "child", roots, out)
    return out


def rezipped(file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(file) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


# -- made and read -----------------------------------------------------------------------------


def test_a_bundle__says_what_it_holds(roots: tuple[Path], bundle: Path, tmp_path: Path) -> None:
    found = read_bundle(bundle, ())
    assert (found.id, found.version, found.date, found.title) == ("child", "1", "2026-02-01", "子包")
    assert dict(found.packs) == {"valid": "1", "child": "1"}
    again = write_bundle(roots[0] / "child", roots, tmp_path / "again.zip")
    assert again == found
    assert (tmp_path / "again.zip").read_bytes() == bundle.read_bytes()


def test_what_is_hidden_or_made_by_programs__is_left_out(roots: tuple[Path], tmp_path: Path) -> None:
    for name in (".git/config", "__pycache__/x.pyc", ".DS_Store"):
        path = roots[0] / "child" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    write_bundle(roots[0] / "child", roots, tmp_path / "x.zip")
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        names = {name for name in archive.namelist() if name.startswith("child/")}
    assert names == {"child/pack.yaml", "child/questionnaire.yaml", "child/samples/a.json"}


def test_a_pack_with_faults__makes_no_bundle(roots: tuple[Path], tmp_path: Path) -> None:
    (roots[0] / "child/questionnaire.yaml").write_text("sections: [\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        write_bundle(roots[0] / "child", roots, tmp_path / "x.zip")
    assert codes(caught)[0] == "pack-broken"
    assert "yaml-syntax" in codes(caught)
    assert not (tmp_path / "x.zip").exists()


def test_a_folder_of_another_name__makes_no_bundle(roots: tuple[Path], tmp_path: Path) -> None:
    shutil.copytree(roots[0] / "child", roots[0] / "copy")
    with pytest.raises(UserError) as caught:
        write_bundle(roots[0] / "copy", roots, tmp_path / "x.zip")
    assert codes(caught) == ["pack-bundle-name"]


def test_a_kept_pack__is_the_pack_it_was_made_of(roots: tuple[Path], tmp_path: Path) -> None:
    pack = open_pack("child", roots)
    data = pack_bytes(pack, roots)
    shutil.rmtree(roots[0])
    kept = open_kept(data, tmp_path / "kept")
    assert (kept.id, kept.digest) == (pack.id, pack.digest)
    assert list(kept.items) == list(pack.items)
    assert keep_unpacked(data, tmp_path / "kept") == kept.folder
    assert not list((tmp_path / "kept").glob(".part*"))


def test_a_kept_pack_that_a_later_check_would_fault__still_opens(
    roots: tuple[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assessor.errors import Problem
    from assessor.pack import load

    data = pack_bytes(open_pack("child", roots), roots)
    monkeypatch.setattr(load, "CHECKS", (lambda checked: iter([Problem("pack-levels", "", {"id": "x"})]),))
    assert load_pack(roots[0] / "child", roots).problems
    assert open_kept(data, tmp_path / "kept").id == "child"


# -- refused whole -------------------------------------------------------------------------------


def flipped(files: dict[str, bytes]) -> None:
    files["child/questionnaire.yaml"] = b"sections: {}\n"


def unsafe(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["manifest.json"])
    manifest["files"]["../evil"] = manifest["files"].pop("child/samples/a.json")
    files["../evil"] = files.pop("child/samples/a.json")
    files["manifest.json"] = json.dumps(manifest).encode()


def misnamed(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["manifest.json"])
    manifest["id"] = "other"
    files["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (flipped, "bundle-damaged"),
        (unsafe, "bundle-damaged"),
        (misnamed, "bundle-damaged"),
        (lambda files: files.pop("child/samples/a.json"), "bundle-damaged"),
        (lambda files: files.update({"child/more.yaml": b"x"}), "bundle-damaged"),
        (lambda files: files.pop("manifest.json"), "bundle-foreign"),
        (lambda files: files.update({"manifest.json": b'{"format": "assessor-pack"}'}), "bundle-newer"),
    ],
)
def test_a_bundle_that_is_not_what_was_made__is_refused_whole(
    bundle: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None], code: str
) -> None:
    rezipped(bundle, change)
    target = tmp_path / "mine"
    target.mkdir()
    for act in (lambda: read_bundle(bundle, ()), lambda: install(bundle, target, ())):
        with pytest.raises(UserError) as caught:
            act()
        assert codes(caught) == [code]
    assert not pack_folders((target,))
    assert not (tmp_path / "evil").exists()


def test_a_bundle_whose_pack_has_faults__is_refused_with_every_fault_placed_inside_it(
    roots: tuple[Path], tmp_path: Path
) -> None:
    out = tmp_path / "bad.zip"
    with out.open("wb") as file:
        writer = Writer(file, bundling.PACK)
        for folder in (roots[0] / "valid", roots[0] / "child"):
            for path in bundling.files_of(folder):
                content = path.read_bytes().replace(b"kind: bool", b"kind: boole")
                writer.add(f"{folder.name}/{path.relative_to(folder).as_posix()}", [content])
        packs = [["valid", "1"], ["child", "1"]]
        writer.finish({"id": "child", "version": "1", "date": "", "title": "", "packs": packs})
    target = tmp_path / "mine"
    with pytest.raises(UserError) as caught:
        install(out, target, ())
    assert codes(caught)[0] == "pack-broken"
    assert "pack-field-value" in codes(caught)
    place = next(problem.where for problem in caught.value.problems if problem.code == "pack-field-value")
    assert place.startswith(f"{out} valid/questionnaire.yaml:")
    assert list(target.iterdir()) == []


# -- installed -----------------------------------------------------------------------------------


def test_installing__puts_in_what_is_missing(bundle: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine"
    done = install(bundle, target, ())
    assert (done.placed, done.kept) == (("valid", "child"), ())
    assert sorted(path.name for path in target.iterdir()) == ["child", "valid"]
    assert open_pack("child", (target,)).version == "1"


def test_installing__keeps_what_is_there_as_new_or_newer(
    roots: tuple[Path], bundle: Path, tmp_path: Path
) -> None:
    target = tmp_path / "mine"
    done = install(bundle, target, roots)
    assert (done.placed, done.kept) == (("child",), ("valid",))
    assert [path.name for path in target.iterdir()] == ["child"]


def test_installing_a_newer_one__replaces_the_older(roots: tuple[Path], bundle: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine"
    install(bundle, target, roots)
    child(roots[0], "2", "2026-03-01")
    write_bundle(roots[0] / "child", roots, tmp_path / "2.zip")
    done = install(tmp_path / "2.zip", target, roots)
    assert done.bundle.version == "2"
    assert open_pack("child", (target, *roots)).version == "2"
    assert [path.name for path in target.iterdir()] == ["child"]


class PulledError(Exception):
    """The plug."""


@pytest.mark.parametrize("moves", range(6))
def test_an_installation_cut_short_at_any_move__is_whole_at_the_next_start(
    roots: tuple[Path], bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    target = tmp_path / "mine"
    install(bundle, target, ())
    child(roots[0], "2", "2026-03-01")
    (roots[0] / "valid/pack.yaml").write_text(
        (roots[0] / "valid/pack.yaml").read_text(encoding="utf-8").replace("2026-01-01", "2026-03-01"),
        encoding="utf-8",
    )
    write_bundle(roots[0] / "child", roots, tmp_path / "2.zip")
    real, done = Path.replace, []

    def replace(path: Path, other: Path) -> Path:
        if len(done) == moves:
            raise PulledError
        done.append(path)
        return real(path, other)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        try:
            install(tmp_path / "2.zip", target, ())
        except PulledError:
            pass
    finish_install(target)
    assert sorted(path.name for path in target.iterdir()) == ["child", "valid"]
    pack = open_pack("child", (target,))
    valid = open_pack("valid", (target,))
    assert (pack.version, valid.manifest.date) in (("1", "2026-01-01"), ("2", "2026-03-01"))
    assert (pack.version == "2") == (moves > 0)


def test_a_pack_folder_while_installing__shows_no_half_packs(bundle: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine"
    (target / ".staging" / "part" / "child").mkdir(parents=True)
    (target / ".staging" / "part" / "child" / "pack.yaml").write_text("id: child\n", encoding="utf-8")
    assert pack_folders((target,)) == {}
    finish_install(target)
    assert list(target.iterdir()) == []


# -- the archive itself --------------------------------------------------------------------------

ANY = Kind("any", "包")


@pytest.mark.parametrize(
    "name",
    ["a", "a/b.txt", "证据/图.jpg", "a b/c"],
)
def test_names_that_stay_inside__are_safe(name: str) -> None:
    assert is_safe(name)


@pytest.mark.parametrize(
    "name", ["", "/a", "../a", "a/../b", "a/..", "./a", "a//b", "a\\b", "C:a", "a/", "a\x00", "a /b", "a."]
)
def test_names_that_could_leave__are_not(name: str) -> None:
    assert not is_safe(name)


def test_an_archive__gives_back_what_was_put_in() -> None:
    file = io.BytesIO()
    writer = Writer(file, ANY)
    writer.add("a", [b"1", b"2"])
    writer.add("b", [], packed=False)
    writer.finish({"x": 1})
    with open_archive(file, ANY, "here") as archive:
        assert (archive.read("a"), archive.read("b"), archive.head["x"], archive.size) == (b"12", b"", 1, 2)
        archive.verify()
        with pytest.raises(UserError):
            archive.read("c")


def test_two_files_of_one_name__are_refused() -> None:
    file = io.BytesIO()
    writer = Writer(file, ANY)
    writer.add("a", [b"1"])
    writer.add("A", [b"1"])
    writer.finish({})
    with pytest.raises(UserError) as caught, open_archive(file, ANY, "here"):
        pass
    assert codes(caught) == ["bundle-damaged"]


def test_an_encrypted_file_in_an_archive__is_refused() -> None:
    file = io.BytesIO()
    writer = Writer(file, ANY)
    writer.add("a", [b"1"])
    writer.finish({})
    content = bytearray(file.getvalue())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    with open_archive(io.BytesIO(bytes(content)), ANY, "here") as archive, pytest.raises(UserError) as caught:
        archive.verify()
    assert codes(caught) == ["bundle-damaged"]


def test_the_shipped_packs__travel_and_come_back_the_same(questionnaires: Path, tmp_path: Path) -> None:
    pack = open_pack("tires", (questionnaires,))
    write_bundle(questionnaires / "tires", (questionnaires,), tmp_path / "tires.zip")
    install(tmp_path / "tires.zip", tmp_path / "mine", ())
    assert open_pack("tires", (tmp_path / "mine",)).digest == pack.digest


def test_an_edit_of_one_text__is_another_digest(tmp_path: Path) -> None:
    one = sample_pack(tmp_path / "1")
    two = sample_pack(tmp_path / "2", Edit("questionnaire.yaml", "ask: 说说？", "ask: 说说看？"))
    digests = {
        read_bundle(_written(pack.folder, tmp_path / f"{number}.zip"), ()).digest
        for number, pack in enumerate((one, two))
    }
    assert len(digests) == 2


def _written(folder: Path, out: Path) -> Path:
    write_bundle(folder, (folder.parent,), out)
    return out
