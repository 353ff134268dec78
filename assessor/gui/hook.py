"""Where every failure ends: the world's as one clear line, ours politely and after saving."""

import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from assessor.errors import UserError

Tell = Callable[[str], object]


class Hook:
    """What `sys.excepthook` becomes while the window is open.

    `line` shows a sentence, `save` writes what is not on the disk yet, `bug` shows details.
    """

    def __init__(self, line: Callable[[UserError], object], save: Callable[[], object], bug: Tell) -> None:
        self._line = line
        self._save = save
        self._bug = bug
        self._telling = False

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, UserError):
            self._line(error)
        elif issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self._report("".join(traceback.format_exception(kind, error, trace)))

    def _report(self, details: str) -> None:
        """A bug met while telling of a bug goes to the terminal only."""
        print(details, file=sys.stderr)  # noqa: T201  # the terminal is the last resort
        if self._telling:
            return
        self._telling = True
        try:
            self._save()
            self._bug(details)
        finally:
            self._telling = False
