"""The roadmap a firm has accepted, and what became of its actions: entries of the log of kind `plan`.

They lie in the log of the assessment the plan was made for, so that they travel, merge and survive with it;
they are no steps to undo: a new entry replaces an old one. Where two machines said different things of one
item both are read, the latest first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessor.store import rows
from assessor.store.connection import told
from assessor.store.log import Entry, distinct, entry, heads
from assessor.store.store import AssessmentRow, Store

ROADMAP = "roadmap"
"""The item that holds the plan itself; all others are actions by their ids."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted plan of an assessment. `marks` are what was said of each action, the latest first."""

    assessment: int
    content: Mapping[str, Any]
    by: str
    at: str
    marks: Mapping[str, tuple[Entry, ...]]


def write_plan(store: Store, assessment: int, contents: Mapping[str, Any], by: str, at: str) -> None:
    """Append what holds now of the plan or its actions, committed together; None takes it back."""
    with store.together():
        uid = rows.uid_of(store.database, assessment)
        new: list[Entry] = []
        for item, content in contents.items():
            over = rows.standing_of(store.database, assessment, "plan", item)
            new.append(entry(uid, "plan", item, content, by, at, [one.digest for one in over]))
        store.own(rows.append(store.database, assessment, new))


def accepted_plan(store: Store, assessment: int) -> Accepted | None:
    """The plan accepted for an assessment; None when there is none, or it was withdrawn."""
    with told(store.path):
        found = heads(rows.entries(store.database, assessment, "AND kind = 'plan'"))
    said = {item: _latest_first(entries) for (_, item), entries in found.items()}
    plan = next(iter(said.get(ROADMAP, ())), None)
    if plan is None or not isinstance(plan.content, Mapping):
        return None
    marks = {item: each for item, each in said.items() if item != ROADMAP and each[0].content is not None}
    return Accepted(assessment, plan.content, plan.author, plan.at, marks)


def accepted_for(store: Store, assessment: int) -> Accepted | None:
    """The plan a firm works on at an assessment: its own, else the one accepted last at an earlier one."""
    own = accepted_plan(store, assessment)
    if own is not None:
        return own
    row = store.assessment(assessment)
    plans = (accepted_plan(store, one.id) for one in _earlier(store, row))
    return max((one for one in plans if one is not None), key=lambda one: one.at, default=None)


def _earlier(store: Store, row: AssessmentRow) -> Sequence[AssessmentRow]:
    """The same firm's assessments with the same questionnaire, made no later."""
    return [
        one
        for one in store.assessments()
        if one.id != row.id
        and one.pack == row.pack
        and one.date <= row.date
        and (one.firm == row.firm or (row.uscc and one.uscc.upper() == row.uscc.upper()))
        and one.site.strip() == row.site.strip()
    ]


def _latest_first(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    return distinct(sorted(entries, key=lambda one: (one.at, one.digest), reverse=True))
