"""The agency's intake: folders of workbooks to ledger, tables and bulletin, with progress and a way back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from assessor import __version__
from assessor.aggregate.collect import collect
from assessor.aggregate.database import NAME, PART, intake
from assessor.aggregate.decide import Rules
from assessor.aggregate.pool import processors
from assessor.aggregate.publish import publish
from assessor.aggregate.record import STATES as ALL_STATES
from assessor.aggregate.record import USABLE
from assessor.aggregate.regional import Regional, regional
from assessor.aggregate.roster import read_roster
from assessor.aggregate.wording import STATES
from assessor.commands import Places, now
from assessor.errors import refuse, system_reason
from assessor.words import _

Tell = Callable[[str], None]
"""Called with one line about what is going on."""
_EVERY = 1.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an aggregation is asked for; `workers` 0 means one for each processor."""

    folders: tuple[Path, ...]
    out: Path
    campaign: str = ""
    roster: Path | None = None
    strict: bool = False
    workers: int = 0
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Aggregated:
    """What came of it: files by state, assessments counted, the response, and what could not be made."""

    out: Path
    campaign: str
    states: Mapping[str, int]
    counted: int
    other_campaigns: Mapping[str, int]
    responses: Mapping[str, int] | None
    lacking: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Whether no file waits for a person."""
        return not any(self.states.get(state) for state in ("quarantined", "conflict", "flagged"))


def aggregate(here: Places, wanted: Wanted, tell: Tell | None = None) -> Aggregated:
    """Take in every workbook of the folders and write all outputs.

    `UserError` when a folder is missing, empty, or the output can't be written; whatever is wrong with a
    single file is a line of the ledger.
    """
    say = tell or (lambda line: None)
    roster = None if wanted.roster is None else read_roster(wanted.roster)
    for folder in wanted.folders:
        if folder.exists() and folder.resolve() == wanted.out.resolve():
            raise refuse("intake-out-inbox", str(folder))
    _make_folder(wanted.out)
    rules = Rules(wanted.campaign, wanted.strict, now().date().isoformat())
    workers = wanted.workers or processors()
    with intake(wanted.out, __version__, resume=wanted.resume) as rows:
        collected = collect(
            wanted.folders, wanted.out, rows, here.packs, rules, workers, _Meter(say, monotonic)
        )
        say(_("汇总"))
        picture = regional(collected, rows, wanted.campaign, roster)
        lacking = publish(picture, rows, wanted.out, __version__, say)
    (wanted.out / PART).unlink(missing_ok=True)
    return _aggregated(wanted.out, picture, lacking)


def _make_folder(out: Path) -> None:
    """The output folder: new, empty, or that of an earlier run; what is somebody else's stays untouched."""
    if out.exists() and not out.is_dir():
        raise refuse("intake-out", str(out))
    try:
        out.mkdir(parents=True, exist_ok=True)
        names = {one.name for one in out.iterdir() if not one.name.startswith(".")}
    except OSError as error:
        raise refuse("file-unwritable", str(out), reason=system_reason(error)) from error
    if names and names.isdisjoint((NAME, PART)):
        raise refuse("intake-out-other", str(out))


def _aggregated(out: Path, picture: Regional, lacking: Sequence[str]) -> Aggregated:
    told = picture.responses
    states = ("counted", "received", "missing")
    return Aggregated(
        out=out,
        campaign=picture.population.campaign,
        states={state: picture.states.get(state, 0) for state in ALL_STATES},
        counted=len(picture.population.members),
        other_campaigns=picture.population.other_campaigns,
        responses=None if told is None else {s: sum(one.state == s for one in told) for s in states},
        lacking=tuple(lacking),
    )


class _Meter:
    """Says how far it is, how fast, and how long it will take, about once a second."""

    def __init__(self, say: Tell, clock: Callable[[], float]) -> None:
        self._say, self._clock = say, clock
        self._start = self._last = clock()

    def __call__(self, done: int, total: int) -> None:
        moment = self._clock()
        if done < total and moment - self._last < _EVERY:
            return
        self._last = moment
        rate = done / max(moment - self._start, 1e-6)
        left = (total - done) / rate if rate else 0.0
        self._say(
            _("读文件 {done}/{total}，每秒 {rate:.0f} 个，还要 {time}").format(
                done=done, total=total, rate=rate, time=_time_text(left)
            )
        )


def _time_text(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return (
        _("{minutes} 分 {rest} 秒").format(minutes=minutes, rest=rest)
        if minutes
        else _("{rest} 秒").format(rest=rest)
    )


def aggregated_text(done: Aggregated) -> str:
    """What came of it, for people."""
    lines = [
        _("{states}：{count}").format(states=STATES[state], count=count)
        for state, count in done.states.items()
        if count
    ]
    campaign = _("{campaign} 年度").format(campaign=done.campaign) if done.campaign else ""
    lines.append(
        _("{campaign}计入 {counted} 份诊断，共收到 {sum} 个文件").format(
            campaign=campaign, counted=done.counted, sum=sum(done.states.values())
        )
    )
    if done.other_campaigns:
        others = _("、").join(
            _("{name}（{count} 份）").format(name=name, count=count)
            for name, count in done.other_campaigns.items()
        )
        lines.append(_("其他年度没有算进统计：{others}").format(others=others))
    if done.responses is not None:
        told = done.responses
        lines.append(
            _("名单：已计入 {told}，已收到还不能用 {told2}，未报送 {told3}").format(
                told=told["counted"], told2=told["received"], told3=told["missing"]
            )
        )
    lines += done.lacking
    lines.append(str(done.out))
    return "\n".join(lines)


def aggregated_document(done: Aggregated) -> dict[str, Any]:
    """The same for machines."""
    return {
        "out": str(done.out),
        "campaign": done.campaign,
        "files": sum(done.states.values()),
        "states": dict(done.states),
        "usable": sum(done.states[state] for state in USABLE),
        "counted": done.counted,
        "other_campaigns": dict(done.other_campaigns),
        "response": None if done.responses is None else dict(done.responses),
        "lacking": list(done.lacking),
    }
