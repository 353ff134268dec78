"""What other standards say of the same answers: a line each, and everything behind it folded away."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from assessor.diagnosis import Diagnosis
from assessor.gui.chart import Chart
from assessor.gui.parts import Text, button, card, column, row, sign
from assessor.gui.tables import Lines
from assessor.report.charts import reach_of
from assessor.report.context_standards import GateGroup, StandardView, held, standard_chart, standards
from assessor.report.looks import load_looks
from assessor.report.standard_text import leaves_of
from assessor.scoring.standard_result import CapabilityResult
from assessor.words import _

_SIGNS = {True: ("check", "green"), False: ("error", "red"), None: ("doubt", "amber")}


def standards_block(diagnosis: Diagnosis) -> QWidget:
    """One panel: what each standard says in a line, and a button that folds the rest out."""
    lines = column(gap=10, margin=(16, 12, 16, 12))
    details = column(gap=20)
    for place, view in enumerate(standards(diagnosis, load_looks().light)):
        lines.addWidget(Text(view.title, "strong").selectable())
        lines.addWidget(Text(f"{view.sentence}{view.says}").selectable())
        details.addWidget(_details(diagnosis, place, view))
    for one in held(diagnosis):
        lines.addWidget(Text(one.title, "strong").selectable())
        lines.addWidget(Text(one.sentence).selectable())
        lines.addWidget(Text("".join(one.lines), "quiet").selectable())
    inner = QWidget()
    inner.setLayout(details)
    lines.addWidget(_fold(inner), alignment=Qt.AlignmentFlag.AlignLeft)
    made = QWidget()
    made.setLayout(column(card(lines), inner, gap=16))
    inner.hide()
    return made


def _fold(inner: QWidget) -> QWidget:
    """A button that shows and hides a widget and says which it will do."""
    words = (_("逐项看"), _("收起"))
    made = button(words[0], lambda: turn(), "small")

    def turn() -> None:
        inner.setVisible(inner.isHidden())
        made.setText(words[not inner.isHidden()])
        made.setAccessibleName(made.text())

    return made


def _details(diagnosis: Diagnosis, place: int, view: StandardView) -> QFrame:
    result = diagnosis.standards[place]
    lines = column(Text(view.title, "section").selectable(), gap=8)
    if view.why:
        lines.addWidget(Text(view.why).selectable())
    if isinstance(result, CapabilityResult):
        lines.addWidget(Chart(partial(standard_chart, result), partial(reach_lines, result)))
    if view.weights:
        lines.addWidget(Text(_("权重只读到：{weights}。").format(weights=view.weights)).selectable())
    for group in (*view.groups, *view.higher):
        lines.addLayout(_gates(group))
    for line in view.papers:
        lines.addWidget(Text(line).selectable())
    lines.addWidget(
        Text(
            _("{note}{mapping}。{cite}。").format(note=view.note, mapping=view.mapping, cite=view.cite),
            "note",
        ).selectable()
    )
    made = QFrame()
    made.setLayout(lines)
    return made


def _gates(group: GateGroup) -> QVBoxLayout:
    """The conditions of a rung, each with its sign, how it was seen and how sure it is."""
    head = f"{group.title}　{group.counts}" + (f"　{group.text}" if group.text else "")
    lines = column(Text(head, "strong").selectable(), gap=4)
    for gate in group.gates:
        name, tone = _SIGNS[gate.state]
        said = Text(_("{title}：{met}").format(title=gate.title, met=gate.met)).selectable()
        seen = Text(_("{by}；{sure}").format(by=gate.by, sure=gate.sure), "note").selectable()
        mark = sign(name, tone)
        line = row(mark, column(said, seen, gap=0), gap=8)
        line.setStretch(1, 1)
        line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(line)
    return lines


def reach_lines(result: CapabilityResult) -> Lines:
    """The figures of the chart."""
    head = [_("子域"), _("做到的状态"), _("场景的级"), _("没答")]
    rows = [reach_of(node) for node in leaves_of(result)]
    return [head, *([each.title, each.states, each.rungs, str(each.blank)] for each in rows)]
