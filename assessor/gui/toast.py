"""A line that lies over the foot of a page for a moment: what was done, and perhaps one step more."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from assessor.gui.parts import SIGNS, Text, Tone, button, restyle, row, tool
from assessor.gui.parts import sign as make_sign
from assessor.gui.skin import set_icon
from assessor.words import _

_SHOWN_MS = 8_000
_ABOVE = 60
"""Over the strip with the score."""


class Toast(QFrame):
    """Nothing moves when it comes or goes."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._sign = make_sign("info", "accent", 18)
        self.text = Text("", wrap=False, typed=True)
        self.step: QPushButton = button("", self._take_step, "small")
        self._step: Callable[[], object] = lambda: None
        close = tool("close", _("收起提示"), self.hide)
        close.setFixedSize(26, 26)
        self.setLayout(row(self._sign, self.text, self.step, close, gap=10, margin=(14, 6, 8, 6)))
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_SHOWN_MS)
        self._clock.timeout.connect(self.hide)
        self.hide()

    def say(
        self, text: str, tone: Tone = "accent", step: str = "", do: Callable[[], object] | None = None
    ) -> None:
        """Show a line for a while."""
        restyle(self, "toast", tone)
        set_icon(self._sign, SIGNS[tone], tone, 18)
        self.text.setText(text)
        self.setAccessibleName(text)
        self._step = do or (lambda: None)
        self.step.setText(step)
        self.step.setAccessibleName(step or _("没有可做的一步"))
        self.step.setVisible(bool(step))
        self.place()
        self.show()
        self.raise_()
        self._clock.start()

    def _take_step(self) -> None:
        self.hide()
        self._step()

    def place(self) -> None:
        """Over the foot of the page, in the middle; called again when the page changes its size."""
        page = self._page
        size = self.sizeHint()
        wide = min(size.width(), page.width() - 32)
        top = page.height() - _ABOVE - size.height()
        self.setGeometry((page.width() - wide) // 2, top, wide, size.height())
