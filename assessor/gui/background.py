"""How is slow work done without holding up the window? A plain function in another thread, and one answer.

The function never sees a widget. If it takes `progress`, it may report how far it is, and stops there
when it was cancelled. Everything else happens in the window's own thread.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from shiboken6 import isValid


class CancelledError(Exception):
    """The person at the window wants no more of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: a value, or what went wrong."""

    value: Any = None
    error: BaseException | None = None

    @property
    def was_cancelled(self) -> bool:
        """Whether it stopped because it was told to."""
        return isinstance(self.error, CancelledError)


class Job(QObject):
    """Work under way. Keep it as long as it runs; `cancel` asks it to stop at its next report."""

    _progressed = Signal(int, int, str)
    _ended = Signal(object)
    finished = Signal(object)
    """Carries the `Outcome`, in the window's thread."""
    progressed = Signal(int, int, str)

    def __init__(self, owner: QObject, on_done: Callable[[Outcome], object]) -> None:
        super().__init__()
        self._owner = owner
        self._on_done = on_done
        self.cancelled = False
        self.running = True
        self._progressed.connect(self._pass_progress, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop; `on_done` still comes."""
        self.cancelled = True

    def report(self, done: int, total: int, what: str) -> None:
        """Called by the work in its own thread."""
        if self.cancelled:
            raise CancelledError
        self._progressed.emit(done, total, what)

    @Slot(int, int, str)
    def _pass_progress(self, done: int, total: int, what: str) -> None:
        if self.running and isValid(self._owner):
            self.progressed.emit(done, total, what)

    @Slot(object)
    def _end(self, outcome: Outcome) -> None:
        """Whoever asked may be gone by now; then nobody is told."""
        self.running = False
        _under_way.discard(self)
        if isValid(self._owner):
            self._on_done(outcome)
            self.finished.emit(outcome)

    def end_with(self, outcome: Outcome) -> None:
        """Called by the runner in its own thread."""
        self._ended.emit(outcome)


_under_way: set[Job] = set()
"""Keeps a job until its answer has come, whatever becomes of its owner."""


class _Runner(QRunnable):
    def __init__(self, job: Job, work: Callable[[], Any]) -> None:
        super().__init__()
        self._job = job
        self._work = work

    def run(self) -> None:
        try:
            outcome = Outcome(self._work())
        except BaseException as error:  # noqa: BLE001  # carried to the window's thread, told there
            outcome = Outcome(error=error)
        self._job.end_with(outcome)


def start(
    owner: QObject,
    on_done: Callable[[Outcome], object],
    function: Callable[..., Any],
    *arguments: Any,
    progress: bool = False,
) -> Job:
    """Run `function(*arguments)` in the background, with `progress` as its last argument if wanted."""
    job = Job(owner, on_done)
    _under_way.add(job)
    more = (job.report,) if progress else ()
    QThreadPool.globalInstance().start(_Runner(job, lambda: function(*arguments, *more)))
    return job
