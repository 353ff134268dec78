"""One of a few things to choose at a glance: a row with a title, a line about it, and a ring."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from assessor.gui.skin import skin
from assessor.report.spacing import spaced
from assessor.words import _

_LEFT, _PAD = 40, 10


class ChoiceRow(QAbstractButton):
    """Checked by its owner."""

    def __init__(self, title: str, about: str, done: Callable[[], object]) -> None:
        super().__init__()
        self._title, self._about = title, spaced(about)
        self.setCheckable(True)
        self.setAccessibleName(_("{title}。{about}").format(title=title, about=about))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda _checked: done())

    def set_about(self, about: str) -> None:
        """Another line under the title."""
        self._about = spaced(about)
        self.setAccessibleName(_("{title}。{about}").format(title=self._title, about=about))
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _about_height(self, width: int) -> int:
        look = skin()
        if not self._about:
            return 0
        box = QRect(0, 0, width - _LEFT - 12, 1000)
        metrics = QFontMetrics(look.font(look.looks.window.note))
        return metrics.boundingRect(box, int(Qt.TextFlag.TextWordWrap), self._about).height()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(48, 2 * _PAD + self.fontMetrics().height() + self._about_height(width))

    def sizeHint(self) -> QSize:
        return QSize(220, self.heightForWidth(max(self.width(), 220)))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = skin()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        width = 2.0 if self.hasFocus() else 1.0
        painter.setPen(QPen(look.colour("accent" if on or self.hasFocus() else "line"), width))
        painter.setBrush(look.colour("accent_soft" if on else "ground"))
        inset = width / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, look.looks.window.radius, look.looks.window.radius)
        self._ring(painter, on=on)
        self._words(painter)
        painter.end()

    def _ring(self, painter: QPainter, *, on: bool) -> None:
        look = skin()
        middle = QPointF(21, self.height() / 2)
        painter.setBrush(look.colour("ground"))
        painter.setPen(QPen(look.colour("accent" if on else "outline"), 5 if on else 1.5))
        painter.drawEllipse(middle, 6, 6)

    def _words(self, painter: QPainter) -> None:
        look = skin()
        wide, high = self.width() - _LEFT - 12, self.fontMetrics().height()
        total = high + self._about_height(self.width())
        top = round((self.height() - total) / 2)
        painter.setFont(look.font(bold=True))
        painter.setPen(look.colour("ink"))
        painter.drawText(QRect(_LEFT, top, wide, high), int(Qt.AlignmentFlag.AlignVCenter), self._title)
        painter.setFont(look.font(look.looks.window.note))
        painter.setPen(look.colour("quiet"))
        box = QRect(_LEFT, top + high, wide, self.height())
        painter.drawText(box, int(Qt.TextFlag.TextWordWrap), self._about)
