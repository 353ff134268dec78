"""From what is typed to a figure, and back; signs and spaces people put in are forgiven."""

import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from assessor.gui.editors.base import Line
from assessor.gui.skin import skin
from assessor.words import _


def figure_of(text: str) -> Any:
    """The figure in a text; None when empty; the text itself when it is no figure."""
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "").replace(" ", "")
    plain = plain.replace("，", "").replace("。", ".")
    if not plain:
        return None
    try:
        figure = Decimal(plain)
    except InvalidOperation:
        return text
    return figure if figure.is_finite() else text


def figure_text(figure: Decimal | None) -> str:
    """The figure as one would type it."""
    return "" if figure is None else format(figure.normalize(), "f")


class FigureLine(Line):
    """A field for a figure, right-aligned, with its unit inside."""

    def __init__(self, name: str, unit: str) -> None:
        super().__init__(name)
        self._unit = _(unit)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.ensurePolished()
        wide = self.fontMetrics().horizontalAdvance(self._unit)
        self.setTextMargins(0, 0, wide + 6 if unit else 0, 0)
        self.setFixedWidth(132 + wide)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._unit:
            return
        painter = QPainter(self)
        painter.setPen(skin().colour("quiet"))
        painter.setFont(self.font())
        box = self.rect().adjusted(0, 0, -11, 0)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._unit)
        painter.end()

    def figure(self) -> Any:
        """What was typed; see `figure_of`."""
        return figure_of(self.text())

    def show_figure(self, figure: Decimal | None) -> None:
        """Put a figure in, unless the same is there already in another spelling."""
        if figure_of(self.text()) != figure:
            self.show_text(figure_text(figure))
