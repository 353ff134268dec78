"""A reading process that dies, or never ends, on files whose name says so."""

import os
import signal
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from assessor.aggregate import worker


def work(tasks: Connection, roots: Sequence[Path], known: frozenset[str]) -> None:
    """The usual work, but for files called deadly, once or slow."""
    read = worker.read_file

    def careful(path: str, *others: object) -> object:
        name = Path(path).name
        mark = Path(path).with_suffix(".died")
        if name.startswith("deadly") or (name.startswith("once") and not mark.exists()):
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if name.startswith("slow"):
            time.sleep(60)
        return read(path, *others)  # type: ignore[arg-type]  # passed on

    worker.read_file = careful  # type: ignore[assignment]
    worker.work(tasks, roots, known)
