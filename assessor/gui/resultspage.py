"""The results: verdict, gaps, dimensions, the plant, why, and doubts, each reachable from the left."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from assessor.commands import shelf
from assessor.diagnosis import Diagnosis
from assessor.gui import letter, peers
from assessor.gui.compareview import CompareBlock, WhatIfBlock
from assessor.gui.parts import Text, button, clear, column, panel, row, scroll
from assessor.gui.session import Session
from assessor.gui.standards import standards_block
from assessor.gui.whytree import WhyTree
from assessor.report.wording import ordinal
from assessor.scoring.explain import explain
from assessor.words import _

_WIDEST = 860
_SIDE = 196
Block = tuple[str, QWidget]


class ResultsPage(QWidget):
    """`jumped` carries the question someone wants to look at."""

    jumped = Signal(str)
    report_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: Diagnosis | None = None
        self._blocks: list[tuple[QPushButton, QWidget]] = []
        self.why: WhyTree | None = None
        self.compare: CompareBlock | None = None
        self.what_if: WhatIfBlock | None = None
        self._links = column(gap=2)
        self._body = column(gap=16)
        self._content = panel(column(self._body, None, margin=(32, 28, 32, 40)))
        self._content.setMaximumWidth(_WIDEST + 64)
        self.area = scroll(self._content, _("结果"), keys=True)
        side = panel(
            column(
                Text(_("结果"), "section", wrap=False),
                4,
                self._links,
                None,
                button(_("写报告"), self.report_wanted.emit, "primary"),
                gap=4,
                margin=(16, 24, 16, 16),
            ),
            "panel",
        )
        side.setFixedWidth(_SIDE)
        across = row(side, self.area, gap=0)
        across.setStretch(1, 1)
        self.setLayout(across)

    def take_focus(self) -> None:
        """Where the keyboard begins: arrows and page keys scroll."""
        self.area.setFocus()

    def refresh(self) -> None:
        """Show the diagnosis as it stands; nothing is done when it is the one shown."""
        diagnosis = self._session.diagnosis
        if diagnosis is self._shown:
            return
        self._shown = diagnosis
        place = self.area.verticalScrollBar().value()
        clear(self._links)
        clear(self._body)
        self._blocks, self.compare, self.what_if = [], None, None
        for title, block in self._make(diagnosis):
            self._add(title, block)
        QCoreApplication.sendPostedEvents(self._content, QEvent.Type.LayoutRequest.value)
        self.area.verticalScrollBar().setValue(place)

    def _make(self, diagnosis: Diagnosis) -> Sequence[Block]:
        if not diagnosis.verdicts:
            return [(_("结论"), letter.notes_block(diagnosis))]
        gaps = diagnosis.main.gaps
        ahead = _("到{level}还差什么").format(level=ordinal(gaps.level)) if gaps else _("差距")
        blocks: list[Block] = [(_("结论"), letter.verdict_block(diagnosis))]
        if diagnosis.red_lines:
            blocks.append((_("红线与提醒"), letter.red_block(diagnosis)))
        blocks.append((_("等级与得分"), self._standing(diagnosis)))
        blocks.append((ahead, letter.gaps_block(diagnosis, self.jumped.emit)))
        blocks.append((_("各维度"), letter.shape_block(diagnosis)))
        if diagnosis.scenes:
            blocks.append((_("行业场景"), letter.scenes_block(diagnosis, self.jumped.emit)))
        for place, index in enumerate(diagnosis.indexes):
            blocks.append((_(index.model.short), letter.index_block(diagnosis, place)))
        if diagnosis.standards or diagnosis.reported:
            blocks.append((_("其他标准怎么看"), standards_block(diagnosis)))
        if diagnosis.positions:
            blocks.append((_("与同行对照"), peers.peers_block(diagnosis, self.jumped.emit)))
        if shelf.others_of(self._session.desk.store, self._session.key):
            self.compare = CompareBlock(self._session, self.jumped.emit)
            blocks.append((_("与上次对比"), self.compare))
        self.what_if = WhatIfBlock(self._session, self.jumped.emit)
        blocks.append((_("试一试"), self.what_if))
        blocks.append((_("得分依据"), self._why(diagnosis)))
        if peers.has_blanks(diagnosis):
            blocks.append((_("先补哪些题"), peers.blanks_block(diagnosis, self.jumped.emit)))
        blocks.append((_("疑点"), letter.findings_block(diagnosis, self.jumped.emit)))
        if diagnosis.main.result.counting.notes or diagnosis.refused:
            blocks.append((_("说明"), letter.notes_block(diagnosis)))
        return blocks

    def _standing(self, diagnosis: Diagnosis) -> QWidget:
        made = QWidget()
        made.setLayout(
            column(
                letter.sides_block(diagnosis),
                letter.score_block(diagnosis),
                gap=20,
            )
        )
        return made

    def _why(self, diagnosis: Diagnosis) -> QWidget:
        result = diagnosis.main.result
        self.why = WhyTree(explain(result.model, result.counting))
        self.why.jumped.connect(self.jumped)
        made = QWidget()
        hint = Text(_("展开看每一分从哪来；双击或按 Enter 去看那一题。"), "quiet")
        made.setLayout(column(hint, self.why, gap=8))
        return made

    def _add(self, title: str, block: QWidget) -> None:
        head: QWidget | None = None
        if self._blocks:
            self._body.addSpacing(16)
            head = Text(title, "page")
            self._body.addWidget(head)
        self._body.addWidget(block)
        link = button(title, lambda: self._bring(head or block), "quiet")
        link.setStyleSheet("text-align: left;")
        self._links.addWidget(link)
        self._blocks.append((link, block))

    def _bring(self, widget: QWidget) -> None:
        bar = self.area.verticalScrollBar()
        top = widget.mapTo(self.area.viewport(), QPoint(0, 0)).y()
        bar.setValue(bar.value() + top - 24)
