"""What do keys do on the questionnaire? They reach the page when no field wanted them for itself."""

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget

from assessor.gui.actions import KEYS
from assessor.gui.card import QuestionCard
from assessor.gui.editors.oneside import SidedEditor
from assessor.gui.keys import KeySheet
from assessor.gui.nav import NavPane
from assessor.gui.section import SectionView
from assessor.gui.session import Session

_KEY = Qt.Key
_ALT = Qt.KeyboardModifier.AltModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ACTIONS = {key: name for name, key in KEYS.items() if len(key) == 1}


class Page(Protocol):
    """What the keys do to the page."""

    session: Session
    nav: NavPane
    stack: QStackedWidget
    current: str | None

    def step(self, by: int) -> None: ...
    def next_open(self) -> None: ...
    def toggle_help(self) -> None: ...
    def toggle_entry(self) -> None: ...
    def toggle_single(self) -> None: ...
    def choose_visit(self) -> None: ...
    def focus_search(self) -> None: ...


class Presses:
    """The page's keys in one place."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._walk: Mapping[int, Callable[[], object]] = {
            _KEY.Key_Down: lambda: self._down(1),
            _KEY.Key_Up: lambda: self._down(-1),
            _KEY.Key_Left: lambda: page.step(-1),
            _KEY.Key_Right: page.next_open,
            _KEY.Key_Return: self._enter,
            _KEY.Key_Enter: self._enter,
            _KEY.Key_Escape: self._leave_field,
            _KEY.Key_F1: page.toggle_help,
            _KEY.Key_F7: page.toggle_single,
            _KEY.Key_F8: page.choose_visit,
            _KEY.Key_Slash: page.focus_search,
            _KEY.Key_Question: self._show_keys,
            _KEY.Key_Delete: lambda: self._act("clear"),
        }
        self._letters: Mapping[str, Callable[[], object]] = {
            "J": lambda: page.step(1),
            "K": lambda: page.step(-1),
            "V": page.toggle_entry,
            "P": self._confirm,
        }

    def take(self, event: QKeyEvent) -> bool:
        """Do what the key asks for; whether it asked for anything."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held & _CONTROL:
            return event.matches(QKeySequence.StandardKey.Paste) and self._paste()
        walk = self._walk.get(event.key())
        if walk is not None and not held & _ALT:
            walk()
            return True
        return self._letter(_sign(event), held)

    def _letter(self, sign: str, held: Qt.KeyboardModifier) -> bool:
        if not sign or isinstance(QApplication.focusWidget(), QLineEdit):
            return False
        if sign == "P" and held & _SHIFT:
            self._page.session.confirm_proposals()
            return True
        if not held & _ALT and self._answer(sign):
            return True
        if sign in _ACTIONS:
            self._act(_ACTIONS[sign])
            return True
        step = self._letters.get(sign)
        if step is not None:
            step()
        return step is not None

    def _card(self) -> QuestionCard | None:
        view = self._page.stack.currentWidget()
        key = self._page.current
        if isinstance(view, SectionView) and key is not None:
            return view.cards.get(key)
        return None

    def _paste(self) -> bool:
        """A picture or files from the clipboard, to the question one is at."""
        card = self._card()
        return card is not None and card.take(QApplication.clipboard().mimeData())

    def _answer(self, sign: str) -> bool:
        card = self._card()
        return card is not None and card.press(sign)

    def _act(self, name: str) -> None:
        card = self._card()
        if card is not None:
            card.act(name)

    def _down(self, by: int) -> None:
        """Among what the search found, else among questions."""
        if QApplication.focusWidget() is self._page.nav.search:
            self._page.nav.hits.step(by)
        else:
            self._page.step(by)

    def _confirm(self) -> None:
        card = self._card()
        if card is not None:
            card.confirm_proposal()

    def _enter(self) -> None:
        """In a field: on to the next one of the question; else to the next open question."""
        card, at = self._card(), QApplication.focusWidget()
        if isinstance(at, QLineEdit):
            if card is None or at is self._page.nav.search:
                return
            if isinstance(card.editor, SidedEditor) and card.editor.go_on(at):
                return
            if card.is_beside(at):
                card.setFocus()
                return
        self._page.next_open()

    def _leave_field(self) -> None:
        card = self._card()
        self._page.nav.search.clear()
        if card is not None:
            card.setFocus()

    def _show_keys(self) -> None:
        KeySheet(self._page.stack.window()).open()


def _sign(event: QKeyEvent) -> str:
    """The letter or digit of a key, whatever is held with it; empty for other keys."""
    key = event.key()
    if _KEY.Key_A <= key <= _KEY.Key_Z or _KEY.Key_0 <= key <= _KEY.Key_9:
        return chr(key)
    return ""
