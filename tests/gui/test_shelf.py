"""Files in and out, what differs, the trash and copies, as a person at the window does it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QThreadPool, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from assessor import commands
from assessor.answers.model import Answer, Mode, Value
from assessor.commands import Places, shelf, travel
from assessor.commands.benchmarks import list_benchmarks
from assessor.commands.workbooks import write_template
from assessor.gui import ask
from assessor.gui.background import Outcome
from assessor.gui.desk import Shelf
from assessor.gui.homepage import HomePage
from assessor.gui.importpage import ImportPage
from assessor.gui.menu import More
from assessor.gui.settlepage import SettlePage
from assessor.gui.trashpage import TrashPage
from assessor.gui.window import Window
from assessor.pack.bundle import write_bundle
from assessor.store.store import Store
from tests.exchange.hand import Hand
from tests.gui.hands import settle, small_places
from tests.gui.test_look import cut, unnamed
from tests.pack.build import Edit, write_pack
from tests.pack.test_counted import benchmark

FIRM: dict[str, Value] = {"name": "一厂", "uscc": "91000000MA0DEM013N"}
LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support|propagateSizeHints")


@pytest.fixture
def small(tmp_path: Path) -> Places:
    """A data folder with the small pack."""
    return small_places(tmp_path / "data")


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication, small: Places) -> Iterator[Window]:
    """An open window on it, with its list there."""
    made = open_window(qtbot, small)
    yield made
    made.close()
    made.deleteLater()
    QThreadPool.globalInstance().waitForDone()


def open_window(qtbot: QtBot, here: Places) -> Window:
    """A window whose packs were looked for."""
    made = Window(here.data)
    made.resize(1280, 720)
    made.show()
    with qtbot.waitSignal(made.ready, timeout=60_000):
        made._loaded(Outcome(Shelf(here, commands.list_packs(here))))
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=10_000)
    return made


def store_of(window: Window) -> Store:
    """The store the window works with."""
    assert window.desk is not None
    return window.desk.store


def home_of(window: Window) -> HomePage:
    """The list, which must be what one sees."""
    assert window.home is not None
    assert window.stack.currentWidget() is window.home
    return window.home


def begin(window: Window, facts: dict[str, Value] = FIRM, mode: Mode = "self", **answers: Value) -> int:
    """An assessment with these answers, in the list."""
    assert window.desk is not None
    here, store = window.desk.here, store_of(window)
    key = commands.start_assessment(here, store, window.desk.pack("valid"), facts, mode, "甲")
    for question, value in answers.items():
        commands.record_answer(store, key, question, Answer(value), "甲")
    window.show_home()
    return key


def differing(window: Window, tmp_path: Path) -> int:
    """An assessment in which 王工's part says 3 to T1 and "B" to C1, where 甲 says 2 and "A"."""
    assert window.desk is not None
    here, there = window.desk.here, small_places(tmp_path / "colleague")
    key = begin(window, N1=7)
    part = tmp_path / "王工.part.zip"
    travel.hand_out(here, key, part)
    travel.import_file(there, part)
    other = commands.open_store(there)
    for question, theirs in (("C1", "B"), ("T1", 3)):
        commands.record_answer(other, 1, question, Answer(theirs), "王工")
    other.close()
    travel.hand_out(there, 1, part)
    for question, ours in (("C1", "A"), ("T1", 2)):
        commands.record_answer(store_of(window), key, question, Answer(ours), "甲")
    travel.merge_files(here, [part])
    window.show_home()
    return key


def guest(window: Window, kind: type[Any]) -> Any:
    """The page that is visited."""
    assert isinstance(window.guest, kind)
    assert window.stack.currentWidget() is window.guest
    return window.guest


