"""Who signed an assessment, when, and what was changed since?

A signature is a fact of the log under a name of its own (`_signed.` and the moment), so that it travels,
merges and is rescued with everything else, and two that were given apart both stand. It is no step to
undo: it is withdrawn by saying so, and the log keeps both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessor.store import rows
from assessor.store.connection import told
from assessor.store.log import SIGNED, Entry, Item, entry, is_signature, standing
from assessor.store.store import Store


@dataclass(frozen=True, slots=True)
class Signature:
    """One that stands. `words` are what was signed with; `changed` what stands otherwise since.

    `other_pack`: the assessment rests on another version of its questionnaire now.
    """

    item: str
    words: Mapping[str, str]
    by: str
    at: str
    changed: tuple[Item, ...]
    other_pack: bool


def sign(store: Store, assessment: int, words: Mapping[str, str], by: str, at: str) -> None:
    """Append a signature to everything as it stands."""
    content = {**words, "pack_digest": store.assessment(assessment).pack_digest}
    _append(store, assessment, SIGNED + at, content, by, at)


def withdraw(store: Store, assessment: int, item: str, by: str, at: str) -> None:
    """Take a signature back; the history keeps it."""
    _append(store, assessment, item, None, by, at)


def _append(store: Store, assessment: int, item: str, content: Any, by: str, at: str) -> None:
    with store.together():
        over = rows.standing_of(store.database, assessment, "fact", item)
        uid = rows.uid_of(store.database, assessment)
        new = entry(uid, "fact", item, content, by, at, [one.digest for one in over])
        store.own(rows.append(store.database, assessment, [new]))
        rows.follow(store.database, assessment, [(over, new)])


def signatures(store: Store, assessment: int) -> Sequence[Signature]:
    """Those that stand, the last one last."""
    with told(store.path):
        if not _is_signed(store, assessment):
            return ()
        log = store.entries(assessment)
    digest = store.assessment(assessment).pack_digest
    found = [
        _signature(log, heads[0], digest)
        for item, heads in standing(log).items()
        if is_signature(item) and heads and heads[0].content is not None
    ]
    return sorted(found, key=lambda one: (one.at, one.item))


def _is_signed(store: Store, assessment: int) -> bool:
    """Cheap to ask after every answer."""
    found = store.database.execute(
        "SELECT 1 FROM log WHERE assessment = ? AND kind = 'fact' AND substr(item, 1, ?) = ? LIMIT 1",
        (assessment, len(SIGNED), SIGNED),
    )
    return found.fetchone() is not None


def _signature(log: Sequence[Entry], one: Entry, pack_digest: str) -> Signature:
    words = {key: str(value) for key, value in one.content.items()}
    signed_pack = words.pop("pack_digest", pack_digest)
    return Signature(
        one.item, words, one.author, one.at, changed_since(log, one.digest), signed_pack != pack_digest
    )


def changed_since(log: Sequence[Entry], digest: str) -> tuple[Item, ...]:
    """The items that stand otherwise than when an entry came into this log, in the order of first entry."""
    place = next(place for place, one in enumerate(log) if one.digest == digest)
    before, now = _contents(log[: place + 1]), _contents(log)
    return tuple(item for item, found in now.items() if found != before.get(item, [None]))


def _contents(log: Sequence[Entry]) -> Mapping[Item, list[Any]]:
    """What stands for each item that is no signature; what was taken back is as if never said."""
    return {
        item: [one.content for one in found]
        for item, found in standing(log).items()
        if not is_signature(item)
    }
