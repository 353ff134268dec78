"""Many files, a few processes. A process that dies costs at most the file it had in hand.

Always in processes of their own, also when there is only one: a reader that crashes, or a file that eats
all memory, then never takes the run with it. A file is tried once more, alone, before it is given up,
so that a process ended by somebody else changes nothing about the result.
"""

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from types import TracebackType

from assessor.aggregate.record import Taken
from assessor.aggregate.take import unusable
from assessor.aggregate.worker import work
from assessor.errors import Problem

AHEAD = 4
"""Files a process is given before it has answered: it never waits for the parent."""
PATIENCE = 300.0
"""Seconds without an answer after which a process is held to be stuck."""
_TRIES = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """What a process says of a file; `taken` is None when the digest was known already."""

    number: int
    digest: str
    taken: Taken | None


@dataclass
class _Hand:
    """One process with the files it was given, in order."""

    process: SpawnProcess
    pipe: Connection
    given: deque[int] = field(default_factory=deque)
    since: float = 0.0


class Pool:
    """Reading processes; a context manager, so that none outlives the run."""

    def __init__(
        self,
        workers: int,
        roots: Sequence[Path],
        known: frozenset[str] = frozenset(),
        patience: float = PATIENCE,
        worker: Callable[[Connection, Sequence[Path], frozenset[str]], None] = work,
    ) -> None:
        self._context: SpawnContext = multiprocessing.get_context("spawn")
        self._workers, self._roots, self._known = max(1, workers), tuple(roots), known
        self._patience, self._worker = patience, worker
        self._hands: list[_Hand] = []
        self._tries: dict[int, int] = {}
        self._late: set[int] = set()

    def __enter__(self) -> "Pool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for hand in self._hands:
            hand.pipe.close()
        for hand in self._hands:
            hand.process.join(2 if kind is None else 0)
            if hand.process.is_alive():
                hand.process.kill()
                hand.process.join()
        self._hands.clear()

    @property
    def pids(self) -> Sequence[int]:
        """The processes at work."""
        return [hand.process.pid for hand in self._hands if hand.process.pid is not None]

    def run(self, paths: Sequence[str]) -> Iterator[Answer]:
        """An answer for every path, in the order in which they come."""
        waiting = deque(range(len(paths)))
        alone: deque[int] = deque()
        open_ = len(paths)
        while open_:
            self._feed(waiting, alone, paths)
            for answer in self._answers(waiting, alone):
                open_ -= 1
                yield answer

    def _feed(self, waiting: deque[int], alone: deque[int], paths: Sequence[str]) -> None:
        """Give every process its next files; one that has a file on its last try gets no other."""
        left = len(waiting) + len(alone)
        while len(self._hands) < self._workers and left > len(self._hands):
            self._hands.append(self._hire())
        for hand in self._hands:
            if alone and not hand.given:
                self._give(hand, alone.popleft(), paths)
            tried = any(self._tries.get(number) for number in hand.given)
            while waiting and not tried and len(hand.given) < AHEAD:
                self._give(hand, waiting.popleft(), paths)

    def _hire(self) -> _Hand:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=self._worker, args=(theirs, self._roots, self._known), daemon=True
        )
        process.start()
        theirs.close()
        return _Hand(process, ours)

    def _give(self, hand: _Hand, number: int, paths: Sequence[str]) -> None:
        if not hand.given:
            hand.since = time.monotonic()
        hand.given.append(number)
        try:
            hand.pipe.send((number, paths[number]))
        except OSError:
            pass  # it has died; its pipe says so to whoever listens next

    def _answers(self, waiting: deque[int], alone: deque[int]) -> Iterator[Answer]:
        busy = {hand.pipe: hand for hand in self._hands if hand.given}
        ready = wait(list(busy), timeout=1.0)
        for pipe in ready:
            hand = busy[pipe]  # type: ignore[index]  # only pipes were waited for
            try:
                number, digest, taken = hand.pipe.recv()
            except (EOFError, OSError):
                yield from self._bury(hand, waiting, alone)
                continue
            hand.given.popleft()
            hand.since = time.monotonic()
            yield Answer(number, digest, taken)
        for hand in busy.values():
            if hand.pipe not in ready and time.monotonic() - hand.since > self._patience:
                self._late.add(hand.given[0])
                hand.process.kill()  # its pipe closes, and the next round buries it

    def _bury(self, hand: _Hand, waiting: deque[int], alone: deque[int]) -> Iterator[Answer]:
        """A process has died: the file at hand is tried once more or given up, the others go back."""
        hand.process.join(5)
        hand.pipe.close()
        self._hands.remove(hand)
        number, *others = hand.given
        waiting.extendleft(reversed(others))
        self._tries[number] = self._tries.get(number, 0) + 1
        if self._tries[number] < _TRIES and number not in self._late:
            alone.append(number)
            return
        if number in self._late:
            problem = Problem("intake-slow", "", {"seconds": int(self._patience)})
        else:
            problem = Problem("intake-killed", "", {"reason": _ending(hand.process.exitcode)})
        yield Answer(number, "", unusable("", problem))


def _ending(code: int | None) -> str:
    """How a process ended, for a person."""
    if code is None or code >= 0:
        return f"退出码 {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"信号 {-code}"


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
