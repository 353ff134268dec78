"""From the start of the process to the first painted window, beside an empty PySide6 window."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.table import Row, show

ROUNDS = 7
_EMPTY = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)
        QTimer.singleShot(0, QApplication.quit)
application = QApplication(sys.argv)
window = Window()
window.resize(1280, 720)
window.show()
application.exec()
"""
_OURS = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
import assessor.gui.app as app
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)
            import os
            os._exit(0)
        return False
watch = Watch()
create = QApplication.__init__
def created(self, *arguments):
    create(self, *arguments)
    self.installEventFilter(watch)
QApplication.__init__ = created
app.run(Path(sys.argv[1]))
"""


def first_paint(program: str, *arguments: str) -> list[float]:
    """Milliseconds from the start of the process to the first paint event, one a round."""
    times = []
    for _ in range(ROUNDS + 1):
        start = time.clock_gettime(time.CLOCK_MONOTONIC)
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        )
        times.append((float(done.stdout.split()[0]) - start) * 1000)
    return times[1:]


def run() -> None:
    """Measure both on the platform at hand (offscreen without a display)."""
    empty = Row("empty PySide6 window", first_paint(_EMPTY))
    with tempfile.TemporaryDirectory() as name:
        ours = Row("assessor, first painted window", first_paint(_OURS, name), empty)
    show("Start", [empty, ours])
