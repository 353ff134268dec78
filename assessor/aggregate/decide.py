"""Which file counts? Decided within a key only, from dates and contents, never from the order of files."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assessor.aggregate.record import Assessed, Key, State, Taken
from assessor.errors import Problem


@dataclass(frozen=True, slots=True)
class Item:
    """A file with its row; a file that was not even opened has no digest."""

    label: str
    taken: Taken


@dataclass(frozen=True, slots=True)
class Decided:
    """One line of the ledger. The assessment counts when the state is accepted, repaired or flagged.

    `code` names the rule that decided where the file alone did not.
    """

    label: str
    taken: Taken
    state: State
    reason: str = ""
    remedy: str = ""
    code: str = ""

    @property
    def key(self) -> Key | None:
        """What it is counted under, if that is known."""
        return self.taken.assessed.key if self.taken.assessed else None


@dataclass(frozen=True, slots=True)
class Rules:
    """How this run decides: the campaign collected (empty for any), whether doubts keep a file out, today."""

    campaign: str = ""
    strict: bool = False
    today: str = ""


def decide(items: Iterable[Item], rules: Rules) -> list[Decided]:
    """The ledger, sorted by label."""
    first = [_alone(item, rules) for item in items]
    by_key: dict[Key, list[Decided]] = defaultdict(list)
    settled = []
    for one in first:
        if one.key is not None and one.state in ("accepted", "repaired", "flagged"):
            by_key[one.key].append(one)
        else:
            settled.append(one)
    for group in by_key.values():
        settled += _among(sorted(group, key=lambda one: one.label))
    return sorted(settled, key=lambda one: one.label)


def _alone(item: Item, rules: Rules) -> Decided:
    """What the file itself decides."""
    taken = item.taken
    assessed = taken.assessed
    if assessed is None:
        return Decided(item.label, taken, taken.state, *_first_fault(taken))
    taken = replace(taken, assessed=_with_campaign(assessed, rules.campaign))
    key = taken.assessed.key if taken.assessed else assessed.key
    if rules.today and assessed.date > rules.today:
        return _set(item.label, taken, "quarantined", "intake-date-future", date=assessed.date)
    if not key.campaign:
        return _set(item.label, taken, "quarantined", "intake-campaign-missing")
    if rules.campaign and key.campaign != rules.campaign:
        values = {"campaign": key.campaign, "wanted": rules.campaign}
        return _set(item.label, taken, "ignored", "intake-campaign-other", **values)
    if taken.state == "flagged":
        count = len(taken.faults)
        if rules.strict:
            return _set(item.label, taken, "quarantined", "intake-strict", count=count)
        return _set(item.label, taken, "flagged", "intake-flagged", count=count)
    return Decided(item.label, taken, taken.state)


def _with_campaign(assessed: Assessed, campaign: str) -> Assessed:
    """A workbook that names neither campaign nor date belongs to the one that is being collected."""
    if assessed.key.campaign or not campaign:
        return assessed
    return replace(assessed, key=replace(assessed.key, campaign=campaign))


def _first_fault(taken: Taken) -> tuple[str, str]:
    if not taken.faults:
        return "", ""
    fault, more = taken.faults[0], len(taken.faults) - 1
    place = f"{fault.sheet} {fault.cell}".strip()
    reason = f"{place}：{fault.reason}" if place else fault.reason
    return (f"{reason}（另有 {more} 处，见 faults.csv）" if more else reason), fault.remedy


def _set(label: str, taken: Taken, state: State, code: str, **values: object) -> Decided:
    problem = Problem(code, label, values)
    return Decided(label, taken, state, problem.what, problem.remedy, code)


def _among(group: Sequence[Decided]) -> list[Decided]:
    """What files of one key decide among themselves."""
    originals: dict[str, Decided] = {}
    done: list[Decided] = []
    for one in group:
        first = originals.setdefault(_said(one).content, one)
        if first is not one:
            done.append(_again(one, "duplicate", "intake-duplicate", other=first.label))
    return [*done, *_newest(list(originals.values()))]


def _newest(group: Sequence[Decided]) -> list[Decided]:
    if len(group) == 1:
        return list(group)
    complete = [one for one in group if _said(one).complete]
    date = max(_said(one).date for one in complete or group)
    top = [one for one in group if _said(one).date == date]
    done = list(top)
    if len(top) > 1:
        others: Mapping[str, str] = {
            one.label: "、".join(other.label for other in top if other is not one) for one in top
        }
        done = [
            _again(one, "conflict", "intake-conflict", date=date or "未填日期", others=others[one.label])
            for one in top
        ]
    for one in group:
        if one not in top:
            done.append(_outdone(one, top[0], date))
    return done


def _outdone(one: Decided, winner: Decided, date: str) -> Decided:
    said = _said(one)
    if said.date > date:
        return _again(one, "superseded", "intake-incomplete", other=winner.label, count=said.blanks)
    return _again(one, "superseded", "intake-superseded", other=winner.label, date=date)


def _said(one: Decided) -> Assessed:
    assert one.taken.assessed is not None
    return one.taken.assessed


def _again(one: Decided, state: State, code: str, **values: object) -> Decided:
    problem = Problem(code, one.label, values)
    return replace(one, state=state, reason=problem.what, remedy=problem.remedy, code=code)
