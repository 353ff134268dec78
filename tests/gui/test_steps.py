"""Steps back and forth from the log, the history of an answer, and what is left before one leaves."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assessor.answers.model import Answer, AnswerState
from assessor.gui.desk import Desk
from assessor.gui.skin import dress
from assessor.gui.work import Work
from tests.gui.hands import ENTER, begin, card, on_disk, open_desk, press, settle, show, small_places

_KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """A desk with the small pack."""
    dress(qapp)
    opened = open_desk(small_places(tmp_path))
    yield opened
    opened.store.close()


def undo(work: Work) -> None:
    press(work.questions, _KEY.Key_Z, held=CONTROL)
    settle()


def test_ctrl_z__takes_back_the_last_answer_and_says_so_where_it_was(qtbot: QtBot, desk: Desk) -> None:
    work = begin(qtbot, desk)
    card(work, "T1")
    press(work.questions, "4", "3")
    card(work, "C1")
    undo(work)
    assert work.questions.current == "T1"
    assert work.toast.isVisible()
    assert work.toast.text.text() == "已撤销：T1 从 2 级 改回 3 级"
    assert on_disk(desk, work.session.key)["T1"].value == 3
    undo(work)
    assert "T1" not in on_disk(desk, work.session.key)
    undo(work)
    assert work.toast.text.text() == "没有可撤销的步骤。"


@pytest.mark.parametrize(("key", "held"), [(_KEY.Key_Y, CONTROL), (_KEY.Key_Z, CONTROL | SHIFT)])
def test_redo__does_again_what_was_taken_back(
    qtbot: QtBot, desk: Desk, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    work = begin(qtbot, desk)
    card(work, "T1")
    press(work.questions, "4")
    undo(work)
    press(work.questions, key, held=held)
    settle()
    assert work.toast.text.text() == "已重做：T1 从 未答 改成 3 级"
    assert on_disk(desk, work.session.key)["T1"].value == 3


def test_undo__reaches_back_beyond_a_restart(qtbot: QtBot, desk: Desk) -> None:
    first = begin(qtbot, desk)
    card(first, "T1")
    press(first.questions, "2", "5")
    first.close()
    again = show(qtbot, desk, first.session.key)
    undo(again)
    assert on_disk(desk, again.session.key)["T1"].value == 1


def test_in_a_field__its_own_undo_comes_first(qtbot: QtBot, desk: Desk) -> None:
    work = begin(qtbot, desk)
    card(work, "T1")
    press(work.questions, "4")
    made = card(work, "W1")
    press(work.questions, _KEY.Key_Tab, "abc")
    field = QApplication.focusWidget()
    assert field is not None and made.isAncestorOf(field)
    undo(work)
    assert on_disk(desk, work.session.key)["T1"].value == 3, "only what was typed is taken back"
    assert work.session.answers.get("W1").value in (None, "ab", "a")
    while field.isUndoAvailable():  # type: ignore[attr-defined]  # a line
        undo(work)
    made.flush()
    settle()
    assert work.session.answers.get("W1").value is None


def test_an_empty_field__hands_undo_on_to_the_log(qtbot: QtBot, desk: Desk) -> None:
    work = begin(qtbot, desk)
    card(work, "T1")
    press(work.questions, "4")
    card(work, "W1")
    press(work.questions, _KEY.Key_Tab)
    undo(work)
    assert "T1" not in on_disk(desk, work.session.key)


def test_a_fact__is_taken_back_too_and_called_by_its_title(qtbot: QtBot, desk: Desk) -> None:
    work = begin(qtbot, desk)
    work.session.put_fact("name", "二厂")
    undo(work)
    assert work.session.firm_name == "一厂"
    assert work.toast.text.text() == "已撤销：企业名称 从 二厂 改回 一厂"


def test_h__shows_the_past_of_a_question_and_enter_puts_a_value_back(qtbot: QtBot, desk: Desk) -> None:
    work = begin(qtbot, desk, mode="onsite")
    card(work, "T1")
    press(work.questions, "2", "4", "v", "3")
    settle()
    press(work.questions, "h")
    page = work.history
    assert page.isVisible()
    assert [page.rows.texts(place)[2] for place in range(3)] == ["核实 2 级", "自报 1 级 → 3 级", "自报 1 级"]
    assert not page.back.isEnabled(), "the newest line is what stands"
    press(work.questions, _KEY.Key_Down, _KEY.Key_Down, ENTER)
    settle()
    assert on_disk(desk, work.session.key)["T1"] == Answer(1)
    qtbot.waitUntil(lambda: len(page.rows.lines) == 4, timeout=10_000)
    press(work.questions, _KEY.Key_Escape)
    assert work.questions.isVisible() and work.questions.current == "T1"
    undo(work)
    assert on_disk(desk, work.session.key)["T1"] == Answer(3, verified=2)


def test_f6__shows_the_whole_history_and_the_box_narrows_it(qtbot: QtBot, desk: Desk) -> None:
    work = begin(qtbot, desk)
    card(work, "T1")
    press(work.questions, "2")
    card(work, "C3")
    work.session.put("C1", Answer("B"))
    settle()
    qtbot.keyClick(work, _KEY.Key_F6)
    page = work.history
    assert [line.item for line in page.rows.lines] == ["C1", "T1", "name"]
    assert page.which.itemText(0) == "全部题目"
    page.which.setCurrentIndex(page.which.findData("T1"))
    page.which.activated.emit(page.which.currentIndex())
    assert [line.item for line in page.rows.lines] == ["T1"]


def test_f4__lists_what_is_left_and_a_line_leads_to_its_question(qtbot: QtBot, desk: Desk) -> None:
    work = begin(qtbot, desk, mode="onsite")
    work.session.put("T1", Answer(3, verified=2, reason="缺记录"))
    work.session.put("C1", Answer("A", sure=1))
    work.session.put("C3", Answer(False))
    settle()
    qtbot.keyClick(work, _KEY.Key_F4)
    names = [made.accessibleName() for made in work.leaving.lines]
    assert names == [
        "T1 现场，自报 3 级，核实 2 级。缺记录",
        "C1 单选，答的是 甲，不太有把握",
    ]
    assert work.leaving.lines[0].hasFocus()
    press(work.questions, _KEY.Key_Down)
    assert work.leaving.lines[1].hasFocus()
    press(work.questions, ENTER)
    assert work.questions.isVisible() and work.questions.current == "C1"


def test_with_nothing_left__the_list_says_so(qtbot: QtBot, desk: Desk) -> None:
    work = begin(qtbot, desk)
    work.session.put("T1", Answer(state=AnswerState.UNKNOWN))
    settle()
    work.turn_to("leaving")
    assert work.leaving.lines == []
