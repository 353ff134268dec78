"""A box with rounded corners that paints itself, and marks itself when it is the current one."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from assessor.gui.skin import skin

_ROUND = 8


class CardFrame(QWidget):
    """The ground, the edge, and a bar at the left of the one that is current."""

    def __init__(self) -> None:
        super().__init__()
        self.is_current = self._is_target = False

    def set_current(self, is_current: bool) -> None:
        """Whether this is the one at work."""
        self.is_current = is_current
        self.update()

    def set_target(self, is_target: bool) -> None:
        """Whether something held over it may be dropped here."""
        self._is_target = is_target
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = skin()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(look.colour("accent" if self.is_current else "line"), 1)
        if self._is_target:
            edge = QPen(look.colour("accent"), 2, Qt.PenStyle.DashLine)
        painter.setPen(edge)
        painter.setBrush(look.colour("accent_soft" if self._is_target else "ground"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
        if self.is_current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(QRectF(0, 12, 4, self.height() - 24), 2, 2)
        painter.end()
