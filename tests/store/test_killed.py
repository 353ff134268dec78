"""kill -9 at random moments: what was said to be safe is there, and there is no half of anything."""

import multiprocessing
import os
import random  # noqa: TID251  # seeded
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

import pytest

from assessor.store.backup import read_backup, restore
from assessor.store.evidence import add_evidence, check_evidence, evidence_of
from assessor.store.parts import export_part
from assessor.store.store import Store
from tests.store import killed_work
from tests.store.pictures import drawn, saved
from tests.store.writer import AT, HEAD

TIMES = int(os.environ.get("KILLS", "6"))
"""How often each is killed; KILLS=200 makes more than a thousand in all."""
FIRST = Path(__file__).with_name("files") / "m001-first.db"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are forked")


@pytest.fixture(scope="module")
def context() -> Iterator[BaseContext]:
    """Processes that start in no time, everything imported already."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["tests.store.killed_work"])
    yield made


def killed(context: Any, work: killed_work.Work, folder: Path, delay: float) -> list[Any]:
    """Start the work, kill it after a while; what it had said to be safe."""
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(str(folder), writer))
    process.start()
    writer.close()
    said = [reader.recv()]
    assert said == ["ready"]
    time.sleep(delay)
    process.kill()
    process.join()
    try:
        while True:
            said.append(reader.recv())
    except EOFError:
        return said[1:]


def opened(folder: Path) -> Store:
    """The store after the kill: sound, and opened without a word."""
    connection = sqlite3.connect(folder / "assessor.db")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    store = Store.open(folder, "s")
    assert store.notices() == []
    for row in [*store.assessments(), *store.trashed()]:
        assert all(one.is_genuine for one in store.entries(row.id))
    checked = check_evidence(store, read_all=True)
    assert (checked.missing, checked.damaged) == ((), ())
    return store


def begun(folder: Path) -> None:
    store = Store.open(folder, "s")
    store.add_assessment(store.add_firm(AT), HEAD, {"name": "某厂"}, "z", AT)
    store.close()


def moments(most: float) -> Iterator[float]:
    """Random moments, the same in every run."""
    draw = random.Random(5)
    for _ in range(TIMES):
        yield draw.uniform(0, most)


def how_long(context: Any, work: killed_work.Work, folder: Path) -> float:
    """Seconds the work takes when it is left alone."""
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(str(folder), writer))
    process.start()
    writer.close()
    assert reader.recv() == "ready"
    start = time.monotonic()
    assert reader.recv() == "done"
    process.join()
    return time.monotonic() - start


def filled_first(folder: Path) -> int:
    """A store of the first version with many entries; how many."""
    folder.mkdir()
    shutil.copy(FIRST, folder / "assessor.db")
    connection = sqlite3.connect(folder / "assessor.db")
    key, uid = connection.execute("SELECT id, uid FROM assessment").fetchone()
    from assessor.store.log import entry

    for number in range(500):
        one = entry(uid, "answer", f"Q{number}", {"value": number}, "z", AT, ())
        connection.execute(
            "INSERT INTO log (assessment, kind, item, content, author, at, parents, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (key, one.kind, one.item, f'{{"value": {number}}}', one.author, one.at, "[]", one.digest),
        )
    connection.commit()
    (count,) = connection.execute("SELECT count(*) FROM log").fetchone()
    connection.close()
    return int(count)


@pytest.mark.parametrize("work", [killed_work.migrating, killed_work.rescuing], ids=["update", "rescue"])
def test_an_update_or_a_rescue_that_is_killed__loses_nothing(
    context: BaseContext, tmp_path: Path, work: Callable[..., None]
) -> None:
    count = filled_first(tmp_path / "start")
    if work is killed_work.rescuing:
        content = bytearray((tmp_path / "start" / "assessor.db").read_bytes())
        content[:16] = b"\0" * 16
        (tmp_path / "start" / "assessor.db").write_bytes(bytes(content))
    shutil.copytree(tmp_path / "start", tmp_path / "alone")
    longest = how_long(context, work, tmp_path / "alone")
    finished = 0
    for number, delay in enumerate(moments(longest * 1.1)):
        folder = tmp_path / str(number)
        shutil.copytree(tmp_path / "start", folder)
        finished += bool(killed(context, work, folder, delay))
        Store.open(folder, "s2").close()
        store = opened(folder)
        [row] = store.assessments()
        assert len(store.entries(row.id)) == count
        assert row.firm_name == "匀水示例轮胎翻新厂"
        for copy in (folder / "snapshots").glob("*.db"):
            connection = sqlite3.connect(copy)
            assert connection.execute("SELECT count(*) FROM log").fetchone() == (count,)
            connection.close()
        store.close()
    assert finished < TIMES


def test_a_backup_that_is_killed__is_whole_or_not_there(context: BaseContext, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    begun(folder)
    store = Store.open(folder, "s")
    (tmp_path / "a.bin").write_bytes(os.urandom(300_000))
    add_evidence(store, 1, tmp_path / "a.bin", "z", AT)
    store.record_all(1, "answer", {f"Q{n}": {"value": n} for n in range(200)}, "z", AT)
    store.close()
    for number, delay in enumerate(moments(0.08)):
        said = killed(context, killed_work.backing_up, folder, delay)
        found = sorted(tmp_path.glob("backup-*.zip"))
        assert len(said) <= len(found) <= len(said) + 1
        for file in found[-2:]:
            assert read_backup(file).assessments == 1
            copy = opened(restore(file, folder, f"{number}-{file.stem}"))
            assert len(copy.current(1, "answer")) == 200
            assert len(evidence_of(copy, 1)) == 1
            copy.close()
        for file in found:
            file.unlink()
        opened(folder).close()


def test_an_import_that_is_killed__is_whole_or_not_there(context: BaseContext, tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    source = Store.open(tmp_path / "source", "s")
    for number in range(12):
        head = {**HEAD, "uid": f"part-{number}"}
        key = source.add_assessment(source.add_firm(AT), head, {"name": f"{number}"}, "z", AT)
        source.record_all(key, "answer", {f"Q{n}": {"value": n} for n in range(60)}, "z", AT)
        (tmp_path / "a.bin").write_bytes(os.urandom(50_000))
        add_evidence(source, key, tmp_path / "a.bin", "z", AT)
        export_part(source, key, tmp_path / "parts" / f"{number:02}.zip", "z", AT, "1")
    source.close()
    for number, delay in enumerate(moments(0.15)):
        folder = tmp_path / f"data-{number}"
        begun(folder)
        said = killed(context, killed_work.importing, folder, delay)
        store = opened(folder)
        came = [row for row in store.assessments() if row.firm_name != "某厂"]
        assert set(said) <= {row.id for row in store.assessments()}
        assert len(came) <= len(said) + 1
        for row in came:
            assert len(store.current(row.id, "answer")) == 60
            assert len(evidence_of(store, row.id)) == 1
        store.close()


def test_an_attachment_that_is_killed__is_whole_or_not_there(context: BaseContext, tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    for number in range(10):
        (tmp_path / "sources" / f"{number}.bin").write_bytes(os.urandom(200_000))
        saved(drawn(2600 + number, 200), tmp_path / "sources" / f"{number}.jpg", "JPEG")
    for number, delay in enumerate(moments(0.25)):
        folder = tmp_path / f"data-{number}"
        begun(folder)
        said = killed(context, killed_work.attaching, folder, delay)
        store = opened(folder)
        found = [one.digest for one in evidence_of(store, 1)]
        assert set(said) <= set(found)
        assert len(found) <= len(said) + 1
        assert len(check_evidence(store).orphans) <= 2  # one attachment: the picture and its original
        store.close()


def test_answers_given_before_a_kill__are_all_there(context: BaseContext, tmp_path: Path) -> None:
    for number, delay in enumerate(moments(0.1)):
        folder = tmp_path / f"data-{number}"
        begun(folder)
        said = killed(context, killed_work.answering, folder, delay)
        store = opened(folder)
        count = len(store.current(1, "answer"))
        assert len(said) * 5 <= count <= (len(said) + 1) * 5
        assert count % 5 == 0
        assert store.assessment(1).answered == count
        store.close()


def test_a_life_cut_short_anywhere__leaves_only_whole_states(context: BaseContext, tmp_path: Path) -> None:
    for number, delay in enumerate(moments(0.3)):
        folder = tmp_path / f"data-{number}"
        begun(folder)
        killed(context, killed_work.everything, folder, delay)
        store = opened(folder)
        states = ({"A": {"value": 1}, "B": {"value": 1}}, {"B": {"value": 1}, "C": {"value": 1}})
        for row in [*store.assessments(), *store.trashed()]:
            if row.firm_name == "x":
                answers = store.current(row.id, "answer")
                assert answers in states
                assert row.pack_version == ("2" if answers == states[1] else HEAD["pack_version"])
                assert row.answered == 2
        (firms,) = store.database.execute("SELECT count(*) FROM firm").fetchone()
        assert firms == len(store.assessments()) + len(store.trashed())
        store.close()
