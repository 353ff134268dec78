"""The best plan for an answers file: made, printed, written for Project, calendars or machines."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from assessor.commands import Places, now, read_answers, score_document, write_json, write_text
from assessor.diagnosis import Diagnosis, diagnose
from assessor.errors import Problem, UserError, refuse
from assessor.roadmap.calendar import calendar_text
from assessor.roadmap.cures import lit_lines
from assessor.roadmap.curve import curve
from assessor.roadmap.document import curve_document, roadmap_document
from assessor.roadmap.granted import plan_with_grants
from assessor.roadmap.made import Made as Made
from assessor.roadmap.made import make_roadmap
from assessor.roadmap.money import tenths
from assessor.roadmap.plan import no_regret
from assessor.roadmap.project import project_xml
from assessor.roadmap.quarters import Quarter, parse_quarter
from assessor.roadmap.request import DEFAULT_MODEL, CostCase, Request, Target
from assessor.roadmap.situation import situation
from assessor.roadmap.text import curve_text, roadmap_text
from assessor.words import _

FORMATS = (".xlsx", ".xml", ".ics", ".json")


def make(here: Places, file: Path, request: Request, *, with_curve: bool = False) -> Made:
    """The best plan for a workbook or an answers file."""
    pack, answers = read_answers(here, file)
    if request.stopped:
        known = [line.id for line in lit_lines(situation(pack, answers))]
        for name in sorted(request.stopped):
            if name not in known:
                raise refuse("roadmap-line-unknown", str(file), id=name, known=_("、").join(known) or _("无"))
    found = plan_with_grants(pack, answers, request)
    kept = no_regret(found) if found.clash is None else frozenset()
    return Made(found, kept, curve(found.task) if with_curve else None)


NOT_YET = ("roadmap-size-unknown", "roadmap-no-score", "roadmap-node-limit")
"""What keeps a firm from having a plan at all, whatever is asked."""
TWO_YEARS = 8
"""Quarters of the plan in a report: as far as a small firm plans its spending (`expert`)."""


def for_report(diagnosis: Diagnosis, request: Request | None = None) -> Made | Problem:
    """The plan a report tells of, by default for two years within the limits of the firm's size.

    Where the answers do not allow a plan yet, the reason stands in its place.
    """
    try:
        return make_roadmap(diagnosis.pack, diagnosis.answers, request or Request(quarters=TWO_YEARS))
    except UserError as error:
        if all(problem.code in NOT_YET for problem in error.problems):
            return error.problems[0]
        raise


def request_of(
    *,
    model: str | None = None,
    budget: str | None = None,
    quarters: int = 12,
    parallel: int | None = None,
    cost: CostCase = "middle",
    target: str | None = None,
    pins: Sequence[str] = (),
    without: Sequence[str] = (),
    stopped: Sequence[str] = (),
    first: str | None = None,
) -> Request:
    """A request from what is typed; `UserError` for what can't be read."""
    goal = None if target is None else _target(target)
    return Request(
        model=model or (goal.model if goal else DEFAULT_MODEL),
        budget=None if budget is None else _money(budget),
        quarters=quarters,
        parallel=parallel,
        cost=cost,
        target=goal,
        pins=dict(map(_pin, pins)),
        without=frozenset(without),
        stopped=frozenset(stopped),
        first=None if first is None else _not_past(first),
    )


def _not_past(text: str) -> Quarter:
    quarter, today = parse_quarter(text), now().date()
    if quarter.last_day < today:
        raise refuse("roadmap-past", quarter=str(quarter), date=today.isoformat())
    return quarter


def _money(text: str) -> int:
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise refuse("roadmap-money", text=text)
    return tenths(found)


def _target(text: str) -> Target:
    model, colon, rest = text.partition(":")
    level, at, quarter = rest.partition("@")
    if not colon or not level.isdecimal() or (at and not quarter.isdecimal()):
        raise refuse("roadmap-target-shape", text=text)
    return Target(model, int(level), int(quarter) if at else None)


def _pin(text: str) -> tuple[str, int]:
    name, colon, quarter = text.rpartition(":")
    if not colon or not name or not quarter.isdecimal():
        raise refuse("roadmap-pin-shape", text=text)
    return name, int(quarter)


def document(made: Made) -> Mapping[str, Any]:
    """What `roadmap --json` prints."""
    found = made.roadmap
    scored = {
        name: score_document(diagnose(found.task.start.pack, answers))
        for name, answers in (("before", found.before), ("after", found.after))
    }
    curve_part = {} if made.curve is None else {"curve": curve_document(made.curve)}
    return {**roadmap_document(found, made.kept), **scored, **curve_part}


def text(made: Made) -> str:
    """What `roadmap` prints for people."""
    lines = [roadmap_text(made.roadmap, made.kept)]
    first, today = made.roadmap.task.first, now().date()
    if first is not None and first.first_day <= today:
        lines.append(
            _("注意：计划的第一个季度 {first} 已经开始或过去；可用 --from 换一个开始的季度。").format(
                first=first
            )
        )
    if made.curve is not None:
        lines.append(curve_text(made.curve))
    return "\n\n".join(lines)


def write(made: Made, out: Path, diagnosis: Diagnosis | None = None) -> Path:
    """The plan as a file, by its ending; .xlsx is the workbook of the firm that `diagnosis` is of."""
    match out.suffix.lower():
        case ".xml":
            write_text(out, project_xml(made.roadmap))
        case ".ics":
            write_text(out, calendar_text(made.roadmap, now().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")))
        case ".json":
            write_json(out, document(made))
        case ".xlsx" if diagnosis is not None:
            write_workbook(diagnosis, made, out)
        case suffix:
            raise refuse("roadmap-format", str(out), suffix=suffix)
    return out


def write_all(made: Made, stem: Path) -> Sequence[Path]:
    """A plan for machines, for Project and for calendars; where there is no plan, only why."""
    endings = (".json",) if made.roadmap.clash is not None else (".json", ".xml", ".ics")
    return [write(made, stem.with_name(stem.name + ending)) for ending in endings]


def write_workbook(diagnosis: Diagnosis, plan: Made | Problem | None, out: Path) -> Path:
    """The workbook of a firm with its plan as a sheet of rows."""
    from assessor.commands.plan_sheet import plan_sheet
    from assessor.exchange import write as exchange

    sheet = plan_sheet(plan) if isinstance(plan, Made) else None
    pack = diagnosis.pack
    exchange.write_workbook(out, pack, diagnosis.answers, digest=pack.digest, plan=sheet)
    return out
