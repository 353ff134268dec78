"""What went wrong, or well, in one line across the top of the window."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from assessor.errors import Problem, UserError
from assessor.gui.parts import SIGNS, Text, Tone, button, restyle, row, tool
from assessor.gui.skin import set_icon
from assessor.words import _


class Banner(QFrame):
    """Hidden until there is something to say; may offer one step to take.

    It shows what it is given to the letter: there are file names and paths among it. With `inset` it lies
    within a page and has a box of its own. `closed` tells that the person wants no more of it.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None, *, inset: bool = False) -> None:
        super().__init__(parent)
        self._dress = "notice" if inset else "banner"
        self.sign = QLabel()
        self.text = Text(typed=True).selectable()
        self.step: QPushButton = button(_("重试"), self._take_step, "plain")
        self._step: Callable[[], object] = lambda: None
        close = tool("close", _("关闭提示"), self._close)
        line = row(self.sign, self.text, self.step, close, gap=12, margin=(16, 6, 12, 6))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    def say(
        self, text: str, tone: Tone = "red", step: str = "", do: Callable[[], object] | None = None
    ) -> None:
        """Show a sentence, with a button when there is something to do about it."""
        restyle(self, self._dress, tone)
        set_icon(self.sign, SIGNS[tone], tone, 20)
        self.text.setText(text)
        self.setAccessibleName(text)
        self._step = do or (lambda: None)
        self.step.setText(step)
        self.step.setAccessibleName(step or _("没有可做的一步"))
        self.step.setVisible(bool(step))
        self.show()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def _take_step(self) -> None:
        self.hide()
        self._step()


def problems_line(problems: Iterable[Problem]) -> str:
    """Problems as one line: what is wrong and what to do."""
    return _("；").join(
        _("{what}。{remedy}").format(what=problem.what, remedy=problem.remedy) for problem in problems
    )


def error_line(error: UserError) -> str:
    """All problems of an error as one line."""
    return problems_line(error.problems)
