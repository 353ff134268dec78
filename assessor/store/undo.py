"""How is a step taken back, and done again? By new entries that restore what stood before it.

Nothing is removed from the log: a redo takes back the undo. Merging ends what can be undone; single
answers can still be put back by hand from their history.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils.db import Database

from assessor.store import rows
from assessor.store.basis import restore_basis
from assessor.store.connection import told
from assessor.store.log import Act, Item, Steps, reverted
from assessor.store.store import Store


@dataclass(frozen=True, slots=True)
class Reverted:
    """What changed: the items, and whether the assessment now rests on another pack."""

    items: tuple[Item, ...]
    pack_changed: bool


def steps(store: Store, assessment: int) -> Steps:
    """What can be undone and redone; for the window's two buttons."""
    with told(store.path):
        return rows.steps(store.database, assessment)


def acts(store: Store, assessment: int) -> Mapping[str, Act]:
    """How entries came about, by digest; those of the beginning have no act."""
    with told(store.path):
        found = store.database.execute(
            "SELECT digest, act FROM log WHERE assessment = ? AND act IS NOT NULL", (assessment,)
        )
        return {str(digest): act for digest, act in found}


def undo(store: Store, assessment: int, by: str, at: str) -> Reverted | None:
    """Take back the last step of an assessment; None when there is none."""
    with store.together():
        found = rows.steps(store.database, assessment).undo
        return _revert(store, assessment, found[-1], "undo", by, at) if found else None


def redo(store: Store, assessment: int, by: str, at: str) -> Reverted | None:
    """Do again the step taken back last; None when there is none."""
    with store.together():
        found = rows.steps(store.database, assessment).redo
        return _revert(store, assessment, found[-1], "redo", by, at) if found else None


def _revert(store: Store, assessment: int, step: int, act: Act, by: str, at: str) -> Reverted:
    database = store.database
    log = rows.entries(database, assessment)
    stepped = rows.entries(database, assessment, "AND step = ?", step)
    new = reverted(rows.uid_of(database, assessment), stepped, log, by, at)
    number = rows.next_step(database)
    store.own(rows.append(database, assessment, new, number, act))
    pack_changed = restore_basis(database, assessment, step, (number, act), by, at)
    rows.summarise(database, assessment)
    return Reverted(_items(database, assessment, number), pack_changed)


def _items(database: Database, assessment: int, step: int) -> tuple[Item, ...]:
    found: Sequence[tuple[Item, None]] = [
        ((one.kind, one.item), None) for one in rows.entries(database, assessment, "AND step = ?", step)
    ]
    return tuple(dict(found))
