"""From a key press in the real window to committed, rescored and painted, on the platform at hand."""

import sys
import tempfile
from pathlib import Path

from bench.table import Row, show, timed

ROUNDS = 200


def run(sample: Path, bare: Row) -> None:
    """Press 1 and 2 in turn on one scene of the sample firm; each round ends when all is painted."""
    from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QThreadPool
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from assessor import commands
    from assessor.gui.shots import wait_until
    from assessor.gui.skin import dress
    from assessor.gui.window import Window

    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    dress(application)
    with tempfile.TemporaryDirectory() as name:
        window = Window(Path(name))
        window.resize(1280, 720)
        window.show()
        window.load()
        wait_until(lambda: window.home is not None)
        assert window.desk is not None
        window.open_assessment(commands.add_sample(window.desk.here, window.desk.store, sample))
        assert window.work is not None
        page = window.work.questions
        page.go_to("T04")
        keys = iter([Qt.Key.Key_1, Qt.Key.Key_2] * ROUNDS)

        def press() -> None:
            QTest.keyClick(page, next(keys))
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)

        painted = timed(press, ROUNDS)
        window.close()
        QThreadPool.globalInstance().waitForDone()
    show("Window", [bare, Row("key press to committed, rescored and painted", painted, bare)])
