"""The window in English: switched at once, remembered, and no Chinese of our own on any page."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QTreeView,
    QWidget,
)

from assessor import commands
from assessor.commands import Places
from assessor.gui.chart import Chart
from assessor.gui.keys import KeySheet
from assessor.gui.menu import More
from assessor.gui.prefs import Prefs
from assessor.gui.questions import QuestionsPage
from assessor.gui.section import SectionView
from assessor.gui.window import Window
from assessor.language import language, speak
from assessor.report.looks import load_looks
from tests.chinese import own_chinese
from tests.gui.conftest import OpenWindow


@pytest.fixture(autouse=True)
def chinese_afterwards() -> Iterator[None]:
    """Whatever is spoken in a test."""
    yield
    speak("zh")


def texts_of(top: QWidget) -> Iterator[str]:
    """Every text in a widget and in all inside it, the ones for the blind too."""
    for part in (top, *top.findChildren(QWidget)):
        yield from (part.accessibleName(), part.toolTip(), part.windowTitle())
        if isinstance(part, QLabel | QAbstractButton):
            yield part.text()
        elif isinstance(part, QLineEdit):
            yield part.placeholderText()
        elif isinstance(part, QMenu):
            yield from (action.text() for action in part.actions())
        elif isinstance(part, Chart):
            yield re.sub("<[^>]*>", " ", part._draw(load_looks().light))
            yield from (str(cell) for line in part._table() for cell in line)
        elif isinstance(part, QTableView | QTreeView):
            yield from _cells(part)


def _cells(view: QAbstractItemView, above: QModelIndex | None = None) -> Iterator[str]:
    model, above = view.model(), above or QModelIndex()
    for column in range(model.columnCount(above)):
        if not above.isValid():
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for line in range(model.rowCount(above)):
            index = model.index(line, column, above)
            yield str(index.data() or "")
            if isinstance(view, QTreeView):
                yield from _cells(view, index)


@pytest.fixture
def english(open_window: OpenWindow) -> Window:
    """A window that was switched to English."""
    window = open_window()
    window.choose_language("en")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return window


@pytest.fixture
def no_chinese(questionnaires: Path) -> Callable[[QWidget], None]:
    """Refuses a widget that shows Chinese of our own."""

    def check(top: QWidget) -> None:
        assert list(own_chinese(texts_of(top), questionnaires)) == []

    return check


def add_demo(window: Window, questionnaires: Path) -> int:
    assert window.desk is not None
    file = questionnaires / "tires" / "samples" / "demo.json"
    return commands.add_sample(window.desk.here, window.desk.store, file)


def test_lists_and_forms__are_english(
    english: Window, no_chinese: Callable[[QWidget], None], questionnaires: Path
) -> None:
    no_chinese(english)
    add_demo(english, questionnaires)
    english.show_home()
    no_chinese(english)
    assert english.sitting is not None and english.desk is not None
    no_chinese(More(english, english.desk, english.sitting.errands, english.sitting.copies))
    no_chinese(english.top.looks_menu())
    english.show_new()
    no_chinese(english)
    english.sitting.errands.show_trash()
    no_chinese(english)
    no_chinese(KeySheet(english))


def test_an_open_assessment__is_english_on_every_page(
    english: Window, no_chinese: Callable[[QWidget], None], questionnaires: Path
) -> None:
    english.open_assessment(add_demo(english, questionnaires))
    assert english.work is not None
    for name in ("results", "roadmap", "report", "leaving", "history"):
        english.turn_to(name)
        QApplication.processEvents()
        no_chinese(english)


def test_every_section__is_english(
    english: Window, no_chinese: Callable[[QWidget], None], questionnaires: Path
) -> None:
    english.open_assessment(add_demo(english, questionnaires))
    assert english.work is not None
    page: QuestionsPage = english.work.questions
    for section in english.work.session.pack.sections:
        asked = [question for question in section.questions if page.session.asked(question)]
        if asked:
            page.go_to(asked[0].id)
            view = page.stack.currentWidget()
            assert isinstance(view, SectionView)
            no_chinese(english)


def test_the_choice__is_made_at_once_and_stays_where_one_was(
    open_window: OpenWindow, questionnaires: Path
) -> None:
    window = open_window()
    key = add_demo(window, questionnaires)
    window.open_assessment(key)
    window.turn_to("results")
    window.choose_language("en")
    assert window.work is not None
    assert (window.work.session.key, window.work.page) == (key, "results")
    assert window.top.tabs["results"].text() == "Results"
    window.choose_language("zh")
    assert window.top.tabs["results"].text() == "结果"


def test_the_choice__is_remembered(open_window: OpenWindow, here: Places) -> None:
    window = open_window()
    window.choose_language("en")
    window.close()
    speak("zh")
    assert Prefs(here.data).language == "en"
    again = open_window()
    assert language() == "en"
    assert again.top.tabs["questions"].text() == "Questions"


def test_the_menu_of_looks__offers_both_and_marks_the_one_spoken(open_window: OpenWindow) -> None:
    window = open_window()
    offered = {action.text(): action.isChecked() for action in window.top.looks_menu().actions()}
    assert (offered["中文"], offered["English"]) == (True, False)
