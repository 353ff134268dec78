"""What do other windows do to the same data? Asked every two seconds; asking costs next to nothing."""

from PySide6.QtCore import QObject, QTimer, Signal

from assessor.errors import UserError
from assessor.store.store import Store, Token

_EVERY_MS = 2000


class Watch(QObject):
    """`changed` carries the store's `Changes` when another window committed something."""

    changed = Signal(object)

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._token: Token | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self.look()
        self._timer.start()

    def look(self) -> None:
        """Ask now. A database that is busy is asked again next time."""
        try:
            found = self._store.changes_since(self._token)
        except UserError:
            return
        self._token = found.token
        if found.listed:
            self.changed.emit(found)

    def stop(self) -> None:
        """Ask no more."""
        self._timer.stop()
