"""The append-only log: what was entered, by whom, when, and which entries it replaced.

What stands for an item are its entries that no other entry replaces. Usually that is one; after
merging two machines it may be several, and then the item is open until a person settles it.
Everything here is a function of entries, so that history, undo and merging read one log alike.
"""

import hashlib
import heapq
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["fact", "answer", "plan"]
"""`plan`: the roadmap a firm has accepted, and what became of its actions; see `plans`."""
KINDS: tuple[Kind, ...] = ("fact", "answer", "plan")
Act = Literal["enter", "undo", "redo", "merge", "carry"]
Item = tuple[Kind, str]
SIGNED = "_signed."
"""How the name of a signature begins; no fact of a pack begins with a stroke."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `content` None takes the item back; `digest` names the row on every machine.

    `uid` is the assessment it was first made in, which after merging may be another machine's.
    """

    kind: Kind
    item: str
    content: Any
    author: str
    at: str
    parents: tuple[str, ...]
    digest: str
    uid: str = ""

    @property
    def is_genuine(self) -> bool:
        """Whether the row still is what its digest says."""
        made = entry(self.uid, self.kind, self.item, self.content, self.author, self.at, self.parents)
        return made.digest == self.digest


def entry(
    uid: str, kind: Kind, item: str, content: Any, author: str, at: str, parents: Iterable[str]
) -> Entry:
    """A new row of the assessment `uid` that replaces `parents`."""
    replaced = tuple(sorted(parents))
    named = json.dumps([uid, kind, item, content, author, at, replaced], ensure_ascii=False, sort_keys=True)
    return Entry(kind, item, content, author, at, replaced, hashlib.sha256(named.encode()).hexdigest(), uid)


def is_signature(item: Item) -> bool:
    """Whether an item is no fact of the firm but a signature under the whole."""
    return item[0] == "fact" and item[1].startswith(SIGNED)


def heads(entries: Iterable[Entry]) -> Mapping[Item, tuple[Entry, ...]]:
    """All entries that nothing replaces, by item in the order of first entry; who said what is all there."""
    rows = list(entries)
    replaced = {parent for one in rows for parent in one.parents}
    found: dict[Item, list[Entry]] = {}
    for one in rows:
        standing = found.setdefault((one.kind, one.item), [])
        if one.digest not in replaced:
            standing.append(one)
    return {key: tuple(sorted(each, key=lambda one: (one.at, one.digest))) for key, each in found.items()}


def standing(entries: Iterable[Entry]) -> Mapping[Item, tuple[Entry, ...]]:
    """What stands for each item, in the order of first entry; equal contents count once."""
    return {key: distinct(found) for key, found in heads(entries).items()}


def distinct(found: Iterable[Entry]) -> tuple[Entry, ...]:
    """The first entry of each different content."""
    by_content: dict[str, Entry] = {}
    for one in found:
        by_content.setdefault(json.dumps(one.content, ensure_ascii=False, sort_keys=True), one)
    return tuple(by_content.values())


def in_order(entries: Iterable[Entry]) -> Sequence[Entry]:
    """Each entry after those it replaces, else by time: the same on every machine, whatever its clock."""
    rows = {one.digest: one for one in entries}
    waits = {digest: sum(parent in rows for parent in one.parents) for digest, one in rows.items()}
    children: dict[str, list[str]] = {}
    for digest, one in rows.items():
        for parent in one.parents:
            children.setdefault(parent, []).append(digest)
    ready = [(rows[digest].at, digest) for digest, count in waits.items() if not count]
    heapq.heapify(ready)
    ordered: list[Entry] = []
    while ready:
        _, digest = heapq.heappop(ready)
        ordered.append(rows[digest])
        for child in children.get(digest, ()):
            waits[child] -= 1
            if not waits[child]:
                heapq.heappush(ready, (rows[child].at, child))
    return ordered


@dataclass(frozen=True, slots=True)
class Steps:
    """What can be undone and redone: step numbers, the next one last."""

    undo: tuple[int, ...] = ()
    redo: tuple[int, ...] = ()


def steps_of(acts: Iterable[tuple[int, Act]]) -> Steps:
    """The steps that can be undone and redone after these, oldest first.

    Merging ends what can be undone: from there on others' entries rest on what was said before.
    """
    undo: list[int] = []
    redo: list[int] = []
    for step, act in acts:
        match act:
            case "undo":
                undo[-1:] = []
                redo.append(step)
            case "redo":
                redo[-1:] = []
                undo.append(step)
            case "merge":
                undo, redo = [], []
            case _:
                undo.append(step)
                redo = []
    return Steps(tuple(undo), tuple(redo))


def reverted(uid: str, step: Sequence[Entry], log: Sequence[Entry], by: str, at: str) -> Sequence[Entry]:
    """Entries that bring back what stood before a step, which must be the last one still in force.

    Several entries that a step replaced come back as several, each by who said it.
    """
    by_digest = {one.digest: one for one in log}
    stands = heads(log)
    parents: dict[Item, dict[str, None]] = {}
    for one in step:
        parents.setdefault((one.kind, one.item), {}).update(dict.fromkeys(one.parents))
    found: list[Entry] = []
    for (kind, item), before in parents.items():
        over = [one.digest for one in stands[kind, item]]
        said = [by_digest[parent] for parent in before if parent in by_digest]
        if len(said) < 2:
            content = said[0].content if said else None
            found.append(entry(uid, kind, item, content, by, at, over))
        else:
            found += [entry(uid, kind, item, one.content, one.author, at, over) for one in said]
    return found
