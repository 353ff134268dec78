"""The evidence of one answer: files with their thumbnails, words, and what is under way."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from assessor.answers.model import Answer
from assessor.answers.proof import mark_of, name_of
from assessor.gui.editors.flow import Flow
from assessor.gui.gather import Told, files_of
from assessor.gui.parts import SIGNS, Text, add, button, clear, column, row, sign, tool
from assessor.gui.prooftile import ProofTile
from assessor.gui.prooftools import ProofTools
from assessor.gui.session import Session
from assessor.pack.question import Question
from assessor.words import _


class ProofStrip(QWidget):
    """`edited` carries a function from the answer to the answer with other evidence.

    The ways to add more are made when they are called for; a card with evidence shows only that.
    """

    edited = Signal(object)

    def __init__(self, session: Session, question: Question) -> None:
        super().__init__()
        self._session, self._question = session, question
        self._files = files_of(session)
        self._lines: tuple[str, ...] = ()
        self._tools: ProofTools | None = None
        self.tiles: dict[str, ProofTile] = {}
        self._flow, self._words, self._told = Flow(gap=8), Flow(gap=6), column(gap=4)
        self._down = column(self._flow, self._words, self._told, gap=8)
        self.setLayout(self._down)
        self._files.changed.connect(self._changed)
        self._files.pictured.connect(self._pictured)
        self._show_told()

    @property
    def tools(self) -> ProofTools:
        """The ways to add more."""
        if self._tools is None:
            self._tools = ProofTools(self._session, self._question)
            self._tools.typed.connect(self._add_words)
            add(self._down, self._tools)
        return self._tools

    def _add_words(self, words: str) -> None:
        if words not in self._lines:
            self._say((*self._lines, words))

    def _say(self, lines: tuple[str, ...]) -> None:
        self.edited.emit(lambda answer: replace(answer, evidence=lines))

    def _take_out(self, line: str) -> None:
        if line not in self._lines:
            return
        lines = list(self._lines)
        place = lines.index(line)
        lines.remove(line)
        self._say(tuple(lines))
        self.show_lines(replace(Answer(), evidence=tuple(lines)))
        left = list(self.tiles.values())
        target: QWidget = left[min(place, len(left) - 1)] if left else self.tools.line
        target.setFocus(Qt.FocusReason.TabFocusReason)

    # -- show

    def show_lines(self, answer: Answer) -> None:
        """The evidence as it stands."""
        if answer.evidence == self._lines:
            return
        self._lines = answer.evidence
        clear(self._flow)
        clear(self._words)
        self.tiles = {}
        for line in self._lines:
            made = self._tile(line) if mark_of(line) else self._said(line)
            (self._flow if mark_of(line) else self._words).addWidget(made)
            made.show()
        self.updateGeometry()

    def _tile(self, line: str) -> ProofTile:
        mark, name = mark_of(line), name_of(line)
        known = self._files.known.get(mark)
        said = _("佐证 {name}，按 Enter 打开，按 Del 去掉").format(name=name)
        if known is None:
            said = _("佐证 {name}，文件不在这台电脑上").format(name=name)
        icon = "camera" if known is not None and known.is_picture else "file"
        made = ProofTile(name, said, partial(self._files.thumb, mark), icon if known else "doubt")
        made.with_remover()
        made.clicked.connect(lambda _checked=False: self._files.open(self._question.id, mark))
        made.removed.connect(lambda: self._take_out(line), Qt.ConnectionType.QueuedConnection)
        self.tiles[line] = made
        return made

    def _said(self, line: str) -> QWidget:
        made = QWidget()
        take = tool("close", _("去掉佐证：{line}").format(line=line), lambda: self._take_out(line))
        take.setFixedSize(22, 22)
        text = Text(line, "note", wrap=False, typed=True)
        text.setMaximumWidth(360)
        text.setToolTip(line)
        made.setLayout(row(text, take, gap=2, margin=(8, 0, 0, 0)))
        return made

    def _pictured(self, mark: str) -> None:
        for line, made in self.tiles.items():
            if mark_of(line) == mark:
                made.update()

    def _changed(self, question: str) -> None:
        if question == self._question.id:
            self._show_told()

    def _show_told(self) -> None:
        """What is under way, and what there is to say about what came."""
        clear(self._told)
        waiting = self._files.waiting(self._question.id)
        if waiting:
            add(self._told, Text(_("正在存入 {count} 份…可以接着答题。").format(count=waiting), "note"))
        for told in self._files.told(self._question.id):
            add(self._told, self._note(told))
        self.updateGeometry()

    def _note(self, told: Told) -> QWidget:
        made = QFrame()
        made.setProperty("notice", told.tone)
        text = Text(told.text, typed=True)
        line = row(sign(SIGNS[told.tone], told.tone), text, gap=8, margin=(12, 4, 6, 4))
        line.setStretch(1, 1)
        if told.original is not None:
            whole = partial(self._files.take_whole, self._question.id, told)
            line.addWidget(button(_("保留原图"), whole, "small"))
        away = tool("close", _("知道了"), partial(self._files.forget, self._question.id, told))
        away.setFixedSize(26, 26)
        line.addWidget(away)
        made.setLayout(line)
        made.setAccessibleName(told.text)
        return made
