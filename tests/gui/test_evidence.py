"""Evidence comes by file, drop, clipboard and camera folder; it can be opened, taken out and brought back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assessor.answers.model import Answer
from assessor.answers.proof import name_of
from assessor.gui import ask
from assessor.gui.desk import Desk
from assessor.gui.gather import files_of
from assessor.gui.proofs import ProofStrip
from assessor.gui.skin import dress
from assessor.gui.work import Work
from tests.gui.hands import begin, card, on_disk, open_desk, press, settle, show, small_places
from tests.store.pictures import drawn, saved

_KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """A desk with the small pack."""
    dress(qapp)
    opened = open_desk(small_places(tmp_path / "data"))
    yield opened
    opened.store.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo on the disk."""
    return saved(drawn(640, 480), tmp_path / "磅单.jpg", "JPEG")


def arrived(qtbot: QtBot, work: Work, question: str = "T1") -> list[str]:
    """The names of the files with an answer once nothing is under way any more."""
    files = files_of(work.session)
    qtbot.waitUntil(lambda: not files.waiting(question), timeout=20_000)
    qtbot.waitUntil(lambda: not work.session._soon.isActive(), timeout=10_000)
    return [name_of(line) for line in on_disk(work.session.desk, work.session.key)[question].evidence]


def strip(work: Work) -> ProofStrip:
    return card(work, "T1").extras.strip


def told(work: Work) -> list[str]:
    return [one.text for one in files_of(work.session).told("T1")]


