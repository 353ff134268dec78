"""One answer to choose: a full-width row with its key, its words, and both marks.

Claimed is a hollow mark, verified a filled one; they stand side by side on the same row.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from assessor.answers.model import Side
from assessor.gui.skin import skin
from assessor.report.spacing import spaced
from assessor.words import SIDES, _

_CAP, _TAG, _MARK, _EDGE, _GAP = 24, 40, 44, 10, 12
_PAD = 11
_LIT_MS = 700


class OptionRow(QAbstractButton):
    """`picked` carries the side whose mark was hit, or "" for the row itself."""

    picked = Signal(str)

    def __init__(self, key: str, text: str, sides: tuple[Side, ...], level: int | None = None) -> None:
        super().__init__()
        self.key, self.words, self.sides, self.level = key, spaced(text), sides, level
        self.marks: frozenset[Side] = frozenset()
        self.entry: Side = "claimed"
        self.proposed = self.excluded = self._lit = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda: self.picked.emit(""))
        self._name()

    def show_marks(self, marks: frozenset[Side], entry: Side) -> None:
        """Which sides stand on this row; a mark that is new lights up for a moment."""
        if marks - self.marks and self.isVisible():
            self._lit = True
            QTimer.singleShot(_LIT_MS, self, self._dim)
        self.marks, self.entry = marks, entry
        self.setChecked(entry in marks)
        self._name()
        self.update()

    def _dim(self) -> None:
        self._lit = False
        self.update()

    def _name(self) -> None:
        tag = _("{level} 级，").format(level=self.level) if self.level is not None else ""
        said = _("，").join(_(SIDES[side]) for side in self.sides if side in self.marks)
        self.setAccessibleName(f"{tag}{self.words}" + (_("（{said}）").format(said=said) if said else ""))

    # -- measure

    def _text_left(self) -> int:
        tag = _TAG + _GAP if self.level is not None else 0
        return _EDGE + _CAP + _GAP + tag

    def _text_width(self, width: int) -> int:
        return max(80, width - self._text_left() - _MARK * len(self.sides) - 8)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        box = QRect(0, 0, self._text_width(width), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
        high = QFontMetrics(self.font()).boundingRect(box, flags, self.words).height()
        return max(round(skin().looks.window.option), high + 2 * _PAD)

    def sizeHint(self) -> QSize:
        return QSize(420, self.heightForWidth(max(self.width(), 420)))

    def minimumSizeHint(self) -> QSize:
        return QSize(220, round(skin().looks.window.option))

    # -- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses; everything else is the page's."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        side = self._side_at(event.position().toPoint().x())
        inside = self.rect().contains(event.position().toPoint())
        if side and inside and event.button() == Qt.MouseButton.LeftButton:
            self.setDown(False)
            self.picked.emit(side)
            return
        super().mouseReleaseEvent(event)

    def _side_at(self, x: int) -> str:
        start = self.width() - _MARK * len(self.sides)
        if x < start or len(self.sides) < 2:
            return ""
        return self.sides[min((x - start) // _MARK, len(self.sides) - 1)]

    # -- paint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.excluded:
            painter.setOpacity(0.45)
        self._ground(painter)
        self._cap(painter)
        if self.level is not None:
            self._tag(painter, self.level)
        self._words(painter)
        for place, side in enumerate(self.sides):
            self._mark(painter, place, side)
        painter.end()

    def _ground(self, painter: QPainter) -> None:
        look = skin()
        fill = "accent_soft" if self.marks else ("panel" if self.underMouse() else "ground")
        edge, width, style = "line", 1.0, Qt.PenStyle.SolidLine
        if self.proposed:
            edge, style = "accent", Qt.PenStyle.DashLine
        if self.entry in self.marks:
            edge, style = "accent", Qt.PenStyle.SolidLine
        if self.hasFocus() or self._lit:
            edge, width, style = "accent", 2.0, Qt.PenStyle.SolidLine
        painter.setPen(QPen(look.colour(edge), width, style))
        painter.setBrush(look.colour(fill))
        inset = width / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, look.looks.window.radius, look.looks.window.radius)

    def _cap(self, painter: QPainter) -> None:
        look = skin()
        box = QRectF(_EDGE, (self.height() - _CAP) / 2, _CAP, _CAP)
        painter.setPen(QPen(look.colour("outline"), 1))
        painter.setBrush(look.colour("ground"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(look.colour("quiet"))
        painter.setFont(look.font(look.looks.window.note, bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.key)

    def _tag(self, painter: QPainter, level: int) -> None:
        look = skin()
        box = QRectF(_EDGE + _CAP + _GAP, (self.height() - 24) / 2, _TAG, 24)
        thin = QPen(look.colour("outline"), 1) if level < 2 else QPen(Qt.PenStyle.NoPen)
        painter.setPen(thin)
        painter.setBrush(look.colour(f"level_{level}"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(look.colour(f"on_level_{level}"))
        painter.setFont(look.font(look.looks.window.note, bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _("{level} 级").format(level=level))

    def _words(self, painter: QPainter) -> None:
        box = QRectF(self._text_left(), 0, self._text_width(self.width()), self.height())
        painter.setFont(self.font())
        painter.setPen(skin().colour("ink"))
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, int(flags), self.words)

    def _mark(self, painter: QPainter, place: int, side: Side) -> None:
        start = self.width() - _MARK * len(self.sides)
        middle = QPointF(start + _MARK * (place + 0.5) - 2, self.height() / 2)
        paint_mark(painter, middle, side, on=side in self.marks)


def paint_mark(painter: QPainter, middle: QPointF, side: Side, *, on: bool, radius: float = 7.5) -> None:
    """A hollow ring for what is claimed, a filled disc for what was seen; a small dot where it is not."""
    look = skin()
    if not on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("line"))
        painter.drawEllipse(middle, 3, 3)
        return
    accent: QColor = look.colour("accent")
    painter.setPen(QPen(accent, 2.5))
    painter.setBrush(accent if side == "verified" else look.colour("ground"))
    painter.drawEllipse(middle, radius, radius)
