"""All pictures, in the order in which one meets the pages: `python -m assessor.gui.shots DIR [zh|en]`."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication

from assessor.gui.shots import Camera, wait_until
from assessor.gui.shots.lists import shoot_lists, shoot_shelf
from assessor.gui.shots.modes import shoot_modes
from assessor.gui.shots.pages import shoot_questions, shoot_report, shoot_results
from assessor.gui.shots.plans import shoot_roadmap
from assessor.gui.shots.visits import shoot_visit
from assessor.gui.skin import dress
from assessor.gui.window import Window
from assessor.language import LANGUAGES, SOURCE, Language, speak


def main(folder: Path, spoken: Language = SOURCE) -> None:
    """All pictures into a folder, in one language."""
    speak(spoken)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    dress(app)
    with TemporaryDirectory() as scratch:
        data = Path(scratch) / "assessor"
        window = Window(data, spoken)
        window.show()
        window.load()
        wait_until(lambda: window.home is not None)
        camera = Camera(folder, window)
        shoot_lists(camera, window)
        shoot_shelf(camera, window, data)
        shoot_questions(camera, window)
        shoot_results(camera, window)
        shoot_roadmap(camera, window)
        shoot_report(camera, window, data)
        shoot_modes(camera, window)
        shoot_visit(camera, window, data)
        window.close()
        QThreadPool.globalInstance().waitForDone()


if __name__ == "__main__":
    [wanted] = [one for one in LANGUAGES if one == "".join(sys.argv[2:3])] or [SOURCE]
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"), wanted)
