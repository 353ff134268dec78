"""A plan the firm has accepted: kept with the assessment, its actions ticked, promised beside measured."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessor.answers.model import Answers
from assessor.commands import moment
from assessor.pack.model import Pack
from assessor.roadmap.followup import STATES, Mark, Progress, done_of, plan_to_keep, progress
from assessor.roadmap.plan import Roadmap
from assessor.store.log import Entry
from assessor.store.plans import ROADMAP, Accepted, accepted_for, write_plan
from assessor.store.store import Store

Marks = Mapping[str, tuple[Mark, ...]]
"""What was said of each action, the latest first."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The accepted plan at an assessment. `own` says that it was accepted at this very one."""

    accepted: Accepted
    marks: Marks
    progress: Progress
    own: bool

    @property
    def done(self) -> frozenset[str]:
        """The actions ticked done, for the planner."""
        return done_of(self.marks)


def accept(store: Store, assessment: int, roadmap: Roadmap, kept: frozenset[str], by: str) -> None:
    """Keep a plan as the one the firm goes by; what was ticked before stays ticked."""
    write_plan(store, assessment, {ROADMAP: plan_to_keep(roadmap, kept)}, by, moment())


def withdraw(store: Store, assessment: int, by: str) -> None:
    """No longer go by the plan; it stays in the log."""
    write_plan(store, assessment, {ROADMAP: None}, by, moment())


def mark(store: Store, accepted: Accepted, action: str, said: Mark | None, by: str) -> None:
    """Say what became of an action; None takes it back. Who says it and when is noted here."""
    content = None if said is None else {"state": said.state, "date": said.date, "remark": said.remark}
    write_plan(store, accepted.assessment, {action: content}, by, moment())


def follow_up(store: Store, assessment: int, pack: Pack, answers: Answers) -> FollowUp | None:
    """The plan a firm goes by at an assessment; None when none was ever accepted."""
    found = accepted_for(store, assessment)
    if found is None:
        return None
    marks = {name: tuple(map(_mark, entries)) for name, entries in found.marks.items()}
    own = found.assessment == assessment
    return FollowUp(found, marks, progress(found.content, marks, pack, answers), own)


def _mark(one: Entry) -> Mark:
    content = one.content if isinstance(one.content, Mapping) else {}
    state = content.get("state")
    texts = (str(content.get("date") or ""), str(content.get("remark") or ""))
    return Mark(state if state in STATES else "late", *texts, one.author, one.at)
