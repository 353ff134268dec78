"""From a key press to the new score and to the disk, beside a bare SQLite commit."""

import sqlite3
import tempfile
from pathlib import Path

from assessor import commands
from assessor.answers.effective import effective
from assessor.answers.model import Answer
from assessor.diagnosis import diagnose
from assessor.scoring.result import score_all
from bench.table import Row, show, timed

ROUNDS = 300


def bare_commit(folder: Path) -> list[float]:
    """One insert committed with the same durability: WAL, synchronous FULL."""
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE log (id INTEGER PRIMARY KEY, content TEXT)")
    times = timed(lambda: connection.execute("INSERT INTO log (content) VALUES ('{\"value\": 2}')"), ROUNDS)
    connection.close()
    return times


def run(sample: Path) -> Row:
    """Measure on the shipped tire firm; the bare commit for others to stand beside."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        here = commands.places(folder / "data")
        store = commands.open_store(here)
        key = commands.add_sample(here, store, sample)
        pack, answers, _ = commands.load_assessment(here, store, key)
        levels = iter(range(10**9))

        def commit() -> None:
            commands.record_answer(store, key, "T04", Answer(value=next(levels) % 5), "bench")

        def rescore() -> None:
            score_all(pack, effective(pack, answers.with_answer("T04", Answer(value=next(levels) % 5))))

        def everything() -> None:
            diagnose(pack, answers.with_answer("T04", Answer(value=next(levels) % 5)))

        bare = Row("bare SQLite commit (WAL, FULL)", bare_commit(folder))
        rows = [
            bare,
            Row("key press to committed", timed(commit, ROUNDS), bare),
            Row("key press to rescored (points models)", timed(rescore, ROUNDS)),
            Row("key press to whole diagnosis (all models, rules)", timed(everything, ROUNDS)),
        ]
        show("Answering", rows)
        store.close()
        return bare
