"""The live score at the foot of the questionnaire: level, points, what is missing, how far."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from assessor.diagnosis import Verdict
from assessor.gui.parts import Text, button, chip, fill, restyle, row
from assessor.gui.skin import skin
from assessor.report.spacing import spaced
from assessor.report.wording import cuts_of, level_span_text, missing_parts, ordinal, score_text
from assessor.scoring.result import SideResult
from assessor.words import SIDES, _

_LIT_MS = 900


class Scale(QWidget):
    """The score on a line from nothing to everything, with the cuts of the levels."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(190, 32)
        self._ends: tuple[float, float] = (0, 0)
        self._cuts: tuple[float, ...] = ()

    def sizeHint(self) -> QSize:
        return QSize(190, 32)

    def show_side(self, side: SideResult, cuts: tuple[int, ...]) -> None:
        """Where the score lies."""
        most = max(1, side.span.most)
        self._ends = (side.span.low / most, side.span.high / most)
        self._cuts = tuple(cut / most for cut in cuts)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = skin()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, y = self.width() - 16, self.height() / 2
        ends = [0.0, *self._cuts, 1.0]
        for level, (left, right) in enumerate(pairwise(ends)):
            painter.fillRect(
                QRectF(8 + left * wide, y + 2, (right - left) * wide - 1, 6),
                look.colour(f"level_{min(level, 4)}"),
            )
        low, high = (8 + end * wide for end in self._ends)
        painter.setPen(QPen(look.colour("accent"), 2, Qt.PenStyle.DotLine))
        if high > low:
            painter.drawLine(QPointF(low, y - 4), QPointF(high, y - 4))
        painter.setPen(QPen(look.colour("accent"), 2))
        painter.setBrush(look.colour("ground"))
        if high > low:
            painter.drawEllipse(QPointF(high, y - 4), 3.5, 3.5)
        painter.setBrush(look.colour("accent"))
        painter.drawEllipse(QPointF(low, y - 4), 4, 4)
        painter.end()


class Brief(Text):
    """A line that ends in dots where there is no room for all of it; the hint has the whole."""

    def __init__(self) -> None:
        super().__init__("", "quiet", wrap=False)
        self.setMinimumWidth(40)
        self._whole = ""

    def setText(self, text: str) -> None:
        self._whole = spaced(text)
        self.setToolTip(self._whole)
        self.setAccessibleName(self._whole)
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        super().setText(shown)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 4, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class Strip(QFrame):
    """Changes light up for a moment; nothing moves."""

    def __init__(self, open_results: Callable[[], object]) -> None:
        super().__init__()
        fill(self, "panel")
        self.setFixedHeight(48)
        self.level = chip("", "accent")
        self.score = Text("", "strong", wrap=False)
        self.scale = Scale()
        self.missing = Brief()
        self._more = button(_("看结果 F2"), open_results, "link", name=_("看结果"))
        self._side = Text("", "note", wrap=False)
        self._tools = row(gap=2)
        self.setLayout(
            row(
                self._side,
                self.level,
                self.score,
                self.scale,
                self.missing,
                None,
                self._tools,
                self._more,
                gap=12,
                margin=(16, 0, 12, 0),
            )
        )
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_LIT_MS)
        self._calm.timeout.connect(lambda: restyle(self.level, "tone", "accent"))

    def add_tool(self, made: QWidget) -> None:
        """A button beside the way to the results."""
        self._tools.addWidget(made)

    def show_verdict(self, verdict: Verdict | None) -> None:
        """The verdict that counts, in short."""
        if verdict is None:
            self.missing.setText(_("这个诊断包没有可计算的模型"))
            return
        result, side = verdict.result, verdict.result.counting
        level, score = level_span_text(side), _("{score} 分").format(score=score_text(result))
        changed = self.level.text() not in ("", level)
        self._side.setText(_(SIDES[side.side]))
        self.level.setText(level)
        self.score.setText(score)
        self.scale.show_side(side, cuts_of(result.model))
        parts = missing_parts(verdict.gaps) if verdict.gaps else []
        if verdict.gaps is None:
            said = _("已是最高等级")
        elif parts:
            said = _("到{level}还差{parts}").format(
                level=ordinal(verdict.gaps.level), parts=_("，").join(parts)
            )
        else:
            said = _("到{level}的条件都够了").format(level=ordinal(verdict.gaps.level))
        self.missing.setText(said)
        if changed:
            restyle(self.level, "tone", "green")
            self._calm.start()
