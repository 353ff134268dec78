"""A picture of the report in the window: the same SVG, with its words for the blind, to be copied."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QKeyCombination, QMimeData, QRectF, QSize, Qt, QXmlStreamReader
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QMenu, QSizePolicy

from assessor.gui.skin import skin
from assessor.gui.tables import Lines, as_text
from assessor.report.looks import Theme
from assessor.words import _

_SHARP = 2
_PICTURE = QKeyCombination(
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_C
)


class Chart(QSvgWidget):
    """Drawn by a function of the theme, so that it can be drawn anew when the theme changes."""

    def __init__(self, draw: Callable[[Theme], str], table: Callable[[], Lines], widest: int = 760) -> None:
        super().__init__()
        self._draw, self._table, self._widest = draw, table, widest
        self.setMaximumWidth(widest)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        skin().changed.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        """Draw it in the theme of now."""
        svg = self._draw(skin().theme)
        self.load(QByteArray(svg.encode()))
        self.renderer().setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        title, words = _words(svg)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setToolTip(_("右键可复制为图片或表格"))
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        size = self.renderer().defaultSize()
        wide = min(width, self._widest)
        return round(wide * size.height() / max(1, size.width()))

    def sizeHint(self) -> QSize:
        size = self.renderer().defaultSize()
        return QSize(size.width(), self.heightForWidth(size.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 60)

    # -- copy

    def copy_picture(self) -> None:
        """The picture to the clipboard, on the theme's ground."""
        size = self.renderer().defaultSize() * _SHARP
        picture = QImage(size, QImage.Format.Format_ARGB32)
        picture.fill(skin().colour("ground"))
        painter = QPainter(picture)
        self.renderer().render(painter, QRectF(picture.rect()))
        painter.end()
        QGuiApplication.clipboard().setImage(picture)

    def copy_table(self) -> None:
        """The figures to the clipboard, cells between tabs."""
        data = QMimeData()
        data.setText(as_text(self._table()))
        QGuiApplication.clipboard().setMimeData(data)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("复制为图片") + "\tCtrl+Shift+C", self.copy_picture)
        menu.addAction(_("复制为表格") + "\tCtrl+C", self.copy_table)
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_table()
        elif event.keyCombination() == _PICTURE:
            self.copy_picture()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(skin().colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
            painter.end()


def _words(svg: str) -> tuple[str, str]:
    """The title and the description of a picture."""
    reader = QXmlStreamReader(svg)
    found = {"title": "", "desc": ""}
    while not reader.atEnd():
        reader.readNext()
        if reader.isStartElement() and reader.name() in found:
            found[str(reader.name())] = reader.readElementText()
        if found["desc"]:
            break
    return found["title"], found["desc"]
