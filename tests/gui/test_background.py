"""Work in another thread: one answer in the window's thread, progress on the way, and a way out."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assessor.errors import UserError, refuse
from assessor.gui import background
from assessor.gui.background import Outcome
from assessor.gui.hook import Hook


def test_job__answers_in_the_thread_of_the_window(qtbot: QtBot, qapp: QApplication) -> None:
    owner, seen = QObject(), []

    def done(outcome: Outcome) -> None:
        seen.append((outcome.value, threading.current_thread() is threading.main_thread()))

    job = background.start(owner, done, lambda: threading.current_thread() is threading.main_thread())
    with qtbot.waitSignal(job.finished):
        pass
    assert seen == [(False, True)]


def test_job__tells_how_far_it_is(qtbot: QtBot, qapp: QApplication) -> None:
    owner, steps = QObject(), []
    gate = threading.Event()

    def work(report: Callable[[int, int, str], None]) -> str:
        gate.wait(5)
        for step in range(3):
            report(step, 3, "算")
        return "好"

    job = background.start(owner, lambda _outcome: None, work, progress=True)
    job.progressed.connect(lambda done, total, what: steps.append((done, total, what)))
    gate.set()
    with qtbot.waitSignal(job.finished) as ended:
        pass
    assert steps == [(0, 3, "算"), (1, 3, "算"), (2, 3, "算")]
    assert ended.args[0].value == "好"


def test_job__cancelled_stops_at_its_next_report(qtbot: QtBot, qapp: QApplication) -> None:
    owner, gate, reached = QObject(), threading.Event(), []

    def work(report: Callable[[int, int, str], None]) -> None:
        gate.wait(5)
        report(0, 2, "")
        reached.append("the end")

    job = background.start(owner, lambda _outcome: None, work, progress=True)
    job.cancel()
    gate.set()
    with qtbot.waitSignal(job.finished) as ended:
        pass
    assert ended.args[0].was_cancelled
    assert reached == []


def test_job__carries_what_went_wrong(qtbot: QtBot, qapp: QApplication) -> None:
    def work() -> None:
        raise refuse("pdf-engine", reason="没有")

    owner = QObject()
    job = background.start(owner, lambda _outcome: None, work)
    with qtbot.waitSignal(job.finished) as ended:
        pass
    assert isinstance(ended.args[0].error, UserError)


def test_job__whose_owner_is_gone_tells_nobody(qtbot: QtBot, qapp: QApplication) -> None:
    import shiboken6

    owner, gate, told = QObject(), threading.Event(), []
    job = background.start(owner, told.append, lambda: gate.wait(5))
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: not job.running)
    assert told == []


class Ear:
    """Takes note of what a hook does, in order."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.hook = Hook(
            lambda error: self.heard.append(f"line {error.problems[0].code}"),
            lambda: self.heard.append("save"),
            lambda details: self.heard.append(f"bug {details.splitlines()[-1]}"),
        )


def test_hook__says_the_world_s_failures_in_one_line() -> None:
    ear = Ear()
    error = refuse("store-full")
    ear.hook(UserError, error, None)
    assert ear.heard == ["line store-full"]


def test_hook__saves_before_it_tells_of_a_bug(capsys: pytest.CaptureFixture[str]) -> None:
    ear = Ear()
    ear.hook(ValueError, ValueError("oops"), None)
    assert ear.heard == ["save", "bug ValueError: oops"]
    assert "oops" in capsys.readouterr().err


def test_hook__a_bug_while_telling_goes_to_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []

    def tell(details: str) -> None:
        told.append(details)
        hook(KeyError, KeyError("second"), None)

    hook = Hook(lambda _error: None, lambda: None, tell)
    hook(ValueError, ValueError("first"), None)
    assert len(told) == 1
    assert "second" in capsys.readouterr().err
