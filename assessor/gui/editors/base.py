"""What the page knows of an editor, and the line that waits until typing pauses."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from assessor.answers.model import Answer, Side

PAUSE_MS = 400


class Editor(QWidget):
    """`entered` carries the side and the raw value as JSON would hold it; None takes it back."""

    entered = Signal(str, object)

    def show_answer(self, answer: Answer, proposal: int | None = None) -> None:
        """Show what stands now."""
        raise NotImplementedError

    def show_problem(self, side: Side, is_wrong: bool) -> None:
        """Mark the fields of a side as refused, or as good again."""

    def set_entry(self, side: Side) -> None:
        """The side that keys and clicks on a row are for."""

    def press(self, key: str) -> bool:
        """A key typed while the question is current; whether it meant something here."""
        return False

    def letters(self) -> frozenset[str]:
        """The letters this editor wants for itself."""
        return frozenset()

    def flush(self) -> None:
        """Hand over at once what was typed."""


def is_beyond(event: QKeyEvent, *, back: bool, again: bool) -> bool:
    """Whether a key asks to take back, or do again, what a field itself knows nothing of."""
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return False
    undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
    return (event.matches(undo) and not back) or (event.matches(redo) and not again)


class Line(QLineEdit):
    """A field that tells of its text after a pause, on Enter and when it is left."""

    settled = Signal()

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setAcceptDrops(False)  # a file dropped here is evidence of the question
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.settled)
        self.textEdited.connect(lambda _text: self._pause.start())
        self.returnPressed.connect(self.flush)

    def flush(self) -> None:
        """Tell now, if something was typed that was not told yet."""
        if self._pause.isActive():
            self._pause.stop()
            self.settled.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """With nothing typed to take back, taking back is the page's."""
        if is_beyond(event, back=self.isUndoAvailable(), again=self.isRedoAvailable()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def show_text(self, text: str) -> None:
        """Put a text in unless the person is typing here."""
        if not self._pause.isActive() and self.text() != text:
            self.setText(text)
            self.setToolTip(text)  # all of it, where the field is too short
            self.setCursorPosition(0)
