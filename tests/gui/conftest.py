"""A window on a temporary data folder, and fingers that type on it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from assessor import commands
from assessor.answers.model import Answers, Mode
from assessor.commands import Places
from assessor.gui import ask
from assessor.gui.background import Outcome
from assessor.gui.desk import Shelf, look_around
from assessor.gui.questions import QuestionsPage
from assessor.gui.section import SectionView
from assessor.gui.skin import dress
from assessor.gui.window import Window


@pytest.fixture(autouse=True)
def no_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    """No question in a box of its own stops a test; a bug told in one fails it."""
    monkeypatch.setattr(ask, "leave_unsaved", lambda _parent, _count: True)
    monkeypatch.setattr(ask, "pledge", lambda _parent, _pack, _found, _name: "李厂长")
    monkeypatch.setattr(ask, "open_path", lambda _path: True)
    monkeypatch.setattr(ask, "tell_bug", lambda _parent, details: pytest.fail(details))


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application in its light dress."""
    dress(qapp).choose("light")
    return qapp


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The packs as the window finds them; looked for once, for that takes seconds."""
    return look_around(tmp_path_factory.mktemp("gui") / "data")


@pytest.fixture
def here(shelf: Shelf) -> Places:
    """The data folder all windows share, emptied: packs are remembered for each folder."""
    shutil.rmtree(shelf.here.data, ignore_errors=True)
    return shelf.here


class OpenWindow(Protocol):
    """Opens a window on the data folder, 1280 by 720, with its list there."""

    def __call__(self, *, load: bool = False) -> Window: ...


@pytest.fixture
def open_window(qtbot: QtBot, dressed: QApplication, here: Places, shelf: Shelf) -> Iterator[OpenWindow]:
    """Opens windows; only with `load` do they look for packs themselves."""
    opened: list[Window] = []

    def make(*, load: bool = False) -> Window:
        window = Window(here.data)
        opened.append(window)
        window.resize(1280, 720)
        window.show()
        with qtbot.waitSignal(window.ready, timeout=60_000):
            if load:
                window.load()
            else:
                window._loaded(Outcome(shelf))
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
        return window

    yield make
    for window in opened:
        window.close()
        window.deleteLater()
    QThreadPool.globalInstance().waitForDone()


@pytest.fixture
def start(here: Places, questionnaires: Path) -> Callable[..., int]:
    """Starts an assessment of the sample tire plant without a single answer; its id."""

    def make(mode: Mode = "self", pack: str = "tires") -> int:
        file = questionnaires / pack / "samples" / "demo.json"
        _pack, answers = commands.read_answers(here, file)
        store = commands.open_store(here)
        key = commands.start_assessment(
            here, store, commands.get_pack(here, pack), answers.firm, mode, "甲", date="2026-05-20"
        )
        store.close()
        return key

    return make


@pytest.fixture
def stored(here: Places) -> Callable[[int], Answers]:
    """What lies in the database, read by a connection of its own."""

    def read(key: int) -> Answers:
        store = commands.open_store(here)
        answers = commands.load_assessment(here, store, key)[1]
        store.close()
        return answers

    return read


def questions_of(window: Window) -> QuestionsPage:
    """The questionnaire of the assessment that is open."""
    assert window.work is not None
    return window.work.questions


class Fingers:
    """Types where the cursor is, as a person does."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self._qtbot, self._window = qtbot, window

    def at(self) -> QWidget:
        """Where the cursor is; the page itself when it is nowhere."""
        return QApplication.focusWidget() or questions_of(self._window)

    def press(self, *keys: Qt.Key | str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Keys one after the other."""
        for key in keys:
            if isinstance(key, str):
                self._qtbot.keyClicks(self.at(), key, held)
            else:
                self._qtbot.keyClick(self.at(), key, held)

    def settle(self) -> None:
        """Until what follows from the last key has been shown."""
        session = questions_of(self._window).session
        self._qtbot.waitUntil(lambda: not session._soon.isActive(), timeout=10_000)


@pytest.fixture
def fingers(qtbot: QtBot) -> Callable[[Window], Fingers]:
    """Fingers for a window."""
    return lambda window: Fingers(qtbot, window)


def view_of(page: QuestionsPage) -> SectionView:
    """The section on the page."""
    view = page.stack.currentWidget()
    assert isinstance(view, SectionView)
    return view
