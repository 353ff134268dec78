"""What stands beside an answer: reason, remark, evidence. Shown when there is some, or on call."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from assessor.answers.model import Answer
from assessor.gui import ask
from assessor.gui.editors.base import PAUSE_MS, Line
from assessor.gui.editors.flow import Flow
from assessor.gui.parts import Text, button, clear, column, field, row, tool
from assessor.pack.question import LevelQuestion, Question
from assessor.words import _

_LABEL = 40


class Remark(QPlainTextEdit):
    """A few lines of free words; Tab goes on, and a pause hands over."""

    settled = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
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

    def __init__(self, question: Question) -> None:
        super().__init__()
        title, hints = question.title, _hints(question)
        self._evidence: tuple[str, ...] = ()
        self._opened: set[str] = set()
        self._needed = False
        self.reason = Line(_("{title}：原因").format(title=title))
        self.remark = Remark(_("{title}：备注").format(title=title))
        hint = _("写一条，按回车加上") + (_("；例如：") + hints[0] if hints else "")
        self.proof = field(_("{title}：佐证").format(title=title), hint)
        self.files = button(_("选文件…"), self._choose, name=_("{title}：选佐证文件").format(title=title))
        self._title = title
        self._listed = Flow(gap=6)
        self._boxes: dict[str, QWidget] = {
            "reason": _labelled(_("原因"), self.reason),
            "remark": _labelled(_("备注"), self.remark),
            "evidence": _labelled(_("佐证"), self._proofs()),
        }
        self.setLayout(column(*self._boxes.values(), gap=8))
        self.reason.settled.connect(lambda: self._say(reason=self.reason.text().strip()))
        self.remark.settled.connect(lambda: self._say(remark=self.remark.toPlainText().strip()))
        self.proof.editingFinished.connect(self._add_typed)
        self._show_boxes(Answer())

    def _proofs(self) -> QWidget:
        holder = QWidget()
        line = row(self.proof, self.files, gap=8)
        line.setStretch(0, 1)
        holder.setLayout(column(self._listed, line, gap=6))
        return holder

    def _say(self, **change: object) -> None:
        self.edited.emit(lambda answer: replace(answer, **change))

    def _add_typed(self) -> None:
        typed = self.proof.text().strip()
        self.proof.clear()
        self.add_evidence((typed,))

    def add_evidence(self, lines: tuple[str, ...]) -> None:
        """More lines of evidence; what is there already is not said twice."""
        new = tuple(line for line in lines if line and line not in self._evidence)
        if new:
            self._say(evidence=(*self._evidence, *new))

    def _choose(self) -> None:
        self.add_evidence(tuple(path.name for path in ask.evidence_files(self)))

    def _take_out(self, line: str) -> None:
        self._say(evidence=tuple(each for each in self._evidence if each != line))

    # -- show

    def show_answer(self, answer: Answer, *, reason_needed: bool) -> None:
        """What stands now; a reason that is called for opens its field by itself."""
        self._needed = reason_needed
        self.reason.show_text(answer.reason)
        self.remark.show_text(answer.remark)
        if answer.evidence != self._evidence:
            self._evidence = answer.evidence
            self._list()
        self._show_boxes(answer)

    def _list(self) -> None:
        clear(self._listed)
        for line in self._evidence:
            self._listed.addWidget(self._one(line))

    def _one(self, line: str) -> QWidget:
        made = QWidget()
        take = tool("close", _("去掉佐证：{line}").format(line=line), lambda: self._take_out(line))
        take.setFixedSize(22, 22)
        text = Text(line, "note", wrap=False, typed=True)
        text.setMaximumWidth(360)
        text.setToolTip(line)
        made.setLayout(row(text, take, gap=2, margin=(8, 0, 0, 0)))
        return made

    def _show_boxes(self, answer: Answer) -> None:
        self._boxes["reason"].setVisible(
            bool(answer.reason) or self._needed or "reason" in self._opened or self.reason.hasFocus()
        )
        self._boxes["remark"].setVisible(bool(answer.remark) or "remark" in self._opened)
        self._boxes["evidence"].setVisible(bool(answer.evidence) or "evidence" in self._opened)
        self.setVisible(any(not box.isHidden() for box in self._boxes.values()))

    def open(self, part: str) -> None:
        """Show a field and put the cursor into it."""
        self._opened.add(part)
        self.show()
        self._boxes[part].show()
        fields: dict[str, QWidget] = {"reason": self.reason, "remark": self.remark, "evidence": self.proof}
        fields[part].setFocus()

    def flush(self) -> None:
        """Hand over at once what was typed."""
        self.reason.flush()
        self.remark.flush()


def _hints(question: Question) -> tuple[str, ...]:
    """What the pack would take as evidence."""
    if isinstance(question, LevelQuestion):
        return tuple(line for rung in question.levels for line in rung.evidence)
    return question.evidence


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
