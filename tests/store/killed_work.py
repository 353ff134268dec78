"""What the processes do that are killed in the midst of it. Each says `ready`, then what is safe."""

from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from assessor.store.backup import backup
from assessor.store.carry import Carriage, carry_over
from assessor.store.evidence import add_evidence, thumbnail
from assessor.store.merge import merge_file
from assessor.store.store import Store
from assessor.store.trash import discard, erase
from assessor.store.undo import undo
from tests.store.writer import AT, HEAD

Work = Callable[[str, Connection], None]


def migrating(folder: str, said: Connection) -> None:
    """Bring a store of the first version up to date."""
    said.send("ready")
    Store.open(Path(folder), "s").close()
    said.send("done")


def rescuing(folder: str, said: Connection) -> None:
    """Rescue a broken store."""
    migrating(folder, said)


def backing_up(folder: str, said: Connection) -> None:
    """Make one backup after another."""
    said.send("ready")
    for number in range(10_000):
        backup(Path(folder), Path(folder).parent / f"backup-{number}.zip", "z", AT, "1")
        said.send(number)


def importing(folder: str, said: Connection) -> None:
    """Merge part after part, all of other assessments, each with evidence."""
    store = Store.open(Path(folder), "s")
    said.send("ready")
    for part in sorted(Path(folder).parent.glob("parts/*.zip")):
        said.send(merge_file(store, part, "z", AT).assessment)


def attaching(folder: str, said: Connection) -> None:
    """Attach file after file, with thumbnails, and drop none."""
    store = Store.open(Path(folder), "s")
    [row] = store.assessments()
    said.send("ready")
    for source in sorted(Path(folder).parent.glob("sources/*")):
        one = add_evidence(store, row.id, source, "z", AT, keep_original=True)
        said.send(one.digest)
        thumbnail(store.folder, one.digest)


def answering(folder: str, said: Connection) -> None:
    """Answer, several at once and singly."""
    store = Store.open(Path(folder), "s")
    [row] = store.assessments()
    said.send("ready")
    for number in range(10_000):
        store.record_all(
            row.id, "answer", {f"{number}-{part}": {"value": part} for part in range(5)}, "z", AT
        )
        said.send(number)


def everything(folder: str, said: Connection) -> None:
    """Begin, answer, carry over, undo, discard, erase: the life of an assessment, again and again."""
    store = Store.open(Path(folder), "s")
    said.send("ready")
    for number in range(10_000):
        head = {**HEAD, "uid": f"life-{number}"}
        with store.together():
            key = store.add_assessment(store.add_firm(AT), head, {"name": "x"}, "z", AT)
            store.record_all(key, "answer", {"A": {"value": 1}, "B": {"value": 1}}, "z", AT)
        facts, answers = store.current(key, "fact"), store.current(key, "answer")
        changes = {("answer", "A"): None, ("answer", "C"): {"value": 1}}
        carry_over(store, key, Carriage(facts, answers, changes, "2", "2" * 64), "z", AT, "s")
        undo(store, key, "z", AT)
        discard(store, key, "z", AT)
        if number % 2:
            erase(store, key)
        said.send(number)
