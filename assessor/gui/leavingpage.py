"""Before you leave: what is worth a second look, each line with the way to its question."""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from assessor.answers.leaving import GROUPS, Group, Left, leaving
from assessor.answers.proof import mark_of
from assessor.gui import ask
from assessor.gui.editors.flow import Flow
from assessor.gui.gather import Gatherer, files_of
from assessor.gui.parts import Text, Tone, button, clear, column, panel, row, scroll, sign
from assessor.gui.prooftile import ProofTile
from assessor.gui.session import Session
from assessor.gui.signing import SignBox
from assessor.report.changes import short_text
from assessor.store.evidence import Evidence
from assessor.words import CERTAINTY, FINDINGS, _, named, sentence

_WIDEST = 880
_NAME = 250
TITLES: dict[Group, str] = {
    "red_line": "碰到红线，还没有佐证",
    "core": "核心题还没有答",
    "skipped": "跳过没答的题",
    "unseen": "核心题还没有现场核实",
    "finding": "疑点",
    "differs": "核实与自报不同",
    "unsure": "自己标了没把握的",
}
_TONES: dict[Group, tuple[str, Tone]] = {
    "red_line": ("error", "red"),
    "core": ("list", "accent"),
    "skipped": ("list", "accent"),
    "unseen": ("search", "accent"),
    "finding": ("doubt", "amber"),
    "differs": ("same", "accent"),
    "unsure": ("help", "accent"),
}


