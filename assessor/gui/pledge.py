"""Before a firm hands in its own answers: what is blank or doubtful in them, and its word for the rest."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QWidget

from assessor.answers.model import Finding
from assessor.answers.review import Review
from assessor.gui.icons import paint_icon
from assessor.gui.parts import SIGNS, Text, Tone, button, column, field, panel, row, scroll, sign
from assessor.gui.skin import skin
from assessor.pack.model import Pack
from assessor.words import FINDINGS, _, named, sentence

_NAMED, _WIDE, _HIGH = 6, 600, 300
PLEDGE = "承诺：以上内容由本企业如实填写，愿意接受核实。"


class Tick(QCheckBox):
    """A box to tick that is seen on a dark ground too."""

    def paintEvent(self, event: QPaintEvent) -> None:
        look, side = skin(), 18
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1, (self.height() - side) / 2, side, side)
        edge = "accent" if self.isChecked() or self.hasFocus() else "outline"
        painter.setPen(QPen(look.colour(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(look.colour("accent" if self.isChecked() else "ground"))
        painter.drawRoundedRect(box, 4, 4)
        if self.isChecked():
            paint_icon(painter, "check", look.theme.on_accent, box.adjusted(2, 2, -2, -2))
        painter.setPen(look.colour("ink"))
        words = self.rect().adjusted(side + 10, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.end()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 32, 32)

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)


class PledgeDialog(QDialog):
    """`name` holds who gives the firm's word; nothing goes on without it."""

    def __init__(self, parent: QWidget, pack: Pack, found: Review, name: str) -> None:
        super().__init__(parent)
        self._pack = pack
        self.setWindowTitle(_("导出前核对"))
        self.setMinimumWidth(_WIDE)
        lines = column(gap=10)
        for tone, title, texts in self._groups(found):
            lines.addLayout(self._group(tone, title, texts))
        if found.is_clean:
            lines.addLayout(self._group("green", _("没有漏答、矛盾和疑点。"), ()))
        lines.addStretch(1)
        self.list = scroll(panel(lines), _("导出前核对"), keys=True)
        self.list.setMinimumHeight(min(_HIGH, 40 + 72 * max(1, len(self._groups(found)))))
        lead = _("没填的会空着，疑点会照样带上；都不妨碍导出。想先改，点“取消”，按 F4 逐处看。")
        self.name = field(_("企业代表"), _("姓名、职务"))
        self.name.setText(name)
        self.tick = Tick(_(PLEDGE))
        self.go = button(_("导出"), self.accept, "primary")
        who = row(Text(_("企业代表"), wrap=False), self.name, gap=12)
        foot = row(None, button(_("取消"), self.reject), self.go)
        self.setLayout(
            column(
                Text(_("导出前核对"), "section"),
                Text(lead, "quiet"),
                self.list,
                who,
                self.tick,
                foot,
                gap=12,
                margin=(24, 20, 24, 16),
            )
        )
        self.name.textChanged.connect(lambda _text: self._refresh())
        self.tick.toggled.connect(lambda _on: self._refresh())
        self._refresh()

    def _refresh(self) -> None:
        self.go.setEnabled(self.tick.isChecked() and bool(self.name.text().strip()))

    def _groups(self, found: Review) -> Sequence[tuple[Tone, str, Sequence[str]]]:
        groups: list[tuple[Tone, str, Sequence[str]]] = []
        if found.facts:
            titles = _("、").join(self._title(key) for key in found.facts)
            groups.append(("red", _("企业信息缺 {count} 项").format(count=len(found.facts)), (titles,)))
        if found.contradictions:
            title = _("互相矛盾 {count} 处").format(count=len(found.contradictions))
            groups.append(("red", title, [self._said(one) for one in found.contradictions]))
        if found.doubts:
            title = _("疑点 {count} 处").format(count=len(found.doubts))
            groups.append(("amber", title, [self._said(one) for one in found.doubts]))
        if found.blank:
            title = _("没有填的 {count} 题").format(count=len(found.blank))
            groups.append(("accent", title, (self._names(found.blank),)))
        if found.unsure:
            title = _("自己标了没把握的 {count} 题").format(count=len(found.unsure))
            groups.append(("accent", title, (self._names(found.unsure),)))
        return groups

    @staticmethod
    def _group(tone: Tone, title: str, texts: Sequence[str]) -> QHBoxLayout:
        mark = sign(SIGNS[tone], tone, 18)
        words = column(Text(title, "strong"), *(Text(text).selectable() for text in texts), gap=2)
        across = row(mark, words, gap=10)
        across.setStretch(1, 1)
        across.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        return across

    def _names(self, keys: Sequence[str]) -> str:
        told = _("、").join(f"{key} {self._title(key)}" for key in keys[:_NAMED])
        return _("{names}等").format(names=told) if len(keys) > _NAMED else told

    def _said(self, finding: Finding) -> str:
        return _("{title}：{sentence}").format(
            title=self._title(finding.ids[0]), sentence=sentence(FINDINGS, finding.code, finding.values)
        )

    def _title(self, key: str) -> str:
        item = self._pack.items.get(key)
        return named(item) if item else key
