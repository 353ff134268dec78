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
        self.is_current = False

    def set_current(self, is_current: bool) -> None:
        """Whether this is the one at work."""
        self.is_current = is_current
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = skin()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("accent" if self.is_current else "line"), 1))
        painter.setBrush(look.colour("ground"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
        if self.is_current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(QRectF(0, 12, 4, self.height() - 24), 2, 2)
        painter.end()