def choose(work: Work, monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    monkeypatch.setattr(ask, "evidence_files", lambda _parent: list(paths))
    card(work, "T1")
    press(work.questions, "e")
    strip(work).tools.pick.click()


def test_e__opens_the_strip_and_a_chosen_photo_lies_with_the_answer(
    qtbot: QtBot, desk: Desk, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = begin(qtbot, desk)
    choose(work, monkeypatch, photo)
    assert arrived(qtbot, work) == ["磅单.jpg"]
    (line,) = strip(work).tiles
    files = files_of(work.session)
    (mark,) = files.known
    with qtbot.waitSignal(files.pictured, timeout=20_000):
        files.thumb(mark)
    picture = files.thumb(mark)
    assert picture is not None and max(picture.width(), picture.height()) == 256
    again = show(qtbot, desk, work.session.key)
    assert list(strip(again).tiles) == [line]


def test_words__are_evidence_too(qtbot: QtBot, desk: Desk) -> None:
    work = begin(qtbot, desk)
    card(work, "T1")
    press(work.questions, "e", "看过台账", _KEY.Key_Return)
    assert work.questions.current == "T1"
    assert on_disk(desk, work.session.key)["T1"].evidence == ("看过台账",)


def test_del__takes_a_file_out_and_undo_brings_it_back(
    qtbot: QtBot, desk: Desk, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = begin(qtbot, desk)
    work.session.put("T1", Answer(3))
    choose(work, monkeypatch, photo)
    assert arrived(qtbot, work) == ["磅单.jpg"]
    (tile,) = strip(work).tiles.values()
    tile.setFocus()
    qtbot.keyClick(tile, _KEY.Key_Delete)
    settle()
    assert on_disk(desk, work.session.key)["T1"].evidence == ()
    assert on_disk(desk, work.session.key)["T1"].value == 3, "only the file is taken out"
    assert [one.name for one in files_of(work.session).loose()] == ["磅单.jpg"]
    press(work.questions, _KEY.Key_Escape)
    press(work.questions, _KEY.Key_Z, held=CONTROL)
    settle()
    assert work.toast.text.text() == "已撤销：T1 加上佐证“磅单.jpg”"
    assert arrived(qtbot, work) == ["磅单.jpg"]
    assert len(strip(work).tiles) == 1


def test_a_file_no_question_has_any_more__can_be_deleted_for_good(
    qtbot: QtBot, desk: Desk, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(ask, "erase_file", lambda _parent, name: len(asked.append(name) or asked) > 1)
    work = begin(qtbot, desk)
    choose(work, monkeypatch, photo)
    arrived(qtbot, work)
    work.turn_to("leaving")
    assert work.leaving.loose == [], "it lies with its question"
    work.session.put("T1", Answer())
    work.leaving.refresh()
    for left in (1, 0):
        (tile,) = work.leaving.loose
        tile.setFocus()
        qtbot.keyClick(tile, _KEY.Key_Delete)
        qtbot.waitUntil(lambda left=left: len(work.leaving.loose) == left, timeout=10_000)  # type: ignore[misc]
        settle()
        assert len(list(desk.store.folder.glob("evidence/??/*"))) == left
    assert asked == ["磅单.jpg", "磅单.jpg"]


def test_dropped_files__are_taken_and_a_folder_is_not(
    qtbot: QtBot, desk: Desk, photo: Path, tmp_path: Path
) -> None:
    work = begin(qtbot, desk)
    made = card(work, "T1")
    (tmp_path / "一批").mkdir()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (photo, tmp_path / "一批")])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(20, 20), copy, data, left, none)
    made.dragEnterEvent(enter)
    assert enter.isAccepted()
    made.dropEvent(QDropEvent(QPointF(20, 20), copy, data, left, none))
    assert arrived(qtbot, work) == ["磅单.jpg"]
    assert told(work) == ["“一批”是文件夹，请选里面的文件。"]


def test_a_screenshot__is_pasted_at_the_question_one_is_at(qtbot: QtBot, desk: Desk) -> None:
    work = begin(qtbot, desk)
    card(work, "T1")
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    QGuiApplication.clipboard().setImage(image)
    press(work.questions, _KEY.Key_V, held=CONTROL)
    (name,) = arrived(qtbot, work)
    assert name.startswith("截图 ") and name.endswith(".png")
    (one,) = files_of(work.session).known.values()
    assert one.media_type == "image/png"


def test_pasting_words__adds_no_file_and_says_what_is_missing(qtbot: QtBot, desk: Desk) -> None:
    work = begin(qtbot, desk)
    card(work, "T1")
    QGuiApplication.clipboard().setText("不是图片")
    press(work.questions, _KEY.Key_V, held=CONTROL)
    press(work.questions, "e")
    strip(work).tools.paste.click()
    assert told(work) == ["剪贴板里没有图片或文件。先截图或复制图片，再来粘贴。"]
    assert "T1" not in on_disk(desk, work.session.key)


def test_a_large_photo__is_scaled_with_one_line_and_whole_on_request(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = begin(qtbot, desk)
    large = saved(drawn(5200, 3000), tmp_path / "车间.jpg", "JPEG", quality=97)
    choose(work, monkeypatch, large)
    assert arrived(qtbot, work) == ["车间.jpg"]
    (line,) = told(work)
    assert line.startswith("“车间.jpg”已缩到长边 2560 像素存下（")
    files = files_of(work.session)
    (small,) = files.known.values()
    assert small.bytes < large.stat().st_size
    kept = list(desk.store.folder.glob("evidence/??/*"))
    files.take_whole("T1", files.told("T1")[0])
    assert arrived(qtbot, work) == ["车间.jpg"]
    assert told(work) == ["已同时保留原图“车间.jpg”。"]
    now = list(desk.store.folder.glob("evidence/??/*"))
    assert len(now) == len(kept) + 1
    assert large.read_bytes() in [path.read_bytes() for path in now]


def test_the_same_file_twice__is_kept_once(
    qtbot: QtBot, desk: Desk, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = begin(qtbot, desk)
    choose(work, monkeypatch, photo, photo)
    assert arrived(qtbot, work) == ["磅单.jpg"]
    assert told(work) == ["“磅单.jpg”已经在这一题里了。"]


@pytest.mark.parametrize("fault", ["gone", "full"])
def test_what_cannot_be_taken__is_said_in_one_line_and_the_rest_comes(
    qtbot: QtBot, desk: Desk, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    work = begin(qtbot, desk)
    if fault == "full":
        desk.store.folder.joinpath("evidence").write_text("in the way", encoding="utf-8")
    work.session.put("T1", Answer(2))
    choose(work, monkeypatch, tmp_path / "没有.jpg", photo)
    names = arrived(qtbot, work)
    lines = told(work)
    assert lines[0].startswith("没有加上“没有.jpg”：")
    assert names == ([] if fault == "full" else ["磅单.jpg"])
    assert len(lines) == (2 if fault == "full" else 1)
    assert on_disk(desk, work.session.key)["T1"].value == 2


def test_new_pictures_in_the_camera_folder__are_offered_for_the_question_at_hand(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "DCIM"
    folder.mkdir()
    monkeypatch.setattr(ask, "folder", lambda _parent, _title, _at: folder)
    work = begin(qtbot, desk)
    card(work, "T1")
    press(work.questions, "e")
    tools = strip(work).tools
    tools.camera.click()
    assert tools.row is not None and tools.row.isVisible()
    assert tools.row.tiles == []
    saved(drawn(300, 200), folder / "IMG_1.jpg", "JPEG")
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    row = tools.row
    qtbot.waitUntil(lambda: len(row.tiles) == 1, timeout=20_000)
    row.tiles[0].click()
    assert arrived(qtbot, work) == ["IMG_1.jpg"]
    qtbot.waitUntil(lambda: row.tiles == [], timeout=20_000)
    again = show(qtbot, desk, work.session.key)
    card(again, "T1").act("evidence")
    assert strip(again).tools.row is not None, "the folder is chosen once"


def test_a_section_that_was_let_go__misses_nothing(
    qtbot: QtBot, desk: Desk, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "DCIM"
    folder.mkdir()
    monkeypatch.setattr(ask, "folder", lambda _parent, _title, _at: folder)
    work = begin(qtbot, desk)
    card(work, "T1").act("evidence")
    strip(work).tools.camera.click()
    card(work, "C1")
    work.questions.let_go_hidden()
    settle()
    files_of(work.session).take("T1", [photo])
    saved(drawn(300, 200), folder / "IMG_1.jpg", "JPEG")
    assert arrived(qtbot, work) == ["磅单.jpg"]
    row = card(work, "T1").extras.reveal("evidence") and strip(work).tools.row
    assert row is not None
    qtbot.waitUntil(lambda: len(row.tiles) == 1, timeout=20_000)
    assert len(strip(work).tiles) == 1


def test_a_file_under_way__is_taken_in_before_one_leaves(qtbot: QtBot, desk: Desk, photo: Path) -> None:
    work = begin(qtbot, desk)
    files_of(work.session).take("T1", [photo])
    work.end()
    assert [name_of(line) for line in on_disk(desk, work.session.key)["T1"].evidence] == ["磅单.jpg"]


def test_a_file__is_opened_as_a_copy_under_its_own_name(
    qtbot: QtBot, desk: Desk, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    show_it: Callable[[Path], bool] = lambda path: not opened.append(path)  # noqa: E731  # one line to record
    monkeypatch.setattr(ask, "open_path", show_it)
    work = begin(qtbot, desk)
    choose(work, monkeypatch, photo)
    arrived(qtbot, work)
    (tile,) = strip(work).tiles.values()
    tile.setFocus()
    qtbot.keyClick(tile, _KEY.Key_Return)
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    assert opened[0].name == "磅单.jpg"
    assert desk.store.folder not in opened[0].parents
    assert opened[0].read_bytes() == photo.read_bytes()
    work.end()
    assert not opened[0].exists()


def test_consent__is_ticked_once_for_an_assessment(qtbot: QtBot, desk: Desk) -> None:
    work = begin(qtbot, desk)
    card(work, "T1").act("evidence")
    assert not strip(work).tools.agreed.isChecked()
    strip(work).tools.agreed.click()
    again = show(qtbot, desk, work.session.key)
    card(again, "C1").act("evidence")
    assert card(again, "C1").extras.strip.tools.agreed.isChecked()
    other = begin(qtbot, desk)
    card(other, "T1").act("evidence")
    assert not strip(other).tools.agreed.isChecked()
