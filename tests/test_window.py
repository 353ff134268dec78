"""The window from end to end: a whole questionnaire by keys alone, and what is in the store afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from assessor import commands, shipped
from assessor.answers.model import Answers, AnswerState
from assessor.answers.state import is_asked
from assessor.gui.skin import dress
from assessor.gui.window import Window
from assessor.pack.question import LevelQuestion, MultiQuestion, SingleQuestion

DEMO = shipped("questionnaires") / "tires/samples/demo.json"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    """An open window on an empty data folder."""
    dress(qapp).choose("light")
    made = Window(tmp_path / "data")
    made.resize(1280, 720)
    made.show()
    with qtbot.waitSignal(made.ready, timeout=120_000):
        made.load()
    yield made
    made.close()
    made.deleteLater()
    QThreadPool.globalInstance().waitForDone()


def start(window: Window) -> int:
    """A self-assessment of the sample tire firm without a single answer, open in the window."""
    assert window.desk is not None
    pack, answers = commands.read_answers(window.desk.here, DEMO)
    key = commands.start_assessment(window.desk.here, window.desk.store, pack, answers.firm, "self", "甲")
    window.open_assessment(key)
    return key


def stored(window: Window, key: int) -> Answers:
    """What a second connection finds in the database."""
    assert window.desk is not None
    store = commands.open_store(window.desk.here)
    answers = commands.load_assessment(window.desk.here, store, key)[1]
    store.close()
    return answers


def test_a_whole_questionnaire__is_answered_by_keys_and_lies_in_the_store(
    window: Window, qtbot: QtBot
) -> None:
    key = start(window)
    assert window.work is not None
    page = window.work.questions
    for question in page.session.pack.asked():
        if not isinstance(question, LevelQuestion | SingleQuestion | MultiQuestion):
            continue
        if not is_asked(question, page.session.answers):
            continue
        page.go_to(question.id)
        qtbot.keyClick(page, Qt.Key.Key_2)
    answers = stored(window, key)
    assert not [
        question.id
        for question in page.session.pack.asked()
        if isinstance(question, LevelQuestion | SingleQuestion | MultiQuestion)
        and is_asked(question, answers)
        and answers.get(question.id).state is not AnswerState.ANSWERED
    ]
    assert answers.get("T04").value == 1
    assert answers.get("miit.Q1").value == ("B",)
    assert answers.get("miit.Q5").value == "B"


def test_keys__say_unknown_and_clear(window: Window, qtbot: QtBot) -> None:
    key = start(window)
    assert window.work is not None
    page = window.work.questions
    page.go_to("T01")
    qtbot.keyClick(page, Qt.Key.Key_U)
    assert stored(window, key).get("T01").state is AnswerState.UNKNOWN
    qtbot.keyClick(page, Qt.Key.Key_3)
    assert stored(window, key).get("T01").value == 2
    qtbot.keyClick(page, Qt.Key.Key_Delete)
    assert stored(window, key).get("T01").state is AnswerState.UNANSWERED


def test_results__show_the_verdict_of_the_sample_firm(window: Window) -> None:
    assert window.desk is not None
    key = commands.add_sample(window.desk.here, window.desk.store, DEMO)
    window.open_assessment(key)
    window.turn_to("results")
    assert window.work is not None
    said = [label.text() for label in window.work.results.findChildren(QLabel)]
    assert any("达到一级（初始级）" in text for text in said)
    assert any("红线" in text or "提醒" in text for text in said)
