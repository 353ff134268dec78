"""The lines of the history as a table shows them; what a line says is worked out when it is first seen."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from assessor.answers.document import parse_answer, parse_fact
from assessor.answers.model import Answer, Signed, Value
from assessor.answers.state import lookup_in
from assessor.commands.visit import Said
from assessor.gui.session import Session
from assessor.report.changes import change_text, changes
from assessor.report.context_signed import names_text
from assessor.report.spacing import spaced
from assessor.report.wording import date_text
from assessor.store.log import is_signature
from assessor.words import _, named

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
ACTS = {"undo": "撤销", "redo": "重做", "merge": "合并", "carry": "沿用到新版"}


def answer_of(session: Session, said: Said, content: Any) -> Answer:
    """A content of the log as an answer; what no longer fits the questionnaire is blank."""
    question = session.pack.items.get(said.item)
    if content is None or question is None:
        return Answer()
    look = lookup_in(session.answers)
    if said.kind == "answer":
        return parse_answer(question, content, look)[0]
    value: Value | None = parse_fact(question, content, session.pack, look)[0]
    return Answer(value)


def said_text(session: Session, said: Said) -> str:
    """What a line of the log changed, in words."""
    if is_signature((said.kind, said.item)):
        return signed_text(said.after)
    question = session.pack.items.get(said.item)
    if question is None:
        return _("这一版问卷没有这一题")
    before, after = (answer_of(session, said, content) for content in (said.before, said.after))
    both = session.is_onsite and said.kind == "answer"
    found = changes(question, before, after)
    return _("；").join(change_text(change, both=both) for change in found) or _("内容没有变")


def title_text(session: Session, said: Said) -> str:
    """Which question or fact a line is about."""
    if is_signature((said.kind, said.item)):
        return _("签字")
    question = session.pack.items.get(said.item)
    if question is None:
        return said.item
    return f"{said.item} {named(question)}" if said.kind == "answer" else named(question)


def signed_text(content: Any) -> str:
    """Who signed, or that it was taken back."""
    if not isinstance(content, Mapping):
        return _("撤回签字")
    assessor, representative, day = (
        str(content.get(key, "")) for key in ("assessor", "representative", "date")
    )
    told = _("{names}，{date}").format(
        names=names_text(Signed(assessor, representative, day)), date=date_text(day)
    )
    remark = str(content.get("remark", ""))
    return _("{told}。{remark}").format(told=told, remark=remark) if remark else told


def time_text(at: str) -> str:
    """2026-05-20T10:32:05+08:00 as 05-20 10:32:05; the year is the assessment's."""
    return at[5:19].replace("T", " ")


class HistoryRows(QAbstractTableModel):
    """When, what, how it changed, who."""

    HEADS: ClassVar[Sequence[str]] = ("时间", "题目", "改了什么", "谁")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._texts: dict[int, tuple[str, ...]] = {}
        self.lines: Sequence[Said] = ()

    def show_lines(self, lines: Sequence[Said]) -> None:
        """These instead."""
        self.beginResetModel()
        self.lines, self._texts = lines, {}
        self.endResetModel()

    def texts(self, place: int) -> tuple[str, ...]:
        """The cells of a line."""
        if place not in self._texts:
            said = self.lines[place]
            act = ACTS.get(said.act, "") if said.act else self._begun(said)
            changed = said_text(self._session, said)
            what = _("{act}：{changed}").format(act=_(act), changed=changed) if act else changed
            told = (title_text(self._session, said), what)
            self._texts[place] = (time_text(said.at), *map(spaced, told), said.by)
        return self._texts[place]

    @staticmethod
    def _begun(said: Said) -> str:
        return "" if is_signature((said.kind, said.item)) else _("开始时填的")

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return len(self.HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return _(self.HEADS[section])
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.texts(index.row())[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.texts(index.row())[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("，").join(self.texts(index.row()))
        return None
