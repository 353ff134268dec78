"""The panes of the questionnaire, and what holds still while one works."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assessor import commands
from assessor.commands import Places
from assessor.gui.chart import Chart
from assessor.gui.nav import NARROW, WIDE
from assessor.gui.section import SectionView
from assessor.gui.session import Session
from assessor.gui.skin import dress, skin
from tests.gui.hands import begin, card, open_desk, press, settle, small_places


@pytest.mark.parametrize(
    ("width", "nav", "help_shown"), [(1280, WIDE, True), (1000, NARROW, True), (920, NARROW, False)]
)
def test_panes__fold_where_the_window_is_narrow(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, width: int, nav: int, help_shown: bool
) -> None:
    dress(qapp)
    desk = open_desk(small_places(tmp_path))
    work = begin(qtbot, desk)
    work.resize(width, 668)
    settle()
    assert work.questions.nav.width() == nav
    assert work.questions.help.isVisible() is help_shown
    desk.store.close()


def test_cards__hold_still_when_an_answer_is_given(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, questionnaires: Path
) -> None:
    dress(qapp)
    desk = open_desk(Places(tmp_path, (questionnaires,)))
    facts = {"name": "一厂", "TP01": ("全钢",), "TP02": "自炼"}
    work = begin(qtbot, desk, "tires", facts=facts)
    one = card(work, "T08")
    settle()
    before = one.mapTo(work, QPoint(0, 0))
    for key in "12345":
        press(work.questions, key)
        settle()
        assert one.mapTo(work, QPoint(0, 0)) == before
    desk.store.close()


def test_section__brings_a_far_question_into_view(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, questionnaires: Path
) -> None:
    dress(qapp)
    desk = open_desk(Places(tmp_path, (questionnaires,)))
    work = begin(qtbot, desk, "tires", facts={"name": "一厂"})
    for key in ("miit.Q11", "miit.S16", "miit.Q15", "T01"):
        one = card(work, key)
        settle()
        view = work.questions.stack.currentWidget()
        assert isinstance(view, SectionView)
        port = view.area.viewport()
        top = one.mapTo(port, QPoint(0, 0)).y()
        assert 0 <= top < port.height() - 60, f"{key} begins at {top}"
    desk.store.close()


def test_sections__beyond_the_last_few_are_let_go(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, questionnaires: Path
) -> None:
    dress(qapp)
    desk = open_desk(Places(tmp_path, (questionnaires,)))
    work = begin(qtbot, desk, "tires", facts={"name": "一厂"})
    for section in work.session.pack.sections:
        work.questions.open_section(section.id)
    assert len(work.questions.views) <= 3
    desk.store.close()


def test_theme__is_turned_with_a_questionnaire_open(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    dress(qapp).choose("light")
    desk = open_desk(small_places(tmp_path))
    work = begin(qtbot, desk)
    skin().choose("dark")
    settle()
    assert work.grab().toImage().pixelColor(640, 5) == skin().colour("ground")
    assert skin().theme.name == "dark"
    skin().choose("light")
    desk.store.close()


def test_chart__is_copied_as_table_and_as_picture(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    dress(qapp)
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    svg = f"{head}<title>甲</title><desc>乙</desc></svg>"
    chart = Chart(lambda _theme: svg, lambda: [["维度", "分"], ["基础", "12.5"]])
    qtbot.addWidget(chart)
    assert (chart.accessibleName(), chart.accessibleDescription()) == ("甲", "乙")
    qtbot.keyClick(chart, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "维度\t分\n基础\t12.5\n"
    chart.copy_picture()
    assert QGuiApplication.clipboard().image().width() == 80


def test_score_of_the_strip__is_that_of_the_results(tmp_path: Path, questionnaires: Path) -> None:
    """The quick way to the verdict and the whole diagnosis may not differ."""
    desk = open_desk(Places(tmp_path, (questionnaires,)))
    for file in commands.samples(desk.here):
        session = Session(desk, commands.add_sample(desk.here, desk.store, file))
        quick = session.verdict
        assert quick == session.diagnosis.main
    desk.store.close()
