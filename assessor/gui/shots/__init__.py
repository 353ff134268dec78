"""Pictures of every page, light and dark: `python -m assessor.gui.shots DIR`; here what takes them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from assessor.gui.questions import QuestionsPage
from assessor.gui.skin import Choice, dress
from assessor.gui.window import Window

SIZES = (QSize(1280, 720), QSize(1600, 1000))
THEMES: Sequence[Choice] = ("light", "dark")


class Camera:
    """Takes each page at each size and in each theme."""

    def __init__(self, folder: Path, window: Window) -> None:
        self._folder, self._window = folder, window

    def take(self, name: str, sizes: Sequence[QSize] = SIZES, widget: QWidget | None = None) -> None:
        """One page as it stands."""
        for theme in THEMES:
            if dress(_app()).choice != theme:
                dress(_app()).choose(theme)
            for size in sizes:
                self._window.resize(size)
                settle()
                picture = (widget or self._window).grab()
                picture.save(str(self._folder / f"{name}-{size.width()}x{size.height()}-{theme}.png"))
        dress(_app()).choose("light")


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def settle() -> None:
    """Let everything that waits to be laid out or painted happen."""
    for _round in range(6):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def wait_until(done: Callable[[], bool], seconds: int = 60) -> None:
    """Let the window live until something has happened."""
    loop, tick = QEventLoop(), QTimer()
    tick.timeout.connect(lambda: loop.quit() if done() else None)
    QTimer.singleShot(1000 * seconds, loop.quit)
    tick.start(10)
    loop.exec()


def open_one(window: Window, mode: str) -> QuestionsPage:
    """The assessment of a tire firm in that mode which was changed last, opened."""
    assert window.desk is not None
    found = window.desk.store.assessments()
    row = next(line for line in found if (line.pack, line.mode) == ("tires", mode))
    window.open_assessment(row.id)
    assert window.work is not None
    settle()
    return window.work.questions
