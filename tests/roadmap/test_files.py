"""Plans as files: calendars by RFC 5545, Project's XML in its schema's order, JSON as the design says."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import pytest

from assessor.errors import UserError
from assessor.pack.model import Pack
from assessor.roadmap.calendar import calendar_text, folded
from assessor.roadmap.curve import Point, curve, undominated
from assessor.roadmap.document import curve_document, roadmap_document
from assessor.roadmap.plan import Roadmap, no_regret, plan
from assessor.roadmap.project import NAMESPACE, project_xml
from assessor.roadmap.quarters import Quarter, parse_quarter, quarter_after
from assessor.roadmap.request import Request
from assessor.roadmap.task import task_for
from assessor.roadmap.text import roadmap_text
from tests.roadmap.firms import sample

STAMP = "20261125T080000Z"
TASK_ORDER = (
    "UID ID Name Type IsNull CreateDate Contact WBS WBSLevel OutlineNumber OutlineLevel Priority "
    "Start Finish Duration DurationFormat Work Stop Resume ResumeValid EffortDriven Recurring "
    "OverAllocated Estimated Milestone Summary Critical IsSubproject FixedCost FixedCostAccrual "
    "PercentComplete PercentWorkComplete Cost ConstraintType CalendarUID ConstraintDate Deadline "
    "Notes PredecessorLink"
).split()
PROJECT_ORDER = (
    "SaveVersion UID Name Title Subject Category Company Manager Author CreationDate LastSaved "
    "ScheduleFromStart StartDate FinishDate FYStartDate CriticalSlackLimit CurrencyDigits CurrencySymbol "
    "CurrencyCode CurrencySymbolPosition CalendarUID DefaultStartTime DefaultFinishTime MinutesPerDay "
    "MinutesPerWeek DaysPerMonth Calendars Tasks Resources Assignments"
).split()


@pytest.fixture(scope="module")
def made(tires: Pack) -> Roadmap:
    return plan(tires, sample(tires, "retread"), Request(budget=60, quarters=4))


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_the_calendar__is_folded_and_ends_its_lines_as_the_rfc_says(made: Roadmap) -> None:
    text = calendar_text(made, STAMP)
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = unfolded(text)
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//assessor//roadmap//ZH"]
    assert all(re.match(r"[A-Z-]+(;[A-Z]+=[A-Z]+)?:", line) for line in lines)


def test_the_calendar__has_one_event_for_each_action_over_its_quarters(made: Roadmap) -> None:
    lines = unfolded(calendar_text(made, STAMP))
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(made.actions)
    ids = [line for line in lines if line.startswith("UID:")]
    assert len(set(ids)) == len(made.actions)
    assert lines.count(f"DTSTAMP:{STAMP}") == len(made.actions)
    first = made.actions[0]
    assert first.start == 1 and first.finish == 1  # assessed on 2026-06-11: July to September
    assert "DTSTART;VALUE=DATE:20260701" in lines
    assert "DTEND;VALUE=DATE:20261001" in lines


def test_a_line__is_folded_between_characters() -> None:
    parts = list(folded("SUMMARY:" + "数" * 60))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert "".join([parts[0], *(part[1:] for part in parts[1:])]) == "SUMMARY:" + "数" * 60


def test_the_calendar__escapes_what_means_something_there(made: Roadmap) -> None:
    texts = [line for line in unfolded(calendar_text(made, STAMP)) if line.startswith("DESCRIPTION:")]
    assert all(not re.search(r"(?<!\\)[;,]", line.removeprefix("DESCRIPTION:")) for line in texts)


def names(element: ET.Element) -> list[str]:
    return [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in element]


def find(element: ET.Element, path: str) -> list[ET.Element]:
    return element.findall("/".join(f"{{{NAMESPACE}}}{name}" for name in path.split("/")))


def test_the_project_file__keeps_the_order_of_the_schema(made: Roadmap) -> None:
    root = ET.fromstring(project_xml(made))
    assert root.tag == f"{{{NAMESPACE}}}Project"
    assert names(root) == sorted(names(root), key=PROJECT_ORDER.index)
    tasks = find(root, "Tasks/Task")
    assert len(tasks) == len(made.actions)
    assert all(names(task) == sorted(names(task), key=TASK_ORDER.index) for task in tasks)


def test_the_project_file__links_each_action_to_what_it_needs(made: Roadmap) -> None:
    root = ET.fromstring(project_xml(made))
    uid = {find(task, "WBS")[0].text: find(task, "UID")[0].text for task in find(root, "Tasks/Task")}
    for task, one in zip(find(root, "Tasks/Task"), made.actions, strict=True):
        links = [link.text for link in find(task, "PredecessorLink/PredecessorUID")]
        assert links == [uid[name] for name in one.prerequisites]
        assert find(task, "Cost")[0].text == str(one.candidate.price.net * 100_000)  # 0.1 万元 is 1,000 yuan
        start, finish = (find(task, name)[0].text or "" for name in ("Start", "Finish"))
        assert start < finish


def test_files_with_dates__ask_for_one_where_there_is_none(tires: Pack) -> None:
    undated = plan(tires, replace(sample(tires, "retread"), date=""), Request(budget=20, quarters=4))
    for write in (project_xml, lambda found: calendar_text(found, STAMP)):
        with pytest.raises(UserError, match="roadmap-date-missing"):
            write(undated)
    assert "第 1 季度" in roadmap_text(undated)


def test_the_document__has_what_the_design_names_and_is_json(made: Roadmap) -> None:
    document = json.loads(json.dumps(roadmap_document(made), allow_nan=False))
    assert document["status"] == "optimal"
    assert document["gap_percent"] == 0
    assert document["budget_wan"] == 6
    assert len(document["scores"]) == len(document["cash_wan"]) == 4
    assert sum(document["cash_wan"]) == pytest.approx(document["net_total_wan"])
    for action in document["actions"]:
        assert action.keys() >= {
            *("id", "first_quarter", "last_quarter", "cost_wan", "net_cost_wan"),
            *("prerequisites", "lifts", "why"),
        }
        assert action["cost_wan"].keys() == {"low", "middle", "high"}
        assert action["why"]
    assert all(one.keys() >= {"id", "reason"} for one in document["left_out"])


def test_an_infeasible_document__gives_its_reason(liquor: Pack) -> None:
    document = roadmap_document(plan(liquor, sample(liquor, "micro"), Request(budget=10, quarters=4)))
    assert document["status"] == "infeasible"
    assert document["gap_percent"] is None
    assert "预算" in document["reason"]
    assert document["actions"] == []


def test_the_text__is_plain_and_complete(made: Roadmap) -> None:
    text = roadmap_text(made, no_regret(made))
    for one in made.actions:
        assert one.action.title in text and one.action.do in text
    assert "没有更好的安排" in text
    assert not re.search(r"None|nan|\bid\b|common\.|tires\.|miit\.|_", text)


def test_no_regret__is_in_the_plan_at_every_cost(made: Roadmap) -> None:
    kept = no_regret(made)
    assert kept and kept <= set(made.schedule)


# -- curve -----------------------------------------------------------------------------------------


def point(cost: int, score: int) -> Point:
    return Point(cost, score, 1, cost, None, True, {})


def test_dominated_points__are_dropped() -> None:
    points = [point(30, 500), point(10, 400), point(20, 400), point(40, 450), point(10, 300)]
    assert [(one.cost, one.score) for one in undominated(points)] == [(10, 400), (30, 500)]


def test_the_curve__rises_and_has_at_most_twenty_points(tires: Pack) -> None:
    task = task_for(tires, sample(tires, "retread"), Request(quarters=4))
    found = curve(task)
    assert 3 <= len(found) <= 20
    assert found[0].cost == 0
    assert all(one.cost < two.cost and one.score < two.score for one, two in pairwise(found))
    assert json.dumps(curve_document(found), allow_nan=False)


# -- quarters --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "quarter"),
    [("2026-05-20", "2026Q3"), ("2026-01-01", "2026Q2"), ("2026-12-31", "2027Q1"), ("2026-09-30", "2026Q4")],
)
def test_quarter_1__is_the_first_full_one_after_the_date(day: str, quarter: str) -> None:
    assert str(quarter_after(day)) == quarter


def test_a_quarter__knows_its_days_and_the_next() -> None:
    assert Quarter(2026, 4).last_day.isoformat() == "2026-12-31"
    assert Quarter(2026, 3).plus(6) == Quarter(2028, 1)
    assert parse_quarter("2027q1") == Quarter(2027, 1)
    with pytest.raises(UserError, match="roadmap-quarter"):
        parse_quarter("2027-1")


def test_a_plan__does_not_begin_before_the_assessment(tires: Pack) -> None:
    with pytest.raises(UserError, match="roadmap-past"):
        plan(tires, sample(tires, "retread"), Request(first=Quarter(2025, 4)))
