"""Something that takes its time, in one line under the top bar: what, how far, and the way to stop it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from assessor.errors import UserError
from assessor.gui import background
from assessor.gui.banner import Banner, error_line
from assessor.gui.parts import Text, button, restyle, row
from assessor.words import _

_SHOW_RATE_AFTER_MS = 1000


class BusyLine(QFrame):
    """Hidden while nothing is under way. One thing at a time; what went wrong is said in the banner."""

    def __init__(self, banner: Banner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._banner = banner
        self._what, self._clock = "", QElapsedTimer()
        self.job: background.Job | None = None
        self.text = Text("", wrap=False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("进度"))
        self.bar.setMaximumWidth(320)
        self.stop = button(_("停止"), self.cancel)
        restyle(self, "banner", "accent")
        self.setLayout(row(self.text, self.bar, None, self.stop, gap=16, margin=(16, 6, 12, 6)))
        self.hide()

    def run(
        self,
        what: str,
        on_done: Callable[[Any], object],
        function: Callable[..., Any],
        *arguments: Any,
        progress: bool = False,
    ) -> None:
        """Do it in the background; `on_done` gets what came of it, if it came to anything."""
        if self.job is not None:
            self._banner.say(_("前一件事还没有做完，请稍后再试。"), "amber")
            return
        self._what = what
        self._clock.start()
        self.text.setText(f"{what}…")
        self.setAccessibleName(what)
        self.bar.setRange(0, 0)
        self.stop.setVisible(progress)
        self.show()

        def end(outcome: background.Outcome) -> None:
            self.job = None
            self.hide()
            self._end(outcome, on_done)

        self.job = background.start(self, end, function, *arguments, progress=progress)
        self.job.progressed.connect(self._tell)

    def _end(self, outcome: background.Outcome, on_done: Callable[[Any], object]) -> None:
        if outcome.was_cancelled:
            self._banner.say(_("已停止，没有写入任何内容。"), "amber")
        elif isinstance(outcome.error, UserError):
            self._banner.say(error_line(outcome.error), "red")
        elif outcome.error is not None:
            raise outcome.error
        else:
            on_done(outcome.value)

    def _tell(self, done: int, total: int, _what: str) -> None:
        if self.job is None or self.job.cancelled:
            return
        self.text.setText(progress_text(done, total, self._what, self._clock.elapsed()))
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def cancel(self) -> None:
        """Ask it to stop; nothing half-written is left."""
        if self.job is not None:
            self.job.cancel()
            self.text.setText(_("正在停止…"))


def progress_text(done: int, total: int, what: str, spent_ms: int) -> str:
    """What is being done; from one second on with count and the time left."""
    if not total or spent_ms < _SHOW_RATE_AFTER_MS or not done:
        return f"{what}…"
    left = max(1, round(spent_ms / done * (total - done) / 1000))
    counted = _("{what}… 第 {done} 步，共 {total} 步，约剩 {left} 秒")
    return counted.format(what=what, done=done, total=total, left=left)
