"""One file that proves an answer, or one picture on offer: a thumbnail or a sign, and its name."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton

from assessor.gui.icons import paint_icon
from assessor.gui.parts import ARROWS, tool
from assessor.gui.skin import skin
from assessor.words import _

_WIDE, _HIGH, _NAME, _ROUND = 116, 104, 24, 6


class ProofTile(QAbstractButton):
    """Enter, Space or a click does the first thing, Del takes out; pictures are asked for when painted."""

    removed = Signal()

    def __init__(
        self, name: str, said: str, picture: Callable[[], QPixmap | QImage | None], icon: str
    ) -> None:
        super().__init__()
        self._name, self._picture, self._icon = name, picture, icon
        self.setFixedSize(_WIDE, _HIGH)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def with_remover(self) -> None:
        """A small cross for the mouse."""
        take = tool("close", _("去掉佐证：{line}").format(line=self._name), self.removed.emit)
        take.setParent(self)
        take.setFixedSize(22, 22)
        take.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        take.setProperty("look", "remove")
        take.move(_WIDE - 25, 3)

    def sizeHint(self) -> QSize:
        return QSize(_WIDE, _HIGH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    # -- paint

    def paintEvent(self, event: QPaintEvent) -> None:
        look = skin()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        edge, width = ("accent", 2.0) if self.hasFocus() or self.underMouse() else ("line", 1.0)
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        frame = QPainterPath()
        frame.addRoundedRect(box, _ROUND, _ROUND)
        painter.fillPath(frame, look.colour("panel"))
        painter.setClipPath(frame)
        self._show(painter, QRectF(0, 0, _WIDE, _HIGH - _NAME))
        self._write(painter, QRectF(0, _HIGH - _NAME, _WIDE, _NAME))
        painter.setClipping(False)
        painter.setPen(QPen(look.colour(edge), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(frame)
        painter.end()

    def _show(self, painter: QPainter, box: QRectF) -> None:
        """The picture, as much of its middle as fits; else the sign of a file."""
        picture = self._picture()
        if picture is None:
            middle = box.center()
            paint_icon(
                painter, self._icon, skin().theme.quiet, QRectF(middle.x() - 16, middle.y() - 16, 32, 32)
            )
            return
        wide, high = picture.width(), picture.height()
        scale = min(wide / box.width(), high / box.height())
        part = QRectF(0, 0, box.width() * scale, box.height() * scale)
        part.moveCenter(QRectF(0, 0, wide, high).center())
        if isinstance(picture, QImage):
            painter.drawImage(box, picture, part)
        else:
            painter.drawPixmap(box, picture, part)

    def _write(self, painter: QPainter, box: QRectF) -> None:
        look = skin()
        font = look.font(look.looks.window.note)
        painter.fillRect(box, look.colour("ground"))
        painter.setFont(font)
        painter.setPen(look.colour("ink"))
        inner = box.adjusted(8, 0, -8, 0)
        shown = QFontMetrics(font).elidedText(self._name, Qt.TextElideMode.ElideMiddle, round(inner.width()))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
