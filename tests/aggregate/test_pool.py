"""Processes that die cost the file they had in hand, and nothing else."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path

import pytest

from assessor.aggregate.pool import Answer, Pool
from tests.aggregate import deadly
from tests.aggregate.firms import Sender

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9")


def inbox(folder: Path, sender: Sender, *names: str) -> list[str]:
    paths = [folder / name for name in names]
    for number, path in enumerate(paths):
        path.write_bytes(sender.book(number))
    return [str(path) for path in paths]


def codes(answers: Mapping[int, Answer]) -> list[str]:
    rows = [answers[number].taken for number in sorted(answers)]
    return [row.faults[0].code if row and row.faults else "" for row in rows]


def test_deadly_file__is_given_up_and_the_rest_goes_on(
    tmp_path: Path, sender: Sender, packs_root: Path
) -> None:
    names = ["a.xlsx", "deadly.xlsx", "once.xlsx", "b.xlsx", "c.xlsx", "d.xlsx"]
    paths = inbox(tmp_path, sender, *names)
    with Pool(1, [packs_root], worker=deadly.work) as pool:
        answers = {one.number: one for one in pool.run(paths)}
    assert codes(answers) == ["", "intake-killed", "", "", "", ""]
    row = answers[1].taken
    assert row and "SIGKILL" in row.faults[0].reason


@pytest.mark.slow
def test_process_that_is_stuck__is_ended(tmp_path: Path, sender: Sender, packs_root: Path) -> None:
    paths = inbox(tmp_path, sender, "a.xlsx", "slow.xlsx", "b.xlsx")
    with Pool(1, [packs_root], patience=12.0, worker=deadly.work) as pool:
        answers = {one.number: one for one in pool.run(paths)}
    assert codes(answers) == ["", "intake-slow", ""]


def test_process_ended_by_somebody__changes_nothing(tmp_path: Path, sender: Sender, packs_root: Path) -> None:
    paths = inbox(tmp_path, sender, *(f"{number:02d}.xlsx" for number in range(12)))
    with Pool(2, [packs_root]) as pool:
        answers = {}
        for one in pool.run(paths):
            answers[one.number] = one
            if len(answers) in (2, 5):
                os.kill(pool.pids[0], signal.SIGKILL)
    assert [row.taken for _, row in sorted(answers.items())] == [sender.row(number) for number in range(12)]


def test_file_that_cannot_be_read__is_a_row(tmp_path: Path, sender: Sender, packs_root: Path) -> None:
    with Pool(1, [packs_root]) as pool:
        [answer] = pool.run([str(tmp_path / "gone.xlsx")])
    assert answer.taken and answer.taken.faults[0].code == "file-unreadable"


def test_known_file__is_not_read_again(tmp_path: Path, sender: Sender, packs_root: Path) -> None:
    paths = inbox(tmp_path, sender, "a.xlsx")
    with Pool(1, [packs_root], frozenset([sender.row(0).digest])) as pool:
        [answer] = pool.run(paths)
    assert (answer.digest, answer.taken) == (sender.row(0).digest, None)