class LeavingPage(QWidget):
    """`jumped` carries the question or fact to look at."""

    jumped = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.lines: Sequence[QPushButton] = ()
        self.loose: Sequence[ProofTile] = ()
        self._body = column(gap=6)
        self._told, self._fault = Text("", "quiet"), Text("", "red")
        self._fault.hide()
        title = Text(_("离开前再看一遍"), "page")
        self.sign = SignBox(session)
        parts = (title, self._told, self._fault, 4, self._body, 16, self.sign, None)
        content = panel(column(*parts, margin=(32, 24, 32, 32)))
        content.setMaximumWidth(_WIDEST)
        self.area = scroll(content, _("离开前再看一遍"))
        self.setLayout(column(self.area))
        session.changed.connect(self._changed)
        files_of(session).pictured.connect(self._repaint)
        files_of(session).changed.connect(self._say_fault)

    def refresh(self) -> None:
        """The list as the answers stand now."""
        self.sign.refresh()
        found = self._session.diagnosis
        lines = leaving(found.pack, found.answers, found.states, found.findings, found.red_lines)
        clear(self._body)
        said = _("一共 {count} 处，点一处就到那一题；都可以不改，只是别漏看。")
        self._told.setText(said.format(count=len(lines)) if lines else "")
        self.lines = [made for group in GROUPS for made in self._add_group(group, lines)]
        loose = self._add_loose()
        if not lines and not loose:
            self._body.addWidget(Text(_("没有漏答、疑点和没佐证的红线，可以放心离开。"), "green"))

    def _add_group(self, group: Group, lines: Sequence[Left]) -> Iterator[QPushButton]:
        found = [line for line in lines if line.group == group]
        if not found:
            return
        icon, tone = _TONES[group]
        title = _("{title}（{count}）").format(title=_(TITLES[group]), count=len(found))
        self._body.addSpacing(12)
        self._body.addLayout(row(sign(icon, tone, 18), Text(title, "section", wrap=False), None, gap=8))
        for line in found:
            title = self._title(line)
            made = button(
                title,
                partial(self.jumped.emit, line.key),
                "link",
                name=_("{title}，{why}").format(title=title, why=self._why(line)),
            )
            made.setStyleSheet("text-align: left;")
            made.setFixedWidth(_NAME)
            why = Text(self._why(line)).selectable()
            across = row(made, why, gap=12)
            across.setStretch(1, 1)
            across.setAlignment(made, Qt.AlignmentFlag.AlignTop)
            self._body.addLayout(across)
            yield made

    def _add_loose(self) -> int:
        """Files that were taken off their questions: still there, so that this can be taken back."""
        files = files_of(self._session)
        self.loose = [self._loose_tile(files, one) for one in files.loose()]
        if self.loose:
            title = _("不再挂在任何题目上的文件（{count}）").format(count=len(self.loose))
            self._body.addSpacing(12)
            self._body.addLayout(row(sign("evidence", "quiet", 18), Text(title, "section", wrap=False), None))
            hint = _("撤销或“修改记录”可以把它挂回去；照片里的人不愿留下的，点叉彻底删除。")
            self._body.addWidget(Text(hint, "quiet"))
            shelf = QWidget()
            flow = Flow(shelf, gap=8)
            for made in self.loose:
                flow.addWidget(made)
            self._body.addWidget(shelf)
        return len(self.loose)

    def _loose_tile(self, files: Gatherer, one: Evidence) -> ProofTile:
        mark = mark_of(one.reference)
        said = _("{name}，按 Del 彻底删除").format(name=one.name)
        made = ProofTile(one.name, said, partial(files.thumb, mark), "camera" if one.is_picture else "file")
        made.with_remover()
        made.clicked.connect(lambda _checked=False: files.open("", mark))
        made.removed.connect(lambda: self._erase(files, one), Qt.ConnectionType.QueuedConnection)
        return made

    def _erase(self, files: Gatherer, one: Evidence) -> None:
        if ask.erase_file(self, one.name):
            files.drop(one)
            self.refresh()

    def _title(self, line: Left) -> str:
        item = self._session.pack.items[line.key]
        name = f"{line.key} {named(item)}" if line.key in self._session.pack.questions else named(item)
        return self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _NAME - 20)

    def _why(self, line: Left) -> str:
        if line.line is not None:
            return _("{title}：{text}拍下或收好凭据。").format(title=line.line.title, text=line.line.text)
        if line.finding is not None:
            others = _("、").join(line.ids[1:])
            more = _("（还涉及 {ids}）").format(ids=others) if others else ""
            return sentence(FINDINGS, line.finding.code, line.finding.values) + more
        return self._about(line)

    def _about(self, line: Left) -> str:
        answer, question = self._session.answers.get(line.key), self._session.pack.questions[line.key]
        if line.group == "differs" and answer.value is not None and answer.verified is not None:
            said, seen = short_text(question, answer.value), short_text(question, answer.verified)
            why = answer.reason or answer.remark
            told = _("自报 {said}，核实 {seen}").format(said=said, seen=seen)
            return (
                _("{told}。{why}").format(told=told, why=why)
                if why
                else _("{told}，还没写原因").format(told=told)
            )
        if line.group == "unsure" and answer.value is not None:
            value = short_text(question, answer.value)
            return _("答的是 {value}，{sure}").format(value=value, sure=_(CERTAINTY[1]))
        if line.group == "unseen" and answer.value is not None:
            return _("自报 {value}，还没到现场看").format(value=short_text(question, answer.value))
        return question.ask

    def _changed(self, _touched: object) -> None:
        if self.isVisible():
            self.refresh()

    def _say_fault(self, question: str) -> None:
        """Why a file that belongs to no question could not be opened."""
        told = files_of(self._session).told(question) if not question else ()
        self._fault.setText(told[-1].text if told else "")
        self._fault.setVisible(bool(told))

    def _repaint(self, _mark: str) -> None:
        for made in self.loose:
            made.update()

    def take_focus(self) -> None:
        """Where the keyboard begins: the first line."""
        if self.lines:
            self.lines[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.area.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the lines."""
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if by is None:
            if event.key() == Qt.Key.Key_Escape:
                self.jumped.emit("")
            else:
                super().keyPressEvent(event)
            return
        at = next((place for place, made in enumerate(self.lines) if made.hasFocus()), -by)
        if 0 <= at + by < len(self.lines):
            made = self.lines[at + by]
            made.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(made, 0, 60)
