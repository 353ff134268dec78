"""Photos, files and screenshots: kept once, scaled when large, never half there."""

import errno
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from assessor.errors import UserError
from assessor.store import evidence_files
from assessor.store.evidence import (
    add_evidence,
    attach,
    check_evidence,
    clear_orphans,
    content_path,
    copy_out,
    drop_evidence,
    evidence_of,
    prepare,
    referenced,
    thumbnail,
)
from assessor.store.evidence_files import evidence_path, thumb_path
from assessor.store.store import Store
from tests.store.pictures import drawn, noise, saved
from tests.store.test_connection import needs_linux, on_a_small_disk
from tests.store.writer import AT, HEAD


def files_in(folder: Path) -> list[str]:
    return sorted(
        str(path.relative_to(folder)) for path in (folder / "evidence").rglob("*") if path.is_file()
    )


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def add(store: Store, key: int, path: Path, keep_original: bool = False) -> str:
    return add_evidence(store, key, path, "张", AT, keep_original=keep_original).digest


@pytest.fixture
def other(store: Store) -> int:
    return store.add_assessment(store.add_firm(AT), {**HEAD, "uid": "u2"}, {}, "张", AT)


# -- kept ----------------------------------------------------------------------------------------------


def test_a_file__is_kept_as_it_is_under_its_digest(store: Store, assessment: int, tmp_path: Path) -> None:
    source = tmp_path / "检验记录 5月.pdf"
    source.write_bytes(b"%PDF-1.7 whatever")
    one = add_evidence(store, assessment, source, "张", AT)
    assert one.digest == sha256(source)
    assert (one.name, one.media_type, one.bytes, one.original) == (source.name, "application/pdf", 17, None)
    assert (one.author, one.at) == ("张", AT)
    assert content_path(store, one.digest).read_bytes() == source.read_bytes()
    assert files_in(store.folder) == [f"evidence/{one.digest[:2]}/{one.digest}"]
    assert thumbnail(store.folder, one.digest) is None
    assert not one.is_picture


def test_the_same_content__is_kept_once_however_often_it_is_attached(
    store: Store, assessment: int, other: int, tmp_path: Path
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"the same")
    digests = {
        add(store, assessment, tmp_path / "a.txt"),
        add(store, assessment, tmp_path / "b.txt"),
        add(store, other, tmp_path / "b.txt"),
    }
    assert len(digests) == 1
    assert len(files_in(store.folder)) == 1
    assert [one.name for one in evidence_of(store, assessment)] == ["a.txt"]
    assert [one.name for one in evidence_of(store, other)] == ["b.txt"]


def test_an_empty_file_and_one_without_an_ending__are_kept_too(
    store: Store, assessment: int, tmp_path: Path
) -> None:
    (tmp_path / "empty").touch()
    one = add_evidence(store, assessment, tmp_path / "empty", "张", AT)
    assert (one.bytes, one.media_type) == (0, "application/octet-stream")


def test_a_reference__names_the_file_and_leads_back_to_it(
    store: Store, assessment: int, tmp_path: Path
) -> None:
    (tmp_path / "照片#1.txt").write_bytes(b"1")
    one = add_evidence(store, assessment, tmp_path / "照片#1.txt", "张", AT)
    found = evidence_of(store, assessment)
    assert one.reference.startswith("照片#1.txt #")
    assert referenced(one.reference, found) == one
    assert referenced("看过设备台账", found) is None
    assert referenced("x #0123456789abcdef", found) is None


