"""On every page: each control has a name, no text is cut at 1280 by 720, nothing is a window of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from assessor import commands
from assessor.commands import Places
from assessor.gui.keys import KeySheet
from assessor.gui.roadmap.wishes import Wishes
from assessor.gui.section import SectionView
from assessor.gui.shots import settle, wait_until
from assessor.gui.window import Window
from tests.gui.conftest import OpenWindow, questions_of

_CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)


class Shown(QObject):
    """Notes every widget that comes up as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


def pages(window: Window, here: Places, questionnaires: Path) -> Iterator[tuple[str, QWidget]]:
    """Every page one after the other, as it stands in the window."""
    yield "empty", window
    assert window.desk is not None
    file = questionnaires / "tires" / "samples" / "demo.json"
    key = commands.add_sample(here, window.desk.store, file)
    window.show_home()
    yield "home", window
    window.show_new(key)
    yield "new", window
    window.open_assessment(key)
    page = questions_of(window)
    for section in page.session.pack.sections:
        page.open_section(section.id)
        view = page.stack.currentWidget()
        assert isinstance(view, SectionView)
        view.build_all()
        yield section.id, window
    page.open_section("facts")
    yield "facts", window
    window.turn_to("results")
    yield "results", window
    assert window.work is not None
    window.work.roadmap.controls.show_wishes(Wishes(budget=60, quarters=4))
    window.turn_to("roadmap")
    yield "roadmap in the making", window
    wait_until(lambda: not window.work.roadmap.planner.is_planning)  # type: ignore[union-attr]
    window.work.roadmap.tail.fold.click()
    yield "roadmap", window
    window.work.roadmap.accept.click()
    yield "roadmap accepted", window
    window.turn_to("report")
    yield "report", window


def unnamed(root: QWidget) -> list[str]:
    """Visible controls without an accessible name; parts that Qt makes for itself don't count."""
    return [
        f"{type(made).__name__} in {type(made.parent()).__name__}"
        for made in root.findChildren(QWidget)
        if isinstance(made, _CONTROLS)
        and made.isVisible()
        and not isinstance(made, QHeaderView)
        and not isinstance(made.parent(), QLineEdit | QAbstractItemView)
        and not made.accessibleName().strip()
    ]


def cut(root: QWidget) -> list[str]:
    """Texts of one line that have less room than they want."""
    return [
        f"{made.text()!r}: {made.width()} of {made.sizeHint().width()}"
        for made in root.findChildren(QWidget)
        if isinstance(made, QLabel | QPushButton)
        and made.isVisible()
        and made.text()
        and not (isinstance(made, QLabel) and made.wordWrap())
        and made.width() < made.sizeHint().width()
    ]


def faults(
    look: Callable[[QWidget], list[str]], window: Window, here: Places, questionnaires: Path
) -> dict[str, list[str]]:
    """What is wrong, by page."""
    found: dict[str, list[str]] = {}
    for name, root in pages(window, here, questionnaires):
        settle()
        wrong = look(root)
        if wrong:
            found[name] = sorted(set(wrong))
    return found


def test_pages__name_every_control(open_window: OpenWindow, here: Places, questionnaires: Path) -> None:
    assert faults(unnamed, open_window(), here, questionnaires) == {}


def test_pages__cut_no_text(open_window: OpenWindow, here: Places, questionnaires: Path) -> None:
    assert faults(cut, open_window(), here, questionnaires) == {}


def test_pages__open_no_window_of_their_own(
    dressed: QApplication, open_window: OpenWindow, here: Places, questionnaires: Path
) -> None:
    window, shown = open_window(), Shown()
    dressed.installEventFilter(shown)
    try:
        for _name, _root in pages(window, here, questionnaires):
            settle()
    finally:
        dressed.removeEventFilter(shown)
    assert shown.windows == []


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the headless platform has no window manager to tell
def test_key_sheet__names_and_shows_everything(qtbot: QtBot, open_window: OpenWindow) -> None:
    sheet = KeySheet(open_window())
    qtbot.addWidget(sheet)
    sheet.show()
    settle()
    assert unnamed(sheet) == []
    assert cut(sheet) == []
