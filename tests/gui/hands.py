"""A small assessment opened without the whole window, and the keys a person would press."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from assessor import commands
from assessor.answers.model import Answer, Mode, Value
from assessor.commands import Places
from assessor.gui.card import QuestionCard
from assessor.gui.desk import Desk
from assessor.gui.questions import QuestionsPage
from assessor.gui.section import SectionView
from assessor.gui.session import Session
from assessor.gui.work import Work
from tests.pack.build import VALID

FIRM: Mapping[str, Value] = {"name": "一厂"}
ENTER = Qt.Key.Key_Return


def small_places(data: Path) -> Places:
    """A data folder whose only pack is the small one with every kind of question."""
    return Places(data, (VALID.parent,))


def open_desk(here: Places) -> Desk:
    """The desk of a data folder."""
    return Desk(here, commands.list_packs(here), commands.open_store(here), "甲")


def begin(
    qtbot: QtBot, desk: Desk, pack: str = "valid", mode: Mode = "self", facts: Mapping[str, Value] = FIRM
) -> Work:
    """A new assessment on the screen, 1280 by 720."""
    key = commands.start_assessment(desk.here, desk.store, desk.pack(pack), facts, mode, desk.by)
    return show(qtbot, desk, key)


def show(qtbot: QtBot, desk: Desk, key: int) -> Work:
    """An assessment on the screen."""
    session = Session(desk, key)
    work = Work(session)
    session.setParent(work)
    qtbot.addWidget(work)
    work.setMinimumSize(900, 600)  # as the window does: it, not the layout, says how small is too small
    work.resize(1280, 668)
    with qtbot.waitActive(work):
        work.show()
        work.activateWindow()
    work.questions.take_focus()
    return work


def card(work: Work, key: str) -> QuestionCard:
    """The card of a question, turned to as by search."""
    work.questions.go_to(key)
    view = work.questions.stack.currentWidget()
    assert isinstance(view, SectionView)
    return view.card(key)


def press(page: QuestionsPage, *keys: str | Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    """Keys to whatever has the focus, one after the other."""
    for key in _single(keys):
        target = QApplication.focusWidget() or page
        modifier = held or Qt.KeyboardModifier.NoModifier
        if isinstance(key, str) and not key.isascii():
            _commit(target, key)
        elif isinstance(key, str):
            QTest.keyClicks(target, key, modifier)
        else:
            QTest.keyClick(target, key, modifier)


def _single(keys: tuple[str | Qt.Key, ...]) -> Iterator[str | Qt.Key]:
    """Letter by letter, for a key may move the focus; Han as it comes."""
    for key in keys:
        if isinstance(key, str) and key.isascii():
            yield from key
        else:
            yield key


def _commit(target: QWidget, text: str) -> None:
    """Han comes from an input method, ready made."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(target, event)


def settle() -> None:
    """Let everything that is due happen: layouts, deletions, what the session has to tell."""
    for _round in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def on_disk(desk: Desk, key: int) -> Mapping[str, Answer]:
    """What another program would find: read by a connection of its own."""
    store = commands.open_store(desk.here)
    try:
        return commands.load_assessment(desk.here, store, key)[1].items
    finally:
        store.close()
