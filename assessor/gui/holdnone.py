"""Keeps PySide6 6.12.0 from ending the program on Python 3.11.

That release gives None back without counting it: a thousand calls such as `setBold(True)` leave None with
a thousand references fewer (6.8 to 6.11 and Python 3.12 leave it alone). At none left Python stops dead,
after some ten thousand calls. From Python 3.12 on None can't run out of references.
"""

import ctypes
import sys

_PLENTY = 1 << 40
_NEAR = 1000


def hold_none() -> None:
    """Give None more references than calls could ever take."""
    if sys.version_info >= (3, 12):
        return
    count = ctypes.c_ssize_t.from_address(id(None))
    if abs(count.value - sys.getrefcount(None)) < _NEAR:  # else the count lies elsewhere in this build
        count.value += _PLENTY