def said(widget: Any) -> str:
    """Every text one can read on it."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def answers_with(monkeypatch: pytest.MonkeyPatch, name: str, answer: object) -> list[tuple[Any, ...]]:
    """Let a question in a box of its own be answered so; what was asked."""
    asked: list[tuple[Any, ...]] = []

    def reply(_parent: object, *about: Any) -> object:
        asked.append(about)
        return answer

    monkeypatch.setattr(ask, name, reply)
    return asked


def well_made(widget: Any) -> None:
    """Every control has a name, and no text is cut."""
    settle()
    assert unnamed(widget) == []
    assert cut(widget) == []


# -- the menu --------------------------------------------------------------------------------------


def test_menu__opens_with_a_key_and_its_first_entry_takes_files_in(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answers_with(monkeypatch, "open_paths", [])
    qtbot.keyClick(window, Qt.Key.Key_F10)
    menu = window.findChild(More)
    assert menu is not None
    assert menu.isVisible()
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert words[:2] == ["导入…", "空白问卷"]
    assert {"备份…", "从备份恢复…", "安装诊断包或基准包…", "回收站"} <= set(words)
    exports = [action for action in menu.actions() if action.text().startswith("导出")]
    assert [action.isEnabled() for action in exports] == [False, False]
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert len(asked) == 1


def test_menu__names_the_firm_that_is_marked_and_what_lies_in_the_trash(qtbot: QtBot, window: Window) -> None:
    gone = begin(window, {**FIRM, "name": "二厂"})
    begin(window)
    shelf.discard(store_of(window), gone, "甲")
    window.show_home()
    qtbot.keyClick(window, Qt.Key.Key_F10)
    menu = window.findChild(More)
    assert menu is not None
    words = " ".join(action.text() for action in menu.actions())
    assert "“一厂”的工作簿" in words
    assert "回收站（1）" in words
    menu.close()


@pytest.mark.parametrize(("errand", "ending"), [("export_book", ".xlsx"), ("export_part", ".part.zip")])
def test_export__writes_the_assessment_in_hand_and_offers_its_folder(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, errand: str, ending: str
) -> None:
    begin(window, C1="A", T1=2)
    out = tmp_path / "out"
    out.with_name(f"out{ending}").touch()
    asked = answers_with(monkeypatch, "save_path", out)
    opened: list[tuple[Path]] = []
    monkeypatch.setattr(ask, "open_path", lambda path: opened.append((path,)))
    assert window.sitting is not None
    getattr(window.sitting.errands, errand)()
    qtbot.waitUntil(window.banner.isVisible, timeout=30_000)
    assert asked[0][1].name.startswith("一厂-")
    made = out.with_name(f"out-2{ending}")
    assert out.with_name(f"out{ending}").read_bytes() == b"", "what one was not asked about stays"
    assert str(made) in window.banner.text.text()
    window.banner.step.click()
    assert opened == [(tmp_path,)]
    there = small_places(tmp_path / "there")
    assert travel.import_file(there, made).entries >= 2


def test_visit_sheet__is_printed_for_an_assessment_on_site_only(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: tuple[Mode, ...] = ("self", "onsite")
    for mode in modes:
        window.show_home(begin(window, mode=mode))
        qtbot.keyClick(window, Qt.Key.Key_F10)
        menu = window.findChildren(More)[-1]
        sheet = next(action for action in menu.actions() if "走访单" in action.text())
        assert sheet.isEnabled() == (mode == "onsite")
        menu.close()
    asked = answers_with(monkeypatch, "save_path", tmp_path / "out.pdf")
    assert window.sitting is not None
    window.sitting.errands.write_sheet()
    qtbot.waitUntil(window.banner.isVisible, timeout=30_000)
    assert "走访单" in asked[0][1].name
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_blank_questionnaire__is_written_for_a_trade(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers_with(monkeypatch, "save_path", tmp_path / "空白.xlsx")
    assert window.sitting is not None
    window.sitting.errands.write_blank("valid")
    qtbot.waitUntil(window.banner.isVisible, timeout=30_000)
    assert (tmp_path / "空白.xlsx").stat().st_size > 0


def test_a_file_that_can_not_be_written__is_said_in_plain_words(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(window, C1="A")
    (tmp_path / "file").touch()
    answers_with(monkeypatch, "save_path", tmp_path / "file" / "a.part.zip")
    assert window.sitting is not None
    window.sitting.errands.export_part()
    qtbot.waitUntil(window.banner.isVisible, timeout=30_000)
    text = window.banner.text.text()
    assert "路径中有一段不是文件夹" in text
    assert not any(char.isascii() and char.isalpha() for char in text)


def test_a_pack__is_installed_and_offered_at_once(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_pack(tmp_path / "made", Edit("pack.yaml", 'version: "1"', 'version: "2"'))
    write_bundle(folder, (folder.parent,), tmp_path / "valid.pack.zip")
    answers_with(monkeypatch, "open_file", tmp_path / "valid.pack.zip")
    assert window.sitting is not None
    window.sitting.errands.install()
    qtbot.waitUntil(window.banner.isVisible, timeout=30_000)
    assert "2 版" in window.banner.text.text()
    qtbot.waitUntil(
        lambda: window.desk is not None and any(info.version == "2" for info in window.desk.packs),
        timeout=60_000,
    )


def test_a_benchmark_pack__is_installed_the_same_way(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers_with(monkeypatch, "open_file", benchmark(tmp_path / "a.zip"))
    assert window.sitting is not None
    window.sitting.errands.install()
    qtbot.waitUntil(window.banner.isVisible, timeout=30_000)
    assert "贵州2026 基准包 2026.1" in window.banner.text.text()
    assert window.desk is not None
    data = window.desk.here.data
    [one] = list_benchmarks(Places(data, (data / "packs",)))
    assert one.used


# -- files in --------------------------------------------------------------------------------------


def let_fall(page: HomePage, files: list[Path]) -> None:
    """Hold files over the page, then let them fall."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(page.rect().center(), action, data, LEFT, none))
    QApplication.sendEvent(page, QDropEvent(QPointF(page.rect().center()), action, data, LEFT, none))


