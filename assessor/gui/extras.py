"""What stands beside an answer: reason, remark, evidence. Shown when there is some, or on call."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from assessor.answers.model import Answer
from assessor.gui.editors.base import PAUSE_MS, Line, is_beyond
from assessor.gui.parts import Text, column, row
from assessor.gui.proofs import ProofStrip
from assessor.gui.session import Session
from assessor.pack.question import Question
from assessor.words import _, named

_LABEL = 40


class Remark(QPlainTextEdit):
    """A few lines of free words; Tab goes on, and a pause hands over."""

    settled = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # a file dropped here is evidence of the question
        self.setFixedHeight(62)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.settled)
        self._quiet = False
        self.textChanged.connect(self._typed)

    def _typed(self) -> None:
        if not self._quiet:
            self._pause.start()

    def flush(self) -> None:
        """Tell now what was not told yet."""
        if self._pause.isActive():
            self._pause.stop()
            self.settled.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """With nothing typed to take back, taking back is the page's."""
        paper = self.document()
        if is_beyond(event, back=paper.isUndoAvailable(), again=paper.isRedoAvailable()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def show_text(self, text: str) -> None:
        """Put a text in unless the person is typing here."""
        if self._pause.isActive() or self.toPlainText() == text:
            return
        self._quiet = True
        self.setPlainText(text)
        self._quiet = False


class Extras(QWidget):
    """`edited` carries a function from the answer to the answer with this part changed."""

    edited = Signal(object)

    def __init__(self, session: Session, question: Question) -> None:
        super().__init__()
        self._session, self._question = session, question
        self._answer = Answer()
        self._opened: set[str] = set()
        self._needed = False
        self.reason = Line(_("{title}：原因").format(title=named(question)))
        self.remark = Remark(_("{title}：备注").format(title=named(question)))
        self._strip: ProofStrip | None = None
        self._boxes: dict[str, QWidget] = {
            "reason": _labelled(_("原因"), self.reason),
            "remark": _labelled(_("备注"), self.remark),
        }
        self._down = column(*self._boxes.values(), gap=8)
        self.setLayout(self._down)
        self.reason.settled.connect(lambda: self._say(reason=self.reason.text().strip()))
        self.remark.settled.connect(lambda: self._say(remark=self.remark.toPlainText().strip()))
        self._show_boxes()

    @property
    def strip(self) -> ProofStrip:
        """The evidence; made when there is some or it is called for."""
        if self._strip is None:
            self._strip = ProofStrip(self._session, self._question)
            self._strip.edited.connect(self.edited)
            self._strip.show_lines(self._answer)
            self._boxes["evidence"] = _labelled(_("佐证"), self._strip)
            self._down.addWidget(self._boxes["evidence"])
        return self._strip

    def _say(self, **change: object) -> None:
        self.edited.emit(lambda answer: replace(answer, **change))

    # -- show

    def show_answer(self, answer: Answer, *, reason_needed: bool) -> None:
        """What stands now; a reason that is called for opens its field by itself."""
        self._answer, self._needed = answer, reason_needed
        self.reason.show_text(answer.reason)
        self.remark.show_text(answer.remark)
        if answer.evidence or self._strip is not None:
            self.strip.show_lines(answer)
        self._show_boxes()

    def _show_boxes(self) -> None:
        answer, opened = self._answer, self._opened
        reason = bool(answer.reason) or self._needed or self.reason.hasFocus()
        self._boxes["reason"].setVisible(reason or "reason" in opened)
        self._boxes["remark"].setVisible(bool(answer.remark) or "remark" in opened)
        if "evidence" in self._boxes:
            self._boxes["evidence"].setVisible(bool(answer.evidence) or "evidence" in opened)
        self.setVisible(any(not box.isHidden() for box in self._boxes.values()))

    def reveal(self, part: str) -> QWidget:
        """Show a field; the field."""
        if part == "evidence":
            fields: dict[str, QWidget] = {"evidence": self.strip.tools.line}
        else:
            fields = {"reason": self.reason, "remark": self.remark}
        self._opened.add(part)
        self.show()
        self._boxes[part].show()
        return fields[part]

    def open(self, part: str) -> None:
        """Show a field and put the cursor into it."""
        self.reveal(part).setFocus()

    def flush(self) -> None:
        """Hand over at once what was typed."""
        self.reason.flush()
        self.remark.flush()


def _labelled(words: str, content: QWidget) -> QWidget:
    label = Text(words, "note", wrap=False)
    label.setFixedWidth(_LABEL)
    label.setFixedHeight(32)
    holder = QWidget()
    line = row(label, content, gap=8)
    line.setStretch(1, 1)
    line.setAlignment(label, Qt.AlignmentFlag.AlignTop)
    holder.setLayout(line)
    return holder
