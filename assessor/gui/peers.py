"""Beside whom does the firm stand, and which blank questions are worth asking first?"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from assessor.answers.effective import effective
from assessor.diagnosis import Diagnosis
from assessor.gui.parts import Text, button, column, panel, row
from assessor.report.context_peers import PeerRow, peers
from assessor.report.looks import load_looks
from assessor.scoring.narrowing import narrowing, visit
from assessor.words import _, named

Jump = Callable[[str], object]
_VISITS = ((20, "20 分钟"), (60, "1 小时"))
_HEADS = ("题目", "本企业", "已评企业、公开数字", "专家参考", "位置")


def peers_block(diagnosis: Diagnosis, jump: Jump) -> QWidget:
    """Scenes and quantities beside published figures and the expert band, the kinds kept apart."""
    found = peers(diagnosis, load_looks().light)
    said = _("公开数字口径不同的不相减；专家参考没有抽样，只说偏低、相当、偏高，不计分。")
    lines = column(Text(f"{said}{found.basis}", "quiet"), Text(found.label, "quiet"), gap=8)
    for standing in found.standings:
        lines.addWidget(Text(standing).selectable())
    if found.guarantee:
        lines.addWidget(Text(_("{guarantee}。").format(guarantee=found.guarantee), "quiet"))
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    for place, stretch in enumerate((3, 2, 5, 4, 1)):
        grid.setColumnStretch(place, stretch)
        grid.addWidget(Text(_(_HEADS[place]), "quiet", wrap=False), 0, place)
    for line, peer in enumerate((*found.quantities, *found.scenes), 1):
        _add(grid, line, peer, jump)
    holder = QFrame()
    holder.setLayout(grid)
    lines.addWidget(holder)
    return panel(lines)


def _add(grid: QGridLayout, line: int, peer: PeerRow, jump: Jump) -> None:
    said = _("去看：{title}").format(title=peer.title)
    go = button(peer.title, partial(jump, peer.id), "link", name=said)
    grid.addWidget(go, line, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    texts = (peer.value, "\n".join((*peer.counted, *peer.published)), peer.band, peer.word)
    for place, text in enumerate(texts, 1):
        cell = Text(text).selectable()
        cell.setAlignment(Qt.AlignmentFlag.AlignTop)
        grid.addWidget(cell, line, place)


def blanks_block(diagnosis: Diagnosis, jump: Jump) -> QWidget:
    """The blank questions on which most hangs, and what fits a short or a longer visit."""
    seen = effective(diagnosis.pack, diagnosis.answers)
    found = narrowing(diagnosis.pack, seen)
    lines = column(gap=4)
    for minutes, words in _VISITS:
        chosen = visit(diagnosis.pack, seen, minutes)
        said = _("{words}够问 {count} 题：{titles}")
        titles = _("、").join(named(one.question) for one in chosen)
        lines.addWidget(Text(said.format(words=words, count=len(chosen), titles=titles), "quiet"))
    for one in found[:8]:
        points = max(one.points.values(), default=0.0)
        said = _("{title}（关系到 {points:.1f} 分）").format(title=named(one.question), points=points)
        lines.addLayout(row(button(said, partial(jump, one.question.id), "link", name=said), None))
    return panel(lines)


def has_blanks(diagnosis: Diagnosis) -> bool:
    """Whether any blank question would narrow a verdict."""
    return bool(narrowing(diagnosis.pack, effective(diagnosis.pack, diagnosis.answers)))
