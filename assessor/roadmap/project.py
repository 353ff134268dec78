"""A plan for Microsoft Project and its like: MSPDI XML, its elements in the order of the schema."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta

from assessor.roadmap.calendar import days_of, first_quarter, note_of
from assessor.roadmap.explain import Planned
from assessor.roadmap.plan import Roadmap
from assessor.roadmap.quarters import Quarter
from assessor.words import _, named

NAMESPACE = "http://schemas.microsoft.com/project"
_CENTS_OF_A_TENTH = 100_000
"""Money in MSPDI is in hundredths of the currency: a tenth of 万元 is 1,000 yuan."""
_STARTS_NO_EARLIER = 4
_FINISH_TO_START = 1
_IN_DAYS = 7
_HOURS = 8
_SATURDAY = 5


def project_xml(roadmap: Roadmap) -> str:
    """The .xml file; `UserError` when the plan has no date to count from."""
    first = first_quarter(roadmap)
    begin = first.first_day
    end = first.plus(roadmap.task.limits.quarters - 1).last_day
    root = ET.Element("Project", xmlns=NAMESPACE)
    _fill(
        root,
        SaveVersion=14,
        Name="roadmap.xml",
        Title=_("{value} 改进路线图").format(value=roadmap.before.fact("name") or "").strip(),
        ScheduleFromStart=1,
        StartDate=_morning(begin),
        FinishDate=_evening(end),
        CurrencyDigits=2,
        CurrencySymbol="¥",
        CurrencyCode="CNY",
        CalendarUID=1,
        DefaultStartTime="08:00:00",
        DefaultFinishTime="17:00:00",
        MinutesPerDay=_HOURS * 60,
        MinutesPerWeek=_HOURS * 60 * 5,
        DaysPerMonth=20,
    )
    _calendar(ET.SubElement(root, "Calendars"))
    tasks = ET.SubElement(root, "Tasks")
    numbers = {one.id: number for number, one in enumerate(roadmap.actions, 1)}
    for one in roadmap.actions:
        _task(ET.SubElement(tasks, "Task"), one, numbers, first)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _fill(parent: ET.Element, **values: object) -> None:
    for name, value in values.items():
        ET.SubElement(parent, name).text = str(value)


def _calendar(calendars: ET.Element) -> None:
    """Monday to Friday, 8 to 12 and 13 to 17; public holidays are not known."""
    calendar = ET.SubElement(calendars, "Calendar")
    _fill(calendar, UID=1, Name=_("标准"), IsBaseCalendar=1)
    days = ET.SubElement(calendar, "WeekDays")
    for day in range(1, 8):
        works = day not in (1, 7)
        one = ET.SubElement(days, "WeekDay")
        _fill(one, DayType=day, DayWorking=int(works))
        if works:
            times = ET.SubElement(one, "WorkingTimes")
            for begin, end in (("08:00:00", "12:00:00"), ("13:00:00", "17:00:00")):
                _fill(ET.SubElement(times, "WorkingTime"), FromTime=begin, ToTime=end)


def _task(task: ET.Element, one: Planned, numbers: dict[str, int], first: Quarter) -> None:
    begin, end = (_working(day, step) for day, step in zip(days_of(one, first), (1, -1), strict=True))
    number = numbers[one.id]
    _fill(
        task,
        UID=number,
        ID=number,
        Name=named(one.action),
        Type=1,
        IsNull=0,
        WBS=one.id,
        OutlineNumber=number,
        OutlineLevel=1,
        Priority=500,
        Start=_morning(begin),
        Finish=_evening(end),
        Duration=f"PT{_HOURS * _working_days(begin, end)}H0M0S",
        DurationFormat=_IN_DAYS,
        Milestone=0,
        Summary=0,
        FixedCost=one.candidate.price.net * _CENTS_OF_A_TENTH,
        Cost=one.candidate.price.net * _CENTS_OF_A_TENTH,
        ConstraintType=_STARTS_NO_EARLIER,
        CalendarUID=-1,
        ConstraintDate=_morning(begin),
        Notes=note_of(one),
    )
    for other in one.prerequisites:
        if other in numbers:
            link = ET.SubElement(task, "PredecessorLink")
            _fill(link, PredecessorUID=numbers[other], Type=_FINISH_TO_START, CrossProject=0, LinkLag=0)


def _working(day: date, step: int) -> date:
    """The nearest working day, forward or backward."""
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=step)
    return day


def _working_days(begin: date, end: date) -> int:
    days = (end - begin).days + 1
    return sum((begin + timedelta(days=count)).weekday() < _SATURDAY for count in range(days))


def _morning(day: date) -> str:
    return f"{day.isoformat()}T08:00:00"


def _evening(day: date) -> str:
    return f"{day.isoformat()}T17:00:00"
