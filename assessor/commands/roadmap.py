"""The best plan for an answers file: made, printed, written for Project, calendars or machines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from assessor.commands import Places, now, read_answers, score_document, write_json, write_text
from assessor.diagnosis import diagnose
from assessor.errors import refuse
from assessor.roadmap.calendar import calendar_text
from assessor.roadmap.cures import lit_lines
from assessor.roadmap.curve import Point, curve
from assessor.roadmap.document import curve_document, roadmap_document
from assessor.roadmap.money import tenths
from assessor.roadmap.plan import Roadmap, no_regret, plan
from assessor.roadmap.project import project_xml
from assessor.roadmap.quarters import Quarter, parse_quarter
from assessor.roadmap.request import DEFAULT_MODEL, CostCase, Request, Target
from assessor.roadmap.situation import situation
from assessor.roadmap.text import curve_text, roadmap_text

FORMATS = (".xml", ".ics", ".json")


@dataclass(frozen=True, slots=True)
class Made:
    """A plan, what of it is right at any cost, and the curve where one was asked for."""

    roadmap: Roadmap
    kept: frozenset[str]
    curve: tuple[Point, ...] | None


def make(here: Places, file: Path, request: Request, *, with_curve: bool = False) -> Made:
    """The best plan for a workbook or an answers file."""
    pack, answers = read_answers(here, file)
    if request.stopped:
        known = [line.id for line in lit_lines(situation(pack, answers))]
        for name in sorted(request.stopped):
            if name not in known:
                raise refuse("roadmap-line-unknown", str(file), id=name, known="、".join(known) or "无")
    found = plan(pack, answers, request)
    kept = no_regret(found) if found.clash is None else frozenset()
    return Made(found, kept, curve(found.task) if with_curve else None)


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
        lines.append(f"注意：计划的第一个季度 {first} 已经开始或过去；可用 --from 换一个开始的季度。")
    if made.curve is not None:
        lines.append(curve_text(made.curve))
    return "\n\n".join(lines)


def write(made: Made, out: Path) -> Path:
    """The plan as a file, by its ending."""
    match out.suffix.lower():
        case ".xml":
            write_text(out, project_xml(made.roadmap))
        case ".ics":
            write_text(out, calendar_text(made.roadmap, now().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")))
        case ".json":
            write_json(out, document(made))
        case suffix:
            raise refuse("roadmap-format", str(out), suffix=suffix)
    return out
