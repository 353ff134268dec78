"""What does one do with the list of assessments? Begin from an earlier one, throw away, keep a copy."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from assessor.answers.carry import carry
from assessor.answers.model import Mode, Value
from assessor.answers.value import raw_value
from assessor.commands import (
    Places,
    hold_pack,
    moment,
    new_head,
    now,
    pack_of,
)
from assessor.commands.travel import STAMP
from assessor.pack.model import Pack
from assessor.store import trash
from assessor.store.backup import last_backup
from assessor.store.carry import start_from
from assessor.store.database import FILE_NAME
from assessor.store.evidence import evidence_of
from assessor.store.log import Kind
from assessor.store.parts import SITE
from assessor.store.store import AssessmentRow, Store

BACKUP_DAYS = 7
"""After so many days with answers that are in no backup one is reminded."""


# -- trash ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Loss:
    """What goes when an assessment is deleted for good."""

    answers: int
    entries: int
    evidence: int
    bytes: int


def discard(store: Store, assessment: int, by: str) -> None:
    """Into the trash; nothing of it is lost."""
    trash.discard(store, assessment, by, moment())


def bring_back(store: Store, assessment: int) -> None:
    """Out of the trash."""
    trash.restore(store, assessment)


def erase(store: Store, *assessments: int) -> None:
    """For good, with the evidence that only they hold."""
    trash.erase(store, *assessments)


def loss_of(store: Store, assessments: Sequence[AssessmentRow]) -> Loss:
    """What would go with them."""
    evidence = {one.digest: one.bytes for row in assessments for one in evidence_of(store, row.id)}
    entries = sum(len(store.entries(row.id)) for row in assessments)
    return Loss(sum(row.answered for row in assessments), entries, len(evidence), sum(evidence.values()))


# -- backup --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Overdue:
    """Answers that are in no backup: since how many days, and when the last one was made, if ever."""

    days: int
    last: str | None


def backup_overdue(store: Store) -> Overdue | None:
    """Whether a backup is due; None when all is kept, or not old enough to speak of."""
    rows = store.assessments()
    last = last_backup(store)
    changed = max((row.changed_at for row in rows), default="")
    if not rows or (last is not None and _at(changed) <= _at(last)):
        return None
    days = (now() - _at(last or store.begun())).days
    return Overdue(days, last) if days >= BACKUP_DAYS else None


def _at(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.astimezone()


def copies(here: Places) -> Sequence[Path]:
    """Backups that were put back beside the data folder, the newest first."""
    beside = re.compile(re.escape(here.data.name) + r"-\d{8}-\d{6}")
    found = here.data.parent.glob(f"*/{FILE_NAME}")
    return sorted((file.parent for file in found if beside.fullmatch(file.parent.name)), reverse=True)


def copied_at(folder: Path) -> datetime:
    """When a copy was put beside, as its name says."""
    return datetime.strptime(folder.name[-15:], STAMP).astimezone()


# -- beginning from an earlier one ---------------------------------------------------------------


def earlier(
    store: Store, pack: str, facts: Mapping[str, Value], firm: int | None = None
) -> AssessmentRow | None:
    """The latest assessment in this pack, of this firm and site, that holds answers.

    The firm is told by its code; `firm` names one of which no code is known.
    """
    code, site = (str(facts.get(name) or "").strip().upper() for name in ("uscc", "site"))

    def fits(row: AssessmentRow) -> bool:
        same = row.uscc.upper() == code if code and row.uscc else row.firm == firm
        return same and (row.site or SITE).upper() == (site or SITE)

    found = [row for row in store.assessments() if row.pack == pack and row.answered and fits(row)]
    return max(found, key=lambda row: (row.date, row.changed_at), default=None)


def others_of(store: Store, assessment: int) -> Sequence[AssessmentRow]:
    """The other assessments of the same firm and site in the same pack that hold answers, newest first."""
    own = store.assessment(assessment)

    def fits(row: AssessmentRow) -> bool:
        coded = bool(own.uscc and row.uscc)
        same = row.uscc.upper() == own.uscc.upper() if coded else row.firm == own.firm
        return same and (row.site or SITE).upper() == (own.site or SITE).upper()

    found = [row for row in store.assessments() if row.pack == own.pack and row.answered and fits(row)]
    kin = [row for row in found if row.id != assessment]
    return sorted(kin, key=lambda row: (row.date, row.changed_at), reverse=True)


def start_again(
    here: Places,
    store: Store,
    pack: Pack,
    facts: Mapping[str, Value],
    mode: Mode,
    by: str,
    old: AssessmentRow,
) -> int:
    """A new assessment that begins with what the firm said in an older one; its id.

    Under another version of the pack only what still means the same is taken. `facts` go before the old ones.
    """
    was = pack_of(here, store, old)
    contents = None if was.digest == pack.digest else _carried(store, was, pack, old.id)
    raw = {item: raw_value(value) for item, value in facts.items()}
    at = moment()
    with store.together():
        hold_pack(here, store, pack, at)
        key = start_from(store, old.id, new_head(pack, mode), by, at, contents)
        stands = store.current(key, "fact")
        changed: dict[str, Any] = {item: value for item, value in raw.items() if stands.get(item) != value}
        gone = {item: None for item in stands if item not in raw}
        store.record_all(key, "fact", {**changed, **gone}, by, at)
    return key


def _carried(store: Store, was: Pack, pack: Pack, old: int) -> Mapping[Kind, Mapping[str, Any]]:
    done = carry(was, pack, store.current(old, "fact"), store.current(old, "answer"))
    return {"fact": done.contents("fact"), "answer": done.contents("answer")}
