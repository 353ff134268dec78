"""Starting the window: what must be set before, what is painted first, what is loaded after."""

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QThreadPool
from PySide6.QtWidgets import QApplication

from assessor.errors import refuse
from assessor.gui import ask
from assessor.gui.hook import Hook
from assessor.gui.skin import dress
from assessor.gui.window import Window
from assessor.language import Language
from assessor.words import _

_HEADLESS = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


def run(data: Path | None, spoken: Language | None = None) -> int:
    """Open the window and stay until it is closed; the exit status. `spoken`: a language for this time."""
    check_display(sys.platform, os.environ)
    choose_input_method(sys.platform, os.environ)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("assessor")
    app.setApplicationDisplayName(_("万企融合诊断"))
    dress(app)
    window = Window(data, spoken)
    sys.excepthook = Hook(window.tell_error, window.save_all, lambda details: ask.tell_bug(window, details))
    window.painted.connect(window.load)
    window.show()
    status = app.exec()
    QThreadPool.globalInstance().waitForDone()
    sys.excepthook = sys.__excepthook__
    return status


def check_display(platform: str, environment: MutableMapping[str, str]) -> None:
    """Refuse where Qt would only abort: on Linux without any display."""
    if not platform.startswith("linux"):
        return
    if environment.get("QT_QPA_PLATFORM", "").partition(":")[0] in _HEADLESS:
        return
    if not environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY"):
        raise refuse("no-display")


def choose_input_method(platform: str, environment: MutableMapping[str, str]) -> None:
    """Qt's wheels carry no fcitx plug-in; fcitx answers to ibus."""
    wanted = environment.get("QT_IM_MODULE", "")
    if not platform.startswith("linux") or wanted not in ("fcitx", "fcitx5"):
        return
    folders = [QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), *QCoreApplication.libraryPaths()]
    found = [
        plugin
        for folder in folders
        for plugin in (Path(folder) / "platforminputcontexts").glob(f"*{wanted}platforminputcontextplugin*")
    ]
    if not found:
        environment["QT_IM_MODULE"] = "ibus"
