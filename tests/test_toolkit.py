"""The toolkit keeps its promises: what it gives away would end the program in the middle of a visit."""

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont

ROUNDS = 1000


class Bell(QObject):
    rung = Signal()


def test_a_signal__gives_no_reference_away() -> None:
    bell = Bell()
    before = sys.getrefcount(True)
    for _ in range(ROUNDS):
        bell.rung.emit()
    assert sys.getrefcount(True) > before - ROUNDS // 2


def test_a_call_that_returns_nothing__gives_no_reference_away() -> None:
    font = QFont()
    before = sys.getrefcount(None)
    for _ in range(ROUNDS):
        font.setBold(True)
    assert sys.getrefcount(None) > before - ROUNDS // 2