def test_files_let_fall_on_the_list__are_taken_in_and_each_is_told_of(
    qtbot: QtBot, window: Window, small: Places, tmp_path: Path
) -> None:
    book = Hand(write_template(small, "valid", tmp_path / "blank.xlsx").read_bytes())
    for line, value in {"name": "一厂", "uscc": FIRM["uscc"], "T1": "看情况", "M1": 3}.items():
        book.type(line, value)
    (tmp_path / "一厂.xlsx").write_bytes(book.saved())
    (tmp_path / "broken.xlsx").write_bytes(b"words")
    let_fall(home_of(window), [tmp_path / "一厂.xlsx", tmp_path / "broken.xlsx"])
    page = guest(window, ImportPage)
    qtbot.waitUntil(lambda: len(page.results) == 2 and page.back.hasFocus(), timeout=30_000)
    read = said(page)
    assert "新建了“一厂”的诊断" in read
    assert book.cell("T1").coordinate in read
    assert "不是 Excel 工作簿" in read
    well_made(page)
    flagged = page.cards[0]
    qtbot.mouseClick(flagged.copy, LEFT)
    assert "看情况" in QGuiApplication.clipboard().text()
    assert "重发" in QGuiApplication.clipboard().text()
    qtbot.keyClick(page.back, Qt.Key.Key_Return)
    assert [line.firm_name for line in home_of(window).model.lines] == ["一厂"]


