"""What was said to be saved is there after the process is killed, whatever it was doing."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assessor.store.store import Store
from tests.store.writer import AT, HEAD

WRITER = Path(__file__).with_name("writer.py")
FOR_EVER = 10**9


@contextmanager
def writing(
    folder: Path, assessment: int, name: str, mode: str, count: int
) -> Iterator[subprocess.Popen[str]]:
    """A writer that has the database open and waits for the word."""
    command = [sys.executable, str(WRITER), str(folder), str(assessment), name, str(count), mode]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def go(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()


def killed_after(process: subprocess.Popen[str], at_least: int) -> int:
    """Kill the writer in mid-sentence after so many entries; the last number it got out."""
    assert process.stdout is not None
    for _ in range(at_least):
        assert process.stdout.readline(), "the writer ended by itself"
    process.kill()
    whole = [line for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    return int(whole[-1]) if whole else at_least


def ended(process: subprocess.Popen[str]) -> int:
    """Let the writer finish; how many entries it said were safe."""
    assert process.stdout is not None
    said = process.stdout.read().split()
    assert process.wait() == 0
    return len(said)


@pytest.fixture
def started(folder: Path) -> int:
    """An assessment in a store that is closed again."""
    store = Store.open(folder, "stamp")
    key = store.add_assessment(store.add_firm(AT), HEAD, {"name": "某轮胎厂"}, "张", AT)
    store.close()
    return key


def assert_sound(folder: Path) -> None:
    connection = sqlite3.connect(folder / "assessor.db")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_every_acknowledged_answer__is_there_after_kill_9(folder: Path, started: int) -> None:
    total = 0
    for turn, count in enumerate((1, 3, 29, 158, 76, 11)):
        with writing(folder, started, f"w{turn}", "one", FOR_EVER) as process:
            go(process)
            said = killed_after(process, count)
        assert_sound(folder)
        store = Store.open(folder, "stamp")
        assert store.aside is None
        written = [
            entry.content["value"] for part in range(7) for entry in store.history(started, f"w{turn}-{part}")
        ]
        store.close()
        assert set(range(1, said + 1)) <= set(written)
        assert len(written) <= said + 1
        total += len(written)
    store = Store.open(folder, "stamp")
    assert store.current(started, "fact") == {"name": "某轮胎厂"}
    assert len(store.entries(started)) == total + 1
    store.close()


def test_answers_committed_together__are_all_there_or_none(folder: Path, started: int) -> None:
    for turn, count in enumerate((1, 17, 61)):
        with writing(folder, started, f"w{turn}", "five", FOR_EVER) as process:
            go(process)
            said = killed_after(process, count)
        store = Store.open(folder, "stamp")
        rows = [store.history(started, f"w{turn}-{part}") for part in range(5)]
        store.close()
        contents = [[entry.content["value"] for entry in row] for row in rows]
        assert all(each == contents[0] for each in contents)
        assert set(range(1, said + 1)) <= set(contents[0])


@pytest.mark.parametrize("names", [("a", "b"), ("same", "same")])
def test_two_writers_at_once__lose_nothing_and_leave_one_answer_standing(
    folder: Path, started: int, names: tuple[str, str]
) -> None:
    one, two = names
    with (
        writing(folder, started, one, "one", 50) as first,
        writing(folder, started, two, "one", 50) as second,
    ):
        go(first, second)
        assert (ended(first), ended(second)) == (50, 50)
    assert_sound(folder)
    store = Store.open(folder, "stamp")
    written = [
        entry.content["value"]
        for name in set(names)
        for part in range(7)
        for entry in store.history(started, f"{name}-{part}")
    ]
    assert sorted(written) == sorted([*range(1, 51), *range(1, 51)])
    assert store.open_items(started) == {}
    assert set(store.current(started, "answer")) == {f"{name}-{part}" for name in names for part in range(7)}
    store.close()