def test_a_copy_for_other_programs__has_its_name_and_is_verified(
    store: Store, assessment: int, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(b"content")
    one = add_evidence(store, assessment, tmp_path / "a.txt", "张", AT)
    out = tmp_path / "out"
    out.mkdir()
    assert copy_out(store, one, out) == out / "a.txt"
    assert (out / "a.txt").read_bytes() == b"content"
    content_path(store, one.digest).write_bytes(b"changed")
    with pytest.raises(UserError) as caught:
        copy_out(store, one, out)
    assert [problem.code for problem in caught.value.problems] == ["evidence-lost"]
    assert (out / "a.txt").read_bytes() == b"content"


# -- pictures ------------------------------------------------------------------------------------------


def test_a_small_picture__stays_as_it_is(store: Store, assessment: int, tmp_path: Path) -> None:
    source = saved(drawn(2560, 1200), tmp_path / "a.jpg", "JPEG")
    one = add_evidence(store, assessment, source, "张", AT)
    assert (one.digest, one.media_type, one.original) == (sha256(source), "image/jpeg", None)


@pytest.mark.parametrize(
    ("form", "mode", "media_type"),
    [
        ("JPEG", "RGB", "image/jpeg"),
        ("JPEG", "L", "image/jpeg"),
        ("JPEG", "CMYK", "image/jpeg"),
        ("PNG", "RGB", "image/png"),
        ("PNG", "RGBA", "image/png"),
        ("PNG", "P", "image/png"),
        ("WEBP", "RGB", "image/png"),
        ("BMP", "RGB", "image/png"),
        ("TIFF", "CMYK", "image/png"),
    ],
)
def test_a_large_picture__is_scaled(
    store: Store, assessment: int, tmp_path: Path, form: str, mode: str, media_type: str
) -> None:
    source = saved(drawn(4000, 1000, mode), tmp_path / "a.pic", form)
    one = add_evidence(store, assessment, source, "张", AT)
    assert (one.media_type, one.original) == (media_type, sha256(source))
    with Image.open(content_path(store, one.digest)) as image:
        assert image.size == (2560, 640)
    assert one.digest == sha256(content_path(store, one.digest))
    assert len(files_in(store.folder)) == 1


def test_a_large_picture_full_of_detail__becomes_jpeg_whatever_it_was(
    store: Store, assessment: int, tmp_path: Path
) -> None:
    one = add_evidence(store, assessment, saved(noise(2600, 1000), tmp_path / "a.png", "PNG"), "张", AT)
    assert one.media_type == "image/jpeg"


def test_a_photo_taken_sideways__is_kept_upright_with_its_time(
    store: Store, assessment: int, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x0132] = "2026:05:20 08:00:00"
    source = saved(drawn(4000, 3000), tmp_path / "a.jpg", "JPEG", exif=exif)
    one = add_evidence(store, assessment, source, "张", AT)
    with Image.open(content_path(store, one.digest)) as image:
        assert image.size == (1920, 2560)
        red, green, _ = image.getpixel((1900, 20))
        assert (red > 200, green < 80) == (True, True)
        assert image.getexif().get(0x0132) == "2026:05:20 08:00:00"
        assert image.getexif().get(0x0112, 1) == 1


def test_the_original__is_kept_on_request_and_goes_with_the_scaled_one(
    store: Store, assessment: int, tmp_path: Path
) -> None:
    source = saved(drawn(4000, 1000), tmp_path / "a.jpg", "JPEG")
    one = add_evidence(store, assessment, source, "张", AT, keep_original=True)
    assert one.original == sha256(source)
    assert content_path(store, one.original).read_bytes() == source.read_bytes()
    assert len(evidence_of(store, assessment)) == 1
    assert check_evidence(store, read_all=True) == check_evidence(store)
    drop_evidence(store, assessment, one.digest)
    assert files_in(store.folder) == []


def test_a_moving_picture__stays_as_it_is(store: Store, assessment: int, tmp_path: Path) -> None:
    frames = [drawn(3000, 20).convert("P"), drawn(3000, 20, "L").convert("P")]
    source = tmp_path / "a.gif"
    frames[0].save(source, "GIF", save_all=True, append_images=frames[1:], duration=100)
    assert add_evidence(store, assessment, source, "张", AT).digest == sha256(source)


@pytest.mark.parametrize("name", ["a.jpg", "a.heic", "a.mp4"])
def test_what_can_t_be_read_as_a_picture__stays_a_file(
    store: Store, assessment: int, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"\xff\xd8\xff\xe0 no picture at all" * 50)
    one = add_evidence(store, assessment, tmp_path / name, "张", AT)
    assert one.original is None
    assert thumbnail(store.folder, one.digest) is None


@pytest.mark.parametrize("lenient", [False, True])  # what WeasyPrint asks of Pillow, for the whole process
def test_a_photo_cut_short__stays_a_file(
    store: Store, assessment: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lenient: bool
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    whole = saved(noise(3000, 2000), tmp_path / "a.jpg", "JPEG").read_bytes()
    (tmp_path / "a.jpg").write_bytes(whole[: len(whole) // 3])
    one = add_evidence(store, assessment, tmp_path / "a.jpg", "张", AT)
    assert (one.bytes, one.original) == (len(whole) // 3, None)
    assert len(files_in(store.folder)) == 1


def test_a_picture_that_unpacks_to_gigabytes__stays_a_file(
    store: Store, assessment: int, tmp_path: Path
) -> None:
    source = saved(Image.new("1", (13_000, 12_000)), tmp_path / "a.png", "PNG")
    one = add_evidence(store, assessment, source, "张", AT)
    assert one.digest == sha256(source)


def test_a_thumbnail__is_made_once_and_made_again_if_it_is_gone(
    store: Store, assessment: int, tmp_path: Path
) -> None:
    digest = add(store, assessment, saved(drawn(1000, 500, "RGBA"), tmp_path / "a.png", "PNG"))
    thumb = thumbnail(store.folder, digest)
    assert thumb == thumb_path(store.folder, digest)
    with Image.open(thumb) as image:
        assert (image.size, image.format) == ((256, 128), "JPEG")
    moment = thumb.stat().st_mtime_ns
    assert thumbnail(store.folder, digest) == thumb
    assert thumb.stat().st_mtime_ns == moment
    thumb.unlink()
    assert thumbnail(store.folder, digest) == thumb
    assert check_evidence(store).orphans == ()


@pytest.mark.slow
@needs_linux
def test_a_photo_of_80_mb__is_never_in_memory_whole(tmp_path: Path) -> None:
    big = noise(3000, 2250)
    canvas = Image.new("RGB", (12_000, 9_000))
    for left in range(0, 12_000, 3000):
        for top in range(0, 9_000, 2250):
            canvas.paste(big, (left, top))
    source = saved(canvas, tmp_path / "big.jpg", "JPEG", quality=88)
    assert source.stat().st_size > 80_000_000
    script = f"""
import resource, sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from pathlib import Path
from PIL import Image, JpegImagePlugin, ImageOps
from assessor.store.evidence import prepare
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = prepare(Path({str(tmp_path / "data")!r}), Path({str(source)!r}))
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print((after - before) // 1024, found.bytes)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    megabytes, size = map(int, done.stdout.split())
    assert megabytes < 80  # the file alone has more, its pixels take 324
    assert size < 8_000_000


# -- not half --------------------------------------------------------------------------------------------


def test_a_file_that_is_not_there__is_refused(store: Store, assessment: int, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        add(store, assessment, tmp_path / "none.jpg")
    assert [problem.code for problem in caught.value.problems] == ["file-missing"]


def test_a_cable_pulled_while_copying__leaves_nothing(
    store: Store, assessment: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.bin"
    source.write_bytes(b"x" * 3_000_000)

    class Card:
        """A file whose second piece can't be read."""

        def __init__(self) -> None:
            self.read_once = False

        def __enter__(self) -> "Card":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def read(self, size: int) -> bytes:
            if self.read_once:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            self.read_once = True
            return b"x" * size

    real = Path.open

    def opened(path: Path, *args: object, **options: object) -> object:
        return Card() if path == source else real(path, *args, **options)  # type: ignore[call-overload]

    with monkeypatch.context() as patch, pytest.raises(UserError) as caught:
        patch.setattr(Path, "open", opened)
        add(store, assessment, source)
    assert [problem.code for problem in caught.value.problems] == ["file-unreadable"]
    assert files_in(store.folder) == []


def test_an_assessment_that_is_not_there__gets_nothing_and_leaves_nothing(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(b"1")
    with pytest.raises(UserError) as caught:
        add(store, 99, tmp_path / "a.txt")
    assert [problem.code for problem in caught.value.problems] == ["store-unknown"]
    assert files_in(store.folder) == []


def test_a_database_that_is_full__leaves_no_file_behind(
    store: Store, assessment: int, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(b"1")
    (tmp_path / ("n" * 240 + ".txt")).write_bytes(b"2")
    kept = add(store, assessment, tmp_path / "a.txt")
    while store._database.execute("PRAGMA freelist_count").fetchone()[0]:  # left by the steps to this shape
        store.record(assessment, "answer", "free", {"remark": "x" * 3000}, "张", AT)
    pages = store._database.execute("PRAGMA page_count").fetchone()[0]
    prepared = prepare(store.folder, tmp_path / ("n" * 240 + ".txt"))
    store.record(assessment, "answer", "fill", {"remark": "x" * 3000}, "张", AT)
    store._database.execute(f"PRAGMA max_page_count = {pages}")
    long = prepared.__class__(prepared.part, "n" * 9000, prepared.digest, prepared.media_type, prepared.bytes)
    with pytest.raises(UserError) as caught:
        attach(store, assessment, long, "张", AT)
    assert [problem.code for problem in caught.value.problems] == ["store-full"]
    assert files_in(store.folder) == [f"evidence/{kept[:2]}/{kept}"]


@needs_linux
def test_a_disk_that_fills_while_copying__leaves_nothing_half(tmp_path: Path) -> None:
    source = tmp_path / "a.bin"
    source.write_bytes(os.urandom(2_000_000))
    said = on_a_small_disk(
        tmp_path / "disk",
        1500,
        f"""
from pathlib import Path
from assessor.errors import UserError
from assessor.store.evidence import add_evidence, evidence_of
from assessor.store.store import Store
from tests.store.writer import AT, HEAD
store = Store.open(Path(FOLDER), "s")
key = store.add_assessment(store.add_firm(AT), HEAD, {{}}, "z", AT)
try:
    add_evidence(store, key, Path({str(source)!r}), "z", AT)
except UserError as error:
    print(error.problems[0].code)
print([str(path) for path in (Path(FOLDER) / "evidence").rglob("*") if path.is_file()])
store.record(key, "answer", "T01", {{"value": 1}}, "z", AT)
print(len(evidence_of(store, key)))
""",
    )
    assert said.split() == ["file-unwritable", "[]", "0"]


# -- checked ---------------------------------------------------------------------------------------------


def test_the_check__tells_what_is_missing_damaged_and_nobody_s(
    store: Store, assessment: int, tmp_path: Path
) -> None:
    digests = []
    for name in "abc":
        (tmp_path / name).write_bytes(name.encode() * 10)
        digests.append(add(store, assessment, tmp_path / name))
    missing, longer, changed = digests
    evidence_path(store.folder, missing).unlink()
    evidence_path(store.folder, longer).write_bytes(b"b" * 11)
    evidence_path(store.folder, changed).write_bytes(b"C" * 10)
    orphan = hashlib.sha256(b"orphan").hexdigest()
    evidence_path(store.folder, orphan).parent.mkdir(exist_ok=True)
    evidence_path(store.folder, orphan).write_bytes(b"orphan")
    quick = check_evidence(store)
    assert (quick.missing, quick.damaged, quick.orphans) == ((missing,), (longer,), (orphan,))
    assert check_evidence(store, read_all=True).damaged == tuple(sorted((longer, changed)))
    assert clear_orphans(store) == 1
    assert check_evidence(store).orphans == ()
    with pytest.raises(UserError):
        content_path(store, missing)


def test_a_file_that_was_lost__is_mended_by_attaching_it_again(
    store: Store, assessment: int, tmp_path: Path
) -> None:
    (tmp_path / "a").write_bytes(b"1")
    digest = add(store, assessment, tmp_path / "a")
    evidence_path(store.folder, digest).unlink()
    add(store, assessment, tmp_path / "a")
    assert check_evidence(store, read_all=True).missing == ()


def test_what_is_half_written_and_old__is_swept_and_what_is_new_is_left(store: Store, folder: Path) -> None:
    waiting = folder / "evidence"
    waiting.mkdir(exist_ok=True)
    for name, age in ((".old.part", 2 * 24 * 3600), (".new.part", 60)):
        (waiting / name).touch()
        moment = (waiting / name).stat().st_mtime - age
        os.utime(waiting / name, (moment, moment))
    Store.open(folder, "s").close()
    assert [path.name for path in waiting.iterdir()] == [".new.part"]


def test_a_file_doomed_by_a_process_that_was_killed__goes_at_the_next_start(
    store: Store, folder: Path, assessment: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assessor.store import evidence

    (tmp_path / "a").write_bytes(b"1")
    digest = add(store, assessment, tmp_path / "a")
    with monkeypatch.context() as patch:
        patch.setattr(evidence, "remove_doomed", lambda *_: None)
        drop_evidence(store, assessment, digest)
    assert evidence_path(folder, digest).exists()
    Store.open(folder, "s").close()
    assert not evidence_path(folder, digest).exists()
    assert evidence_files.EVIDENCE == "evidence"


def test_a_doomed_file_that_is_wanted_again__stays(
    store: Store, folder: Path, assessment: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assessor.store import evidence

    (tmp_path / "a").write_bytes(b"1")
    digest = add(store, assessment, tmp_path / "a")
    with monkeypatch.context() as patch:
        patch.setattr(evidence, "remove_doomed", lambda *_: None)
        drop_evidence(store, assessment, digest)
    add(store, assessment, tmp_path / "a")
    Store.open(folder, "s").close()
    assert evidence_path(folder, digest).read_bytes() == b"1"