def test_a_part_that_fits_several__goes_where_the_person_says(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    there = small_places(tmp_path / "colleague")
    other = commands.open_store(there)
    pack = commands.get_pack(there, "valid")
    commands.start_assessment(there, other, pack, FIRM, "self", "王工")
    commands.record_answer(other, 1, "T1", Answer(3), "王工")
    other.close()
    travel.hand_out(there, 1, tmp_path / "王工.part.zip")
    begin(window)
    wanted = begin(window, C1="A")
    assert window.sitting is not None
    window.sitting.errands.take_in([tmp_path / "王工.part.zip"])
    page = guest(window, ImportPage)
    qtbot.waitUntil(lambda: len(page.results) == 1, timeout=30_000)
    (card,) = page.cards
    well_made(page)
    chosen = next(made for made in card.choices if "已答 1 题" in made.text())
    qtbot.keyClick(chosen, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.results[0].merged is not None, timeout=30_000)
    assert page.results[0].merged.assessment == wanted
    assert store_of(window).current(wanted, "answer")["T1"] == {"value": 3}


def test_something_else_held_over_the_list__is_not_taken(window: Window) -> None:
    page, data = home_of(window), QMimeData()
    data.setText("words")
    event = QDragEnterEvent(
        page.rect().center(), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(page, event)
    assert not event.isAccepted()


def test_leaving_before_all_is_taken_in__is_said(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.json" for number in range(3)]
    assert window.sitting is not None
    for file in files:
        file.write_text("{}", encoding="utf-8")
    window.sitting.errands.take_in(files)
    window.show_home()
    assert "还有 2 个文件没有导入" in window.banner.text.text()
    QThreadPool.globalInstance().waitForDone()
    settle()


# -- trash -----------------------------------------------------------------------------------------


def test_delete__moves_to_the_trash_and_one_step_takes_it_back(qtbot: QtBot, window: Window) -> None:
    key = begin(window, C1="A")
    home = home_of(window)
    qtbot.keyClick(home.table, Qt.Key.Key_Delete)
    assert home.model.lines == []
    assert "一厂" in window.banner.text.text()
    assert window.banner.step.text() == "撤销"
    window.banner.step.click()
    assert [line.id for line in home.model.lines] == [key]
    assert home.current() == key


def test_trash__gives_back_with_enter(qtbot: QtBot, window: Window) -> None:
    begin(window, C1="A")
    qtbot.keyClick(home_of(window).table, Qt.Key.Key_Delete)
    assert window.sitting is not None
    window.sitting.errands.show_trash()
    page = guest(window, TrashPage)
    well_made(page)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert "回收站是空的" in said(page)
    assert len(store_of(window).assessments()) == 1
    well_made(page)
    qtbot.keyClick(page.back, Qt.Key.Key_Escape)
    assert len(home_of(window).model.lines) == 1


@pytest.mark.parametrize("sure", [False, True])
def test_trash__erases_only_after_naming_what_will_be_lost(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch, sure: bool
) -> None:
    begin(window, C1="A", T1=2)
    qtbot.keyClick(home_of(window).table, Qt.Key.Key_Delete)
    assert window.sitting is not None
    window.sitting.errands.show_trash()
    asked = answers_with(monkeypatch, "erase_for_good", sure)
    qtbot.keyClick(guest(window, TrashPage).table, Qt.Key.Key_Delete)
    ((what, lost),) = asked
    assert "一厂" in what
    assert "2 题答案" in lost
    assert len(store_of(window).trashed()) == (0 if sure else 1)


# -- what differs ----------------------------------------------------------------------------------


def test_what_differs__is_marked_in_the_list_and_settled_by_keys(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    key = differing(window, tmp_path)
    home = home_of(window)
    assert home.settle.isVisible()
    assert home.settle.text() == "定下 2 项不同的答案"
    well_made(home)
    qtbot.keyClick(home.settle, Qt.Key.Key_Return)
    page = guest(window, SettlePage)
    well_made(page)
    assert "王工" in said(page)
    cards = list(page.cards.values())
    assert [card.one.item[1] for card in cards] == ["C1", "T1"]
    assert QApplication.focusWidget() is cards[0]
    place = next(n for n, choice in enumerate(cards[0].one.choices) if choice.content["value"] == "B")
    qtbot.keyClick(cards[0], str(place + 1))
    assert QApplication.focusWidget() is cards[1]
    assert "还有 1 项" in said(page)
    window.show_home()
    assert home_of(window).settle.text() == "定下 1 项不同的答案", "one may stop and go on later"
    home.settle_wanted.emit(key)
    page = guest(window, SettlePage)
    (card,) = page.cards.values()
    qtbot.keyClick(card, "1")
    assert "都定下来了" in said(page)
    well_made(page)
    assert commands.load_assessment(page._desk.here, page._desk.store, key)[1].get("C1").value == "B"
    window.show_home()
    assert not home_of(window).settle.isVisible()


def test_what_differs__can_be_answered_anew_in_the_question(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    key = differing(window, tmp_path)
    window.open_assessment(key)
    assert window.unsettled.isVisible()
    assert "2 项" in window.unsettled.text.text()
    window.unsettled.step.click()
    page = guest(window, SettlePage)
    card = page.cards["answer", "T1"]
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_O)
    assert window.work is not None
    assert window.work.questions.current == "T1"
    qtbot.keyClick(QApplication.focusWidget(), "1")
    qtbot.waitUntil(lambda: "1 项" in window.unsettled.text.text(), timeout=10_000)
    assert list(store_of(window).open_items(key)) == [("answer", "C1")]


# -- other windows ---------------------------------------------------------------------------------


@pytest.fixture
def other(window: Window, small: Places) -> Iterator[Store]:
    """The same data, open in another window."""
    store = commands.open_store(small)
    yield store
    store.close()


def look(window: Window) -> None:
    """What the timer does every two seconds."""
    assert window.sitting is not None
    window.sitting.neighbours.watch.look()


def test_another_window__changes_the_list_and_the_mark_stays(
    window: Window, small: Places, other: Store
) -> None:
    begin(window, {**FIRM, "name": "二厂"})
    key = begin(window)
    home = home_of(window)
    home.load(key)
    pack = commands.get_pack(small, "valid")
    commands.start_assessment(small, other, pack, {"name": "三厂"}, "self", "乙")
    look(window)
    assert {line.firm_name for line in home.model.lines} == {"一厂", "二厂", "三厂"}
    assert home.current() == key


def test_another_window_s_answers__appear_in_the_open_assessment(
    qtbot: QtBot, window: Window, other: Store
) -> None:
    key = begin(window, C1="A")
    window.open_assessment(key)
    assert window.work is not None
    session = window.work.session
    session.unsaved_answers["N1"] = Answer(5)
    session.answers = session.answers.with_answer("N1", Answer(5))
    commands.record_answers(other, key, {"T1": Answer(3), "N1": Answer(8)}, "乙")
    with qtbot.waitSignal(session.changed, timeout=10_000) as told:
        look(window)
    assert session.answers.get("T1").value == 3
    assert session.answers.get("N1").value == 5, "what is not on the disk yet here is not lost"
    assert set(told.args[0]) == {"T1", "N1"}


def test_another_window_s_discarding__is_said_and_can_be_taken_back(window: Window, other: Store) -> None:
    key = begin(window, C1="A")
    window.open_assessment(key)
    shelf.discard(other, key, "乙")
    look(window)
    assert "回收站" in window.banner.text.text()
    window.banner.step.click()
    assert [row.id for row in other.assessments()] == [key]


def test_another_window_s_change_of_version__opens_the_assessment_anew(window: Window, other: Store) -> None:
    key = begin(window, C1="A")
    window.open_assessment(key)
    first = window.work
    with other.together():
        other.database.execute("UPDATE assessment SET pack_version = '9', pack_digest = 'x'")
    look(window)
    assert window.work is not None
    assert window.work is not first
    assert window.work.session.row.pack_version == "9"


# -- copies ----------------------------------------------------------------------------------------


def overdue(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine days go by."""
    later = commands.now() + timedelta(days=9)
    monkeypatch.setattr(shelf, "now", lambda: later)
    window.show_home()


def test_backup__is_asked_for_when_due_and_made_from_the_line_itself(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(window, C1="A")
    home = home_of(window)
    assert not home.reminder.isVisible()
    overdue(window, monkeypatch)
    assert home.reminder.isVisible()
    assert "9 天没有备份" in home.reminder.text.text()
    well_made(home)
    answers_with(monkeypatch, "save_path", tmp_path / "b.zip")
    home.reminder.step.click()
    qtbot.waitUntil(window.banner.isVisible, timeout=30_000)
    assert "已备份 1 份诊断" in window.banner.text.text()
    assert (tmp_path / "b.zip").is_file()
    window.show_home()
    assert not home.reminder.isVisible()


def test_backup__refused_once_is_not_asked_for_again_that_day(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(window, C1="A")
    overdue(window, monkeypatch)
    home = home_of(window)
    home.reminder.closed.emit()
    window.show_home()
    assert not home.reminder.isVisible()


def test_restore__puts_beside_and_shows_the_copy_while_the_present_data_stay(
    qtbot: QtBot, window: Window, small: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = begin(window, C1="A")
    travel.back_up(small, tmp_path / "b.zip")
    begin(window, {**FIRM, "name": "二厂"})
    answers_with(monkeypatch, "open_file", tmp_path / "b.zip")
    assert window.sitting is not None
    window.sitting.copies.put_back()
    qtbot.waitUntil(window.banner.isVisible, timeout=30_000)
    assert "现有数据没有改动" in window.banner.text.text()
    with qtbot.waitSignal(window.ready, timeout=60_000):
        window.banner.step.click()
    assert [line.id for line in home_of(window).model.lines] == [kept]
    assert window.copy_note.isVisible()
    with qtbot.waitSignal(window.ready, timeout=60_000):
        window.copy_note.step.click()
    assert not window.copy_note.isVisible()
    assert len(home_of(window).model.lines) == 2


# -- what is told at opening -----------------------------------------------------------------------


def test_a_damaged_database__is_told_with_the_name_of_the_file_to_the_letter(
    qtbot: QtBot, dressed: QApplication, small: Places
) -> None:
    small.data.mkdir()
    (small.data / "assessor.db").write_bytes(b"no database" * 1000)
    window = open_window(qtbot, small)
    aside = next(small.data.glob("assessor.db.corrupt-*"))
    assert aside.name in window.banner.text.text()
    assert window.banner.step.text() == "从备份恢复…"
    window.close()
    window.deleteLater()


# -- beginning from an earlier one -----------------------------------------------------------------


@pytest.mark.parametrize("carried", [True, False])
def test_a_second_assessment__begins_with_the_answers_of_the_first_if_one_wants(
    window: Window, carried: bool
) -> None:
    first = begin(window, C1="A", T1=2)
    window.show_new(first)
    page = window.new
    assert page is not None
    assert page.begins[True].isVisible()
    assert page.begins[True].isChecked()
    well_made(page)
    page.choose_begin(carried)
    page.begin()
    assert window.work is not None
    session = window.work.session
    assert session.key != first
    assert session.answers.get("T1").value == (2 if carried else None)
    assert session.row.firm == store_of(window).assessment(first).firm


def test_a_firm_entered_by_its_code__is_known_again(qtbot: QtBot, window: Window) -> None:
    begin(window, C1="A")
    window.show_new()
    page = window.new
    assert page is not None
    assert page.form is not None
    assert not page.begins[True].isVisible()
    line = page.form.rows["uscc"].field.first()
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, str(FIRM["uscc"]))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert page.begins[True].isVisible()
    assert page.begins[False].isChecked(), "answers of another year come only when asked for"
