"""Pictures of every page, light and dark: `python -m assessor.gui.shots DIR`."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QSize, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from assessor import commands
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


def main(folder: Path) -> None:
    """All pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    dress(app)
    with TemporaryDirectory() as data:
        window = Window(Path(data))
        window.show()
        window.load()
        wait_until(lambda: window.home is not None)
        camera = Camera(folder, window)
        _shoot_lists(camera, window)
        _shoot_questions(camera, window)
        _shoot_results(camera, window)
        _shoot_report(camera, window, Path(data))
        window.close()
        QThreadPool.globalInstance().waitForDone()


def _shoot_lists(camera: Camera, window: Window) -> None:
    camera.take("01-home-empty", SIZES[:1])
    assert window.desk is not None and window.home is not None
    for file in commands.samples(window.desk.here):
        commands.add_sample(window.desk.here, window.desk.store, file)
    window.show_home()
    camera.take("02-home")
    window.show_new()
    form = window.new.form if window.new else None
    if form is not None:
        name, code = form.rows["name"].field.first(), form.rows["uscc"].field.first()
        for made, text in ((name, "黔岭示例轮胎有限公司"), (code, "91000000MA00000008")):
            made.setText(text)  # type: ignore[attr-defined]  # both are lines
            made.textEdited.emit(text)  # type: ignore[attr-defined]
            made.flush()  # type: ignore[attr-defined]
    camera.take("03-new")
    keys = [line.id for line in window.desk.store.assessments()]
    window.show_new(keys[0])
    camera.take("04-new-again", SIZES[:1])


def _open(window: Window, mode: str) -> QuestionsPage:
    assert window.desk is not None
    row = next(line for line in window.desk.store.assessments() if line.mode == mode)
    window.open_assessment(row.id)
    assert window.work is not None
    settle()
    return window.work.questions


def _shoot_questions(camera: Camera, window: Window) -> None:
    page = _open(window, "self")
    camera.take("10-questions-self")
    for place, section in enumerate(page.session.pack.sections):
        page.open_section(section.id)
        camera.take(f"11-section-{place}-{section.id}", SIZES[:1])
    page.open_section("facts")
    camera.take("12-facts", SIZES[:1])
    page.go_to("miit.Q2")
    page.nav.search.setText("硫化")
    camera.take("13-search", SIZES[:1])
    page.nav.search.clear()
    camera.take("14-narrow", (QSize(1000, 720),))
    page = _open(window, "onsite")
    page.set_entry("verified")
    for key in ("T08", "miit.Q2", "miit.Q4", "miit.Q12", "miit.S10"):
        page.go_to(key)
        camera.take(f"15-onsite-{key}", SIZES[:1])


def _shoot_results(camera: Camera, window: Window) -> None:
    for mode in ("onsite", "self"):
        _open(window, mode)
        window.turn_to("results")
        settle()
        assert window.work is not None
        area = window.work.results.area
        camera.take(f"20-results-{mode}")
        bar = area.verticalScrollBar()
        for place in range(1, 1 + -(-bar.maximum() // 620)):
            window.resize(SIZES[0])
            settle()
            bar.setValue(place * 620)
            camera.take(f"21-results-{mode}-{place}", SIZES[:1])


def _shoot_report(camera: Camera, window: Window, data: Path) -> None:
    assert window.work is not None
    window.turn_to("report")
    report = window.work.report
    report.choose(".html")
    report.path.setText(str(data / "report.html"))
    camera.take("30-report", SIZES[:1])
    report.begin()
    wait_until(lambda: report.job is None)
    camera.take("31-report-done", SIZES[:1])


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
