"""Which pictures are new in the folder that the camera or phone fills? Looked at in the background."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader

from assessor.gui import background

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".heic", ".heif"})
MOST = 12
"""So many are offered, the newest first."""
_QUIET_MS = 400
_EDGE = 232

Sizes = Mapping[Path, tuple[int, float]]
"""Picture → bytes and time of change."""


def scan(folder: Path, since: float) -> Sizes:
    """The pictures of a folder that were changed since; `OSError` when it can't be read."""
    found: dict[Path, tuple[int, float]] = {}
    for path in folder.iterdir():
        if path.suffix.lower() in SUFFIXES and not path.name.startswith("."):
            state = path.stat()
            if state.st_mtime >= since and state.st_size:
                found[path] = (state.st_size, state.st_mtime)
    return found


def small(path: Path) -> QImage:
    """A small picture to choose by; a null image for what can't be read."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _EDGE:
        reader.setScaledSize(size.scaled(QSize(_EDGE, _EDGE), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


class CameraFolder(QObject):
    """`changed` comes when there is something else to offer, or the folder can't be read any more."""

    changed = Signal()

    def __init__(self, folder: Path, today: datetime, parent: QObject) -> None:
        super().__init__(parent)
        self.folder = folder
        self.is_gone = False
        self._since = today.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
        self._last: Sizes = {}
        self._ready: Sizes = {}
        self._small: dict[Path, QImage | None] = {}
        self._is_looking = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_QUIET_MS)
        self._soon.timeout.connect(self._look)
        self._watch = QFileSystemWatcher([str(folder)], self)
        self._watch.directoryChanged.connect(lambda _folder: self._soon.start())
        self._look()

    def offers(self, taken: Collection[Path]) -> Sequence[Path]:
        """New pictures not taken yet, the newest first; what is still being copied is not among them."""
        found = [path for path in self._ready if path not in taken]
        return sorted(found, key=lambda path: -self._ready[path][1])[:MOST]

    def small(self, path: Path) -> QImage | None:
        """A small picture, if it is there already; else it is made and told of."""
        if path not in self._small:
            self._small[path] = None
            background.start(self, lambda outcome: self._made(path, outcome), small, path)
        return self._small[path]

    def _made(self, path: Path, outcome: background.Outcome) -> None:
        if isinstance(outcome.value, QImage) and not outcome.value.isNull():
            self._small[path] = outcome.value
            self.changed.emit()

    def _look(self) -> None:
        if not self._is_looking:
            self._is_looking = True
            background.start(self, self._looked, scan, self.folder, self._since)

    def _looked(self, outcome: background.Outcome) -> None:
        """Only what kept its size since the last look is whole; for the rest one looks again."""
        self._is_looking = False
        if isinstance(outcome.error, OSError):
            self.is_gone, self._ready = True, {}
            self.changed.emit()
            return
        if outcome.error is not None:
            raise outcome.error
        found: Sizes = outcome.value
        whole = {path: state for path, state in found.items() if self._last.get(path) == state}
        self._last = found
        if whole.keys() != found.keys():
            self._soon.start()
        if whole != self._ready or self.is_gone:
            self.is_gone, self._ready = False, whole
            self.changed.emit()
