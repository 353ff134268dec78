"""An assessment goes over to another version of its pack, or becomes the start of a new assessment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from assessor.errors import refuse
from assessor.store import rows
from assessor.store.basis import change_basis
from assessor.store.connection import told
from assessor.store.database import snapshot
from assessor.store.log import Entry, Item, Kind, entry
from assessor.store.store import Store

_OF_THE_VISIT = ("verified", "evidence")
"""What belongs to one visit and is not taken into the next assessment."""


@dataclass(frozen=True, slots=True)
class Carriage:
    """What was previewed: what stood then, what has to be entered, and the pack it then rests on."""

    facts: Mapping[str, Any]
    answers: Mapping[str, Any]
    changes: Mapping[tuple[Literal["fact", "answer"], str], Any]
    pack_version: str
    pack_digest: str


def carry_over(store: Store, assessment: int, carriage: Carriage, by: str, at: str, stamp: str) -> Path:
    """Do what was previewed, as one step that `undo` takes back whole; the copy made before.

    `UserError` when items are open, or when something was entered since the preview.
    """
    _refuse_unready(store, assessment, carriage)
    with told(store.path):
        copy = snapshot(store.path, f"before-carry-{assessment}", stamp)
    with store.together():
        _refuse_unready(store, assessment, carriage)
        database, uid = store.database, rows.uid_of(store.database, assessment)
        step = rows.next_step(database)
        new: list[Entry] = []
        for (kind, item), content in carriage.changes.items():
            over = [head.digest for head in rows.standing_of(database, assessment, kind, item)]
            new.append(entry(uid, kind, item, content, by, at, over))
        store.own(rows.append(database, assessment, new, step, "carry"))
        head = {"pack_version": carriage.pack_version, "pack_digest": carriage.pack_digest}
        change_basis(database, assessment, head, (step, "carry"), by, at)
        rows.summarise(database, assessment)
    return copy


def _refuse_unready(store: Store, assessment: int, carriage: Carriage) -> None:
    count = len(store.open_items(assessment))
    if count:
        raise refuse("carry-open", str(store.path), count=count)
    stands = (store.current(assessment, "fact"), store.current(assessment, "answer"))
    if stands != (dict(carriage.facts), dict(carriage.answers)):
        raise refuse("carry-stale", str(store.path))


def start_from(
    store: Store,
    old: int,
    head: Mapping[str, str],
    by: str,
    at: str,
    contents: Mapping[Kind, Mapping[str, Any]] | None = None,
) -> int:
    """A new assessment of the same firm that begins with what stands in an older one; its id.

    `contents` replaces what stands, where it had to be carried to another version of the pack first. Who
    said it is kept; what was seen on the last visit, and its evidence, stay with the old one.
    """
    with store.together():
        row = store.assessment(old)
        said = _authors(store, old)
        key = store.add_assessment(row.firm, head, {}, by, at)
        new: list[Entry] = []
        for kind in ("fact", "answer"):
            stands = store.current(old, kind) if contents is None else contents[kind]
            for item, content in stands.items():
                claimed = _claimed(content) if kind == "answer" else content
                if claimed != {}:
                    new.append(entry(head["uid"], kind, item, claimed, said.get((kind, item), by), at, ()))
        store.own(rows.append(store.database, key, new))
        rows.summarise(store.database, key)
        return key


def _claimed(content: Any) -> Any:
    if not isinstance(content, dict):
        return content
    return {name: value for name, value in content.items() if name not in _OF_THE_VISIT}


def _authors(store: Store, assessment: int) -> Mapping[Item, str]:
    found: Sequence[Entry] = store.entries(assessment)
    return {(one.kind, one.item): one.author for one in found}
